//! The stages of an order's life, and which one counts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A stage of an order's life, from the least to the most final one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The checkout succeeded.
    Verified,
    /// The shop works on it.
    Processing,
    /// It is on the way.
    Shipped,
    /// It arrived.
    Delivered,
    /// It was sold on.
    Sold,
    /// It went back.
    Returned,
    /// The money came back.
    Refunded,
    /// The shop or the buyer called it off.
    Cancelled,
}

impl Status {
    /// All of them, in the order of an order's life.
    pub const ALL: [Self; 8] = [
        Self::Verified,
        Self::Processing,
        Self::Shipped,
        Self::Delivered,
        Self::Sold,
        Self::Returned,
        Self::Refunded,
        Self::Cancelled,
    ];

    /// The word that is stored, typed and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Processing => "processing",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Sold => "sold",
            Self::Returned => "returned",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
        }
    }

    /// The status behind the words of a shop or a bot: `Order Shipped`, `confirmed`, `canceled`. `None` for
    /// words that say none of ours, such as `delayed`, or that deny it, such as `not shipped yet`.
    pub fn from_words(words: &str) -> Option<Self> {
        let lower = words.to_lowercase();
        let spaced: String =
            lower.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let padded = format!(" {} ", spaced.split_whitespace().collect::<Vec<_>>().join(" "));
        let says = |phrase: &str| padded.contains(&format!(" {phrase} "));
        if NEGATIONS.iter().any(|negation| says(negation)) {
            return None;
        }
        if SHIPPING.contains(&padded.trim()) {
            return Some(Self::Shipped);
        }
        if padded.trim() == CANCEL {
            return Some(Self::Cancelled);
        }
        WORDS
            .iter()
            .find(|(_, phrases)| phrases.iter().any(|phrase| says(phrase)))
            .map(|(status, _)| *status)
    }
}

/// Longer texts hold one of these before they hold a status.
const NEGATIONS: [&str; 14] = [
    "not",
    "never",
    "undelivered",
    "failed",
    "attempted",
    "unable",
    "sold out",
    "denied",
    "rejected",
    "refund requested",
    "refund pending",
    "return cancelled",
    "return canceled",
    "delivery scheduled",
];

/// Nothing but this: `Shipping soon` and `Shipping address changed` say something else.
const SHIPPING: [&str; 3] = ["shipping", "order shipping", "now shipping"];

/// Nothing but this: `Cancel order` asks for it.
const CANCEL: &str = "cancel";

/// What shops and bots say, the most final status first: "shipped, then refunded" is refunded.
const WORDS: [(Status, &[&str]); 8] = [
    (
        Status::Cancelled,
        &["cancelled", "canceled", "cancellation", "cancelation", "voided", "storniert"],
    ),
    (Status::Refunded, &["refunded", "refund", "refund issued"]),
    (
        Status::Returned,
        &[
            "returned",
            "return received",
            "return complete",
            "return completed",
            "return confirmed",
            "return confirmation",
            "return successful",
            "successful return",
        ],
    ),
    (Status::Sold, &["sold"]),
    (
        Status::Delivered,
        &[
            "delivered",
            "picked up",
            "arrived",
            "received by customer",
            "completed",
            "geliefert",
            "delivery confirmed",
            "delivery confirmation",
            "delivery complete",
            "delivery successful",
            "successful delivery",
            "pickup confirmed",
        ],
    ),
    (
        Status::Shipped,
        &[
            "shipped",
            "in transit",
            "on its way",
            "on the way",
            "out for delivery",
            "dispatched",
            "versendet",
            "out for shipment",
            "shipment confirmed",
            "dispatch confirmed",
        ],
    ),
    (
        Status::Processing,
        &[
            "processing",
            "preparing",
            "being prepared",
            "pending",
            "in progress",
            "ready for pickup",
            "backordered",
            "preordered",
            "preorder",
            "packing",
        ],
    ),
    (
        Status::Verified,
        &[
            "verified",
            "confirmed",
            "placed",
            "paid",
            "success",
            "successful",
            "accepted",
            "received",
            "approved",
            "ordered",
            "authorized",
            "complete",
        ],
    ),
];

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is none of the status words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a status; use one of {words}", words = Status::ALL.map(Status::as_str).join(", "))]
pub struct UnknownStatus(pub String);

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_shops() {
        for (words, status) in [
            ("verified", Some(Status::Verified)),
            ("Still placed", Some(Status::Verified)),
            ("confirmed", Some(Status::Verified)),
            ("paid", Some(Status::Verified)),
            ("Order Shipped", Some(Status::Shipped)),
            ("in transit", Some(Status::Shipped)),
            ("out-for-delivery", Some(Status::Shipped)),
            ("DELIVERED", Some(Status::Delivered)),
            ("canceled", Some(Status::Cancelled)),
            ("Order Cancelled: Quantity Limit", Some(Status::Cancelled)),
            ("shipped, then refunded", Some(Status::Refunded)),
            ("pending", Some(Status::Processing)),
            ("Delivery confirmed", Some(Status::Delivered)),
            ("Shipment confirmed", Some(Status::Shipped)),
            ("Return confirmed", Some(Status::Returned)),
            ("Refund denied", None),
            ("Refund requested", None),
            ("on hold", None),
            ("delayed", None),
            ("not shipped yet", None),
            ("", None),
        ] {
            assert_eq!(Status::from_words(words), status, "{words}");
        }
    }

    #[test]
    fn every_status_is_its_own_word() {
        for status in Status::ALL {
            assert_eq!(Status::from_words(status.as_str()), Some(status));
        }
    }
}
