//! An amount as a sheet states it: exact, and in the minor units of a currency only when that is known.

mod symbol;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::order::money::decimals;
use crate::order::{Currency, Money};
pub(crate) use symbol::Symbol;

/// More decimals than any currency has.
const MAX_SCALE: u32 = 6;

/// An exact decimal, with a sign, and the currency that its cell names.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Amount {
    /// All digits in a row, those behind the decimal mark with them.
    digits: i64,
    /// How many of the digits are decimals.
    scale: u32,
    /// `None`: the cell names none, or only a symbol; it is the order's then, if the symbol can stand for that.
    pub currency: Option<Currency>,
    symbol: Option<Symbol>,
}

/// The symbol makes no other amount of it: older versions kept none.
impl PartialEq for Amount {
    fn eq(&self, other: &Self) -> bool {
        (self.digits, self.scale, self.currency) == (other.digits, other.scale, other.currency)
    }
}

impl Eq for Amount {}

impl Amount {
    /// Without zeros at its end. `None`: more decimals than are kept.
    pub(super) fn new(mut digits: i64, mut scale: u32, currency: Option<Currency>) -> Option<Self> {
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        (scale <= MAX_SCALE).then_some(Self { digits, scale, currency, symbol: None })
    }

    /// The same beside a symbol, which says nothing where a currency is named.
    #[must_use]
    pub(super) const fn with_symbol(self, symbol: Option<Symbol>) -> Self {
        Self { symbol, ..self }
    }

    /// The same of a named currency.
    #[must_use]
    pub(super) const fn named(self, currency: Currency) -> Self {
        Self { currency: Some(currency), symbol: None, ..self }
    }

    /// The currency in which it is in an order of this one.
    pub(crate) fn currency_in(self, of_order: Option<Currency>) -> Option<Currency> {
        match (self.currency, self.symbol, of_order) {
            (None, Some(symbol), Some(order)) => symbol.currency_in(order),
            (named, ..) => named.or(of_order),
        }
    }

    /// What its cell says of a currency in such an order. `None`: nothing.
    pub(crate) fn said_currency(self, of_order: Option<Currency>) -> Option<Currency> {
        self.currency.or_else(|| self.symbol.and_then(|_| self.currency_in(of_order)))
    }

    /// The sign beside it that several currencies have.
    pub(super) const fn symbol(self) -> Option<Symbol> {
        self.symbol
    }

    /// The number, if it has no decimals and no currency.
    pub(super) fn whole(self) -> Option<i64> {
        (self.scale == 0 && self.currency.is_none()).then_some(self.digits)
    }

    /// In minor units of its own currency, else of the order's, rounded half away from zero. `None`: it is more
    /// than any order costs.
    pub fn money(self, of_order: Option<Currency>) -> Option<Money> {
        let currency = self.currency_in(of_order);
        let decimals = decimals(currency);
        let minor = if self.scale <= decimals {
            self.digits.checked_mul(10_i64.checked_pow(decimals - self.scale)?)?
        } else {
            let unit = 10_i64.checked_pow(self.scale - decimals)?;
            let rest = self.digits % unit;
            self.digits / unit + i64::from(rest.abs() * 2 >= unit) * rest.signum()
        };
        (minor.unsigned_abs() <= Money::MOST_MINOR.unsigned_abs())
            .then_some(Money { minor, currency })
    }

    /// Whether it is a part of the smallest unit of its own currency, else of the order's: half a yen.
    pub(crate) fn is_finer_than(self, of_order: Option<Currency>) -> bool {
        self.scale > decimals(self.currency_in(of_order))
    }

    /// Whether somebody states cents of a currency that has none, its own or else the order's: the amount is of another
    /// one, or wrong. Three decimals or more are computed, and are rounded.
    pub(crate) fn has_odd_cents(self, of_order: Option<Currency>) -> bool {
        decimals(self.currency_in(of_order)) == 0 && matches!(self.scale, 1 | 2)
    }

    /// Whether it takes money back.
    pub const fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// Whether it is nothing.
    pub(super) const fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// The number alone, whatever its currency.
    #[must_use]
    pub(crate) const fn bare(self) -> Self {
        Self { currency: None, symbol: None, ..self }
    }

    /// Both together. `None`: they are of different currencies, or more than is kept.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let symbols = self.symbol.zip(other.symbol);
        if self.currency != other.currency || symbols.is_some_and(|(one, other)| one != other) {
            return None;
        }
        let scale = self.scale.max(other.scale);
        let digits = |of: Self| of.digits.checked_mul(10_i64.checked_pow(scale - of.scale)?);
        let sum = Self::new(digits(self)?.checked_add(digits(other)?)?, scale, self.currency)?;
        Some(sum.with_symbol(self.symbol.or(other.symbol)))
    }

    /// The same to pay.
    pub(super) const fn positive(self) -> Self {
        if self.is_negative() { self.negated() } else { self }
    }

    /// The same with the other sign; the one number that has none is far more than any order costs.
    pub(super) const fn negated(self) -> Self {
        Self { digits: self.digits.saturating_neg(), ..self }
    }
}

/// `-12.34`, `12.34 USD`, `12.34 $`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u64.pow(self.scale);
        let (sign, digits) = (if self.digits < 0 { "-" } else { "" }, self.digits.unsigned_abs());
        write!(f, "{sign}{}", digits / unit)?;
        if self.scale > 0 {
            write!(f, ".{:0width$}", digits % unit, width = self.scale as usize)?;
        }
        match (self.currency, self.symbol) {
            (Some(currency), _) => write!(f, " {}", currency.code()),
            (None, Some(symbol)) => write!(f, " {}", symbol.as_str()),
            (None, None) => Ok(()),
        }
    }
}

/// The text is no amount as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an amount")]
pub struct NotAnAmount(String);

impl FromStr for Amount {
    type Err = NotAnAmount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let not = || NotAnAmount(text.to_owned());
        let (number, code) = text.split_once(' ').map_or((text, None), |(n, c)| (n, Some(c)));
        let symbol = Symbol::ALL.into_iter().find(|symbol| code == Some(symbol.as_str()));
        let code = code.filter(|_| symbol.is_none());
        let currency = code.map(|code| Currency::from_code(code).ok_or_else(not)).transpose()?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = [whole, fraction].concat().parse().map_err(|_| not())?;
        let scale = u32::try_from(fraction.len()).map_err(|_| not())?;
        Self::new(digits, scale, currency).map(|it| it.with_symbol(symbol)).ok_or_else(not)
    }
}

impl TryFrom<String> for Amount {
    type Error = NotAnAmount;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Amount> for String {
    fn from(amount: Amount) -> Self {
        amount.to_string()
    }
}

/// A currency as its ISO code.
pub(super) mod currency_code {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::order::Currency;

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands the field over in this form"
    )]
    pub(in crate::sheet) fn serialize<S: Serializer>(
        currency: &Option<Currency>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        currency.map(|currency| currency.code()).serialize(serializer)
    }

    pub(in crate::sheet) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Currency>, D::Error> {
        let code = Option::<String>::deserialize(deserializer)?;
        let unknown = |code: &str| serde::de::Error::custom(format!("no currency {code}"));
        code.map(|code| Currency::from_code(&code).ok_or_else(|| unknown(&code))).transpose()
    }
}

#[cfg(test)]
mod tests;
