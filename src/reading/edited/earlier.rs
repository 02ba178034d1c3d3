//! Which of the texts that a message had are kept with the one that it has.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::reading::single::read_text;
use crate::reading::{Kind, Labels, Message};

/// Texts that are kept besides the one that announces the orders: the latest.
const MAX_NOTICES: usize = 8;
/// Of these texts together, as JSON.
const MAX_NOTICE_BYTES: usize = 1024 * 1024;

/// Those of a message's copies that count besides its last one, the oldest first: what announces its orders, and what
/// was said of them since. Which these are does not depend on the order in which the copies came. What is said of
/// orders stays also where nobody knows yet what announced them.
pub(crate) fn earlier(last: &Message, copies: Vec<Message>, labels: &Labels) -> Vec<Message> {
    let last_says = Says::of(last, labels);
    if last_says == BY_NUMBER {
        return Vec::new();
    }
    let mut texts: BTreeMap<(Option<DateTime<Utc>>, bool), Text> = BTreeMap::new();
    for copy in copies.into_iter().filter(|copy| copy.edited_at <= last.edited_at && copy != last) {
        let says = Says::of(&copy, labels);
        let key = (copy.edited_at, says.announces());
        let is_form_of_last = key == (last.edited_at, last_says.announces());
        if says == Says::Nothing || is_form_of_last {
            continue;
        }
        let json = serde_json::to_vec(&copy).unwrap_or_default();
        let text = Text { says, json, copy };
        // Of copies of the same time the longer one is the newer.
        let is_newer = |kept: &Text| (kept.json.len(), &kept.json) < (text.json.len(), &text.json);
        if texts.get(&key).is_none_or(is_newer) {
            texts.insert(key, text);
        }
    }
    latest(texts.into_values().collect())
}

/// The texts from what announces the orders on, and of those behind it the latest.
fn latest(mut texts: Vec<Text>) -> Vec<Message> {
    let by_number = texts.iter().rposition(|text| text.says == BY_NUMBER);
    drop(texts.drain(..by_number.unwrap_or(0)));
    let announcing = by_number.map(|_| 0);
    let announcing = announcing.or_else(|| texts.iter().rposition(|text| text.says.announces()));
    let (mut kept, mut notices, mut bytes) = (Vec::new(), 0, 0);
    for (at, text) in texts.into_iter().enumerate().rev() {
        if Some(at) == announcing {
            kept.push(text.copy);
            continue;
        }
        (notices, bytes) = (notices + 1, bytes + text.json.len());
        if notices <= MAX_NOTICES && bytes <= MAX_NOTICE_BYTES {
            kept.push(text.copy);
        }
    }
    kept.reverse();
    kept
}

/// One text that a message had.
struct Text {
    says: Says,
    json: Vec<u8>,
    copy: Message,
}

/// What a text says of orders.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    Notice,
    /// `by_number`: each by its number. Then nothing that was said before counts.
    Announces {
        by_number: bool,
    },
}

const BY_NUMBER: Says = Says::Announces { by_number: true };

impl Says {
    fn of(message: &Message, labels: &Labels) -> Self {
        let said = read_text(message, labels, false);
        if said.announces() {
            return Self::Announces { by_number: said.announces_by_number() };
        }
        let said = read_text(message, labels, true);
        let is_notice = matches!(said.kind, Kind::Checkout | Kind::Update);
        if is_notice && !said.orders.is_empty() { Self::Notice } else { Self::Nothing }
    }

    fn announces(self) -> bool {
        matches!(self, Self::Announces { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNOUNCED: &str = "Successful Checkout\nOrder Number: A-1001\nProduct: Console";
    const AGAIN: &str = "Successful Checkout\nProduct: Console\nPrice: $5.00";
    const NOTICE: &str = "Order Number: A-1001\nStatus: Shipped";

    fn text(second: i64, content: &str) -> Message {
        let edited_at = (second > 0).then(|| DateTime::from_timestamp(second, 0).unwrap());
        Message { content: content.to_owned(), edited_at, ..Message::default() }
    }

    /// By the seconds of their edits.
    fn kept(last: &Message, copies: &[Message]) -> Vec<i64> {
        let kept = earlier(last, copies.to_vec(), &Labels::built_in());
        let backwards = earlier(last, copies.iter().rev().cloned().collect(), &Labels::built_in());
        assert_eq!(kept, backwards);
        kept.iter().map(|it| it.edited_at.map_or(0, |at| at.timestamp())).collect()
    }

    #[test]
    fn what_announces_and_the_latest_behind_it_are_kept() {
        let notices = (1..40).map(|second| text(second, NOTICE));
        let copies: Vec<Message> = std::iter::once(text(0, ANNOUNCED)).chain(notices).collect();
        assert_eq!(kept(&text(50, "Thanks"), &copies), [0, 32, 33, 34, 35, 36, 37, 38, 39]);
        assert_eq!(kept(&text(50, "Thanks"), &copies[1..]), [32, 33, 34, 35, 36, 37, 38, 39]);
        let later = text(36, ANNOUNCED);
        assert_eq!(kept(&text(50, "Thanks"), &[copies, vec![later]].concat()), [36, 37, 38, 39]);
    }

    #[test]
    fn together_they_are_no_larger_than_a_file_and_the_announcement_stays() {
        let large = |second, text_of: &str| {
            let notes = "long ".repeat(80_000);
            text(second, &format!("{text_of}\nNotes: {notes}"))
        };
        let copies = [large(0, ANNOUNCED), large(1, NOTICE), large(2, NOTICE), large(3, NOTICE)];
        assert_eq!(kept(&text(9, "Thanks"), &copies), [0, 2, 3]);
    }

    #[test]
    fn what_announces_by_number_replaces_all_and_what_says_nothing_is_not_kept() {
        let copies = [text(0, ANNOUNCED), text(1, "Thanks"), text(2, NOTICE), text(3, AGAIN)];
        assert_eq!(kept(&text(9, ANNOUNCED), &copies), [] as [i64; 0]);
        assert_eq!(kept(&text(9, "Thanks"), &copies), [0, 2, 3]);
        assert_eq!(kept(&text(9, AGAIN), &copies), [0, 2, 3]);
    }

    #[test]
    fn another_form_of_the_same_edit_is_none_before_it() {
        let longer = text(2, &format!("{NOTICE}\nTracking: 1Z999AA10123456784"));
        let copies = [text(0, ANNOUNCED), text(2, NOTICE), longer.clone()];
        assert_eq!(kept(&longer, &copies), [0]);
        assert_eq!(kept(&text(9, "Thanks"), &copies), [0, 2]);
        // Embeds that somebody hid have announced it.
        assert_eq!(kept(&text(0, "Thanks for all"), &copies[..1]), [0]);
    }
}
