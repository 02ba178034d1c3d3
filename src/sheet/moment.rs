//! A day or a time as a sheet states it, usually without a zone.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc,
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
        let Some(time) = self.time else { return midnight(self.day, zone) };
        let local = self.day.and_time(time);
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
}

/// `2026-01-02`, `2026-01-02T03:04:05`, `2026-01-02T03:04:05.678-05:00`.
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
