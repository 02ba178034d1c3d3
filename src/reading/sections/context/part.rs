//! What happens to a part of an order only: `Partially refunded`, `Item cancelled`, `1 of 2 items was cancelled`.

use super::Context;
use super::vocabulary as known;
use crate::reading::sections::phrases::sense::Sense;

const PARTIAL: &str = "partial partially partly teilweise partiel partielle partiellement parcial \
    parcialmente parziale parzialmente gedeeltelijk";

impl Context {
    /// What a status that undoes an order says where it is of a part of it.
    pub(super) fn of_part(&self, sense: Sense, at: usize) -> Sense {
        match sense {
            Sense::Status(status) if self.is_partial(at) => Sense::Status(partly(status)),
            Sense::Status(status) if self.is_of_one_item(at) => Sense::Status(of_one_item(status)),
            _ => sense,
        }
    }

    /// `Partially cancelled`, `Partial refund`, `1 of 2 items in your order was cancelled`.
    pub(super) fn is_partial(&self, at: usize) -> bool {
        let before: Vec<&str> = self.text.before(at).collect();
        let in_front = before.iter().take(2).any(|word| is_partial(word));
        let count = |word: &str| word.parse::<u32>().ok();
        let share = before.windows(3).any(|words| match *words {
            [all, "of", some] => count(all).zip(count(some)).is_some_and(|(all, some)| some < all),
            _ => false,
        });
        let word = self.text.word(at);
        in_front
            || share
            || before.windows(2).any(|words| *words == ["items", "some"])
            || is_partial(word)
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
