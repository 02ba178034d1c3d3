//! What must never be kept is taken out; whose addresses a message names.

pub mod addresses;
pub mod columns;
mod grammar;
mod pattern;
pub mod redact;
pub(super) mod redact_message;

pub use pattern::pattern;
