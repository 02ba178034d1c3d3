//! A message that was edited: what it announced, and what it says of that since. Pure.

mod earlier;
mod notice;
mod renewed;

use chrono::{DateTime, Utc};

use super::single::read_text;
use super::{Labels, Message, Reading};
pub(crate) use earlier::earlier;

/// What a message says, together with what it said before its edits.
pub(super) fn read(message: &Message, labels: &Labels) -> Reading {
    let own = read_text(message, labels, false);
    let before = message.earlier.iter().fold(None, |before, text| {
        let said = read_text(text, labels, false);
        after(before, said, text.edited_at, || read_text(text, labels, true))
    });
    if before.is_none() {
        return own;
    }
    let as_notice = || read_text(message, labels, true);
    after(before, own, message.edited_at, as_notice).unwrap_or_default()
}

/// What is announced after an edit. `as_notice`: what it says where it is known to be of an order, whether it names it
/// or not.
fn after(
    before: Option<Reading>,
    said: Reading,
    at: Option<DateTime<Utc>>,
    as_notice: impl FnOnce() -> Reading,
) -> Option<Reading> {
    match before {
        None => said.announces().then_some(said),
        Some(before) if said.announces() => Some(renewed::renewed(&before, said)),
        Some(before) => Some(notice::continued(before, as_notice(), at)),
    }
}
