//! Things as Discord writes them: what its documentation calls objects.

mod channel;
mod guild;
mod interaction;
mod message;
mod user;
mod webhook;

pub(super) use interaction::EPHEMERAL;
