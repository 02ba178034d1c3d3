//! What a person types for a value, and the form in which it is kept.

use chrono_tz::Tz;

use super::OrderField;
use crate::order::Currency;
use crate::reading::{email, redact};
use crate::sheet::{Amount, Moment, typed_amount};

/// Characters of a text.
const LONGEST: usize = 200;
/// Characters of a text that is kept: as many as of a value in a message.
const LONGEST_TEXT: usize = 1_024;
/// Units of an order, at the most.
const MOST_UNITS: i64 = 100_000;

/// What was typed is no such value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WrongValue {
    /// Not money, or more than any order costs, or negative.
    #[error("\"{0}\" is not an amount; type it like 129.99")]
    Amount(String),
    /// The order's amounts are in another currency.
    #[error("this order is in {order}, not in {typed}", order = .order.code(), typed = .typed.code())]
    OtherCurrency {
        /// The order's.
        order: Currency,
        /// What was typed.
        typed: Currency,
    },
    /// Not a whole number of units from 1 on.
    #[error("\"{0}\" is not a number of units")]
    Units(String),
    /// No address.
    #[error("\"{0}\" is not an e-mail address")]
    Email(String),
    /// No day.
    #[error("\"{0}\" is not a date; type it like 2026-01-31 or 2026-01-31 14:30")]
    Date(String),
}

impl OrderField {
    /// What was typed, as it is kept. `None`: it is empty, which clears the value. `zone`: the clock of times.
    pub(crate) fn parse(
        self,
        typed: &str,
        zone: Tz,
        of_order: Option<Currency>,
    ) -> Result<Option<String>, WrongValue> {
        let text: String = typed.chars().filter(|sign| !sign.is_control()).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Ok(None);
        }
        let shown = || text.chars().take(LONGEST).collect::<String>();
        let kept = match self {
            _ if self.is_money() => money(&text, of_order)?.to_string(),
            Self::Quantity => {
                let units = text.parse().ok().filter(|units| (1..=MOST_UNITS).contains(units));
                units.ok_or_else(|| WrongValue::Units(shown()))?.to_string()
            }
            Self::Email => email(&text).ok_or_else(|| WrongValue::Email(shown()))?,
            Self::Date => date(&text, zone).ok_or_else(|| WrongValue::Date(shown()))?.to_string(),
            _ => redact::text(&text).chars().take(LONGEST_TEXT).collect(),
        };
        Ok(Some(kept))
    }
}

fn money(text: &str, of_order: Option<Currency>) -> Result<Amount, WrongValue> {
    let amount = typed_amount(text)
        .filter(|amount| !amount.is_negative() && amount.money(of_order).is_some());
    let amount = amount.ok_or_else(|| WrongValue::Amount(text.chars().take(LONGEST).collect()))?;
    match (of_order, amount.currency) {
        (Some(order), Some(typed)) if order != typed => {
            Err(WrongValue::OtherCurrency { order, typed })
        }
        _ => Ok(amount),
    }
}

/// `2026-01-31`, `2026-01-31 14:30`, `2026-01-31T14:30:00Z`.
fn date(text: &str, zone: Tz) -> Option<Moment> {
    let written = text.replacen(' ', "T", 1);
    let with_seconds = format!("{written}:00");
    let moment = written.parse::<Moment>().or_else(|_| with_seconds.parse()).ok()?;
    Some(moment.settled(zone))
}
