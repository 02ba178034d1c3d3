//! People ask, and the bot replies.

pub(super) mod asker;
pub(super) mod commands;
pub(super) mod components;
pub(super) mod disclosure;
pub(super) mod error;
pub(super) mod registration;

use super::bot::Bot;
use error::Error;

/// poise's context of a running command.
pub(crate) type Context<'a> = poise::Context<'a, Bot, Error>;
