//! What a secret looks like: with its label, or by itself.

mod cards;
mod credentials;
mod cuts;
mod labels;
mod links;
mod look;
mod numbers;
mod proxies;
mod signs;
mod skeleton;
mod tokens;
mod values;

use std::ops::Range;

use cuts::Cuts;
pub(super) use labels::{is_common, place_of};
use look::Look;
pub(super) use look::{Place, REMOVED};
use signs::Signs;
use skeleton::Skeleton;

use crate::reading::labels::Labels;

/// The text without the secrets that one look finds. `None`: it finds none.
pub(super) fn without_secrets(raw: &str, place: Place, labels: &Labels) -> Option<String> {
    let plain = raw.is_ascii() && !hides_letters(raw);
    if plain && !Signs::of(raw).any(place) {
        return None;
    }
    let skeleton = Skeleton::of(raw);
    let signs = Signs::of(&skeleton.text);
    let look = Look { raw, skeleton: &skeleton, text: &skeleton.text, place, labels };
    let mut cuts = Cuts::default();
    links::find(look, &signs, &mut cuts);
    if signs.credentials(place) {
        credentials::find(look, &mut cuts);
    }
    if signs.proxies() {
        proxies::find(look, &signs, &mut cuts);
    }
    tokens::find(look, &signs, &mut cuts);
    if signs.cards(place) {
        cards::find(look, &mut cuts);
    }
    if signs.word {
        labels::find(look, &mut cuts);
    }
    if let Some(code) = code_alone(look.text).filter(|_| place == Place::Digits) {
        cuts.remove(code);
    }
    cuts.apply(look)
}

/// A text that is nothing but a code.
fn code_alone(text: &str) -> Option<Range<usize>> {
    let code = text.trim_matches(|mark: char| !mark.is_alphanumeric());
    let is_code = (4..=8).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
    let at = text.find(code).filter(|_| is_code)?;
    Some(at..at + code.len())
}

/// Whether marks stand within a word: `C**V**V`, or a terminal's colours anywhere.
fn hides_letters(raw: &str) -> bool {
    let (mut letter, mut mark) = (false, false);
    raw.bytes().any(|byte| match byte {
        b'\x1B' => true,
        b'*' | b'`' | b'|' | b'~' | b'\\' | b'_' | 0..=9 | 11..=26 | 28..=31 | 127 => {
            mark = letter;
            false
        }
        _ => {
            let hidden = mark && byte.is_ascii_alphanumeric();
            (letter, mark) = (byte.is_ascii_alphanumeric(), false);
            hidden
        }
    })
}

#[cfg(test)]
mod cases {
    use super::*;

    fn clean(text: &str, place: Place) -> String {
        without_secrets(text, place, &Labels::built_in()).unwrap_or_else(|| text.to_owned())
    }

    /// Each text becomes the other one, which a second look leaves as it is.
    pub(super) fn become_clean(place: Place, cases: &[(&str, &str)]) {
        let wrong = |(text, rest): &&(&str, &str)| {
            clean(text, place) != *rest || clean(rest, place) != *rest
        };
        let wrong = cases.iter().filter(wrong);
        let wrong: Vec<_> = wrong.map(|(text, rest)| (text, clean(text, place), rest)).collect();
        assert!(wrong.is_empty(), "text, clean, expected: {wrong:#?}");
    }

    /// Each text stays as it is.
    pub(super) fn stay(place: Place, cases: &[&str]) {
        let cases: Vec<_> = cases.iter().map(|text| (*text, *text)).collect();
        become_clean(place, &cases);
    }
}
