//! The status that a message states in its own words, by the table that headings are read by.

use super::Senses;
use crate::order::Status;
use crate::reading::OrderReading;
use crate::reading::sections::phrases::words::words;
use crate::reading::text::plain;
use crate::reading::values::current_price::behind_arrow;

impl OrderReading {
    /// What the message says of the order's status: the stated word where it is a known one, in any language that
    /// headings are read in. `None` where it is asked for, refused, to come, or of a part of the order.
    pub fn known_status(&self) -> Option<Status> {
        self.status.as_deref().and_then(status_of_words)
    }

    /// The same where it is said of one item: of the order, if that is all there is.
    pub fn known_status_of_one_item(&self) -> Option<Status> {
        let said = Senses::of_value(&plain(self.status.as_deref()?).text).status?;
        Status::from_words(said.strip_prefix("item ")?)
    }

    /// Whether the message speaks of a part of the order, such as one item or a part of its money.
    pub fn is_of_a_part(&self) -> bool {
        self.status.as_deref().is_some_and(Senses::speak_of_a_part)
    }
}

impl Senses {
    /// Where a text tells of a change of status, the later one counts: `Processing → Shipped`,
    /// `from Processing to Shipped`.
    pub(super) fn after_change(mut self, plain: &str) -> Self {
        let mut later = behind_arrow(plain);
        if later.len() == plain.len()
            && let Some((_, change)) = plain.split_once("from ")
            && let Some((earlier, to)) = change.split_once(" to ")
            && Self::of_value(earlier).status.is_some()
        {
            later = to;
        }
        if later.len() < plain.len() && self.status.is_some() && !is_to_come(later) {
            self.status = Self::of_value(later).status.or(self.status);
        }
        self
    }
}

/// Whether a text says when something happens: `refund in 3 days`, `Shipped soon`.
fn is_to_come(text: &str) -> bool {
    const WHEN: [&str; 9] =
        ["in", "within", "soon", "by", "will", "expected", "estimated", "tomorrow", "later"];
    words(text).split(' ').any(|word| WHEN.contains(&word))
}

/// The status that words say, in any language that headings are read in. `None` where it is asked for, refused, to
/// come, or of a part of an order.
pub(crate) fn status_of_words(stated: &str) -> Option<Status> {
    let text = plain(stated).text;
    let senses = Senses::of_value(&text);
    let by_words = Status::from_words(&text);
    match senses.status {
        Some(said) if said.starts_with("item ") || said.starts_with("partly ") => None,
        Some(said) if senses.update => Status::from_words(said),
        Some(said) => by_words.max(Status::from_words(said)),
        // It speaks of a later status and does not say it.
        None => by_words.filter(|status| {
            *status < Status::Shipped || !(senses.update || Senses::mention_status(&text))
        }),
    }
}

/// Whether words speak of what happens to an order later, or to a part of it, and say no status of it:
/// `Refund pending`, `Item Cancelled`, `On hold`.
pub(crate) fn is_no_status_yet(stated: &str) -> bool {
    let senses = Senses::of_value(&plain(stated).text);
    status_of_words(stated).is_none()
        && !senses.failure
        && (senses.update || senses.status.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_in_the_words_of_notices() {
        use Status::{Cancelled, Delivered, Processing, Refunded, Returned, Shipped, Verified};
        for (words, status) in [
            ("Cancelled", Some(Cancelled)),
            ("Cancellation confirmed", Some(Cancelled)),
            ("Cancelled: payment failed", Some(Cancelled)),
            ("shipped, then refunded", Some(Refunded)),
            ("Shipping", Some(Shipped)),
            ("Shipment Confirmation", Some(Shipped)),
            ("Still placed", Some(Verified)),
            ("Preparing", Some(Processing)),
            ("Livré", Some(Delivered)),
            ("Zugestellt", Some(Delivered)),
            ("Entregado", Some(Delivered)),
            ("配達完了", Some(Delivered)),
            ("Annulé", Some(Cancelled)),
            ("Cancelado", Some(Cancelled)),
            ("Annullato", Some(Cancelled)),
            ("キャンセル", Some(Cancelled)),
            ("已取消", Some(Cancelled)),
            ("発送済み", Some(Shipped)),
            ("已发货", Some(Shipped)),
            ("Return received", Some(Returned)),
            ("Order may be cancelled", None),
            ("Cancellation requested", None),
            ("Cancellation Failed", None),
            ("At risk of cancellation", None),
            ("At risk of being cancelled", None),
            ("Refund Declined", None),
            ("Refund requested", None),
            ("Shipping Soon", None),
            ("Shipping Address Updated", None),
            ("Pre-Shipment", None),
            ("Awaiting shipment", None),
            ("Partially Refunded", None),
            ("Partially Shipped", None),
            ("Returned (partial)", None),
            ("Shipped (partial)", None),
            ("Items cancelled: 1 of 2", None),
            ("Item Cancelled", None),
            ("Stornierung beantragt", None),
            ("Remboursement refusé", None),
        ] {
            assert_eq!(status_of_words(words), status, "{words}");
        }
    }

    #[test]
    fn a_status_of_one_item_is_that_of_an_order_of_one() {
        let of = |words: &str| {
            let status = Some(words.to_owned());
            OrderReading { status, ..OrderReading::default() }.known_status_of_one_item()
        };
        assert_eq!(of("Item Cancelled"), Some(Status::Cancelled));
        assert_eq!(of("item refunded"), Some(Status::Refunded));
        assert_eq!(of("An item in your order was cancelled"), Some(Status::Cancelled));
        assert_eq!(of("Partially Cancelled"), None);
        assert_eq!(of("Cancelled"), None);
    }
}
