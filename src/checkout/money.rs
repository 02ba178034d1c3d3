//! Money: an amount in minor units and, where it is known, its currency.

pub use iso_currency::Currency;

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// Cents, pence, yen.
    pub minor: i64,
    /// Absent: the message named none.
    pub currency: Option<Currency>,
}
