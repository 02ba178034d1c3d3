//! People ask, and the bot replies.

pub(super) mod commands;
pub(super) mod components;
pub(super) mod disclosure;
pub(super) mod error;
pub(super) mod registration;
