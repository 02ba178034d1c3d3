//! What a person types for a value, and the form in which it is kept.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::OrderField;
use crate::order::Currency;
use crate::order::day::{FORMS, NotADay, day};
use crate::reading::{email, is_blank, is_invisible, redact};
use crate::sheet::{Amount, Moment, typed_amount, typed_time};

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
    /// A part of a cent, or half a yen.
    #[error("\"{0}\" has more decimals than its currency; type it like 129.99")]
    TooFine(String),
    /// The order's amounts are in another currency.
    #[error("this order is in {order}, not in {typed}", order = .order.code(), typed = .typed.code())]
    OtherCurrency {
        /// The order's.
        order: Currency,
        /// What was typed.
        typed: Currency,
    },
    /// Not a whole number of units from 1 on.
    #[error("\"{0}\" is not a number of units from 1 to 100,000")]
    Units(String),
    /// More than a day ahead.
    #[error("\"{0}\" is more than a day ahead, and an order was placed before")]
    Future(String),
    /// A card's number, a password or the like, which is not quoted.
    #[error("that holds what looks like a card number or a password, which is not kept")]
    Secret,
    /// Blanks and signs that cannot be seen.
    #[error("in that is nothing to be seen")]
    Invisible,
    /// No address.
    #[error("\"{0}\" is not an e-mail address")]
    Email(String),
    /// No day.
    #[error(
        "\"{0}\" is not a date; type it like {FORMS}, with a time behind it (14:30) or without"
    )]
    Date(String),
    /// Americans and Europeans read it as different days.
    #[error("\"{0}\" can be {1} or {2}; type it like that")]
    TwoDates(String, NaiveDate, NaiveDate),
}

impl OrderField {
    /// What was typed, as it is kept. `None`: it is empty, which clears the value. `zone`: the clock of times. `today`:
    /// its day.
    pub(crate) fn parse(
        self,
        typed: &str,
        (zone, today): (Tz, NaiveDate),
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
            Self::Date => match date(&text, today) {
                Ok(moment) if moment.day > today + Days::new(1) => {
                    return Err(WrongValue::Future(shown()));
                }
                Ok(moment) => moment.settled(zone).to_string(),
                Err(NotADay::Ambiguous(one, other)) => {
                    return Err(WrongValue::TwoDates(shown(), one, other));
                }
                Err(NotADay::Unknown) => return Err(WrongValue::Date(shown())),
            },
            _ => free(&text)?,
        };
        Ok(Some(kept))
    }
}

/// A text that is kept as it was typed, or not at all: half of it would be something else.
fn free(text: &str) -> Result<String, WrongValue> {
    if text.chars().all(|letter| is_blank(letter) || is_invisible(letter)) {
        return Err(WrongValue::Invisible);
    }
    if redact::text(text) != text {
        return Err(WrongValue::Secret);
    }
    Ok(text.chars().take(LONGEST_TEXT).collect())
}

fn money(text: &str, of_order: Option<Currency>) -> Result<Amount, WrongValue> {
    let shown = || text.chars().take(LONGEST).collect();
    let amount = typed_amount(text, of_order)
        .filter(|amount| !amount.is_negative() && amount.money(of_order).is_some());
    let amount = amount.ok_or_else(|| WrongValue::Amount(shown()))?;
    if amount.is_finer_than(of_order) {
        return Err(WrongValue::TooFine(shown()));
    }
    match (of_order, amount.currency) {
        (Some(order), Some(typed)) if order != typed => {
            Err(WrongValue::OtherCurrency { order, typed })
        }
        _ => Ok(amount),
    }
}

/// A full time as an export writes it, or a day as people type it everywhere, with a time behind it or without.
fn date(text: &str, today: NaiveDate) -> Result<Moment, NotADay> {
    if let Ok(moment) = text.parse::<Moment>() {
        return Ok(moment);
    }
    let spaces = text.match_indices(' ').map(|(place, _)| text.split_at(place));
    let mut timed =
        spaces.filter_map(|(day, clock)| Some((day.trim_end_matches(','), typed_time(clock)?)));
    let (typed, time) = timed.next_back().map_or((text, None), |(day, time)| (day, Some(time)));
    Ok(Moment { day: day(typed, today)?, time, offset: None })
}
