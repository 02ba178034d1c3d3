//! Asking Discord, at its pace.

pub(super) mod clock;
pub(super) mod pace;
pub(super) mod rest;
