//! Discord's clock, by the headers of its answers: the ids of messages count time by it, and this
//! machine's may be wrong.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::HeaderMap;

use crate::platform::System;

/// Seconds by which the clock may be off unmentioned: times are shown wrongly, and what was
/// missed is counted wrongly.
const WORTH_A_WORD: i64 = 5;

/// How far this machine's clock is from Discord's.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    seconds_ahead: AtomicI64,
}

impl Clock {
    /// Learns from the headers of an answer that has just come.
    pub(crate) fn learn(&self, headers: &HeaderMap) {
        if let Some(theirs) = date(headers) {
            let ahead = (Utc::now() - theirs).num_seconds();
            self.seconds_ahead.store(ahead, Ordering::Relaxed);
        }
    }

    /// By how many seconds this machine's clock is ahead of Discord's, by the latest answer; negative:
    /// behind.
    fn seconds_ahead(&self) -> i64 {
        self.seconds_ahead.load(Ordering::Relaxed)
    }

    /// What is wrong with this machine's clock, and how to set it. `None`: nothing.
    pub(crate) fn problem(&self) -> Option<String> {
        let ahead = self.seconds_ahead();
        let direction = if ahead > 0 { "ahead of" } else { "behind" };
        (ahead.abs() > WORTH_A_WORD).then(|| {
            format!(
                "this machine's clock is {} s {direction} Discord's; {}",
                ahead.abs(),
                System::HERE.set_clock()
            )
        })
    }

    /// Now by Discord's clock, which gives whole seconds: where both clocks may be the same, this machine's
    /// is the finer one.
    pub(crate) fn now(&self) -> DateTime<Utc> {
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
    fn a_clock_that_is_off_is_told_with_its_direction() {
        let problem = |ahead| Clock { seconds_ahead: AtomicI64::new(ahead) }.problem();
        assert_eq!(problem(5), None);
        assert!(problem(61).is_some_and(|said| said.contains("61 s ahead of")));
        assert!(problem(-61).is_some_and(|said| said.contains("61 s behind")));
    }

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
