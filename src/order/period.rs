//! The span of time that figures and files are about, in the zone of whoever reads them. Pure.

use std::fmt;

use chrono::{
    DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc,
};
use chrono_tz::Tz;

/// A span that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Since midnight.
    Today,
    /// Since Monday.
    Week,
    /// Since the first of the month.
    Month,
    /// The whole month before.
    LastMonth,
    /// Since the first of January.
    Year,
    /// Everything.
    All,
}

impl Period {
    /// All of them, as people are offered them.
    pub const ALL: [Self; 6] =
        [Self::Today, Self::Week, Self::Month, Self::LastMonth, Self::Year, Self::All];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::LastMonth => "last month",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    /// The days of it, seen from `today`.
    pub fn days(self, today: NaiveDate) -> Span {
        let first = today.with_day(1).unwrap_or(today);
        let monday = Days::new(u64::from(today.weekday().num_days_from_monday()));
        let since = match self {
            Self::Today => Some(today),
            Self::Week => today.checked_sub_days(monday),
            Self::Month => Some(first),
            Self::LastMonth => first.checked_sub_months(Months::new(1)),
            Self::Year => first.with_month(1),
            Self::All => None,
        };
        let until = match self {
            Self::LastMonth => Some(first),
            Self::All => None,
            _ => today.succ_opt(),
        };
        Span { since, until }
    }
}

/// As it stands in a sentence or a title.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Today => "today",
            Self::Week => "this week",
            Self::Month => "this month",
            Self::LastMonth => "last month",
            Self::Year => "this year",
            Self::All => "all time",
        })
    }
}

/// Days from the first to before the last; an absent end is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub since: Option<NaiveDate>,
    /// The day behind the last.
    pub until: Option<NaiveDate>,
}

impl Span {
    /// The moments at which it begins and ends in a zone.
    pub fn moments(self, zone: Tz) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let moment = |day: Option<NaiveDate>| day.map(|day| midnight(day, zone));
        (moment(self.since), moment(self.until))
    }
}

/// When a day begins in a zone: where the clocks are put forward at midnight, an hour later.
pub fn midnight(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    moment(day.and_time(NaiveTime::MIN), zone)
}

/// When clocks of a zone show this: the earlier moment where they do so twice, and where they are put
/// forward over it, the one at which they go on.
pub fn moment(shown: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let mut quarters = (0..=12).map(|quarter| shown + chrono::TimeDelta::minutes(15 * quarter));
    quarters
        .find_map(|time| zone.from_local_datetime(&time).earliest())
        .map_or_else(|| shown.and_utc(), |time| time.to_utc())
}

/// A day as a person writes it.
///
/// # Errors
/// When it is none.
pub fn day(text: &str) -> chrono::ParseResult<NaiveDate> {
    text.trim().parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Tz {
        name.parse().unwrap()
    }

    fn span(period: Period, today: &str) -> (String, String) {
        let (since, until) = period.days(day(today).unwrap()).moments(zone("Europe/Berlin"));
        (since.unwrap().to_rfc3339(), until.unwrap().to_rfc3339())
    }

    #[test]
    fn days_and_months_begin_at_the_zones_midnight_in_summer_and_winter() {
        let text = |(since, until): (&str, &str)| {
            (format!("2026-{since}:00:00+00:00"), format!("2026-{until}:00:00+00:00"))
        };
        // On the last Sundays of March and October the clocks change.
        assert_eq!(span(Period::Today, "2026-03-29"), text(("03-28T23", "03-29T22")));
        assert_eq!(span(Period::Today, "2026-10-25"), text(("10-24T22", "10-25T23")));
        assert_eq!(span(Period::Week, "2026-10-25"), text(("10-18T22", "10-25T23")));
        assert_eq!(span(Period::LastMonth, "2026-04-15"), text(("02-28T23", "03-31T22")));
        assert_eq!(Period::All.days(day("2026-04-15").unwrap()), Span::default());
    }

    #[test]
    fn weeks_and_months_reach_over_the_years_end() {
        let utc = |period, today: &str| {
            let Span { since, until } = Period::days(period, day(today).unwrap());
            format!("{} to {}", since.unwrap(), until.unwrap())
        };
        assert_eq!(utc(Period::Week, "2026-01-01"), "2025-12-29 to 2026-01-02");
        assert_eq!(utc(Period::LastMonth, "2026-01-31"), "2025-12-01 to 2026-01-01");
        assert_eq!(utc(Period::Year, "2025-12-31"), "2025-01-01 to 2026-01-01");
        assert_eq!(utc(Period::Month, "2024-02-29"), "2024-02-01 to 2024-03-01");
        let year = span(Period::Year, "2025-12-31");
        assert_eq!(year.0, "2024-12-31T23:00:00+00:00");
        assert_eq!(year.1, "2025-12-31T23:00:00+00:00");
    }

    #[test]
    fn a_day_without_a_midnight_begins_when_the_clocks_have_gone_forward() {
        let begin = midnight(day("2026-03-29").unwrap(), zone("Asia/Beirut"));
        assert_eq!(begin.to_rfc3339(), "2026-03-28T22:00:00+00:00");
    }
}
