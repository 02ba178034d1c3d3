//! A span of time split into the hours, days or months by which orders are added up, and what is over at its ends.

use chrono::{
    DateTime, Datelike, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc,
};
use serde::Serialize;

use crate::ledger::database::time::{LAST, text_of, time_of};

/// What is added up together, by the clock and the calendar of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Hour,
    Day,
    Month,
}

/// A span of time as whole units and what is over at its ends.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Split {
    pub(crate) unit: Unit,
    /// From the unit of this name on, before that one.
    pub(crate) whole: Option<(String, String)>,
    /// What the whole units lack of the span, and what they have too much.
    pub(crate) edges: Vec<Edge>,
}

/// A span of time whose orders are counted themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Edge {
    pub(crate) from: String,
    pub(crate) below: String,
    /// 1: they belong to it; -1: they are in the whole units and do not.
    pub(crate) sign: i64,
}

impl Unit {
    /// As `order_tallies` names it.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
        }
    }

    /// How many letters of a time name the unit that it is in.
    const fn letters(self) -> usize {
        match self {
            Self::Hour => 13,
            Self::Day => 10,
            Self::Month => 7,
        }
    }

    /// The name of the unit that begins at a moment.
    fn name(self, begin: DateTime<Utc>) -> String {
        text_of(begin).chars().take(self.letters()).collect()
    }

    /// When the unit of a moment begins, and the next one. `None`: the calendar ends there.
    fn around(self, moment: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let day = moment.date_naive();
        let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN);
        let (begin, next): (NaiveDateTime, NaiveDateTime) = match self {
            Self::Hour => {
                let into = moment.timestamp_subsec_nanos();
                let second = TimeDelta::seconds(moment.timestamp().rem_euclid(3_600));
                let begin = moment.naive_utc() - second - TimeDelta::nanoseconds(into.into());
                (begin, begin.checked_add_signed(TimeDelta::hours(1))?)
            }
            Self::Day => (midnight(day), midnight(day.checked_add_days(Days::new(1))?)),
            Self::Month => {
                let first = day.with_day(1)?;
                (midnight(first), midnight(first.checked_add_months(Months::new(1))?))
            }
        };
        Some((begin.and_utc(), next.and_utc()))
    }

    /// The nearest moment at which a unit begins.
    fn nearest(self, moment: DateTime<Utc>) -> DateTime<Utc> {
        let nearer = |(begin, next): (DateTime<Utc>, DateTime<Utc>)| {
            // Years with five digits have no place in the order of names.
            let is_nearer = moment - begin <= next - moment || next.year() > 9_999;
            if is_nearer { begin } else { next }
        };
        self.around(moment).map_or(moment, nearer)
    }
}

impl Split {
    pub(crate) fn of(
        since: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
        unit: Unit,
    ) -> Self {
        let as_stored = |moment: DateTime<Utc>| time_of(&text_of(moment));
        let (since, until) = (since.map(as_stored), until.map(as_stored));
        let nearest = |moment: Option<DateTime<Utc>>| moment.map(|moment| unit.nearest(moment));
        let (first, last) = (nearest(since), nearest(until));
        if first.zip(last).is_some_and(|(first, last)| first >= last) {
            return Self::all_edge(since, until, unit);
        }
        let name = |begin: DateTime<Utc>| unit.name(begin);
        let whole =
            (first.map_or_else(String::new, name), last.map_or_else(|| LAST.to_owned(), name));
        let edges = [
            since.zip(first).and_then(|(since, first)| Edge::between(since, first)),
            last.zip(until).and_then(|(last, until)| Edge::between(last, until)),
        ];
        Self { unit, whole: Some(whole), edges: edges.into_iter().flatten().collect() }
    }

    /// A span of which no unit is counted as a whole.
    pub(crate) fn all_edge(
        since: Option<DateTime<Utc>>,
        until: Option<DateTime<Utc>>,
        unit: Unit,
    ) -> Self {
        let from = since.map_or_else(String::new, text_of);
        let below = until.map_or_else(|| LAST.to_owned(), text_of);
        Self { unit, whole: None, edges: vec![Edge { from, below, sign: 1 }] }
    }

    /// The whole units, from one name on, before another: where there are none, none is between them.
    pub(crate) fn bounds(&self) -> (&str, &str) {
        self.whole.as_ref().map_or(("", ""), |(first, last)| (first, last))
    }

    /// The edges as a JSON array.
    pub(crate) fn edges(&self) -> String {
        serde_json::json!(self.edges).to_string()
    }
}

impl Edge {
    /// From one moment on, before another; the other way round it is taken out.
    fn between(from: DateTime<Utc>, below: DateTime<Utc>) -> Option<Self> {
        let (early, late) = (text_of(from.min(below)), text_of(from.max(below)));
        let sign = if from < below { 1 } else { -1 };
        (early < late).then_some(Self { from: early, below: late, sign })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(since: &str, until: &str, unit: Unit) -> Split {
        let moment = |text: &str| text.parse().ok();
        Split::of(moment(since), moment(until), unit)
    }

    fn names(first: &str, last: &str) -> (String, String) {
        (first.to_owned(), last.to_owned())
    }

    fn edge(from: &str, below: &str, sign: i64) -> Edge {
        Edge { from: from.to_owned(), below: below.to_owned(), sign }
    }

    #[test]
    fn a_month_of_berlin_is_a_month_with_two_hours_more_and_one_less() {
        let split = split("2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z", Unit::Month);
        assert_eq!(split.whole, Some(names("2026-10", "2026-11")));
        assert_eq!(
            split.edges,
            [
                edge("2026-09-30T22:00:00.000Z", "2026-10-01T00:00:00.000Z", 1),
                edge("2026-10-31T23:00:00.000Z", "2026-11-01T00:00:00.000Z", -1)
            ]
        );
        assert_eq!(split.bounds(), ("2026-10", "2026-11"));
    }

    #[test]
    fn whole_units_have_nothing_over() {
        for (since, until, unit, names) in [
            ("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", Unit::Month, ("2026-10", "2026-11")),
            ("2026-10-01T00:00:00Z", "", Unit::Day, ("2026-10-01", "a")),
            ("", "2026-10-01T07:00:00Z", Unit::Hour, ("", "2026-10-01T07")),
            ("", "", Unit::Month, ("", "a")),
        ] {
            let split = split(since, until, unit);
            assert_eq!((split.bounds(), split.edges.len()), (names, 0), "{since} {until}");
        }
    }

    #[test]
    fn a_day_of_kathmandu_begins_a_quarter_behind_an_hour() {
        let split = split("2026-10-01T18:15:00Z", "2026-10-02T18:15:00Z", Unit::Hour);
        assert_eq!(split.whole, Some(names("2026-10-01T18", "2026-10-02T18")));
        let signs: Vec<i64> = split.edges.iter().map(|edge| edge.sign).collect();
        assert_eq!(signs, [-1, 1]);
    }

    #[test]
    fn hours_of_a_day_and_spans_that_end_before_they_begin_are_no_whole_day() {
        for (since, until) in [
            ("2026-10-01T05:00:00Z", "2026-10-01T07:00:00Z"),
            ("2026-10-01T05:00:00Z", "2026-10-01T13:00:00.001Z"),
            ("2026-10-09T05:00:00Z", "2026-10-01T07:00:00Z"),
        ] {
            let split = split(since, until, Unit::Day);
            let edges: Vec<i64> = split.edges.iter().map(|edge| edge.sign).collect();
            let is_day = since < until && until.ends_with("001Z");
            assert_eq!(split.whole.is_some(), is_day, "{since} {until}");
            assert_eq!(edges, if is_day { vec![-1, -1] } else { vec![1] }, "{since} {until}");
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_counted_themselves() {
        for unit in [Unit::Hour, Unit::Day, Unit::Month] {
            let all =
                Split::of(Some(DateTime::<Utc>::MIN_UTC), Some(DateTime::<Utc>::MAX_UTC), unit);
            let (first, last) = all.bounds();
            assert!(first.starts_with("0000-01") && last.starts_with("9999-12"), "{all:?}");
            let last_year = split("9999-12-31T23:59:00Z", "", unit);
            assert!(last_year.bounds().0.starts_with("9999-12"), "{last_year:?}");
        }
    }
}
