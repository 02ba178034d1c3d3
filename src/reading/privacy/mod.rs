//! What must never be kept is taken out; whose addresses a message names.

pub mod addresses;
mod pattern;
pub mod redact;

pub use pattern::pattern;
