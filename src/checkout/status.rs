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

    /// The status behind the words of a shop or a bot: `Order Shipped`, `confirmed`, `canceled`.
    pub fn from_words(words: &str) -> Option<Self> {
        words.trim().to_lowercase().parse().ok()
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text is none of the status words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownStatus(pub String);

impl fmt::Display for UnknownStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = Self::words();
        write!(f, "\"{}\" is not a status; use one of {words}", self.0)
    }
}

impl UnknownStatus {
    fn words() -> String {
        Status::ALL.map(Status::as_str).join(", ")
    }
}

impl std::error::Error for UnknownStatus {}

impl FromStr for Status {
    type Err = UnknownStatus;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == text)
            .ok_or_else(|| UnknownStatus(text.to_owned()))
    }
}
