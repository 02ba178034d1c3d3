//! Money: an amount in minor units and, where it is known, its currency.

use std::fmt;

pub use iso_currency::Currency;

use crate::count::grouped;

/// An amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Money {
    /// Cents, pence, yen.
    pub minor: i64,
    /// Absent: the message named none.
    pub currency: Option<Currency>,
}

impl Money {
    /// The largest amount that is believed, in minor units: nobody pays more for one order, and sums of more would not
    /// fit where those of all orders are added up.
    pub const MOST_MINOR: i64 = 1_000_000_000_000;

    /// An amount in the minor units of its currency; without one in hundredths.
    pub const fn new(minor: i64, currency: Option<Currency>) -> Self {
        Self { minor, currency }
    }

    /// As a plain number with the decimals of its currency: `1299.99`, `12800`.
    pub fn decimal(&self) -> String {
        let (sign, whole, fraction) = self.parts();
        format!("{sign}{whole}{fraction}")
    }

    /// What stands for a currency that is not known, as ISO has it for none.
    pub(crate) const NO_CURRENCY: &'static str = "XXX";

    /// The ISO code of its currency; `XXX` where that is not known.
    pub fn code(&self) -> &'static str {
        self.currency.map_or(Self::NO_CURRENCY, |currency| currency.code())
    }

    fn parts(&self) -> (&'static str, u64, String) {
        let decimals = decimals(self.currency);
        let unit = 10_u64.pow(decimals);
        let amount = self.minor.unsigned_abs();
        let fraction = match decimals {
            0 => String::new(),
            _ => format!(".{:0width$}", amount % unit, width = decimals as usize),
        };
        (if self.minor < 0 { "-" } else { "" }, amount / unit, fraction)
    }
}

/// For people: `$1,299.99`, `CA$349.99`, `€299.99`, `¥12,800`, `CHF 5.00`; without a currency `1,299.99`.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, whole, fraction) = self.parts();
        let mut text = String::from(sign);
        if let Some(currency) = self.currency {
            text.push_str(&sign_of(currency));
        }
        text.push_str(&grouped(whole));
        text.push_str(&fraction);
        f.pad(&text)
    }
}

/// How many decimals an amount has: those of its currency, two where none is known.
pub(crate) fn decimals(currency: Option<Currency>) -> u32 {
    currency.and_then(Currency::exponent).map_or(2, |decimals| u32::from(decimals).min(4))
}

/// What stands before an amount of a currency.
pub(crate) fn sign_of(currency: Currency) -> String {
    let sign = match currency {
        Currency::USD => "$",
        Currency::CAD => "CA$",
        Currency::AUD => "A$",
        Currency::NZD => "NZ$",
        Currency::HKD => "HK$",
        Currency::SGD => "S$",
        Currency::TWD => "NT$",
        Currency::MXN => "MX$",
        Currency::BRL => "R$",
        Currency::EUR => "€",
        Currency::GBP => "£",
        Currency::JPY => "¥",
        Currency::CNY => "CN¥",
        Currency::KRW => "₩",
        Currency::INR => "₹",
        _ => return format!("{} ", currency.code()),
    };
    sign.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_the_sign_and_groups_of_three() {
        let cases = [
            (129_999, Some(Currency::USD), "$1,299.99", "1299.99"),
            (34_999, Some(Currency::CAD), "CA$349.99", "349.99"),
            (29_999, Some(Currency::EUR), "€299.99", "299.99"),
            (12_800, Some(Currency::JPY), "¥12,800", "12800"),
            (1_299_990, Some(Currency::KWD), "KWD 1,299.990", "1299.990"),
            (129_999, None, "1,299.99", "1299.99"),
            (5, None, "0.05", "0.05"),
            (-5, Some(Currency::USD), "-$0.05", "-0.05"),
            (0, Some(Currency::GBP), "£0.00", "0.00"),
        ];
        for (minor, currency, shown, decimal) in cases {
            let money = Money::new(minor, currency);
            assert_eq!((money.to_string().as_str(), money.decimal().as_str()), (shown, decimal));
        }
    }

    #[test]
    fn the_largest_amounts_do_not_overflow() {
        assert_eq!(Money::new(i64::MIN, None).decimal(), "-92233720368547758.08");
        assert_eq!(Money::new(i64::MAX, None).decimal(), "92233720368547758.07");
    }

    #[test]
    fn each_currency_has_its_own_sign() {
        for (currency, shown) in [
            (Currency::USD, "$5.00"),
            (Currency::CAD, "CA$5.00"),
            (Currency::AUD, "A$5.00"),
            (Currency::NZD, "NZ$5.00"),
            (Currency::HKD, "HK$5.00"),
            (Currency::SGD, "S$5.00"),
            (Currency::TWD, "NT$5.00"),
            (Currency::MXN, "MX$5.00"),
            (Currency::BRL, "R$5.00"),
            (Currency::EUR, "€5.00"),
            (Currency::GBP, "£5.00"),
            (Currency::JPY, "¥500"),
            (Currency::CNY, "CN¥5.00"),
            (Currency::KRW, "₩500"),
            (Currency::INR, "₹5.00"),
            (Currency::CHF, "CHF 5.00"),
        ] {
            assert_eq!(Money::new(500, Some(currency)).to_string(), shown);
        }
    }

    #[test]
    fn an_amount_of_no_known_currency_has_the_code_of_none() {
        assert_eq!(Money::new(1, Some(Currency::CAD)).code(), "CAD");
        assert_eq!(Money::new(1, None).code(), "XXX");
    }
}
