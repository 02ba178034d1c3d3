//! Headings: what the title of a message announces.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::phrases::{PHRASES, foreign};
use crate::reading::text::letters::{is_accent, push_folded};
use crate::reading::text::plain;
use crate::reading::text::word_map::WordMap;

/// Longer texts are not read as headings.
const MAX_HEADING_BYTES: usize = 256;
/// A line of running text with more words than this is no heading.
const MAX_LINE_WORDS: usize = 9;

/// What words announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// An order was placed: two words or more say so.
    Success,
    /// `Success` alone, as in `Kodai Success`.
    BareSuccess,
    /// The attempt failed.
    Failure,
    /// The order's status changed to this.
    Status(&'static str),
    /// An update that names no status itself.
    Update,
    /// The webhook is tried out.
    Test,
    /// A queue, a cart, a stock alert, a payment link: no order.
    Notice,
}

/// Phrases by their first word.
static BY_WORD: LazyLock<WordMap<Vec<(String, Sense)>>> = LazyLock::new(|| {
    let mut table: WordMap<Vec<_>> = WordMap::default();
    for (sense, phrases) in PHRASES.iter().chain(foreign::PHRASES) {
        for phrase in phrases.split(", ").map(words) {
            let first = phrase.split(' ').next().unwrap_or_default().to_owned();
            table.entry(Cow::Owned(first)).or_default().push((phrase, *sense));
        }
    }
    table
});

/// Phrases that are found wherever they stand.
static ANYWHERE: LazyLock<Vec<(String, Sense)>> = LazyLock::new(|| {
    let rows = foreign::WITHOUT_SPACES.iter();
    rows.flat_map(|(sense, phrases)| phrases.split(", ").map(|phrase| (words(phrase), *sense)))
        .collect()
});

/// What was found in a heading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a sense of its own that may stand beside the others"
)]
pub(crate) struct Senses {
    pub(crate) success: bool,
    pub(crate) bare_success: bool,
    /// `Checkout` and nothing else: an order, if a product stands below.
    pub(crate) bare_checkout: bool,
    pub(crate) failure: bool,
    pub(crate) status: Option<&'static str>,
    pub(crate) update: bool,
    pub(crate) test: bool,
    /// It begins with the word "test".
    pub(crate) begins_with_test: bool,
    pub(crate) notice: bool,
}

impl Senses {
    /// What a heading announces. Where a part between bars announces a success, the others are the
    /// store's and the bot's names, whatever words they hold.
    pub(crate) fn of(heading: &str) -> Self {
        if heading.is_empty() || heading.len() > MAX_HEADING_BYTES {
            return Self::default();
        }
        let plain = plain(heading);
        if !plain.text.contains('|') {
            return Self::of_words(&words(&plain.text));
        }
        let parts = plain.text.split('|').map(|part| Self::of_words(&words(part)));
        let mut all = Self::default();
        for part in parts {
            if part.success && !part.failure && !part.cancels() {
                return part;
            }
            all.add(part);
        }
        all
    }

    /// What a status or a reason says, without regard to bars.
    pub(crate) fn of_value(plain: &str) -> Self {
        if plain.len() > MAX_HEADING_BYTES {
            Self::default()
        } else {
            Self::of_words(&words(plain))
        }
    }

    fn of_words(words: &str) -> Self {
        let mut senses = Self {
            bare_checkout: matches!(words, "checkout" | "new checkout" | "checkout details"),
            begins_with_test: words == "test" || words.starts_with("test "),
            ..Self::default()
        };
        let mut from = 0;
        for word in words.split(' ') {
            let rest = words.get(from..).unwrap_or_default();
            from += word.len() + 1;
            for (phrase, sense) in BY_WORD.get(word).into_iter().flatten() {
                let whole = rest
                    .strip_prefix(phrase.as_str())
                    .is_some_and(|after| after.is_empty() || after.starts_with(' '));
                if whole {
                    senses.set(*sense);
                }
            }
        }
        if !words.is_ascii() {
            let found = ANYWHERE.iter().filter(|(phrase, _)| words.contains(phrase.as_str()));
            found.for_each(|(_, sense)| senses.set(*sense));
        }
        senses
    }

    fn set(&mut self, sense: Sense) {
        match sense {
            Sense::Success => self.success = true,
            Sense::BareSuccess => self.bare_success = true,
            Sense::Failure => self.failure = true,
            Sense::Status(status) => self.status = self.status.or(Some(status)),
            Sense::Update => self.update = true,
            Sense::Test => self.test = true,
            Sense::Notice => self.notice = true,
        }
    }

    /// Joins what another heading of the same message announces.
    pub(crate) fn add(&mut self, other: Self) {
        self.success |= other.success;
        self.bare_success |= other.bare_success;
        self.bare_checkout |= other.bare_checkout;
        self.failure |= other.failure;
        self.status = self.status.or(other.status);
        self.update |= other.update;
        self.test |= other.test;
        self.begins_with_test |= other.begins_with_test;
        self.notice |= other.notice;
    }

    /// Whether the status is one that undoes the order.
    pub(crate) fn cancels(self) -> bool {
        matches!(self.status, Some("cancelled" | "refunded" | "returned"))
    }

    /// Whether it announces that an order was placed.
    pub(crate) fn succeeds(self) -> bool {
        !self.failure
            && (self.success
                || (self.bare_success && !self.notice && !self.test && self.status.is_none()))
    }

    /// Whether it announces anything at all.
    pub(crate) fn any(self) -> bool {
        self != Self::default()
    }
}

/// Whether a line of running text stands there as a heading.
pub(crate) fn line(text: &str) -> Option<Senses> {
    if text.len() > MAX_HEADING_BYTES || text.split_whitespace().count() > MAX_LINE_WORDS {
        return None;
    }
    let senses = Senses::of(text);
    let announces = senses.success
        || senses.bare_success
        || senses.failure
        || senses.test
        || senses.status.is_some()
        || senses.update
        || senses.bare_checkout
        || senses.notice;
    announces.then_some(senses)
}

/// The store in a heading: `Successful Checkout | Target`, `Successful Checkout - Target`.
pub(crate) fn store(heading: &str) -> Option<String> {
    if heading.len() > MAX_HEADING_BYTES {
        return None;
    }
    let plain = plain(heading);
    for mark in ["|", " - ", " – ", " — "] {
        let mut parts = plain.text.split(mark);
        let announced = parts.by_ref().any(|part| {
            let senses = Senses::of_words(&words(part));
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
            return (!store.is_empty()).then(|| store.to_owned());
        }
    }
    None
}

/// Lower-case words without accents, with one space between them, and nothing else.
fn words(plain: &str) -> String {
    let mut words = String::with_capacity(plain.len());
    for character in plain.chars() {
        if is_of_word(character) {
            push_folded(character, &mut words);
        } else if !matches!(character, '\'' | '’') && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    let end = words.trim_end().len();
    words.truncate(end);
    words
}

/// Letters and digits, with the signs above and below them that the scripts of India and Thailand write
/// vowels and tones by.
fn is_of_word(character: char) -> bool {
    let is_sign = matches!(character, '\u{900}'..='\u{963}' | '\u{970}'..='\u{EFF}');
    character.is_alphanumeric() || is_sign || is_accent(character)
}
