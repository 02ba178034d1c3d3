//! Discord's clock, by the headers of its answers: the ids of messages count time by it, and this
//! machine's may be wrong.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::HeaderMap;

/// How far this machine's clock is from Discord's.
#[derive(Debug, Default)]
pub(super) struct Clock {
    seconds_ahead: AtomicI64,
}

impl Clock {
    /// Notes what the headers of an answer say, which has just come.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        if let Some(theirs) = date(headers) {
            let ahead = (Utc::now() - theirs).num_seconds();
            self.seconds_ahead.store(ahead, Ordering::Relaxed);
        }
    }

    /// By how many seconds this machine's clock is ahead of Discord's, by the latest answer; negative:
    /// behind.
    pub(super) fn seconds_ahead(&self) -> i64 {
        self.seconds_ahead.load(Ordering::Relaxed)
    }

    /// Now by Discord's clock. It tells whole seconds: where both clocks may be the same, this machine's
    /// is the finer one.
    pub(super) fn now(&self) -> DateTime<Utc> {
        let ahead = Some(self.seconds_ahead()).filter(|ahead| ahead.abs() > 1);
        Utc::now() - TimeDelta::seconds(ahead.unwrap_or(0))
    }
}

fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let date = headers.get("date")?.to_str().ok()?;
    Some(DateTime::parse_from_rfc2822(date).ok()?.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_off_is_set_right_and_the_finer_one_is_kept() {
        let clock = Clock::default();
        let hour = TimeDelta::hours(1);
        for (off, most) in [(hour, TimeDelta::seconds(2)), (TimeDelta::zero(), TimeDelta::zero())] {
            let theirs = Utc::now() - off;
            let headers = [("date", theirs.to_rfc2822())];
            let headers =
                headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
            clock.learn(&HeaderMap::from_iter(headers));
            let wrong = (clock.now() - (Utc::now() - off)).abs();
            assert!(wrong <= most.max(TimeDelta::milliseconds(100)), "{off}: {wrong}");
        }
        clock.learn(&HeaderMap::new());
        assert!(clock.seconds_ahead().abs() <= 1, "what says nothing changes nothing");
    }
}
