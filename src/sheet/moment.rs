//! A day or a time as a sheet states it, usually without a zone.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone,
    Timelike, Utc,
};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::order::period::midnight;

/// A day, a time of a day, or an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Moment {
    /// By the clock of whoever wrote it.
    pub day: NaiveDate,
    /// `None`: the sheet names the day alone.
    pub time: Option<NaiveTime>,
    /// `None`: the sheet does not say by which clock.
    pub offset: Option<FixedOffset>,
}

impl Moment {
    /// The instant, by the clock of `zone` where the sheet names none; a day alone begins at its midnight. A time
    /// that clocks skip is an hour later, one that comes twice is the first.
    pub fn utc(self, zone: Tz) -> DateTime<Utc> {
        let local = match (self.time, self.offset) {
            (None, None) => return midnight(self.day, zone),
            (time, _) => self.day.and_time(time.unwrap_or_default()),
        };
        if let Some(offset) = self.offset {
            return offset
                .from_local_datetime(&local)
                .earliest()
                .map_or(local.and_utc(), |at| at.to_utc());
        }
        let skipped = || zone.from_local_datetime(&(local + TimeDelta::hours(1))).earliest();
        let at = zone.from_local_datetime(&local).earliest().or_else(skipped);
        at.map_or(local.and_utc(), |at| at.to_utc())
    }

    /// The same by a clock that is known from now on: that of `zone` where the sheet names none.
    #[must_use]
    pub(crate) fn settled(self, zone: Tz) -> Self {
        let at = self.utc(zone);
        if self.time.is_none() {
            return Self { offset: Some(at.with_timezone(&zone).offset().fix()), ..self };
        }
        Self { day: at.date_naive(), time: Some(at.time()), offset: Some(Utc.fix()) }
    }

    /// The same by the clock by which another moment was written: that of `zone` where its offset is that of the
    /// zone, which may have another one on this day.
    #[must_use]
    pub(crate) fn by_clock_of(self, other: Option<Self>, zone: Tz) -> Self {
        let known = other.and_then(|other| Some((other.utc(zone), other.offset?)));
        let Some((at, offset)) = known.filter(|_| self.time.is_some() && self.offset.is_none())
        else {
            return self;
        };
        let is_of_zone = at.with_timezone(&zone).offset().fix() == offset;
        Self { offset: (!is_of_zone).then_some(offset), ..self }
    }

    /// Whether an instant is this moment, as exactly as this one says it: on this day, in this minute, in this
    /// second.
    pub(crate) fn agrees(self, known: DateTime<Utc>) -> bool {
        let known =
            self.offset.map_or(known.naive_utc(), |it| known.with_timezone(&it).naive_local());
        let Some(time) = self.time else { return known.date() == self.day };
        let said = self.day.and_time(time);
        let unit = match (time.second(), time.nanosecond()) {
            (0, 0) => TimeDelta::minutes(1),
            (_, 0) => TimeDelta::seconds(1),
            _ => TimeDelta::milliseconds(1),
        };
        said <= known && known - said < unit
    }
}

/// `2026-01-02`, `2026-01-02-05:00`, `2026-01-02T03:04:05`, `2026-01-02T03:04:05.678-05:00`.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.day)?;
        if let Some(time) = self.time {
            write!(f, "T{}", time.format("%H:%M:%S%.f"))?;
        }
        match self.offset {
            Some(offset) => write!(f, "{offset}"),
            None => Ok(()),
        }
    }
}

/// The text is no moment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a day or a time")]
pub struct NotAMoment(String);

impl FromStr for Moment {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(day) = text.parse() {
            return Ok(Self { day, time: None, offset: None });
        }
        let day = text.get(..10).and_then(|day| day.parse().ok());
        let offset = text.get(10..).and_then(|offset| offset.parse().ok());
        if let (Some(day), Some(offset)) = (day, offset) {
            return Ok(Self { day, time: None, offset: Some(offset) });
        }
        if let Ok(at) = text.parse::<NaiveDateTime>() {
            return Ok(Self { day: at.date(), time: Some(at.time()), offset: None });
        }
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| NotAMoment(text.to_owned()))?;
        let local = at.naive_local();
        Ok(Self { day: local.date(), time: Some(local.time()), offset: Some(*at.offset()) })
    }
}

impl TryFrom<String> for Moment {
    type Error = NotAMoment;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_keeps_the_clock_by_which_it_was_written() {
        let day = moment("2026-01-02").settled("America/New_York".parse().unwrap());
        assert_eq!(day.to_string(), "2026-01-02-05:00");
        assert_eq!(moment(&day.to_string()), day);
        assert_eq!(day.utc(Tz::UTC).to_rfc3339(), "2026-01-02T05:00:00+00:00");
        let time = moment("2026-07-02T10:00:00").settled("America/New_York".parse().unwrap());
        assert_eq!(time.to_string(), "2026-07-02T14:00:00+00:00");
    }

    #[test]
    fn a_time_is_by_the_clock_of_another_moment() {
        let at = |noted: &str, zone: &str| {
            let (noted, zone) = (Some(moment(noted)), zone.parse().unwrap());
            moment("2026-01-02T10:00:00").by_clock_of(noted, zone).utc(zone).to_rfc3339()
        };
        // The zone has another offset in summer, when the other moment was.
        assert_eq!(
            at("2026-07-02T10:00:00-04:00", "America/New_York"),
            "2026-01-02T15:00:00+00:00"
        );
        assert_eq!(at("2026-07-02T10:00:00-04:00", "UTC"), "2026-01-02T14:00:00+00:00");
        assert_eq!(at("2026-07-02T10:00:00", "Asia/Tokyo"), "2026-01-02T01:00:00+00:00");
        let own = moment("2026-01-02T10:00:00Z");
        assert_eq!(own.by_clock_of(Some(moment("2026-07-02T10:00:00-04:00")), Tz::UTC), own);
    }

    #[test]
    fn an_instant_agrees_with_what_is_said_less_exactly() {
        let known = "2026-01-03T03:04:05.678Z".parse().unwrap();
        for said in ["2026-01-02-05:00", "2026-01-03T03:04:00+00:00", "2026-01-03T03:04:05+00:00"] {
            assert!(moment(said).agrees(known), "{said}");
        }
        for said in ["2026-01-03-05:00", "2026-01-03T03:05:00+00:00", "2026-01-03T03:04:06+00:00"] {
            assert!(!moment(said).agrees(known), "{said}");
        }
    }
}
