//! What the words around a phrase make of it: whether a failure or a status is said of this attempt.
//!
//! `Failed: 2` counts, `if your card is declined` supposes, `0 declines` denies, and in `Successful
//! Checkout: Fatal Error: The Board Game` the words are a product's name.

mod events;
mod list;
pub(super) mod part;
#[cfg(test)]
mod tests;
pub(super) mod vocabulary;
mod words;

use super::heading::Senses;
use super::phrases::index::phrases_by;
use super::phrases::sense::Sense;
use vocabulary as known;
use words::Text;

/// Words in front of a phrase that may deny it or make it a possibility.
const NEAR: usize = 3;
/// A number of no more digits counts attempts; a longer one is an order's or a code.
const MAX_COUNT_DIGITS: usize = 3;

/// A text with what it announces first.
#[derive(Debug)]
struct Context {
    text: Text,
    /// The words of the first success that is announced.
    success: Option<(usize, usize)>,
    /// Where words end that make talk of what follows.
    leads: Vec<usize>,
}

/// What a text announces, each phrase weighed by the words around it.
///
/// `may_name`: a product's name may stand beside an announcement.
pub(super) fn weigh(plain: &str, may_name: bool) -> Senses {
    let mut context = Context { text: Text::of(plain), success: None, leads: Vec::new() };
    let phrases = context.with_outcomes(&context.phrases());
    let leads = phrases
        .iter()
        .filter(|(at, end, sense)| *sense == Sense::Lead && context.leads_to_talk(*at, *end));
    context.leads = leads.map(|(_, end, _)| *end).collect();
    context.success = phrases
        .iter()
        .filter(|(_, _, sense)| may_name && matches!(sense, Sense::Success | Sense::New))
        .find(|(at, _, _)| !context.is_denied(*at) && !context.is_talk(*at))
        .map(|(at, end, _)| (*at, *end));
    let mut senses = Senses::default();
    for (at, end, sense) in phrases {
        if let Some(sense) = context.meant(at, end, sense) {
            senses.set(sense);
        }
    }
    senses.settled()
}

impl Context {
    /// All known phrases: where each begins and ends, and what it means.
    fn phrases(&self) -> Vec<(usize, usize, Sense)> {
        let mut found = Vec::new();
        for at in 0..self.text.words.len() {
            for (phrase, sense) in phrases_by(self.text.word(at)) {
                if let Some(end) = self.text.match_at(at, phrase) {
                    found.push((at, end, *sense));
                }
            }
        }
        let is_before_it = |status: &(usize, usize, Sense)| {
            let holds = |other: &(usize, usize, Sense)| {
                let is_longer = other.1 - other.0 > status.1 - status.0;
                is_longer && other.0 <= status.0 && status.1 <= other.1
            };
            matches!(status.2, Sense::Status(_))
                && found.iter().any(|other| other.2 == Sense::Update && holds(other))
        };
        // `Pre-shipment` is no shipment.
        found.iter().filter(|phrase| !is_before_it(phrase)).copied().collect()
    }

    /// The sense that a phrase has where it stands, if any.
    fn meant(&self, at: usize, end: usize, sense: Sense) -> Option<Sense> {
        match sense {
            Sense::Success | Sense::New | Sense::BareSuccess if self.is_talk(at) => {
                Some(Sense::Talk)
            }
            Sense::Success | Sense::New => (!self.is_denied(at)).then_some(sense),
            Sense::BareSuccess if self.is_denied(at) => None,
            Sense::BareSuccess if self.is_of_several(at, end) => Some(Sense::Several),
            Sense::BareSuccess => (!self.is_counted(at, end)).then_some(sense),
            Sense::Recap => self.is_headline(at, end).then_some(sense),
            Sense::Failure => {
                let said = self.is_said(at, end)
                    && !self.is_counted(at, end)
                    && !self.is_of_several(at, end)
                    && !self.is_past(at, end);
                said.then_some(if self.is_of_delivery(at) { Sense::Update } else { sense })
            }
            Sense::Status(status) if sense.undoes() => {
                let said = self.is_said(at, end) && !self.is_a_right(at, end);
                let is_of_others = self.is_counted(at, end) || self.is_of_several(at, end);
                if is_of_others && !self.is_partial_behind(end) {
                    return (said && self.heads_list(at, end)).then_some(Sense::Listed(status));
                }
                said.then(|| self.of_part(sense, (at, end)))
            }
            Sense::Listed(_) => {
                (self.is_said(at, end) && self.heads_list(at, end)).then_some(sense)
            }
            Sense::Status(_) => {
                if self.is_name(at, end) {
                    return None;
                }
                let open = self.text.asks(at)
                    || self.is_denied(at)
                    || self.is_possible(at)
                    || self.is_to_come(at)
                    || self.is_partial(at, end);
                Some(if open { Sense::Update } else { sense })
            }
            Sense::Update
            | Sense::Change
            | Sense::Test
            | Sense::Notice
            | Sense::Offer
            | Sense::Several
            | Sense::Talk
            | Sense::Sale => Some(sense),
            Sense::Event(_) | Sense::Lead => None,
        }
    }

    /// `How to get a successful checkout`, `Fixed: order confirmed sound`.
    fn is_talk(&self, at: usize) -> bool {
        let same = |end: &&usize| self.text.sentence(**end - 1) == self.text.sentence(at);
        self.leads.iter().filter(|end| **end <= at).any(|end| same(&end))
    }

    /// `How to`, and one word such as `Fixed` at the beginning of a sentence; not `Added to cart`.
    fn leads_to_talk(&self, at: usize, end: usize) -> bool {
        let begins = || {
            let before = at
                .checked_sub(1)
                .filter(|index| self.text.sentence(*index) == self.text.sentence(at));
            before.is_none_or(|index| known::is_auxiliary_of_talk(self.text.word(index)))
        };
        end - at > 1 || (self.text.word(end) != "to" && begins())
    }

    /// Whether the sentence states it, of this attempt.
    fn is_said(&self, at: usize, end: usize) -> bool {
        !self.text.asks(at)
            && !self.is_denied(at)
            && !self.is_supposed(at)
            && !self.is_possible(at)
            && !self.is_usage(at)
            && !self.is_name(at, end)
    }

    /// `Unpaid orders are cancelled`: what a shop does with orders, not with this one.
    fn is_usage(&self, at: usize) -> bool {
        let mut before = self.text.before(at).peekable();
        let links = before.next_if(|word| known::is_auxiliary(word)).is_some();
        while before.next_if(|word| known::is_auxiliary(word)).is_some() {}
        let several = before.next().is_some_and(known::is_several);
        let definite = before.take(2).any(known::is_definite);
        links && several && !definite
    }

    /// `not declined`, `0 declines`, `without any errors`; in `order no 1001 declined` it is a number.
    fn is_denied(&self, at: usize) -> bool {
        let mut after = self.text.word(at);
        let near = self.text.before(at).map(|word| (word, std::mem::replace(&mut after, word)));
        let near = near.filter(|(word, _)| !known::is_auxiliary(word)).take(2);
        let is_number = |word: &str| word.bytes().any(|byte| byte.is_ascii_digit());
        near.into_iter()
            .any(|(word, next)| known::denies(word) && !(word == "no" && is_number(next)))
    }

    /// `if your card is declined`, anywhere in front of it in its sentence; `will be cancelled unless`.
    fn is_supposed(&self, at: usize) -> bool {
        let same = |index: &usize| self.text.sentence(*index) == self.text.sentence(at);
        let supposes =
            |index: usize| known::supposes(self.text.word(index), self.text.word(index + 1));
        (0..at).filter(same).any(supposes)
            || (self.is_to_come(at) && (at..self.text.words.len()).filter(same).any(supposes))
    }

    /// `can be cancelled`, `may fail`, `to cancel`.
    fn is_possible(&self, at: usize) -> bool {
        let mut before = self.text.before(at);
        let next = before.next().unwrap_or_default();
        let after = before.next().unwrap_or_default();
        let infinitive = next == "to" && known::is_verb(self.text.word(at));
        infinitive
            || (next == "be" && after == "to")
            || self.text.before(at).take(NEAR).any(known::is_possibility)
    }

    /// `will be shipped`.
    fn is_to_come(&self, at: usize) -> bool {
        self.text.before(at).take(NEAR).any(known::is_future)
    }

    /// `Failed: 2`, `2 declines`, `after 3 failed`.
    fn is_counted(&self, at: usize, end: usize) -> bool {
        let counts_before = at.checked_sub(1).is_some_and(|index| {
            let leads = self.text.before(index).next();
            self.is_count(index)
                && self.text.before(at).next().is_some()
                && leads.is_none_or(known::leads_to_count)
        });
        let same = self.text.sentence(at) == self.text.sentence(end);
        counts_before || (same && self.is_tallied(at) && self.is_count(end))
    }

    /// `2`, `2x`: how often something happened.
    fn is_count(&self, at: usize) -> bool {
        let Some(word) = self.text.words.get(at).filter(|word| !word.signed) else { return false };
        let digits = word.text.trim_end_matches('x');
        (1..=MAX_COUNT_DIGITS).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether a phrase and what stands in front of it in its clause name something that is counted:
    /// `Failed`, `Total declines`, not `Checkout failed` or `Error`.
    fn is_tallied(&self, at: usize) -> bool {
        let code = matches!(self.text.word(at), "error" | "decline" | "failure")
            && self.text.word(at + 1) != "0";
        !code && self.text.before(at).all(known::is_tallied)
    }

    /// `declined payments`, `failed attempts`.
    fn is_of_several(&self, at: usize, end: usize) -> bool {
        !self.ends_clause(at, end) && known::is_several(self.text.word(end))
    }

    /// `after a failed attempt`, `previous card declined`.
    fn is_past(&self, at: usize, end: usize) -> bool {
        let mut before = self.text.before(at).skip_while(|word| known::is_determiner(word));
        let follows = matches!(before.next(), Some("after" | "despite" | "nach" | "trotz"));
        let attempt = self.ends_clause(at, end) || known::is_attempt(self.text.word(end));
        (follows && attempt) || self.text.before(at).any(known::is_former)
    }

    /// `Free cancellation`, `Refund policy`, `Refunds take 5 days`: what a shop grants.
    fn is_a_right(&self, at: usize, end: usize) -> bool {
        let word = self.text.word(at);
        if word == "refunds" && !known::is_done(self.text.word(at + 1)) {
            return true;
        }
        let before = self.text.before(at).next();
        !word.ends_with("ed")
            && (known::names_a_right(self.text.word(end))
                || matches!(before, Some("free" | "easy")))
    }

    /// Whether it stands in a product's name: beside a success, among words that say nothing of an attempt.
    fn is_name(&self, at: usize, end: usize) -> bool {
        let Some((from, to)) = self.success else { return false };
        if at >= to {
            return self.text.words.iter().skip(to).any(|word| !known::is_known(&word.text));
        }
        let unknown = |index: usize| !known::is_known(self.text.word(index));
        let same = |index: &usize| self.text.clause(*index) == self.text.clause(at);
        end <= from && (0..at).chain(end..from).filter(same).any(unknown)
    }

    /// Whether the sentence speaks of a parcel, and of no card or checkout.
    fn is_of_delivery(&self, at: usize) -> bool {
        !known::is_of_a_shop(self.text.word(at))
            && self.text.around(at).any(known::is_of_delivery)
            && !self.text.around(at).any(known::is_of_purchase)
    }

    /// `Drop Summary`, `Summary of January`, not `Drop Summary T-Shirt`.
    fn is_headline(&self, at: usize, end: usize) -> bool {
        let names_one = matches!(self.text.word(at), "summary" | "report" | "overview" | "details")
            && self.text.before(at).next().is_some_and(known::is_one_order)
            && !self.text.words.iter().any(|word| known::is_span(&word.text));
        let goes_on = known::goes_on_from_recap(self.text.word(end));
        !names_one && (self.ends_clause(at, end) || goes_on)
    }

    fn ends_clause(&self, at: usize, end: usize) -> bool {
        self.text.clause(end) != self.text.clause(at)
    }
}
