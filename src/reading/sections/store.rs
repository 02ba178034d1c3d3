//! The store that a heading names.

pub(super) mod shops;

use super::context::vocabulary::is_of_notices;
use super::heading::{MAX_HEADING_BYTES, Senses};
use super::phrases::words::words;
use crate::reading::text::plain;
use shops::{has_country, is_shop};

/// Marks between an announcement and its store.
const BARS: [&str; 8] = ["|", "｜", "│", "┃", " - ", " – ", " — ", " ~ "];
/// Marks that other things stand behind as well.
const DOTS: [&str; 9] = [" • ", " · ", " ● ", " ・ ", " » ", " › ", " @ ", " → ", " ➜ "];
/// Marks and words behind which only the name of a known shop is a store.
const OTHERS: [&str; 12] =
    [": ", "：", "! ", ", ", " > ", " / ", " on ", " at ", " from ", " bei ", " chez ", " su "];

/// The store in a heading: `Successful Checkout | Target`, `Successful Checkout - Target`.
pub(crate) fn of_heading(heading: &str) -> Option<String> {
    if heading.len() > MAX_HEADING_BYTES {
        return None;
    }
    let plain = plain(heading);
    for mark in BARS {
        let mut parts = plain.text.split(mark);
        let announced = parts.by_ref().any(announces);
        let next = parts.next().map(str::trim).filter(|part| !part.is_empty());
        if let Some(store) = next.filter(|_| announced) {
            let store = bare(store);
            let named = !store.is_empty() && !Senses::knows_all(store);
            return named.then(|| store.to_owned());
        }
    }
    bracketed_store(&plain.text)
}

/// The known shop in a heading behind other marks, or in front of the announcement: `Successful Checkout • Target`,
/// `Target | Successful Checkout`.
pub(crate) fn of_other_heading(heading: &str) -> Option<String> {
    beside_announcement(heading, |_, _, store| is_shop(store)).or_else(|| within(heading))
}

/// The known shop that a heading names among words of notices, or alone:
/// `Successful Target Checkout`, `Target`.
fn within(heading: &str) -> Option<String> {
    if heading.len() > MAX_HEADING_BYTES {
        return None;
    }
    let plain = plain(heading).text;
    let of_notices = |word: &&str| words(word).split(' ').all(is_of_notices);
    let tokens: Vec<&str> = plain.split(' ').collect();
    let from = tokens.iter().position(|token| !of_notices(token))?;
    let to = tokens.iter().rposition(|token| !of_notices(token))?;
    let name = tokens.get(from..=to)?.join(" ");
    let name = bare(&name);
    is_shop(name).then(|| name.to_owned())
}

/// What may be the store there: a name that no list knows, with a country behind it or behind a mark that other things
/// stand behind as well, as in `Successful Checkout • Main`. Something else has to name the product.
pub(crate) fn guess_of_heading(heading: &str) -> Option<String> {
    beside_announcement(heading, |mark, is_behind, store| {
        may_be_store(store) && (has_country(store) || (is_behind && DOTS.contains(&mark)))
    })
}

/// The first name beside the announcement of a heading that is a store by the mark between them, and by whether it
/// stands behind it.
fn beside_announcement(
    heading: &str,
    is_store: impl Fn(&str, bool, &str) -> bool,
) -> Option<String> {
    if heading.len() > MAX_HEADING_BYTES {
        return None;
    }
    let plain = plain(heading).text;
    for mark in BARS.iter().chain(&DOTS).chain(&OTHERS).filter(|mark| plain.contains(**mark)) {
        let parts: Vec<&str> = plain.split(mark).collect();
        let Some(at) = parts.iter().position(|part| announces(part)) else { continue };
        let name =
            |at: Option<usize>| at.and_then(|at| parts.get(at)).map(|part| bare(part.trim()));
        let behind = name(Some(at + 1)).filter(|store| is_store(mark, true, store));
        let before = || name(at.checked_sub(1)).filter(|store| is_store(mark, false, store));
        if let Some(store) = behind.or_else(before) {
            return Some(store.to_owned());
        }
    }
    let (inner, rest) = plain.trim_start_matches(is_ornament).strip_prefix('[')?.split_once(']')?;
    (announces(rest) && is_store("]", false, inner)).then(|| inner.trim().to_owned())
}

/// Whether a part of a heading says what happened.
fn announces(part: &str) -> bool {
    let senses = Senses::of_part(part);
    senses.success
        || senses.bare_success
        || senses.bare_checkout
        || senses.ends_with_checkout
        || senses.bare_cancel
        || senses.failure
        || senses.status.is_some()
        || senses.test
}

/// A name without the marks and emoji around it.
fn bare(store: &str) -> &str {
    let store = store.trim_start_matches(is_ornament);
    store.trim_end_matches(|mark: char| !mark.is_alphanumeric() && mark != ')')
}

fn is_ornament(mark: char) -> bool {
    !mark.is_alphanumeric() && !matches!(mark, '(' | '[' | '.')
}

/// Whether a name that no list knows may be a shop's: no time, no number, no words of notices.
fn may_be_store(text: &str) -> bool {
    let letters = text.chars().filter(|mark| mark.is_alphabetic()).count();
    letters >= 3
        && text.starts_with(char::is_alphabetic)
        && text.split(' ').count() <= 4
        && !is_mode(text)
        && !text.contains(|mark: char| mark.is_numeric() || mark == ':')
        && !is_of_buyer(text)
        && !Senses::of_part(text).any()
        && !words(text).split(' ').all(is_of_notices)
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

/// What else of a purchase may stand beside its announcement.
fn is_of_buyer(text: &str) -> bool {
    const WORDS: [&str; 10] =
        ["profile", "size", "card", "gift", "account", "user", "group", "proxy", "variant", "pool"];
    words(text).split(' ').any(|word| WORDS.contains(&word))
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
