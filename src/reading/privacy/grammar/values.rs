//! How far a secret reaches, and whether a word may be one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::look::ascii;

/// Another label that begins in the same line: ` | Product: `.
static NEXT_LABEL: LazyLock<Regex> =
    LazyLock::new(|| ascii(r"(?: *[|•·;,] *|  +| +[-–—/] +)[a-z][a-z #()]{1,24}:(?: |$)"));

/// Words that stand behind a label and are none of its secrets.
const HARMLESS: [&str; 52] = [
    "-",
    "--",
    "n/a",
    "na",
    "none",
    "null",
    "nil",
    "no",
    "yes",
    "true",
    "false",
    "on",
    "off",
    "empty",
    "blank",
    "unknown",
    "removed",
    "required",
    "missing",
    "invalid",
    "incorrect",
    "wrong",
    "expired",
    "failed",
    "declined",
    "mismatch",
    "match",
    "matched",
    "verified",
    "disabled",
    "enabled",
    "not",
    "too",
    "needed",
    "being",
    "reset",
    "changed",
    "set",
    "the",
    "a",
    "an",
    "your",
    "our",
    "in",
    "to",
    "for",
    "and",
    "correct",
    "weak",
    "undefined",
    "hidden",
    "masked",
];

/// Whether a value says that there is no secret.
pub(super) fn is_harmless(value: &str) -> bool {
    let word = value.trim_matches(|mark: char| !mark.is_alphanumeric() && !"/-".contains(mark));
    HARMLESS.contains(&word) || !value.chars().any(char::is_alphanumeric)
}

/// Where the line ends that this byte stands in.
pub(super) fn line_end(text: &str, from: usize) -> usize {
    text.get(from..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| from + length)
}

/// Bytes in front of something in which it is looked for what it is.
const CONTEXT_BYTES: usize = 64;

/// What stands before this byte in its line, at the most so much that it says something.
pub(super) fn before_in_line(text: &str, at: usize) -> &str {
    let from = text.ceil_char_boundary(at.saturating_sub(CONTEXT_BYTES));
    let before = text.get(from..at).unwrap_or_default();
    before.rsplit('\n').next().unwrap_or_default()
}

/// The rest of a line as a value: what is in quotes, or all before another label.
pub(super) fn rest_of_line(text: &str, from: usize) -> Range<usize> {
    let line = text.get(from..line_end(text, from)).unwrap_or_default();
    let value = line.trim_start_matches([' ', '_', '<', '(', '[']);
    let mut start = from + (line.len() - value.len());
    let quoted = ['"', '\''].into_iter().find_map(|quote| {
        let inner = value.strip_prefix(quote)?;
        Some(inner.get(..inner.find(quote)?).unwrap_or_default())
    });
    let value = match quoted {
        Some(inner) => {
            start += 1;
            inner
        }
        None => NEXT_LABEL.find(value).and_then(|next| value.get(..next.start())).unwrap_or(value),
    };
    start..start + value.trim_end_matches([' ', '_']).len()
}

/// The first word at this place, without the marks behind it.
pub(super) fn word_at(text: &str, from: usize) -> Range<usize> {
    let rest = text.get(from..).unwrap_or_default();
    let inner = rest.trim_start_matches([' ', '"', '\'', '<', '(', '[']);
    let start = from + (rest.len() - inner.len());
    let word = inner.split([' ', '\n']).next().unwrap_or_default();
    start..start + word.trim_end_matches([',', '.', ';', '"', '\'', ')', ']', '>', '!', '|']).len()
}

/// Whether a word, as it was written, is no plain one: digits among letters, marks within, capitals within.
pub(super) fn looks_secret(raw: &str) -> bool {
    let word = raw.trim();
    let has = |test: fn(char) -> bool| word.chars().any(test);
    let (digit, letter) = (has(char::is_numeric), has(char::is_alphabetic));
    let marked = has(|mark| "!$%^&?~=+#".contains(mark));
    let capitals = word.chars().skip(1).filter(|mark| mark.is_uppercase()).count();
    let small = has(char::is_lowercase);
    word.chars().count() >= 4
        && !word.ends_with(':')
        && !word.contains("://")
        && !is_money(word)
        && ((digit && letter) || (marked && (letter || digit)) || (small && capitals > 1))
}

/// Whether a word may well be a number of an order or a product: mostly digits, and no small letter.
pub(super) fn looks_like_number(raw: &str) -> bool {
    let digits = raw.chars().filter(char::is_ascii_digit).count();
    let letters = raw.chars().filter(|mark| mark.is_alphabetic()).count();
    digits >= 5 && digits >= letters && !raw.chars().any(char::is_lowercase)
}

fn is_money(word: &str) -> bool {
    let amount = word.trim_matches(|mark: char| !mark.is_ascii_digit());
    let rest = word.len() - amount.len();
    amount.chars().all(|mark| mark.is_ascii_digit() || ".,".contains(mark))
        && rest <= 5
        && word.chars().filter(|mark| mark.is_alphabetic()).count() <= 3
        && (amount.contains(['.', ',']) || word.contains(['$', '€', '£', '¥', '%']))
}
