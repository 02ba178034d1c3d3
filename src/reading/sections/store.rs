//! The store that a heading names.

use super::heading::{MAX_HEADING_BYTES, Senses};
use super::phrases::words::words;
use crate::reading::text::plain;

/// The store in a heading: `Successful Checkout | Target`, `Successful Checkout - Target`.
pub(crate) fn of_heading(heading: &str) -> Option<String> {
    if heading.len() > MAX_HEADING_BYTES {
        return None;
    }
    let plain = plain(heading);
    for mark in ["|", " - ", " – ", " — "] {
        let mut parts = plain.text.split(mark);
        let announced = parts.by_ref().any(|part| {
            let senses = Senses::of_part(part);
            senses.success
                || senses.bare_success
                || senses.failure
                || senses.status.is_some()
                || senses.test
        });
        let next = parts.next().map(str::trim).filter(|part| !part.is_empty());
        if let Some(store) = next.filter(|_| announced) {
            let store = store.trim_end_matches(|character: char| {
                !character.is_alphanumeric() && character != ')'
            });
            let named = !store.is_empty() && !Senses::knows_all(store);
            return named.then(|| store.to_owned());
        }
    }
    bracketed_store(&plain.text)
}

/// The store in brackets behind a heading: `Example Bot Checkout (Example Shop)`.
fn bracketed_store(plain: &str) -> Option<String> {
    let plain =
        plain.trim_end_matches(|mark: char| !mark.is_alphanumeric() && !")]".contains(mark));
    let (head, inner) = plain.strip_suffix([')', ']'])?.rsplit_once(['(', '['])?;
    let (head, inner) = (words(head), inner.trim());
    let announced = head.split(' ').any(|word| matches!(word, "checkout" | "order" | "purchase"))
        || Senses::of_words(&head).success;
    let letters = inner.chars().filter(|mark| mark.is_alphabetic()).count();
    let named = letters >= 3 && !is_mode(inner) && !Senses::of_part(inner).any();
    (announced && named && !Senses::knows_all(inner)).then(|| inner.to_owned())
}

/// How a bot checks out, which some put into brackets.
fn is_mode(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "safe", "fast", "normal", "manual", "auto", "preload", "guest", "test", "beta", "mode",
        "task", "tasks", "thread", "retry", "attempt", "preorder",
    ];
    let mut words = text.split(|mark: char| !mark.is_alphanumeric());
    words.any(|word| WORDS.iter().any(|mode| word.eq_ignore_ascii_case(mode)))
}
