//! What happens to a part of an order only: `Partially refunded`, `Item cancelled`, `1 of 2 items was cancelled`.

use super::Context;
use super::vocabulary as known;
use crate::reading::sections::phrases::sense::Sense;

const PARTIAL: &str = "partial partially partly teilweise partiel partielle partiellement parcial \
    parcialmente parziale parzialmente gedeeltelijk";

impl Context {
    /// What a status that undoes an order says where it is of a part of it.
    pub(super) fn of_part(&self, sense: Sense, (at, end): (usize, usize)) -> Sense {
        match sense {
            Sense::Status(status) if self.is_partial(at, end) => Sense::Status(partly(status)),
            Sense::Status(status) if self.is_of_one_item(at) => Sense::Status(of_one_item(status)),
            _ => sense,
        }
    }

    /// `Partially cancelled`, `Refunded (partial)`, `1 of 2 items in your order was cancelled`, `Items cancelled: 1/2`.
    pub(super) fn is_partial(&self, at: usize, end: usize) -> bool {
        let before: Vec<&str> = self.text.before(at).collect();
        let in_front = before.iter().take(2).any(|word| is_partial(word));
        let from = at - before.len();
        // The first number of a share with a slash ends the clause in front.
        let share = (from.saturating_sub(1)..at).any(|index| self.is_share(index));
        in_front
            || share
            || before.windows(2).any(|words| *words == ["items", "some"])
            || (at..end).any(|index| is_partial(self.text.word(index)))
            || self.is_partial_behind(end)
            || from.checked_sub(1).is_some_and(|index| self.is_partial_clause(index))
    }

    /// `Partially` or a share behind the word for it, in its clause or as the next one.
    pub(super) fn is_partial_behind(&self, end: usize) -> bool {
        let same = |index: &usize| self.text.sentence(*index) == self.text.sentence(end - 1);
        let leads = |index: &usize| known::leads_to_part(self.text.word(*index));
        let Some(at) = (end..self.text.words.len()).take_while(same).find(|index| !leads(index))
        else {
            return false;
        };
        let in_part = self.text.word(at) == "part" && self.text.word(at.saturating_sub(1)) == "in";
        let ends = self.text.clause(at + 1) != self.text.clause(at);
        self.is_share(at) || self.is_partial_clause(at) || (in_part && ends)
    }

    /// Whether the clause of a word says nothing from there on but that it is of a part: `(partial refund)`.
    fn is_partial_clause(&self, at: usize) -> bool {
        let clause = self.text.clause(at);
        let mut words = (at..self.text.words.len())
            .take_while(|index| self.text.clause(*index) == clause)
            .map(|index| self.text.word(index));
        words.next().is_some_and(is_partial) && words.all(known::follows_partial)
    }

    /// `1 of 2`, `1/2`, where it is less than all. Numbers with a slash may be a date, unless items stand beside them.
    fn is_share(&self, at: usize) -> bool {
        let count = |at: usize| self.text.word(at).parse::<u32>().ok();
        let is_slashed = self.text.words.get(at + 1).is_some_and(|word| word.slashed);
        let all = match self.text.word(at + 1) {
            "out" if self.text.word(at + 2) == "of" => count(at + 3),
            "of" | "von" | "sur" | "de" | "di" | "van" => count(at + 2),
            _ if is_slashed && self.is_beside_items(at) => count(at + 1),
            _ => None,
        };
        count(at).zip(all).is_some_and(|(some, all)| some < all)
    }

    /// `Items cancelled: 1/2`, `1/2 items`.
    fn is_beside_items(&self, at: usize) -> bool {
        let same = |index: &usize| self.text.sentence(*index) == self.text.sentence(at);
        known::names_units(self.text.word(at + 2))
            || (0..at).filter(same).any(|index| known::names_units(self.text.word(index)))
    }

    /// `Item cancelled`, `An item in your order was cancelled`.
    fn is_of_one_item(&self, at: usize) -> bool {
        let mut before = self.text.before(at).skip_while(|word| known::is_auxiliary(word));
        let near = before.next().unwrap_or_default();
        let is_item = |word: &str| matches!(word, "item" | "product");
        is_item(near) || (near == "order" && before.take(3).any(is_item))
    }
}

/// `Partial refund`: the rest of the order stands.
pub(in crate::reading::sections) fn is_partial(word: &str) -> bool {
    PARTIAL.split(' ').any(|known| known == word)
}

/// The status of a part of an order, for that of an order.
fn partly(status: &'static str) -> &'static str {
    match status {
        "cancelled" => "partly cancelled",
        "refunded" => "partly refunded",
        "returned" => "partly returned",
        other => other,
    }
}

/// The status of one item of an order, for that of an order.
fn of_one_item(status: &'static str) -> &'static str {
    match status {
        "cancelled" => "item cancelled",
        "refunded" => "item refunded",
        "returned" => "item returned",
        other => other,
    }
}
