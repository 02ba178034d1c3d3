//! A value of a column, and how a CSV says it.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Timelike};
use chrono_tz::Tz;

use crate::order::Money;

/// A value, as its kind: a spreadsheet shows and counts each in its own way.
#[derive(Debug, Clone)]
pub(crate) enum Cell<'a> {
    /// Nothing is known.
    Empty,
    /// Written by others.
    Text(Cow<'a, str>),
    /// One of our own words.
    Word(&'a str),
    /// An id: too long for a spreadsheet's numbers.
    Id(i64),
    Count(i64),
    Money(Money),
    /// In another currency than the order's: with its code, and nothing that a column's sum would add.
    ForeignMoney(Money),
    Day(NaiveDate),
    Clock(NaiveTime),
    At(DateTime<Tz>),
}

impl Cell<'_> {
    /// The cell in a CSV, which knows nothing but text. `for_excel`: numbers that Excel would round, or
    /// strip of their zeros, are written so that it keeps them.
    pub(crate) fn csv(&self, for_excel: bool) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) if is_formula(text) => format!("'{text}").into(),
            Self::Text(text) if for_excel && is_number(text) => kept_by_excel(text).into(),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Word(word) => Cow::Borrowed(word),
            Self::Id(id) if for_excel => kept_by_excel(&id.to_string()).into(),
            Self::Id(id) => id.to_string().into(),
            Self::Count(count) => count.to_string().into(),
            Self::Money(money) => money.decimal().into(),
            Self::ForeignMoney(money) => with_code(*money).into(),
            Self::Day(day) => day.to_string().into(),
            Self::Clock(time) => time.with_nanosecond(0).unwrap_or(*time).to_string().into(),
            Self::At(at) => at.to_rfc3339_opts(SecondsFormat::Secs, true).into(),
        }
    }
}

/// An amount with its currency, as sheets may state it: `85.00 EUR`.
pub(super) fn with_code(money: Money) -> String {
    format!("{} {}", money.decimal(), money.code())
}

/// Digits from which on a spreadsheet shows a number as 2.00014E+14.
const LONG_NUMBER: usize = 12;

/// Whether a spreadsheet would run it. An apostrophe in front is shown, and keeps it from that; one that is a part of
/// the text already takes another one, so that each is taken off where it was put.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// Whether Excel would take it for a number and write it otherwise: round it, strip it of its zeros, take
/// its `E` for a power of ten.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once(['E', 'e']) {
        Some((number, power)) => digits(number) && digits(power),
        None => {
            digits(text) && (text.len() >= LONG_NUMBER || (text.len() > 1 && text.starts_with('0')))
        }
    }
}

/// A formula whose value is this text.
fn kept_by_excel(text: &str) -> String {
    format!("=\"{text}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(text: &str, for_excel: bool) -> String {
        Cell::Text(text.into()).csv(for_excel).into_owned()
    }

    #[test]
    fn formulas_are_not_run() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=\"1\"", "'=1", "''=1"] {
            for for_excel in [false, true] {
                assert_eq!(csv(cell, for_excel), format!("'{cell}"));
            }
        }
    }

    #[test]
    fn numbers_are_plain_and_for_excel_such_as_it_keeps() {
        for text in ["200014000000000", "0012", "12E34"] {
            assert_eq!(csv(text, false), text);
            assert_eq!(csv(text, true), format!("=\"{text}\""));
        }
        for text in ["BBY01-807100000011", "12345", "0", "", "E12", "1E5 Box"] {
            assert_eq!(csv(text, true), text);
        }
        assert_eq!(Cell::Id(-130_000).csv(false), "-130000");
        assert_eq!(Cell::Id(-130_000).csv(true), "=\"-130000\"");
    }
}
