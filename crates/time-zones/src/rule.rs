//! What holds after the last change of a table, as POSIX writes it: `CET-1CEST,M3.5.0,M10.5.0/3`.

use chrono::{DateTime, Datelike, NaiveDate, Weekday};

/// A clock that shows the same all year, or one that changes twice.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Seconds ahead of UTC.
    standard: i32,
    summer: Option<Summer>,
}

#[derive(Debug, PartialEq, Eq)]
struct Summer {
    /// Seconds ahead of UTC.
    offset: i32,
    begins: Change,
    ends: Change,
}

#[derive(Debug, PartialEq, Eq)]
struct Change {
    day: Day,
    /// Seconds behind the midnight that the day begins with, by the clock before the change. It may be of
    /// another day.
    seconds: i32,
}

#[derive(Debug, PartialEq, Eq)]
enum Day {
    /// The first to the fourth, or the last, such weekday of a month.
    Weekday { month: u32, week: u8, weekday: Weekday },
    /// Counted from 1, with no 29 February in any year.
    WithoutLeap(u32),
    /// Counted from 0, with 29 February in leap years.
    OfYear(u32),
}

/// When a rule names no time for a change.
const TWO_O_CLOCK: i32 = 2 * 3600;
const HOUR: i32 = 3600;
const LAST: u8 = 5;
/// 28 February, of the days counted from 1.
const END_OF_FEBRUARY: u32 = 59;

impl Rule {
    /// `None` where the text is no rule.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut text = Text(text.as_bytes());
        text.name()?;
        // POSIX counts how far a clock is behind.
        let standard = -text.time()?;
        if text.0.is_empty() {
            return Some(Self { standard, summer: None });
        }
        text.name()?;
        let offset = if text.is_next(b',') { standard + HOUR } else { -text.time()? };
        let begins = text.change()?;
        let ends = text.change()?;
        let summer = Some(Summer { offset, begins, ends });
        text.0.is_empty().then_some(Self { standard, summer })
    }

    /// Seconds ahead of UTC at a moment, itself in seconds since 1970.
    pub(crate) fn offset_at(&self, moment: i64) -> i32 {
        match &self.summer {
            Some(summer) if self.is_summer(summer, moment) == Some(true) => summer.offset,
            _ => self.standard,
        }
    }

    /// `None` in years that no calendar reaches.
    fn is_summer(&self, summer: &Summer, moment: i64) -> Option<bool> {
        let local = moment.checked_add(i64::from(self.standard))?;
        let year = DateTime::from_timestamp(local, 0)?.year();
        let begins = summer.begins.of(year)? - i64::from(self.standard);
        let ends = summer.ends.of(year)? - i64::from(summer.offset);
        // South of the equator summer holds over the turn of the year.
        Some(if begins < ends {
            (begins..ends).contains(&moment)
        } else {
            !(ends..begins).contains(&moment)
        })
    }
}

impl Change {
    /// When it is in a year, in seconds since 1970 by the clock before the change.
    fn of(&self, year: i32) -> Option<i64> {
        let midnight = self.day.of(year)?.and_hms_opt(0, 0, 0)?.and_utc().timestamp();
        Some(midnight + i64::from(self.seconds))
    }
}

impl Day {
    fn of(&self, year: i32) -> Option<NaiveDate> {
        match *self {
            Self::Weekday { month, week, weekday } => {
                let nth = |week| NaiveDate::from_weekday_of_month_opt(year, month, weekday, week);
                nth(week).or_else(|| nth(LAST - 1).filter(|_| week == LAST))
            }
            Self::WithoutLeap(day) => {
                let is_leap = NaiveDate::from_ymd_opt(year, 2, 29).is_some();
                let passed = u32::from(is_leap && day > END_OF_FEBRUARY);
                NaiveDate::from_yo_opt(year, day + passed)
            }
            Self::OfYear(day) => NaiveDate::from_yo_opt(year, day + 1),
        }
    }
}

/// What is left of a rule's text.
struct Text<'a>(&'a [u8]);

impl Text<'_> {
    fn is_next(&self, byte: u8) -> bool {
        self.0.first() == Some(&byte)
    }

    /// Passes over a byte if it is the next one.
    fn pass(&mut self, byte: u8) -> bool {
        let rest = self.0.strip_prefix(&[byte]);
        rest.map(|rest| self.0 = rest).is_some()
    }

    fn pass_while(&mut self, is_one: impl Fn(&u8) -> bool) -> usize {
        let length = self.0.iter().take_while(|byte| is_one(byte)).count();
        self.0 = self.0.get(length..).unwrap_or_default();
        length
    }

    /// Passes over an abbreviation, which may stand in angle brackets.
    fn name(&mut self) -> Option<()> {
        if self.pass(b'<') {
            self.pass_while(|byte| *byte != b'>');
            return self.pass(b'>').then_some(());
        }
        (self.pass_while(u8::is_ascii_alphabetic) > 0).then_some(())
    }

    fn number(&mut self) -> Option<u32> {
        let all = self.0;
        let length = self.pass_while(u8::is_ascii_digit);
        std::str::from_utf8(all.get(..length)?).ok()?.parse().ok()
    }

    /// Hours, minutes and seconds, of which only the hours must be there, in seconds.
    fn time(&mut self) -> Option<i32> {
        let is_negative = !self.pass(b'+') && self.pass(b'-');
        let mut seconds = i32::try_from(self.number()?).ok()?.checked_mul(HOUR)?;
        for unit in [60, 1] {
            if !self.pass(b':') {
                break;
            }
            seconds =
                seconds.checked_add(i32::try_from(self.number()?).ok()?.checked_mul(unit)?)?;
        }
        Some(if is_negative { -seconds } else { seconds })
    }

    /// A comma, a day, and maybe a time.
    fn change(&mut self) -> Option<Change> {
        let day = self.pass(b',').then(|| self.day())??;
        let seconds = if self.pass(b'/') { self.time()? } else { TWO_O_CLOCK };
        Some(Change { day, seconds })
    }

    fn day(&mut self) -> Option<Day> {
        if self.pass(b'J') {
            return Some(Day::WithoutLeap(self.number()?));
        }
        if !self.pass(b'M') {
            return Some(Day::OfYear(self.number()?));
        }
        let month = self.number()?;
        let week = self.pass(b'.').then(|| self.number())??;
        let weekday = self.pass(b'.').then(|| self.number())??;
        // Sunday is 0.
        let weekday = Weekday::try_from(u8::try_from(weekday.checked_add(6)? % 7).ok()?).ok()?;
        Some(Day::Weekday { month, week: u8::try_from(week).ok()?, weekday })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offset(rule: &str, moment: &str) -> i32 {
        let moment = DateTime::parse_from_rfc3339(moment).unwrap();
        Rule::parse(rule).unwrap().offset_at(moment.timestamp())
    }

    #[test]
    fn summer_begins_and_ends_at_its_hour() {
        let berlin = "CET-1CEST,M3.5.0,M10.5.0/3";
        assert_eq!(offset(berlin, "2051-03-26T00:59:59Z"), 3600);
        assert_eq!(offset(berlin, "2051-03-26T01:00:00Z"), 7200);
        assert_eq!(offset(berlin, "2051-10-29T00:59:59Z"), 7200);
        assert_eq!(offset(berlin, "2051-10-29T01:00:00Z"), 3600);
    }

    #[test]
    fn summer_may_hold_over_new_year_and_last_half_an_hour() {
        let lord_howe = "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0";
        assert_eq!(offset(lord_howe, "2050-12-31T23:59:59Z"), 11 * 3600);
        assert_eq!(offset(lord_howe, "2050-07-01T00:00:00Z"), 10 * 3600 + 1800);
    }

    #[test]
    fn a_change_may_lie_on_the_day_before_or_days_later() {
        let nuuk = "<-02>2<-01>,M3.5.0/-1,M10.5.0/0";
        assert_eq!(offset(nuuk, "2040-03-25T00:59:59Z"), -2 * 3600);
        assert_eq!(offset(nuuk, "2040-03-25T01:00:00Z"), -3600);
        let gaza = "EET-2EEST,M3.4.4/50,M10.4.4/50";
        assert_eq!(offset(gaza, "2040-03-24T00:00:00Z"), 3 * 3600);
    }

    #[test]
    fn days_can_be_counted_through_the_year() {
        let without_leap = "A0B,J60/0,J300/0";
        assert_eq!(offset(without_leap, "2048-02-29T12:00:00Z"), 0);
        assert_eq!(offset(without_leap, "2048-03-01T12:00:00Z"), 3600);
        assert_eq!(offset("A0B,59/0,300/0", "2048-02-29T12:00:00Z"), 3600);
    }

    #[test]
    fn a_clock_without_summer_shows_the_same_for_ever() {
        assert_eq!(offset("<+0545>-5:45", "2300-07-01T00:00:00Z"), 5 * 3600 + 45 * 60);
        assert_eq!(Rule::parse("UTC0").unwrap().offset_at(i64::MAX), 0);
    }

    #[test]
    fn what_is_no_rule_is_none() {
        for text in
            ["", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5,M10.5.0/3", "UTC0 "]
        {
            assert_eq!(Rule::parse(text), None, "{text}");
        }
    }
}
