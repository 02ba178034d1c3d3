//! Asking Discord, at its pace.

pub(super) mod clock;
pub(super) mod codes;
pub(super) mod emoji_path;
pub(super) mod pace;
pub(super) mod rest;
pub(super) mod salvage;
pub(super) mod seen_message;
