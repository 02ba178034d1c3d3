//! Symbols that stand for the money of several countries.

use crate::order::Currency;
use crate::reading::currency_sign::{is_dollar, is_krone};

/// A symbol of several currencies, alone beside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbol {
    /// `$`.
    Dollar,
    /// `kr`.
    Krone,
}

impl Symbol {
    pub(super) const ALL: [Self; 2] = [Self::Dollar, Self::Krone];

    /// As it is kept behind the number.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Dollar => "$",
            Self::Krone => "kr",
        }
    }

    /// The currency that it means in an order of this one: its own where the symbol can stand for it.
    pub(super) fn currency_in(self, order: Currency) -> Option<Currency> {
        match self {
            Self::Dollar => Some(order).filter(|own| is_dollar(*own)).or(Some(Currency::USD)),
            Self::Krone => Some(order).filter(|own| is_krone(*own)),
        }
    }

    /// The text of a kept row without these behind its amounts: they say no more than was kept once without them.
    pub(in crate::sheet) fn taken_out(json: &str) -> String {
        let mut text = json.to_owned();
        for symbol in Self::ALL {
            let end = format!(" {}\"", symbol.as_str());
            let parts: Vec<&str> = text.split(&end).collect();
            let mut without = String::with_capacity(text.len());
            for (place, part) in parts.iter().enumerate() {
                without.push_str(part);
                let is_last = place + 1 == parts.len();
                let is_amount = part.ends_with(|last: char| last.is_ascii_digit());
                without.push_str(if is_last {
                    ""
                } else if is_amount {
                    "\""
                } else {
                    &end
                });
            }
            text = without;
        }
        text
    }
}
