//! What people do, and webhooks, and those who run a server; and what they see of the bot.

mod commands;
mod components;
mod failure;
mod forms;
mod messages;
mod options;
mod reactions;
mod reply;
mod servers;
mod sight;
mod waiting;

pub use failure::Failure;
pub use reply::{Choice, Reply};
