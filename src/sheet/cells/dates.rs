//! Days and times as cells hold them: `2026-01-02`, `1/2/2026 3:04 PM`, `02.01.2026`, `Jan 2, 2026`,
//! `01-02-2026, 15:04:05`, `20260102`.

use chrono::NaiveDate;

use super::times::{offset, time};
use crate::order::day::YEARS;
use crate::sheet::moment::Moment;
use crate::sheet::options::DateOrder;

/// Characters of a date, at the most.
const MAX_LENGTH: usize = 64;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// What the numbers of a date say of their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    /// There is one way to read it, whatever the others do.
    Nothing,
    /// Only this order makes a date of it.
    Order(DateOrder),
    /// Month and day could be exchanged.
    Either,
}

/// A day, with its time where one is written. `order`: of three numbers whose order they do not tell.
pub(super) fn parse(cell: &str, order: Option<DateOrder>) -> Option<Moment> {
    if cell.len() > MAX_LENGTH {
        return None;
    }
    let (date, rest) = split(cell)?;
    let day = date.day(order.unwrap_or(DateOrder::Mdy))?;
    if rest.is_empty() {
        return Some(Moment { day, time: None, offset: None });
    }
    let (clock, offset) = offset(rest);
    Some(Moment { day, time: Some(time(clock)?), offset })
}

/// What a cell says of the order of the dates in its column; `None` where it is no date in any order: an impossible
/// one decides nothing.
pub(super) fn says(cell: &str) -> Option<Says> {
    parse(cell, None)?;
    let (date, _) = split(cell)?;
    let Date::Numbers { parts: [a, b, c], separator } = date else { return Some(Says::Nothing) };
    if a.digits == 4 {
        return Some(Says::Nothing);
    }
    match (date_of(c, a.value, b.value), date_of(c, b.value, a.value)) {
        (Some(american), Some(european)) if american == european => Some(Says::Nothing),
        (Some(_), Some(_)) if separator == '.' => Some(Says::Order(DateOrder::Dmy)),
        (Some(_), Some(_)) => Some(Says::Either),
        (Some(_), None) => Some(Says::Order(DateOrder::Mdy)),
        (None, european) => european.map(|_| Says::Order(DateOrder::Dmy)),
    }
}

/// Whether a date is one in this order, or its form alone says how it is read: the year with four digits in front, the
/// month by its name.
pub(super) fn fits(cell: &str, order: DateOrder) -> bool {
    let Some((Date::Numbers { parts: [a, b, c], .. }, _)) = split(cell) else { return true };
    let day = match order {
        _ if a.digits == 4 => return true,
        DateOrder::Mdy => date_of(c, a.value, b.value),
        DateOrder::Dmy => date_of(c, b.value, a.value),
        DateOrder::Ymd if c.digits <= 2 => date_of(a, b.value, c.value),
        DateOrder::Ymd => None,
    };
    day.is_some()
}

/// A number as it is written.
#[derive(Debug, Clone, Copy)]
struct Part {
    value: u32,
    digits: usize,
}

/// A date before the order of its numbers is known.
enum Date {
    Numbers { parts: [Part; 3], separator: char },
    Named { day: u32, month: u32, year: Part },
}

impl Date {
    fn day(&self, order: DateOrder) -> Option<NaiveDate> {
        let (year, month, day) = match self {
            Self::Named { day, month, year } => (*year, *month, *day),
            Self::Numbers { parts: [a, b, c], .. } if a.digits == 4 => (*a, b.value, c.value),
            Self::Numbers { parts: [a, b, c], .. } => match (order, a.value, b.value) {
                (DateOrder::Ymd, ..) if c.digits <= 2 => (*a, b.value, c.value),
                (_, 13.., _) => (*c, b.value, a.value),
                (_, _, 13..) => (*c, a.value, b.value),
                (DateOrder::Dmy, ..) => (*c, b.value, a.value),
                _ => (*c, a.value, b.value),
            },
        };
        date_of(year, month, day)
    }
}

/// The day, where there is such a one and an order can be of it.
fn date_of(year: Part, month: u32, day: u32) -> Option<NaiveDate> {
    let year = match year.digits {
        2 => 2_000 + year.value,
        4 => year.value,
        _ => return None,
    };
    let year = i32::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The date at the beginning of a cell, and what stands behind it.
fn split(cell: &str) -> Option<(Date, &str)> {
    compact(cell).or_else(|| numbers(cell)).or_else(|| named(cell))
}

/// Eight digits: the year, the month, the day.
fn compact(cell: &str) -> Option<(Date, &str)> {
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    let (date, rest) = cell.split_at_checked(digits).filter(|_| digits == 8)?;
    let part = |from, to| number(date.get(from..to)?).map(|(part, _)| part);
    let parts = [part(0, 4)?, part(4, 6)?, part(6, 8)?];
    Some((Date::Numbers { parts, separator: '-' }, behind(rest)?))
}

/// Three numbers with the same mark between them.
fn numbers(cell: &str) -> Option<(Date, &str)> {
    let (a, rest) = number(cell)?;
    let separator = rest.chars().next().filter(|mark| matches!(mark, '-' | '/' | '.'))?;
    let (b, rest) = number(rest.strip_prefix(separator)?)?;
    let (c, rest) = number(rest.strip_prefix(separator)?)?;
    let rest = behind(rest)?;
    Some((Date::Numbers { parts: [a, b, c], separator }, rest))
}

/// What follows a date: nothing, or a time behind a blank, a comma or a `T`.
fn behind(rest: &str) -> Option<&str> {
    let time = rest.trim_start_matches([',', ' ', 'T', 't', '\u{a0}', '\u{202f}']);
    let is_apart = rest.is_empty() || time.len() < rest.len();
    is_apart.then_some(time.strip_prefix("at ").unwrap_or(time))
}

fn number(text: &str) -> Option<(Part, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let value = text.get(..digits).filter(|_| (1..=4).contains(&digits))?.parse().ok()?;
    Some((Part { value, digits }, text.get(digits..)?))
}

/// `Jan 2, 2026`, `2 January 2026`, `02-Jan-26`, `Fri, 2 Jan 2026`.
fn named(cell: &str) -> Option<(Date, &str)> {
    let (mut month, mut numbers, mut rest) = (None, Vec::new(), cell);
    while numbers.len() < 2 || month.is_none() {
        rest = rest.trim_start_matches([' ', ',', '-', '.', '/', '\u{a0}']);
        if let Some((part, after)) = number(rest) {
            numbers.push(part);
            rest = after.trim_start_matches(|letter: char| {
                letter.is_ascii_alphabetic() && month.is_some() && numbers.len() < 2
            });
        } else {
            let end = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
            let word = rest.get(..end).filter(|word| word.len() >= 3)?.to_lowercase();
            let begins = |names: &[&str]| names.iter().position(|name| word.starts_with(name));
            match (begins(&MONTHS), begins(&DAYS)) {
                (Some(at), _) if month.is_none() => month = u32::try_from(at + 1).ok(),
                (None, Some(_)) if month.is_none() && numbers.is_empty() => {}
                _ => return None,
            }
            rest = rest.get(end..)?;
        }
        if numbers.len() > 2 {
            return None;
        }
    }
    let (day, year) = (numbers.first()?.value, *numbers.get(1)?);
    Some((Date::Named { day, month: month?, year }, behind(rest)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_form() {
        for (cell, text) in [
            ("2026-01-02", "2026-01-02"),
            ("2026/1/2", "2026-01-02"),
            ("1/2/2026", "2026-01-02"),
            ("01/02/26", "2026-01-02"),
            ("13.1.2026", "2026-01-13"),
            ("1/13/2026", "2026-01-13"),
            ("Jan 2, 2026", "2026-01-02"),
            ("January 2nd, 2026", "2026-01-02"),
            ("2 January 2026", "2026-01-02"),
            ("02-Jan-26", "2026-01-02"),
            ("Fri, 2 Jan 2026", "2026-01-02"),
            ("01-02-2026, 15:04:05", "2026-01-02T15:04:05"),
            ("2026-01-02T03:04:05Z", "2026-01-02T03:04:05+00:00"),
            ("2026-01-02T03:04:05.678-05:00", "2026-01-02T03:04:05.678-05:00"),
            ("2026-01-02 03:04", "2026-01-02T03:04:00"),
            ("1/2/2026 3:04 PM", "2026-01-02T15:04:00"),
            ("20260102", "2026-01-02"),
            ("20260102 3:04 PM", "2026-01-02T15:04:00"),
            ("20260102T03:04:05Z", "2026-01-02T03:04:05+00:00"),
            ("1/2/2026 12:04:05 a.m.", "2026-01-02T00:04:05"),
            ("Friday, January 2, 2026 at 3:04 PM", "2026-01-02T15:04:00"),
        ] {
            let moment = parse(cell, None).map(|moment| moment.to_string());
            assert_eq!(moment.as_deref(), Some(text), "{cell}");
        }
        for cell in [
            "",
            "soon",
            "45678",
            "1/1/0001",
            "0001-01-01",
            "13/13/2026",
            "2/30/2026",
            "1/2",
            "1/2/3",
            "2026-01-02 25:00",
            "2026-01-02x",
            "1/2/2026/3",
            "20261301",
            "20260230",
            "31122026",
            "00010101",
            "2026010",
            "202601021",
            "20260102x",
        ] {
            assert_eq!(parse(cell, None), None, "{cell}");
        }
    }

    #[test]
    fn an_order_that_was_said_is_the_only_one() {
        for (cell, orders) in [
            ("13/04/2026", [false, true, false]),
            ("04/13/2026", [true, false, false]),
            ("04/03/2026", [true, true, false]),
            ("26/04/13", [false, true, true]),
            ("26/13/04", [false, false, false]),
            ("2026-04-13", [true, true, true]),
            ("20260413", [true, true, true]),
            ("13 Apr 2026", [true, true, true]),
        ] {
            assert_eq!(DateOrder::ALL.map(|order| fits(cell, order)), orders, "{cell}");
        }
    }

    #[test]
    fn the_order_counts_only_where_the_numbers_do_not_tell() {
        let day = |cell, order| parse(cell, Some(order)).map(|moment| moment.day.to_string());
        assert_eq!(day("3/4/2026", DateOrder::Mdy).as_deref(), Some("2026-03-04"));
        assert_eq!(day("3/4/2026", DateOrder::Dmy).as_deref(), Some("2026-04-03"));
        assert_eq!(day("03/04/26", DateOrder::Ymd).as_deref(), Some("2003-04-26"));
        assert_eq!(day("2026-04-03", DateOrder::Dmy).as_deref(), Some("2026-04-03"));
        for (cell, expected) in [
            ("3/4/2026", Some(Says::Either)),
            ("4/4/2026", Some(Says::Nothing)),
            ("13/4/2026", Some(Says::Order(DateOrder::Dmy))),
            ("3/14/2026", Some(Says::Order(DateOrder::Mdy))),
            ("3.4.2026", Some(Says::Order(DateOrder::Dmy))),
            ("2026-03-04", Some(Says::Nothing)),
            ("20260304", Some(Says::Nothing)),
            ("Mar 4, 2026", Some(Says::Nothing)),
            ("never", None),
            ("13/45/2026", None),
            ("45/13/2026", None),
            ("2/30/2026", None),
            ("30/2/2026", None),
            ("31/4/2026", None),
            ("13/4/0026", None),
            ("13/4/2026 25:00", None),
        ] {
            assert_eq!(says(cell), expected, "{cell}");
        }
    }
}
