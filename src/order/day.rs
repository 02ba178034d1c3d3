//! A day as people type it: `2026-01-31`, `1/31/2026`, `Jan 31`, `yesterday`, `7d`. Pure.

use chrono::{Datelike, Days, NaiveDate};

/// The forms, as people are told of them.
pub const FORMS: &str = "2026-01-31, 1/31/2026, Jan 31, yesterday or 7d";

/// Days back, at the most.
const BACK_MAX: u64 = 36_500;
/// The years of orders: none is older or younger, so that no typing error and no number of eight digits is a day.
pub const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// Characters, at the most.
const LENGTH_MAX: usize = 40;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Why a text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotADay {
    /// Americans and Europeans read it as different days.
    #[error("can be {0} or {1}; write it like that")]
    Ambiguous(NaiveDate, NaiveDate),
    /// It is none.
    #[error("is not a date; write it like {FORMS}")]
    Unknown,
}

/// The day that somebody typed. Without a year it is the last one of that name up to `today`.
///
/// # Errors
/// Where it is none, or could be two.
pub fn day(typed: &str, today: NaiveDate) -> Result<NaiveDate, NotADay> {
    let typed = typed.trim().to_lowercase();
    if typed.len() > LENGTH_MAX {
        return Err(NotADay::Unknown);
    }
    if let Some(day) = relative(&typed, today).or_else(|| compact(&typed)) {
        return Ok(day);
    }
    let parts: Vec<&str> =
        typed.split(|sign: char| " ,./-".contains(sign)).filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 && number(year).is_some() => {
            let date = number(year).zip(number(month)).zip(number(day));
            let date = date.and_then(|((year, month), day)| date_of(i64::from(year), month, day));
            date.ok_or(NotADay::Unknown)
        }
        [a, b, rest @ ..] if rest.len() < 2 => {
            // A year that was left out must not make a date of something else: 5.99 is a price.
            let is_slashed = typed.contains('/') || named(a).or_else(|| named(b)).is_some();
            match rest.first() {
                // 26-11-10 is the year 2026 to one and the year 2010 to another.
                Some(year) if year.len() == 2 && typed.contains('-') && is_past_12(a) => {
                    Err(NotADay::Unknown)
                }
                Some(year) => {
                    numbers(a, b, Some(year_of(year).ok_or(NotADay::Unknown)?), &typed, today)
                }
                None if is_slashed => numbers(a, b, None, &typed, today),
                None => Err(NotADay::Unknown),
            }
        }
        _ => Err(NotADay::Unknown),
    }
}

/// `20260131`.
fn compact(typed: &str) -> Option<NaiveDate> {
    let day = NaiveDate::parse_from_str(typed, "%Y%m%d").ok()?;
    let is_written_so = typed.len() == 8 && typed.bytes().all(|sign| sign.is_ascii_digit());
    Some(day).filter(|day| is_written_so && YEARS.contains(&day.year()))
}

/// `today`, `yesterday`, `7 days ago`, and `7d`, the first of seven days with today, as the period of that name
/// counts them.
fn relative(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let ago = match typed {
        "today" | "now" => 0,
        "yesterday" => 1,
        _ => {
            let count = typed.trim_end_matches(char::is_alphabetic).trim_end();
            let count = count.trim_end_matches(char::is_alphabetic).trim_end();
            let unit: String = typed.strip_prefix(count)?.split_whitespace().collect();
            let count: u64 = count.parse().ok()?;
            let back = match unit.trim_end_matches("ago") {
                "d" | "day" | "days" => count,
                "w" | "week" | "weeks" => count.checked_mul(7)?,
                _ => return None,
            };
            if unit.ends_with("ago") { back } else { back.saturating_sub(1) }
        }
    };
    today.checked_sub_days(Days::new(Some(ago).filter(|ago| *ago <= BACK_MAX)?))
}

/// A day of two parts, a month's name and a number or two numbers, and of a year.
fn numbers(
    a: &str,
    b: &str,
    year: Option<i64>,
    typed: &str,
    today: NaiveDate,
) -> Result<NaiveDate, NotADay> {
    let date = |month: u32, day: u32| match year {
        Some(year) => date_of(year, month, day),
        None => last_up_to(today, month, day),
    };
    let read = match (named(a), named(b)) {
        (Some(month), None) => number(b).map(|day| date(month, day)),
        (None, Some(month)) => number(a).map(|day| date(month, day)),
        (Some(_), Some(_)) => None,
        (None, None) => {
            let (a, b) = number(a).zip(number(b)).ok_or(NotADay::Unknown)?;
            let [american, european] = [date(a, b), date(b, a)];
            // Only with dots everybody writes the day first.
            match (american, european) {
                (_, european) if typed.contains('.') => Some(european),
                (Some(one), Some(other)) if one != other => {
                    return Err(NotADay::Ambiguous(one, other));
                }
                (one, other) => Some(one.or(other)),
            }
        }
    };
    read.flatten().ok_or(NotADay::Unknown)
}

fn date_of(year: i64, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The last day of this name that is not after today. Of 29 February it may be years ago.
fn last_up_to(today: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    let year = i64::from(today.year());
    (0..9).filter_map(|back| date_of(year - back, month, day)).find(|date| *date <= today)
}

/// A month by its name, or by its first letters, three at the least.
fn named(part: &str) -> Option<u32> {
    let place = MONTHS.iter().position(|name| part.len() >= 3 && name.starts_with(part));
    place.and_then(|place| u32::try_from(place + 1).ok())
}

fn number(part: &str) -> Option<u32> {
    let digits = part.trim_end_matches("st").trim_end_matches("nd");
    let digits = digits.trim_end_matches("rd").trim_end_matches("th");
    digits.parse().ok().filter(|_| digits.len() <= 4)
}

/// Whether a part is no month.
fn is_past_12(part: &str) -> bool {
    part.parse().is_ok_and(|number: u32| number > 12)
}

fn year_of(part: &str) -> Option<i64> {
    let year: i64 = part.parse().ok()?;
    match part.len() {
        4 => Some(year),
        2 => Some(2_000 + year),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::order::period::Period;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn read(typed: &str) -> Result<NaiveDate, NotADay> {
        day(typed, date("2026-11-24"))
    }

    #[test]
    fn a_day_is_read_as_people_type_it() {
        for (typed, expected) in [
            ("2026-01-31", "2026-01-31"),
            (" 2026/1/31 ", "2026-01-31"),
            ("20260131", "2026-01-31"),
            ("1/31/2026", "2026-01-31"),
            ("31/1/2026", "2026-01-31"),
            ("01/31/26", "2026-01-31"),
            ("11/11/2026", "2026-11-11"),
            ("1-31-2026", "2026-01-31"),
            ("31.01.2026", "2026-01-31"),
            ("11.01.2026", "2026-01-11"),
            ("1/31", "2026-01-31"),
            // The next one has not come yet.
            ("12/31", "2025-12-31"),
            ("Jan 31", "2026-01-31"),
            ("31 january", "2026-01-31"),
            ("Jan 31st, 2025", "2025-01-31"),
            ("Dec 3", "2025-12-03"),
            ("feb 29", "2024-02-29"),
            ("today", "2026-11-24"),
            ("Yesterday", "2026-11-23"),
            ("7d", "2026-11-18"),
            ("7 days", "2026-11-18"),
            ("7 days ago", "2026-11-17"),
            ("1d", "2026-11-24"),
            ("1 day ago", "2026-11-23"),
            ("2w", "2026-11-11"),
            ("2 weeks ago", "2026-11-10"),
        ] {
            assert_eq!(read(typed), Ok(date(expected)), "{typed}");
        }
    }

    #[test]
    fn so_many_days_are_those_of_the_period_with_that_name() {
        let today = date("2026-11-24");
        for period in [Period::SevenDays, Period::ThirtyDays] {
            assert_eq!(day(period.as_str(), today).ok(), period.days(today).since);
        }
    }

    #[test]
    fn what_can_be_two_days_is_asked_for_and_never_guessed() {
        let two = |one, other| Err(NotADay::Ambiguous(date(one), date(other)));
        assert_eq!(read("11/01/2026"), two("2026-11-01", "2026-01-11"));
        assert_eq!(read("1/2"), two("2026-01-02", "2026-02-01"));
        let said = read("11/01/2026").unwrap_err().to_string();
        assert_eq!(said, "can be 2026-11-01 or 2026-01-11; write it like that");
    }

    #[test]
    fn what_is_no_day_is_none() {
        for typed in [
            "",
            "   ",
            "5",
            "5.99",
            "2026-13-01",
            "2026-02-30",
            "20260230",
            "20261301",
            "31012026",
            "00010101",
            "0026-01-15",
            "1/15/0026",
            "2926-01-15",
            "202601310",
            "13/32/2026",
            "32.01.2026",
            "31.02.2026",
            "1/31/126",
            "26-11-10",
            "31-12-26",
            "Ja 3",
            "Jan Feb",
            "Jan",
            "soon",
            "99999999d",
            "18446744073709551615w",
            "-7d",
            "7 d d",
            "1/2/3/4",
            "٣/٣١/2026",
        ] {
            assert_eq!(read(typed), Err(NotADay::Unknown), "{typed}");
        }
    }
}
