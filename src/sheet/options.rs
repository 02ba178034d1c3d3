//! What a person says about a file: what it is, what its columns mean, how its dates are written.

use std::collections::HashSet;
use std::str::FromStr;

pub use crate::files::DateOrder;

/// What a sheet is brought for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Parcels of orders.
    Track,
    /// What a buying group received, by parcel.
    Received,
    /// A status for orders.
    Status,
    /// A card's statement.
    Charges,
    /// Orders of the past.
    Orders,
}

impl Kind {
    /// All of them, as people are offered them.
    pub const ALL: [Self; 5] =
        [Self::Track, Self::Received, Self::Status, Self::Charges, Self::Orders];

    /// The word that is typed, stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Received => "received",
            Self::Status => "status",
            Self::Charges => "charges",
            Self::Orders => "orders",
        }
    }
}

/// The text names no kind of sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a kind of sheet; use one of {words}", words = Kind::ALL.map(Kind::as_str).join(", "))]
pub struct UnknownKind(pub String);

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| UnknownKind(text.to_owned()))
    }
}

/// What a person says about a file beside its kind.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Headings with the words of the fields that they name, [`super::Field::as_str`], as typed. They beat what
    /// the headings say by themselves.
    pub map: Vec<(String, String)>,
    /// `None`: the dates of the file tell, or the person is asked.
    pub dates: Option<DateOrder>,
    /// Whether somebody says which status the orders of a `status` sheet get: then its other columns do not matter.
    pub status_is_said: bool,
    /// What the ledger knows of the numbers that [`super::NotUnderstood::numbers`] names.
    pub known: Known,
}

/// Which numbers are orders of the ledger.
#[derive(Debug, Clone, Default)]
pub enum Known {
    /// Nobody has looked yet.
    #[default]
    Unasked,
    /// Of the numbers that were looked up those that are.
    Orders(HashSet<String>),
}

impl Known {
    /// Whether an order has this number, as far as somebody has looked.
    pub(super) fn has(&self, number: &str) -> bool {
        matches!(self, Self::Orders(orders) if orders.contains(number))
    }

    pub(super) const fn is_unasked(&self) -> bool {
        matches!(self, Self::Unasked)
    }
}
