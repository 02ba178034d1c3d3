//! A span of time split into the days that the tallies count, and the hours that they do not.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::ledger::database::time::{LAST, text_of};

/// Before the name of every day, and behind the one that stands for all days.
const FIRST_DAY: &str = "0";

/// A span of time as days of the tallies and what is left of the days at its ends.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Split {
    /// From this day on, before that one.
    pub(crate) days: Option<(String, String)>,
    /// What is left, from one moment on, before another.
    pub(crate) edges: Vec<(String, String)>,
}

impl Split {
    pub(crate) fn of(since: Option<DateTime<Utc>>, until: Option<DateTime<Utc>>) -> Self {
        if since.is_none() && until.is_none() {
            // The day that stands for all of them.
            return Self { days: Some((String::new(), FIRST_DAY.to_owned())), edges: Vec::new() };
        }
        let (first, last) = (since.map(day_from), until.map(|until| until.date_naive()));
        let (since, until) = (since.map(text_of), until.map(text_of));
        if let (Some(first), Some(last), Some(since), Some(until)) = (first, last, &since, &until)
            && first > last
        {
            return Self { days: None, edges: vec![(since.clone(), until.clone())] };
        }
        let (first, last) = (first.map(|day| day.to_string()), last.map(|day| day.to_string()));
        let before = since
            .zip(first.clone())
            .filter(|(since, first)| since.get(..10) != Some(first.as_str()));
        let after = last.clone().zip(until);
        let first = first.unwrap_or_else(|| FIRST_DAY.to_owned());
        let last = last.unwrap_or_else(|| LAST.to_owned());
        Self { days: Some((first, last)), edges: before.into_iter().chain(after).collect() }
    }
}

/// The first day that lies after a moment as a whole.
fn day_from(moment: DateTime<Utc>) -> NaiveDate {
    let day = moment.date_naive();
    if moment.time() == NaiveTime::MIN {
        day
    } else {
        day.checked_add_days(Days::new(1)).unwrap_or(day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(since: &str, until: &str) -> Split {
        let moment = |text: &str| text.parse().ok();
        Split::of(moment(since), moment(until))
    }

    fn pair(from: &str, below: &str) -> (String, String) {
        (from.to_owned(), below.to_owned())
    }

    #[test]
    fn a_month_of_berlin_is_whole_days_and_what_is_left_of_two() {
        let whole = Some(pair("2026-10-01", "2026-10-31"));
        let edges = vec![
            pair("2026-09-30T22:00:00.000Z", "2026-10-01"),
            pair("2026-10-31", "2026-10-31T23:00:00.000Z"),
        ];
        assert_eq!(
            split("2026-09-30T22:00:00Z", "2026-10-31T23:00:00Z"),
            Split { days: whole, edges }
        );
    }

    #[test]
    fn a_month_of_utc_has_nothing_left_but_an_empty_edge() {
        let split = split("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z");
        assert_eq!(split.days, Some(pair("2026-10-01", "2026-11-01")));
        assert_eq!(split.edges, [pair("2026-11-01", "2026-11-01T00:00:00.000Z")]);
    }

    #[test]
    fn hours_of_a_day_are_no_whole_day() {
        let within = split("2026-10-01T05:00:00Z", "2026-10-01T07:00:00Z");
        assert_eq!(within.days, None);
        assert_eq!(within.edges.len(), 1);
        assert_eq!(split("", "").days, Some(pair("", "0")));
        assert_eq!(split("2026-10-01T05:00:00Z", "").days, Some(pair("2026-10-02", "a")));
    }
}
