//! What happened to an order later and what became of it, from two words that stand near each other: `Delivery
//! confirmed`, `Confirmation of your return`.

#[cfg(test)]
mod tests;

use super::Context;
use super::vocabulary as known;
use crate::reading::sections::phrases::events::Outcome;
use crate::reading::sections::phrases::index::outcomes_by;
use crate::reading::sections::phrases::sense::{Event, Sense};

/// Words that may stand between the two.
const MAX_FILLERS: usize = 4;
/// Words of the longest outcome.
const MAX_OUTCOME_WORDS: usize = 3;

/// A phrase: where it begins and ends, and what it means.
type Phrase = (usize, usize, Sense);

impl Context {
    /// Puts each event together with its outcome, in place of the phrases that the two are made of. What is a part of
    /// a success is none: in `Order confirmed for delivery` the order was confirmed.
    pub(super) fn with_outcomes(&self, phrases: &[Phrase]) -> Vec<Phrase> {
        let events = phrases.iter().filter_map(|(at, end, sense)| match sense {
            Sense::Event(event) => Some((*at, *end, *event)),
            _ => None,
        });
        let is_whole = |at: usize, end: usize| {
            let same = |other: &&Phrase| matches!(other.2, Sense::Event(_)) && other.0 <= at;
            !phrases.iter().filter(same).any(|other| other.1 >= end && other.1 - other.0 > end - at)
        };
        let mut found: Vec<Phrase> = Vec::new();
        let mut taken: Vec<(usize, usize)> = Vec::new();
        for (at, end, event) in events.filter(|(at, end, _)| is_whole(*at, *end)) {
            let outcome = self.outcome((at, end, event), phrases);
            if event == Event::Change && outcome.is_none() {
                found.push((at, end, Sense::Change));
            }
            let Some((from, to, outcome)) = outcome else { continue };
            match self.came_to(event, outcome, to) {
                Some(sense) => {
                    found.push((at.min(from), end.max(to), sense));
                    taken.push((at.min(from), end.max(to)));
                }
                None => taken.push((at, end)),
            }
        }
        let is_free = |phrase: &Phrase| {
            let holds = |taken: &(usize, usize)| taken.0 <= phrase.0 && phrase.1 <= taken.1;
            !taken.iter().any(holds)
        };
        found.extend(phrases.iter().copied().filter(is_free));
        found.sort_by_key(|(at, ..)| *at);
        found
    }

    /// The outcome behind an event, else the one in front of it. What is a part of a success is the order's own, as in
    /// `Pickup order confirmed`, but not in `Delivery of your order confirmed` and `Return order confirmed`.
    fn outcome(
        &self,
        (at, end, event): (usize, usize, Event),
        phrases: &[Phrase],
    ) -> Option<(usize, usize, Outcome)> {
        let success = |found: &(usize, usize, Outcome)| {
            let overlaps = |phrase: &Phrase| phrase.0 < found.1 && found.0 < phrase.1;
            phrases.iter().find(|phrase| is_success(phrase.2) && overlaps(phrase)).map(|it| it.0)
        };
        let same = |index: usize| self.text.clause(index) == self.text.clause(at);
        let is_own = |found: &(usize, usize, Outcome)| {
            success(found).is_none_or(|from| {
                let returned = matches!(event, Event::Return | Event::Refund);
                from >= end && (returned || (end..from).any(|word| self.leads_on(word)))
            })
        };
        let behind = (end..=end + MAX_FILLERS)
            .take_while(|index| same(*index) && (end..*index).all(|word| self.is_filler(word)))
            .find_map(|index| self.outcome_at(index));
        let in_front = (at.saturating_sub(MAX_FILLERS)..=at)
            .rev()
            .take_while(|index| (*index..at).all(|word| same(word) && self.is_filler(word)))
            .find_map(|index| self.outcome_before(index, index == at));
        let apart = |found: &(usize, usize, Outcome)| same(found.0) && success(found).is_none();
        // `Successful pickup checkout` is a checkout.
        let of_purchase = same(end) && known::is_purchase(self.text.word(end));
        behind.filter(is_own).or(in_front.filter(apart).filter(|_| !of_purchase))
    }

    /// `of`, as in `Delivery of`.
    fn leads_on(&self, at: usize) -> bool {
        known::leads_on(self.text.word(at))
    }

    fn is_filler(&self, at: usize) -> bool {
        known::is_filler(self.text.word(at))
    }

    fn outcome_at(&self, at: usize) -> Option<(usize, usize, Outcome)> {
        let found = outcomes_by(self.text.word(at)).filter_map(|(phrase, outcome)| {
            self.text.match_at(at, phrase).map(|end| (at, end, *outcome))
        });
        // Of equals the first one.
        found.reduce(|longest, next| if next.1 > longest.1 { next } else { longest })
    }

    /// `Confirmation`, as in `Confirmation of return`. `directly`: nothing stands between.
    fn outcome_before(&self, end: usize, directly: bool) -> Option<(usize, usize, Outcome)> {
        let from = (1..=MAX_OUTCOME_WORDS).filter_map(|length| end.checked_sub(length));
        let found = from.filter_map(|at| self.outcome_at(at)).find(|found| found.1 == end)?;
        known::stands_in_front(self.text.word(found.0), directly).then_some(found)
    }

    /// What an event with its outcome says. `None`: the outcome says it alone, as in `Shipment cancelled`.
    fn came_to(&self, event: Event, outcome: Outcome, end: usize) -> Option<Sense> {
        use Outcome::{Denied, Done, Granted, Open, Told};
        Some(match (event, outcome) {
            (Event::Delivery, Done) if !self.names_a_day(end) => Sense::Status("delivered"),
            (Event::Shipping, Done | Told) if !self.names_a_day(end) => Sense::Status("shipped"),
            (Event::Return, Done) => Sense::Status("returned"),
            (Event::Cancellation, Done | Granted | Told) => Sense::Status("cancelled"),
            (Event::Refund, Done | Granted | Told) => Sense::Status("refunded"),
            (Event::Delivery | Event::Shipping, Denied) => return None,
            (Event::Change, Done | Granted | Told) => Sense::Change,
            (Event::Delivery | Event::Shipping, Done | Granted | Told | Open)
            | (
                Event::Return | Event::Refund | Event::Cancellation | Event::Change | Event::Matter,
                _,
            ) => Sense::Update,
        })
    }

    /// `for Monday`: it is to come.
    fn names_a_day(&self, at: usize) -> bool {
        known::leads_to_day(self.text.word(at)) && known::is_day(self.text.word(at + 1))
    }
}

fn is_success(sense: Sense) -> bool {
    matches!(sense, Sense::Success | Sense::New)
}
