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
    /// The whole day before.
    Yesterday,
    /// Seven days, with today.
    SevenDays,
    /// Since Monday.
    Week,
    /// Thirty days, with today.
    ThirtyDays,
    /// Since the first of the month.
    Month,
    /// The whole month before.
    LastMonth,
    /// Since the first of January.
    Year,
    /// The whole year before.
    LastYear,
    /// Everything.
    All,
}

impl Period {
    /// All of them, as people are offered them.
    pub const ALL: [Self; 10] = [
        Self::Today,
        Self::Yesterday,
        Self::Week,
        Self::SevenDays,
        Self::Month,
        Self::ThirtyDays,
        Self::LastMonth,
        Self::Year,
        Self::LastYear,
        Self::All,
    ];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Week => "week",
            Self::SevenDays => "7d",
            Self::Month => "month",
            Self::ThirtyDays => "30d",
            Self::LastMonth => "last month",
            Self::Year => "year",
            Self::LastYear => "last year",
            Self::All => "all",
        }
    }

    /// As it is offered.
    pub const fn label(self) -> &'static str {
        match self {
            Self::SevenDays => "last 7 days",
            Self::ThirtyDays => "last 30 days",
            other => other.as_str(),
        }
    }

    /// The span that a word stands for; on a command line `-` stands for the space.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase().replace('-', " ");
        Self::ALL.into_iter().find(|period| period.as_str() == word)
    }

    /// The days of it, seen from `today`.
    pub fn days(self, today: NaiveDate) -> Span {
        let first = today.with_day(1).unwrap_or(today);
        let monday = Days::new(u64::from(today.weekday().num_days_from_monday()));
        let since = match self {
            Self::Today => Some(today),
            Self::Yesterday => today.pred_opt(),
            Self::SevenDays => today.checked_sub_days(Days::new(6)),
            Self::ThirtyDays => today.checked_sub_days(Days::new(29)),
            Self::Week => today.checked_sub_days(monday),
            Self::Month => Some(first),
            Self::LastMonth => first.checked_sub_months(Months::new(1)),
            Self::Year => first.with_month(1),
            Self::LastYear => first.with_month(1).and_then(year_before),
            Self::All => None,
        };
        let until = match self {
            Self::Yesterday => Some(today),
            Self::LastMonth => Some(first),
            Self::LastYear => first.with_month(1),
            Self::All => None,
            _ => today.succ_opt(),
        };
        Span { since, until }
    }
}

fn year_before(first: NaiveDate) -> Option<NaiveDate> {
    first.with_year(first.year().checked_sub(1)?)
}

/// As it stands in a sentence or a title.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Week => "this week",
            Self::SevenDays => "last 7 days",
            Self::Month => "this month",
            Self::ThirtyDays => "last 30 days",
            Self::LastMonth => "last month",
            Self::Year => "this year",
            Self::LastYear => "last year",
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

    /// The days from the first to the last: `1–27 Nov 2026`. `None`: an end is open.
    pub fn days_in_words(self) -> Option<String> {
        let (first, last) = (self.since?, self.until?.pred_opt()?);
        let form = match (first.year() == last.year(), first.month() == last.month()) {
            _ if first == last => return Some(last.format("%-d %b %Y").to_string()),
            (true, true) => return Some(format!("{}–{}", first.day(), last.format("%-d %b %Y"))),
            (true, false) => "%-d %b",
            (false, _) => "%-d %b %Y",
        };
        Some(format!("{} – {}", first.format(form), last.format("%-d %b %Y")))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> Tz {
        name.parse().unwrap()
    }

    fn day(text: &str) -> chrono::ParseResult<NaiveDate> {
        text.parse()
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
    fn each_word_names_its_period() {
        for period in Period::ALL {
            assert_eq!(Period::from_word(period.as_str()), Some(period));
            assert_eq!(Period::from_word(&period.as_str().replace(' ', "-")), Some(period));
        }
        assert_eq!(Period::from_word("fortnight"), None);
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
        assert_eq!(utc(Period::LastYear, "2024-02-29"), "2023-01-01 to 2024-01-01");
        assert_eq!(utc(Period::Yesterday, "2026-01-01"), "2025-12-31 to 2026-01-01");
        // Today is one of the days.
        assert_eq!(utc(Period::SevenDays, "2026-01-03"), "2025-12-28 to 2026-01-04");
        assert_eq!(utc(Period::ThirtyDays, "2026-01-30"), "2026-01-01 to 2026-01-31");
        let year = span(Period::Year, "2025-12-31");
        assert_eq!(year.0, "2024-12-31T23:00:00+00:00");
        assert_eq!(year.1, "2025-12-31T23:00:00+00:00");
    }

    #[test]
    fn days_are_told_as_shortly_as_they_can_be() {
        let told = |period: Period, today| period.days(day(today).unwrap()).days_in_words();
        for (period, today, words) in [
            (Period::Today, "2026-11-27", "27 Nov 2026"),
            (Period::Month, "2026-11-01", "1 Nov 2026"),
            (Period::Month, "2026-11-27", "1–27 Nov 2026"),
            (Period::Year, "2026-11-27", "1 Jan – 27 Nov 2026"),
            (Period::SevenDays, "2026-01-03", "28 Dec 2025 – 3 Jan 2026"),
        ] {
            assert_eq!(told(period, today).as_deref(), Some(words));
        }
        assert_eq!(told(Period::All, "2026-11-27"), None);
    }

    #[test]
    fn a_day_without_a_midnight_begins_when_the_clocks_have_gone_forward() {
        let begin = midnight(day("2026-03-29").unwrap(), zone("Asia/Beirut"));
        assert_eq!(begin.to_rfc3339(), "2026-03-28T22:00:00+00:00");
    }
}
