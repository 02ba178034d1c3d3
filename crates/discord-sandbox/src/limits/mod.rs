//! What Discord accepts and how often: everything else is refused with a status and the place of the
//! fault.

mod choices;
mod commands;
mod components;
mod embeds;
mod form;
mod message;
mod rate;
mod refusal;

pub(crate) use choices::check_choices;
pub(crate) use commands::{check_command, command_kind};
pub(crate) use components::check_modal;
pub(crate) use form::Form;
pub(crate) use message::check_message;
pub(crate) use rate::{Kind, RateLimits, Verdict};
pub use refusal::Refusal;
