//! Headings: what the title of a message announces.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::context::{self, vocabulary};
use super::phrases::{PHRASES, foreign};
use super::tally;
use crate::reading::text::letters::{is_accent, push_folded};
use crate::reading::text::plain;
use crate::reading::text::word_map::WordMap;

/// Longer texts are not read as headings.
pub(super) const MAX_HEADING_BYTES: usize = 256;
/// A line of running text with more words than this is no heading.
const MAX_LINE_WORDS: usize = 9;
/// A line with more words that only mentions a login, an account or their like is no heading.
const MAX_NOTICE_WORDS: usize = 4;

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
    /// A login, a payment link, a step of the checkout: no order, unless it changes one.
    Notice,
    /// A queue, a cart, a stock alert: no order, whatever numbers stand below.
    Offer,
    /// Something new, a success unless it is a notice: `New Order`, but `New Checkout Link`.
    New,
    /// Several successes: `Successful Checkouts`.
    Several,
    /// A summary of many attempts: no order.
    Recap,
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
    /// `Example Bot Checkout`: an order, if a product and its buyer stand below.
    pub(crate) ends_with_checkout: bool,
    pub(crate) failure: bool,
    pub(crate) status: Option<&'static str>,
    pub(crate) update: bool,
    pub(crate) test: bool,
    /// It begins with the word "test".
    pub(crate) begins_with_test: bool,
    pub(crate) notice: bool,
    pub(crate) offer: bool,
    new: bool,
    pub(crate) several: bool,
    pub(crate) recap: bool,
}

/// The phrases that begin with a word.
pub(super) fn phrases_by(word: &str) -> impl Iterator<Item = &'static (String, Sense)> {
    BY_WORD.get(word).into_iter().flatten()
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
            return Self::of_part(&plain.text);
        }
        let parts = plain.text.split('|').map(Self::of_part);
        let mut all = Self::default();
        for part in parts {
            if part.success && !part.failure && !part.cancels() && !part.recap {
                return part;
            }
            all.add(part);
        }
        all
    }

    /// What a status or a reason says, without regard to bars.
    pub(crate) fn of_value(plain: &str) -> Self {
        if plain.len() > MAX_HEADING_BYTES {
            return Self::default();
        }
        let senses = Self::of_words(&words(plain));
        if senses.needs_context() { senses.weighed(plain, false) } else { senses }
    }

    /// Whether nothing stands in a text but words that notices of an attempt are made of.
    pub(crate) fn knows_all(plain: &str) -> bool {
        plain.len() <= MAX_HEADING_BYTES && words(plain).split(' ').all(vocabulary::is_known)
    }

    /// Whether a line can be a product's name: it announces nothing, or holds words that no notice does.
    pub(crate) fn allow_name(plain: &str) -> bool {
        let senses = Self::of_value(plain);
        let announces = senses.success || senses.bare_success || senses.test || senses.recap;
        let names = || !words(plain).split(' ').all(vocabulary::is_of_notices);
        !announces && (!senses.any() || names())
    }

    pub(super) fn of_part(plain: &str) -> Self {
        let senses = Self::of_words(&words(plain));
        if senses.needs_context() { senses.weighed(plain, true) } else { senses }
    }

    /// Whether it holds words that the words around them may turn into something else.
    fn needs_context(self) -> bool {
        self.failure || self.status.is_some() || self.recap || (self.bare_success && !self.success)
    }

    fn weighed(self, plain: &str, may_name: bool) -> Self {
        let Self { bare_checkout, ends_with_checkout, begins_with_test, .. } = self;
        let mut weighed = context::weigh(plain, may_name);
        weighed.set_anywhere(&words(plain));
        Self { bare_checkout, ends_with_checkout, begins_with_test, ..weighed }
    }

    pub(super) fn of_words(words: &str) -> Self {
        let mut senses = Self {
            bare_checkout: matches!(words, "checkout" | "new checkout" | "checkout details"),
            ends_with_checkout: words.ends_with(" checkout"),
            begins_with_test: words == "test" || words.starts_with("test "),
            ..Self::default()
        };
        let (mut from, mut before) = (0, "");
        for word in words.split(' ') {
            let rest = words.get(from..).unwrap_or_default();
            from += word.len() + 1;
            for (phrase, sense) in phrases_by(word) {
                let whole = rest
                    .strip_prefix(phrase.as_str())
                    .is_some_and(|after| after.is_empty() || after.starts_with(' '));
                let denied = || matches!(before, "no" | "not" | "never" | "without");
                if whole && !(*sense == Sense::Success && denied()) {
                    senses.set(*sense);
                }
            }
            before = word;
        }
        senses.set_anywhere(words);
        senses.settled()
    }

    /// Adds what languages without spaces between words say.
    fn set_anywhere(&mut self, words: &str) {
        if !words.is_ascii() {
            let found = ANYWHERE.iter().filter(|(phrase, _)| words.contains(phrase.as_str()));
            found.for_each(|(_, sense)| self.set(*sense));
        }
    }

    /// Something new is a success, if it is no notice.
    pub(super) fn settled(mut self) -> Self {
        self.success |= self.new && !self.notice;
        self
    }

    pub(super) fn set(&mut self, sense: Sense) {
        match sense {
            Sense::Success => self.success = true,
            Sense::BareSuccess => self.bare_success = true,
            Sense::Failure => self.failure = true,
            Sense::Status(status) => self.status = self.status.or(Some(status)),
            Sense::Update => self.update = true,
            Sense::Test => self.test = true,
            Sense::Notice => self.notice = true,
            Sense::Offer => (self.notice, self.offer) = (true, true),
            Sense::New => self.new = true,
            Sense::Several => (self.bare_success, self.several) = (true, true),
            Sense::Recap => self.recap = true,
        }
    }

    /// Joins what another heading of the same message announces.
    pub(crate) fn add(&mut self, other: Self) {
        self.success |= other.success;
        self.bare_success |= other.bare_success;
        self.bare_checkout |= other.bare_checkout;
        self.ends_with_checkout |= other.ends_with_checkout;
        self.failure |= other.failure;
        self.status = self.status.or(other.status);
        self.update |= other.update;
        self.test |= other.test;
        self.begins_with_test |= other.begins_with_test;
        self.notice |= other.notice;
        self.offer |= other.offer;
        self.several |= other.several;
        self.recap |= other.recap;
    }

    /// Whether the status is one that undoes the order.
    pub(crate) fn cancels(self) -> bool {
        matches!(self.status, Some("cancelled" | "refunded" | "returned"))
    }

    /// Whether it announces that an order was placed.
    pub(crate) fn succeeds(self) -> bool {
        !self.failure
            && (self.success
                || (self.bare_success
                    && !(self.notice || self.test || self.update)
                    && self.status.is_none()))
    }

    /// Whether it announces anything at all.
    pub(crate) fn any(self) -> bool {
        self != Self::default()
    }
}

/// Whether a line of running text stands there as a heading.
pub(crate) fn line(text: &str) -> Option<Senses> {
    let count = text.split_whitespace().count();
    if text.len() > MAX_HEADING_BYTES || count > MAX_LINE_WORDS || tally::is_line(text) {
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
        || senses.offer
        || (senses.notice && count <= MAX_NOTICE_WORDS)
        || senses.recap;
    announces.then_some(senses)
}

/// Lower-case words without accents, with one space between them, and nothing else.
pub(super) fn words(plain: &str) -> String {
    let mut words = String::with_capacity(plain.len());
    for character in plain.chars() {
        if character.is_ascii_alphanumeric() {
            words.push(character.to_ascii_lowercase());
        } else if is_of_word(character) {
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
