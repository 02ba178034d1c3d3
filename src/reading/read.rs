//! Reading: the kind of a message and its orders.

use super::privacy::redact_message::redact;
use super::single::guarded;
use super::{Labels, Message, Reading, edited};

/// Says what a message is and what it says of orders, never its secrets. It never fails: what cannot be
/// read is `Other` with a reason.
pub fn read(message: &Message, labels: &Labels) -> Reading {
    guarded(|| edited::read(&redact(message.clone(), labels), labels))
}

/// The same of a message that [`redact()`] has been through: looking for secrets costs as much as the rest.
pub fn read_redacted(message: &Message, labels: &Labels) -> Reading {
    guarded(|| edited::read(message, labels))
}
