//! Ids as Discord makes them: 42 bits of clock, then a running number.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use discord_ids::{CLOCK_SHIFT, DISCORD_EPOCH_MILLIS};

/// Hands out ids that never repeat and never go back, even when the clock does.
#[derive(Debug)]
pub(crate) struct Snowflakes {
    /// By how much Discord's clock is ahead of this machine's.
    ahead: TimeDelta,
    last: i64,
}

impl Snowflakes {
    pub(crate) fn new(ahead: TimeDelta) -> Self {
        Self { ahead, last: 0 }
    }

    /// Discord's time.
    pub(crate) fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.ahead
    }

    /// The next id: of this millisecond, or one above the last.
    pub(crate) fn next(&mut self) -> i64 {
        let since_2015 = self.now().timestamp_millis().saturating_sub(DISCORD_EPOCH_MILLIS);
        self.last = (since_2015.max(0) << CLOCK_SHIFT).max(self.last + 1);
        self.last
    }
}

/// A time as Discord writes it: `2025-11-02T10:00:00.000000+00:00`.
pub(crate) fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// Letters and digits that nobody can guess, for tokens and session ids: 64 bits for each part.
pub(crate) fn secret(parts: usize) -> String {
    use std::hash::{BuildHasher, Hasher, RandomState};

    let part = |_| format!("{:016x}", RandomState::new().build_hasher().finish());
    (0..parts).map(part).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use discord_ids::created_at;

    use super::*;

    #[test]
    fn ids_rise_and_tell_their_time() {
        let mut snowflakes = Snowflakes::new(TimeDelta::hours(-1));
        let before = Utc::now() - TimeDelta::hours(1);
        let ids: Vec<i64> = (0..10_000).map(|_| snowflakes.next()).collect();

        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!((created_at(ids[0]) - before).num_milliseconds().abs() < 1_000);
        assert_ne!(secret(2), secret(2));
    }
}
