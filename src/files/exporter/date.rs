//! Dates as programs write them in the manner of a country: 1/15/2026 1:00 PM, 15.01.2026 13:00.

use std::fmt;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::order::period::moment;

/// In which order day, month and year stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 1/31/2026
    Mdy,
    /// 31/1/2026
    Dmy,
    /// 2026/1/31
    Ymd,
}

impl DateOrder {
    /// All of them, as people are offered them.
    pub const ALL: [Self; 3] = [Self::Mdy, Self::Dmy, Self::Ymd];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mdy => "mdy",
            Self::Dmy => "dmy",
            Self::Ymd => "ymd",
        }
    }
}

/// The text names no order of dates.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an order of dates; use one of mdy, dmy, ymd")]
pub struct UnknownDateOrder(pub String);

impl std::str::FromStr for DateOrder {
    type Err = UnknownDateOrder;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = Self::ALL.into_iter().find(|order| order.as_str() == text);
        found.ok_or_else(|| UnknownDateOrder(text.to_owned()))
    }
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A date and a time as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Written {
    /// With its zone.
    Moment(DateTime<Utc>),
    /// Of a day that can be read in one way only.
    Day(NaiveDate, NaiveTime),
    /// Three numbers.
    Numbers(Numbers, NaiveTime),
}

/// The three numbers of a date, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Numbers {
    parts: [u32; 3],
    /// How many digits each is written with.
    digits: [usize; 3],
    /// No country writes the month first where points stand between.
    points: bool,
}

impl Numbers {
    /// The day in one of the orders; `None`: there is no such day.
    pub(in super::super) fn read(&self, order: DateOrder) -> Option<NaiveDate> {
        let [first, second, third] = self.parts;
        let (places, [year, month, day]) = match order {
            DateOrder::Mdy => ([2, 0, 1], [third, first, second]),
            DateOrder::Dmy => ([2, 1, 0], [third, second, first]),
            DateOrder::Ymd => ([0, 1, 2], [first, second, third]),
        };
        let [year_digits, month_digits, day_digits] =
            places.map(|place| self.digits.get(place).copied().unwrap_or_default());
        if month_digits > 2 || day_digits > 2 || (self.points && order == DateOrder::Mdy) {
            return None;
        }
        let year = match year_digits {
            2 => 2000 + i32::try_from(year).ok()?,
            4 => i32::try_from(year).ok()?,
            _ => return None,
        };
        NaiveDate::from_ymd_opt(year, month, day)
    }

    /// The orders in which it is a day.
    pub(in super::super) fn orders(&self) -> Vec<DateOrder> {
        DateOrder::ALL.into_iter().filter(|order| self.read(*order).is_some()).collect()
    }
}

impl Written {
    /// Reads `1/15/2026 1:00 PM`, `15.01.2026 13:00`, `2026-01-15 13:00:05`, `15-Jan-26 01:00 PM`,
    /// `2026. 1. 15. 오후 1:00`, or a time with its zone.
    pub(in super::super) fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Some(Self::Moment(moment.to_utc()));
        }
        let text = text.replace(['\u{202F}', '\u{A0}', '\u{2009}', '\u{200E}', '\u{200F}'], " ");
        let at = text.find(':').or_else(|| text.rfind('.'))?;
        // The hour stands in front of the colon, and the date in front of the hour.
        let digits = text.get(..at)?.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (date, time) = text.split_at_checked(at - digits)?;
        let (date, half) = without_half(date.trim_end_matches([' ', ',', 'T']))?;
        let time = time_of(time, half)?;
        if let Some(day) = with_month_name(date) {
            return Some(Self::Day(day, time));
        }
        Some(Self::Numbers(numbers(date)?, time))
    }

    /// The moment, where the clocks go by this zone.
    pub(in super::super) fn moment(self, order: DateOrder, zone: Tz) -> Option<DateTime<Utc>> {
        let (day, time) = match self {
            Self::Moment(moment) => return Some(moment),
            Self::Day(day, time) => (day, time),
            Self::Numbers(numbers, time) => (numbers.read(order)?, time),
        };
        Some(moment(NaiveDateTime::new(day, time), zone))
    }
}

/// Which half of the day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

fn half(word: &str) -> Option<Half> {
    match word.replace('.', "").to_lowercase().as_str() {
        "am" | "오전" | "上午" | "午前" => Some(Half::Morning),
        "pm" | "오후" | "下午" | "午後" => Some(Half::Afternoon),
        _ => None,
    }
}

/// Takes a half of the day off the end of a date: some countries write it in front of the time.
fn without_half(date: &str) -> Option<(&str, Option<Half>)> {
    let word = date.rsplit(' ').next()?;
    match half(word) {
        Some(half) => Some((date.strip_suffix(word)?.trim_end(), Some(half))),
        None => Some((date, None)),
    }
}

fn time_of(text: &str, before: Option<Half>) -> Option<NaiveTime> {
    let (clock, word) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let after = if word.is_empty() { None } else { Some(half(word)?) };
    let mut parts = clock.split([':', '.']);
    let mut number = || -> Option<u32> { parts.next()?.parse().ok() };
    let (hour, minute) = (number()?, number()?);
    let second = if parts.clone().next().is_some() { parts.next()?.parse().ok()? } else { 0 };
    let hour = match after.or(before) {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(Half::Morning) => hour % 12,
        Some(Half::Afternoon) => hour % 12 + 12,
    };
    NaiveTime::from_hms_opt(hour, minute, second).filter(|_| parts.next().is_none())
}

fn with_month_name(date: &str) -> Option<NaiveDate> {
    const FORMS: [&str; 4] = ["%d-%b-%Y", "%d %b %Y", "%b %d, %Y", "%Y-%b-%d"];
    let mut letters = date.chars().filter(char::is_ascii_alphabetic);
    letters.next()?;
    // Two digits first: four would take `26` for the year 26.
    if let Ok(day) = NaiveDate::parse_from_str(date, "%d-%b-%y") {
        return Some(day);
    }
    FORMS.iter().find_map(|form| NaiveDate::parse_from_str(date, form).ok())
}

fn numbers(date: &str) -> Option<Numbers> {
    let date = date.trim().trim_end_matches('.');
    let mut parts = [0; 3];
    let mut digits = [0; 3];
    let mut texts = date.split(['/', '.', '-']).map(str::trim);
    for (part, length) in parts.iter_mut().zip(&mut digits) {
        let text = texts.next().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
        (*part, *length) = (text.parse().ok()?, text.len());
    }
    let points = date.contains('.');
    texts.next().is_none().then_some(Numbers { parts, digits, points })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, order: DateOrder) -> Option<String> {
        let moment = Written::read(text)?.moment(order, Tz::UTC)?;
        Some(moment.format("%Y-%m-%d %H:%M:%S").to_string())
    }

    #[test]
    fn the_ways_of_countries() {
        use DateOrder::{Dmy, Mdy, Ymd};
        for (text, order, expected) in [
            ("1/5/2026 1:00 PM", Mdy, "2026-01-05 13:00:00"),
            ("1/5/2026 12:00\u{202F}AM", Mdy, "2026-01-05 00:00:00"),
            ("05/01/2026 13:00", Dmy, "2026-01-05 13:00:00"),
            ("05.01.2026 13:00", Dmy, "2026-01-05 13:00:00"),
            ("5.1.2026 13.00", Dmy, "2026-01-05 13:00:00"),
            ("05/01/2026, 13:00:07", Dmy, "2026-01-05 13:00:07"),
            ("2026-01-05 1:00 p.m.", Ymd, "2026-01-05 13:00:00"),
            ("2026/1/5 13:00", Ymd, "2026-01-05 13:00:00"),
            ("2026. 1. 5. 오후 1:00", Ymd, "2026-01-05 13:00:00"),
            ("2026/1/5 下午1:00", Ymd, "2026-01-05 13:00:00"),
            ("05-Jan-26 01:00 PM", Mdy, "2026-01-05 13:00:00"),
            ("2026-01-05T13:00:00.5+01:00", Mdy, "2026-01-05 12:00:00"),
            ("5/1/26 13:00", Dmy, "2026-01-05 13:00:00"),
        ] {
            assert_eq!(read(text, order).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date() {
        for text in
            ["", "sold", "1:00 PM", "1/5 1:00 PM", "1/5/2026", "1/5/2026 13:00 PM", "a/b/c 1:00"]
        {
            assert_eq!(Written::read(text), None, "{text}");
        }
    }

    #[test]
    fn which_ways_a_date_can_be_read() {
        let orders = |text: &str| match Written::read(text) {
            Some(Written::Numbers(numbers, _)) => {
                numbers.orders().iter().map(|order| order.as_str()).collect::<Vec<_>>().join(" ")
            }
            other => format!("{other:?}"),
        };
        for (text, expected) in [
            ("1/15/2026 1:00 PM", "mdy"),
            ("15/1/2026 13:00", "dmy"),
            ("3/4/2026 1:00 PM", "mdy dmy"),
            ("03.04.2026 13:00", "dmy"),
            ("03/04/05 13:00", "mdy dmy ymd"),
            ("2026-03-04 13:00", "ymd"),
            ("31/31/2026 13:00", ""),
        ] {
            assert_eq!(orders(text), expected, "{text}");
        }
    }
}
