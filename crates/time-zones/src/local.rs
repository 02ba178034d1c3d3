//! What chrono asks a time zone.

use std::fmt;

use chrono::{FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone};

use crate::Tz;

/// How far a zone's clocks are ahead of UTC at some moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TzOffset {
    zone: Tz,
    fixed: FixedOffset,
}

/// Clocks change no more than once in this time, in seconds.
const DAY: i64 = 24 * 3600;

impl TzOffset {
    fn new(zone: Tz, seconds: i32) -> Self {
        let fixed = FixedOffset::east_opt(seconds).unwrap_or_else(|| chrono::Utc.fix());
        Self { zone, fixed }
    }
}

impl Offset for TzOffset {
    fn fix(&self) -> FixedOffset {
        self.fixed
    }
}

impl fmt::Display for TzOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fixed.fmt(f)
    }
}

impl fmt::Debug for TzOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.zone, self.fixed)
    }
}

impl TimeZone for Tz {
    type Offset = TzOffset;

    fn from_offset(offset: &TzOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> LocalResult<TzOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    /// What the clock shows twice in autumn gives both, and what it skips in spring none.
    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> LocalResult<TzOffset> {
        let local = local.and_utc().timestamp();
        let shows = |offset: &i32| self.offset_at(local - i64::from(*offset)) == *offset;
        let before = Some(self.offset_at(local - DAY)).filter(shows);
        let after = Some(self.offset_at(local + DAY)).filter(shows);
        let new = |offset| TzOffset::new(*self, offset);
        match (before, after) {
            (Some(before), Some(after)) if before != after => {
                LocalResult::Ambiguous(new(before.max(after)), new(before.min(after)))
            }
            (Some(offset), _) | (None, Some(offset)) => LocalResult::Single(new(offset)),
            (None, None) => LocalResult::None,
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> TzOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> TzOffset {
        TzOffset::new(*self, self.offset_at(utc.and_utc().timestamp()))
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};

    use super::*;

    fn local(zone: &str, time: &str) -> Vec<String> {
        let zone: Tz = zone.parse().unwrap();
        let time: NaiveDateTime = time.parse().unwrap();
        let found = zone.from_local_datetime(&time);
        let ends = [found.earliest(), found.latest()];
        let mut ends: Vec<_> = ends.into_iter().flatten().map(|time| time.to_rfc3339()).collect();
        ends.dedup();
        ends
    }

    fn shown(zone: &str, moment: &str) -> String {
        let moment: DateTime<Utc> = moment.parse().unwrap();
        moment.with_timezone(&zone.parse::<Tz>().unwrap()).to_rfc3339()
    }

    #[test]
    fn a_clock_shows_what_it_showed_and_will_show() {
        assert_eq!(shown("Europe/Berlin", "2026-07-01T12:00:00Z"), "2026-07-01T14:00:00+02:00");
        assert_eq!(shown("Europe/Berlin", "2026-12-01T12:00:00Z"), "2026-12-01T13:00:00+01:00");
        assert_eq!(shown("America/New_York", "1970-01-01T00:00:00Z"), "1969-12-31T19:00:00-05:00");
        assert_eq!(shown("Asia/Kathmandu", "2190-01-01T00:00:00Z"), "2190-01-01T05:45:00+05:45");
        // A whole day was left out.
        assert_eq!(shown("Pacific/Apia", "2011-12-30T09:59:59Z"), "2011-12-29T23:59:59-10:00");
        assert_eq!(shown("Pacific/Apia", "2011-12-30T10:00:00Z"), "2011-12-31T00:00:00+14:00");
        assert_eq!(shown("UTC", "2026-07-01T12:00:00Z"), "2026-07-01T12:00:00+00:00");
    }

    #[test]
    fn an_hour_that_comes_twice_gives_both_and_one_that_is_skipped_none() {
        let twice = ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"];
        assert_eq!(local("Europe/Berlin", "2026-10-25T02:30:00"), twice);
        assert_eq!(local("Europe/Berlin", "2026-10-25T03:00:00"), ["2026-10-25T03:00:00+01:00"]);
        assert_eq!(local("Europe/Berlin", "2026-03-29T02:30:00"), <[&str; 0]>::default());
        assert_eq!(local("Europe/Berlin", "2026-03-29T03:00:00"), ["2026-03-29T03:00:00+02:00"]);
        // Midnight itself.
        assert_eq!(local("Asia/Beirut", "2026-03-29T00:00:00"), <[&str; 0]>::default());
        assert_eq!(local("UTC", "2026-03-29T02:30:00"), ["2026-03-29T02:30:00+00:00"]);
        let south = ["2026-04-05T02:30:00+11:00", "2026-04-05T02:30:00+10:00"];
        assert_eq!(local("Australia/Sydney", "2026-04-05T02:30:00"), south);
    }

    #[test]
    fn a_moment_comes_back_from_what_the_clock_shows() {
        let start: DateTime<Utc> = "2019-01-01T00:30:00Z".parse().unwrap();
        for zone in ["Europe/Berlin", "America/St_Johns", "Africa/Casablanca", "Asia/Gaza"] {
            let zone: Tz = zone.parse().unwrap();
            for hours in 0..24 * 365 * 3 {
                let moment = start + chrono::TimeDelta::hours(hours * 7);
                let shown = moment.with_timezone(&zone).naive_local();
                let found = zone.from_local_datetime(&shown);
                let is_found =
                    [found.earliest(), found.latest()].contains(&Some(moment.with_timezone(&zone)));
                assert!(is_found, "{zone} {moment}");
            }
        }
    }
}
