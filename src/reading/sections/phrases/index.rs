//! The phrases by their first word.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::events::{self, Outcome};
use super::{PHRASES, foreign, talk};
use crate::reading::sections::phrases::sense::Sense;
use crate::reading::sections::phrases::words::words;
use crate::reading::text::word_map::WordMap;

/// Phrases by their first word.
static BY_WORD: LazyLock<WordMap<Vec<(String, Sense)>>> = LazyLock::new(|| {
    let mut table: WordMap<Vec<_>> = WordMap::default();
    let rows = PHRASES.iter().chain(foreign::PHRASES).chain(events::PHRASES).chain(talk::PHRASES);
    for (sense, phrases) in rows {
        for phrase in phrases.split(", ").map(words) {
            let first = phrase.split(' ').next().unwrap_or_default().to_owned();
            table.entry(Cow::Owned(first)).or_default().push((phrase, *sense));
        }
    }
    table
});

/// Phrases that are found wherever they stand.
pub(crate) static ANYWHERE: LazyLock<Vec<(String, Sense)>> = LazyLock::new(|| {
    let rows = [foreign::WITHOUT_SPACES, events::WITHOUT_SPACES, talk::WITHOUT_SPACES]
        .into_iter()
        .flatten();
    rows.flat_map(|(sense, phrases)| phrases.split(", ").map(|phrase| (words(phrase), *sense)))
        .collect()
});

/// The words for what became of an event, by their first word.
static OUTCOMES: LazyLock<WordMap<Vec<(String, Outcome)>>> = LazyLock::new(|| {
    let mut table: WordMap<Vec<_>> = WordMap::default();
    for (outcome, phrases) in events::OUTCOMES {
        for phrase in phrases.split(", ").map(words) {
            let first = phrase.split(' ').next().unwrap_or_default().to_owned();
            table.entry(Cow::Owned(first)).or_default().push((phrase, *outcome));
        }
    }
    table
});

/// What became of an event that begins with a word.
pub(crate) fn outcomes_by(word: &str) -> impl Iterator<Item = &'static (String, Outcome)> {
    OUTCOMES.get(word).into_iter().flatten()
}

/// The phrases that begin with a word.
pub(crate) fn phrases_by(word: &str) -> impl Iterator<Item = &'static (String, Sense)> {
    BY_WORD.get(word).into_iter().flatten()
}
