//! People ask, and the bot replies.

pub(super) mod asker;
mod books;
mod change;
pub(super) mod commands;
pub(super) mod components;
pub(super) mod disclosure;
pub(super) mod error;
pub(super) mod registration;
mod reply;
mod sending;
mod settings;
pub(super) mod typed;

#[cfg(test)]
mod tests;

use crate::discord::bot::Bot;
use error::Error;

/// poise's context of a running command.
pub(crate) type Context<'a> = poise::Context<'a, Bot, Error>;
