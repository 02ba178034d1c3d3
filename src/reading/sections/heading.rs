//! Headings: what the title of a message announces.

pub(super) mod bare_cancel;
pub(in crate::reading) mod button;
pub(in crate::reading) mod stated_status;

use super::context::{self, part, vocabulary};
use super::phrases::index::{ANYWHERE, phrases_by};
use super::phrases::sense::Sense;
use super::phrases::words::words;
use super::phrases::{chores, documents, talk};
use super::tally;
use crate::reading::text::plain;

/// Longer texts are not read as headings.
pub(super) const MAX_HEADING_BYTES: usize = 256;
/// A line of running text with more words than this is no heading.
const MAX_LINE_WORDS: usize = 9;
/// A line with more words that only mentions a login, an account or their like is no heading.
const MAX_NOTICE_WORDS: usize = 4;

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
    /// `Order Cancel`: it was called off, if an order stands below.
    pub(crate) bare_cancel: bool,
    pub(crate) failure: bool,
    pub(crate) status: Option<&'static str>,
    /// The status of each order in a list below.
    pub(crate) listed: Option<&'static str>,
    pub(crate) update: bool,
    /// It tells of a change of the order itself.
    change: bool,
    /// It tells of what happens to the order: of a parcel, of a refund.
    event: bool,
    pub(crate) test: bool,
    /// It begins with the word "test".
    pub(crate) begins_with_test: bool,
    pub(crate) notice: bool,
    pub(crate) offer: bool,
    new: bool,
    pub(crate) several: bool,
    pub(crate) recap: bool,
    /// It speaks of checkouts, and of none that was made.
    pub(crate) talk: bool,
    /// The user sold something.
    pub(crate) sale: bool,
    /// A word whose meaning the words around it tell.
    open: bool,
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
        all.bare_checkout &= !plain.text.split('|').any(chores::is_unfinished);
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

    /// Whether a text holds a word for a status, said of the order or not.
    pub(crate) fn mention_status(plain: &str) -> bool {
        plain.len() <= MAX_HEADING_BYTES && Self::of_words(&words(plain)).status.is_some()
    }

    /// Whether a text speaks of a part of an order: `Partially refunded`, `Item cancelled`.
    pub(crate) fn speak_of_a_part(plain: &str) -> bool {
        let is_partial = |word: &str| matches!(word, "item") || part::is_partial(word);
        let says = || Self::of_value(plain).status.is_some_and(|said| said.starts_with("partly "));
        plain.len() <= MAX_HEADING_BYTES && (words(plain).split(' ').any(is_partial) || says())
    }

    /// Whether nothing stands in a text but words that notices of an attempt are made of.
    pub(crate) fn knows_all(plain: &str) -> bool {
        plain.len() <= MAX_HEADING_BYTES && words(plain).split(' ').all(vocabulary::is_known)
    }

    /// Whether a line can be a product's name: it announces nothing, or holds words that no notice does.
    pub(crate) fn allow_name(plain: &str) -> bool {
        let senses = Self::of_value(plain);
        if documents::names_document(plain) {
            return false;
        }
        let announces = senses.success || senses.bare_success || senses.test || senses.recap;
        let names = || !words(plain).split(' ').all(vocabulary::is_of_notices);
        !announces && (!senses.any() || names())
    }

    pub(super) fn of_part(plain: &str) -> Self {
        let senses = Self::of_words(&words(plain));
        if !senses.needs_context() {
            return senses;
        }
        let mut weighed = senses.weighed(plain, true).after_change(plain);
        if weighed.bare_success && !weighed.success && chores::succeeded(plain) {
            (weighed.bare_success, weighed.notice) = (false, true);
        }
        weighed.bare_cancel = !weighed.any() && bare_cancel::heads(plain);
        weighed
    }

    /// Whether it holds words that the words around them may turn into something else.
    fn needs_context(self) -> bool {
        self.failure
            || self.status.is_some()
            || self.listed.is_some()
            || self.recap
            || self.open
            || (self.bare_success && !self.success)
    }

    fn weighed(self, plain: &str, may_name: bool) -> Self {
        let Self { bare_checkout, ends_with_checkout, begins_with_test, talk, .. } = self;
        let mut weighed = context::weigh(plain, may_name);
        weighed.talk |= talk;
        weighed.set_anywhere(&words(plain));
        Self { bare_checkout, ends_with_checkout, begins_with_test, ..weighed }
    }

    pub(super) fn of_words(words: &str) -> Self {
        let mut senses = Self {
            bare_checkout: matches!(words, "checkout" | "new checkout" | "checkout details"),
            ends_with_checkout: chores::ends_with_checkout(words),
            begins_with_test: words == "test" || words.starts_with("test "),
            talk: talk::names_release(words),
            ..Self::default()
        };
        let (mut from, mut before) = (0, ["", ""]);
        for word in words.split(' ') {
            let rest = words.get(from..).unwrap_or_default();
            from += word.len() + 1;
            for (phrase, sense) in phrases_by(word) {
                let whole = rest
                    .strip_prefix(phrase.as_str())
                    .is_some_and(|after| after.is_empty() || after.starts_with(' '));
                let denied = || chores::is_missed(before);
                if whole && !(*sense == Sense::Success && denied()) {
                    senses.set(*sense);
                }
            }
            before = [before[1], word];
        }
        senses.set_anywhere(words);
        senses.settled()
    }

    /// Adds what languages without spaces between words say.
    fn set_anywhere(&mut self, words: &str) {
        if !words.is_ascii() {
            let found = ANYWHERE.iter().filter(|(phrase, sense)| {
                words.split_once(phrase.as_str()).is_some_and(|(_, after)| {
                    !vocabulary::is_unsaid(words, after) || !sense.undoes()
                })
            });
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
            Sense::Listed(status) => self.listed = self.listed.or(Some(status)),
            Sense::Update => (self.update, self.event) = (true, true),
            Sense::Change => (self.update, self.change) = (true, true),
            Sense::Test => self.test = true,
            Sense::Notice => self.notice = true,
            Sense::Offer => (self.notice, self.offer) = (true, true),
            Sense::New => self.new = true,
            Sense::Several => (self.bare_success, self.several) = (true, true),
            Sense::Recap => self.recap = true,
            Sense::Talk => self.talk = true,
            Sense::Sale => self.sale = true,
            Sense::Event(_) | Sense::Lead => self.open = true,
        }
    }

    /// Joins what another heading of the same message announces.
    pub(crate) fn add(&mut self, other: Self) {
        self.success |= other.success;
        self.bare_success |= other.bare_success;
        self.bare_checkout |= other.bare_checkout;
        self.ends_with_checkout |= other.ends_with_checkout;
        self.bare_cancel |= other.bare_cancel;
        self.failure |= other.failure;
        self.status = self.status.or(other.status);
        self.listed = self.listed.or(other.listed);
        self.update |= other.update;
        self.change |= other.change;
        self.event |= other.event;
        self.test |= other.test;
        self.begins_with_test |= other.begins_with_test;
        self.notice |= other.notice;
        self.offer |= other.offer;
        self.several |= other.several;
        self.recap |= other.recap;
        self.talk |= other.talk;
        self.sale |= other.sale;
    }

    /// Whether the status is one that undoes the order.
    pub(crate) fn cancels(self) -> bool {
        matches!(self.status, Some("cancelled" | "refunded" | "returned"))
    }

    /// Where orders are named, what is said of each of a list is said of them, unless something else is.
    pub(super) fn say_of_listed(&mut self) {
        if !self.success && !self.failure {
            self.status = self.status.or(self.listed);
        }
    }

    /// Whether it tells of a change of the order itself and of nothing else.
    pub(crate) fn restates(self) -> bool {
        self.change && !self.event && self.status.is_none()
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
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    let count = text.split_whitespace().filter(is_word).count();
    if text.len() > MAX_HEADING_BYTES || count > MAX_LINE_WORDS || tally::is_line(text) {
        return None;
    }
    let senses = Senses::of(text);
    let announces = senses.success
        || senses.bare_success
        || senses.failure
        || senses.test
        || senses.status.is_some()
        || senses.listed.is_some()
        || senses.update
        || senses.bare_checkout
        || senses.offer
        || (senses.notice && count <= MAX_NOTICE_WORDS)
        || senses.recap
        || senses.sale;
    announces.then_some(senses)
}
