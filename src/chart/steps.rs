//! Days put together to the bars of a chart. Pure.

use std::collections::HashMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::figures::{Day, Figures, STORE_DAYS};
use crate::order::period::Span;

/// Bars that can be told apart on a phone.
const BARS_MAX: usize = 60;
/// Days up to which each has a bar.
const SINGLE_DAYS: i64 = 31;
/// Days up to which each week has a bar: of more it is not known what stores had in it.
const WEEKS_DAYS: i64 = STORE_DAYS;
/// Days up to which each month has a bar.
const MONTHS_DAYS: i64 = 1_830;

/// What one bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Day,
    Week,
    Month,
    Year,
}

impl Step {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    fn for_days(days: i64) -> Self {
        if days <= SINGLE_DAYS {
            Self::Day
        } else if days <= WEEKS_DAYS {
            Self::Week
        } else if days <= MONTHS_DAYS {
            Self::Month
        } else {
            Self::Year
        }
    }

    fn begin(self, day: NaiveDate) -> NaiveDate {
        let monday = Days::new(u64::from(day.weekday().num_days_from_monday()));
        match self {
            Self::Day => Some(day),
            Self::Week => day.checked_sub_days(monday),
            Self::Month => day.with_day(1),
            Self::Year => day.with_day(1).and_then(|day| day.with_month(1)),
        }
        .unwrap_or(day)
    }

    fn after(self, begin: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => begin.succ_opt(),
            Self::Week => begin.checked_add_days(Days::new(7)),
            Self::Month => begin.checked_add_months(Months::new(1)),
            Self::Year => begin.checked_add_months(Months::new(12)),
        }
    }

    fn before(self, begin: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => begin.pred_opt(),
            Self::Week => begin.checked_sub_days(Days::new(7)),
            Self::Month => begin.checked_sub_months(Months::new(1)),
            Self::Year => begin.checked_sub_months(Months::new(12)),
        }
    }

    /// What stands below a bar.
    pub(super) fn label(self, begin: NaiveDate) -> String {
        let format = match self {
            Self::Day | Self::Week => "%-d %b",
            Self::Month => "%b %Y",
            Self::Year => "%Y",
        };
        begin.format(format).to_string()
    }
}

/// Which part of its time a bar shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// Its time has begun, and goes on.
    SoFar,
    /// The figures begin or end in the middle of it.
    Cut,
}

/// What one bar shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bar {
    /// The first day of its time.
    pub(super) begin: NaiveDate,
    pub(super) counted: Day,
    pub(super) part: Part,
}

/// The bars of the figures, those without an order too; the latest where there are too many.
pub(super) fn steps(figures: &Figures, span: Span, today: NaiveDate) -> Option<(Step, Vec<Bar>)> {
    let earliest = figures.days.keys().min().copied()?;
    let latest = figures.days.keys().max().copied()?;
    let end = span.until.and_then(|until| until.pred_opt()).unwrap_or(today);
    let last = end.min(today).max(latest);
    // Years without an order before the first one are no news.
    let since = span.since.filter(|since| (last - *since).num_days() < MONTHS_DAYS);
    let first = since.unwrap_or(earliest).min(earliest);
    let step = Step::for_days((last - first).num_days() + 1);
    let mut sums: HashMap<NaiveDate, Day> = HashMap::new();
    for (day, counted) in &figures.days {
        sums.entry(step.begin(*day)).or_default().add(counted);
    }
    let begins = std::iter::successors(Some(step.begin(last)), |begin| step.before(*begin));
    let mut bars: Vec<_> = begins
        .take_while(|begin| *begin >= step.begin(first))
        .take(BARS_MAX)
        .map(|begin| {
            let after_last = step.after(begin).and_then(|next| next.pred_opt()) > Some(last);
            let part = match (after_last, begin < first) {
                (true, _) if last == today => Part::SoFar,
                // A day that is not over yet.
                (false, _) if begin == today => Part::SoFar,
                (false, false) => Part::Whole,
                _ => Part::Cut,
            };
            Bar { begin, counted: sums.remove(&begin).unwrap_or_default(), part }
        })
        .collect();
    bars.reverse();
    Some((step, bars))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn figures(days: &[&str]) -> Figures {
        let counted = |text: &&str| (day(text), Day { orders: 1, ..Day::default() });
        Figures { days: days.iter().map(counted).collect(), ..Figures::default() }
    }

    #[test]
    fn months_without_an_order_have_an_empty_bar() {
        let span = Span { since: Some(day("2026-01-01")), until: None };
        let counted = figures(&["2026-02-03", "2026-02-28", "2026-10-01"]);
        let (step, bars) = steps(&counted, span, day("2026-11-24")).unwrap();
        assert_eq!(step, Step::Month);
        let orders: Vec<i64> = bars.iter().map(|bar| bar.counted.orders).collect();
        assert_eq!(orders, [0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
        assert_eq!(step.label(bars[0].begin), "Jan 2026");
    }

    #[test]
    fn a_bar_knows_which_part_of_its_time_it_shows() {
        let parts = |days: &[&str], since: Option<&str>, until: Option<&str>| -> Vec<Part> {
            let span = Span { since: since.map(day), until: until.map(day) };
            let (_, bars) = steps(&figures(days), span, day("2026-11-24")).unwrap();
            bars.into_iter().map(|bar| bar.part).collect()
        };
        let middle = |len: usize, first, last| {
            let mut parts = vec![Part::Whole; len];
            (parts[0], parts[len - 1]) = (first, last);
            parts
        };
        let (whole, cut, so_far) = (Part::Whole, Part::Cut, Part::SoFar);
        // All time: months, begun in the middle of one and not at the end of another.
        assert_eq!(parts(&["2026-01-15", "2026-11-24"], None, None), middle(11, cut, so_far));
        assert_eq!(parts(&["2026-01-01", "2026-11-24"], None, None), middle(11, whole, so_far));
        // Days: today is not over.
        assert_eq!(parts(&["2026-11-03"], Some("2026-11-01"), None), middle(24, whole, so_far));
        let october = (Some("2026-10-01"), Some("2026-11-01"));
        assert_eq!(parts(&["2026-10-03"], october.0, october.1), vec![whole; 31]);
        // Weeks of a span that ends in one.
        let weeks = (Some("2026-05-06"), Some("2026-08-07"));
        assert_eq!(parts(&["2026-05-07"], weeks.0, weeks.1), middle(14, cut, cut));
    }

    #[test]
    fn of_a_range_of_many_years_the_bars_begin_with_the_first_order() {
        let span = Span { since: Some(day("0001-01-01")), until: Some(NaiveDate::MAX) };
        let (step, bars) = steps(&figures(&["2026-10-03"]), span, day("2026-11-24")).unwrap();
        assert_eq!((step, bars.len(), bars[0].counted.orders), (Step::Week, 9, 1));
    }

    #[test]
    fn no_span_makes_more_bars_than_can_be_told_apart() {
        let span = Span { since: Some(NaiveDate::MIN), until: None };
        let counted = figures(&["1900-01-01", "2026-02-03"]);
        let (step, bars) = steps(&counted, span, day("2026-11-24")).unwrap();
        assert_eq!((step, bars.len()), (Step::Year, 60));
        assert_eq!(steps(&Figures::default(), span, day("2026-11-24")), None);
    }
}
