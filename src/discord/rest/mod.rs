//! Asking Discord, at its pace.

mod client;
pub(super) mod clock;
pub(super) mod codes;
pub(super) mod emoji_path;
mod error;
pub(super) mod files;
pub(super) mod pace;
pub(super) mod salvage;
pub(super) mod seen_message;
pub(super) mod seen_thread;

pub(super) use client::Rest;
pub(super) use error::RestError;
