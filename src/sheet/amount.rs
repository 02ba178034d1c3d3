//! An amount as a sheet states it: exact, and in the minor units of a currency only when that is known.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::order::money::decimals;
use crate::order::{Currency, Money};

/// More decimals than any currency has.
const MAX_SCALE: u32 = 6;

/// An exact decimal, with a sign, and the currency that its cell names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Amount {
    /// All digits in a row, those behind the decimal mark with them.
    digits: i64,
    /// How many of the digits are decimals.
    scale: u32,
    /// `None`: the cell names none, or only `$` or `kr`; it is the order's then.
    pub currency: Option<Currency>,
}

impl Amount {
    /// Without zeros at its end. `None`: more decimals than are kept.
    pub(super) fn new(mut digits: i64, mut scale: u32, currency: Option<Currency>) -> Option<Self> {
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        (scale <= MAX_SCALE).then_some(Self { digits, scale, currency })
    }

    /// The number, if it has no decimals and no currency.
    pub(super) fn whole(self) -> Option<i64> {
        (self.scale == 0 && self.currency.is_none()).then_some(self.digits)
    }

    /// In minor units of its own currency, else of the order's, rounded half away from zero. `None`: it is more
    /// than any order costs.
    pub fn money(self, of_order: Option<Currency>) -> Option<Money> {
        let currency = self.currency.or(of_order);
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
        self.scale > decimals(self.currency.or(of_order))
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
        Self { currency: None, ..self }
    }

    /// Both together. `None`: they are of different currencies, or more than is kept.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        let scale = self.scale.max(other.scale);
        let digits = |of: Self| of.digits.checked_mul(10_i64.checked_pow(scale - of.scale)?);
        Self::new(digits(self)?.checked_add(digits(other)?)?, scale, self.currency)
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

/// `-12.34`, `12.34 USD`.
impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u64.pow(self.scale);
        let (sign, digits) = (if self.digits < 0 { "-" } else { "" }, self.digits.unsigned_abs());
        write!(f, "{sign}{}", digits / unit)?;
        if self.scale > 0 {
            write!(f, ".{:0width$}", digits % unit, width = self.scale as usize)?;
        }
        match self.currency {
            Some(currency) => write!(f, " {}", currency.code()),
            None => Ok(()),
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
        let currency = code.map(|code| Currency::from_code(code).ok_or_else(not)).transpose()?;
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        let digits = [whole, fraction].concat().parse().map_err(|_| not())?;
        let scale = u32::try_from(fraction.len()).map_err(|_| not())?;
        Self::new(digits, scale, currency).ok_or_else(not)
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
mod tests {
    use super::*;

    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    #[test]
    fn an_amount_is_rounded_to_the_minor_units_of_its_currency() {
        for (text, minor) in [
            ("12.34", Some(1_234)),
            ("12", Some(1_200)),
            ("0.005", Some(1)),
            ("-0.005", Some(-1)),
            ("0.0049", Some(0)),
            ("-0.0049", Some(0)),
            ("12.5 JPY", Some(13)),
            ("-12.5 JPY", Some(-13)),
            ("12.49 JPY", Some(12)),
            ("1.234 KWD", Some(1_234)),
            ("10000000000", Some(Money::MOST_MINOR)),
            ("-10000000000", Some(-Money::MOST_MINOR)),
            ("10000000000.01", None),
            ("-10000000000.01", None),
            // The least number there is: without its sign it is too large.
            ("-92233720368547758.08", None),
            ("-9223372036854775808 JPY", None),
        ] {
            assert_eq!(amount(text).money(None).map(|money| money.minor), minor, "{text}");
        }
    }

    #[test]
    fn the_currency_of_the_cell_goes_before_that_of_the_order() {
        let currency = |text| amount(text).money(Some(Currency::EUR)).unwrap().currency;
        assert_eq!(currency("12.34 USD"), Some(Currency::USD));
        assert_eq!(currency("12.34"), Some(Currency::EUR));
        assert_eq!(amount("12.34").money(None).unwrap().currency, None);
        assert_eq!(amount("12.34 USD").bare(), amount("12.34"));
    }

    #[test]
    fn amounts_of_one_currency_are_added() {
        let sum = |one, other| amount(one).plus(amount(other)).map(|sum| sum.to_string());
        assert_eq!(sum("1.5", "2.25").as_deref(), Some("3.75"));
        assert_eq!(sum("2.25", "1.75").as_deref(), Some("4"));
        assert_eq!(sum("1.5 USD", "-2 USD").as_deref(), Some("-0.5 USD"));
        assert_eq!(sum("1 USD", "1 EUR"), None);
        assert_eq!(sum("1 USD", "1"), None);
        assert_eq!(sum("9223372036854775807", "1"), None);
    }

    #[test]
    fn no_amount_is_too_large_to_be_turned_around() {
        assert_eq!(amount("12.5").negated(), amount("-12.5"));
        assert_eq!(amount("-9223372036854775808").negated().money(None), None);
    }

    #[test]
    fn only_a_number_without_decimals_and_currency_is_a_count() {
        let texts = ["12", "-3", "12.0", "12.5", "12 USD"];
        let counts = [Some(12), Some(-3), Some(12), None, None];
        assert_eq!(texts.map(|text| amount(text).whole()), counts);
        assert_eq!(["-0.01", "0", "0.01"].map(|it| amount(it).is_negative()), [true, false, false]);
    }

    #[test]
    fn what_is_kept_is_an_amount_or_is_refused() {
        for text in ["0", "0.05", "-0.05", "1.234567", "1299.99 USD"] {
            assert_eq!(amount(text).to_string(), text);
        }
        for text in ["", "abc", "1.2.3", "1 XYZ", "1 usd", "1.2345678"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }
}
