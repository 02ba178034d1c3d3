//! Ids as Discord makes them: 42 bits of clock, then a running number.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// The first second of 2015, in milliseconds since 1970: where Discord's clock begins.
const DISCORD_EPOCH_MS: i64 = 1_420_070_400_000;
/// Where the clock's bits begin; the 22 below hold worker, process and running number.
const CLOCK_SHIFT: u32 = 22;

/// Hands out ids that never repeat and never go back, even when the clock does.
#[derive(Debug)]
pub(super) struct Snowflakes {
    /// By how much Discord's clock is ahead of this machine's.
    ahead: TimeDelta,
    last: i64,
}

impl Snowflakes {
    pub(super) fn new(ahead: TimeDelta) -> Self {
        Self { ahead, last: 0 }
    }

    /// Discord's time.
    pub(super) fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.ahead
    }

    /// The next id: of this millisecond, or one above the last.
    pub(super) fn next(&mut self) -> i64 {
        let since_2015 = self.now().timestamp_millis().saturating_sub(DISCORD_EPOCH_MS);
        self.last = (since_2015.max(0) << CLOCK_SHIFT).max(self.last + 1);
        self.last
    }
}

/// When the id was made.
pub(super) fn made_at(id: i64) -> DateTime<Utc> {
    let since_2015 = id.max(0) >> CLOCK_SHIFT;
    DateTime::from_timestamp_millis(since_2015 + DISCORD_EPOCH_MS).unwrap_or_default()
}

/// A time as Discord writes it: `2025-11-02T10:00:00.000000+00:00`.
pub(super) fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, false)
}

/// Letters and digits that nobody can guess, for tokens and session ids: 64 bits for each part.
pub(super) fn secret(parts: usize) -> String {
    use std::hash::{BuildHasher, Hasher, RandomState};

    let part = |_| format!("{:016x}", RandomState::new().build_hasher().finish());
    (0..parts).map(part).collect::<Vec<_>>().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_and_tell_their_time() {
        let mut snowflakes = Snowflakes::new(TimeDelta::hours(-1));
        let before = Utc::now() - TimeDelta::hours(1);
        let ids: Vec<i64> = (0..10_000).map(|_| snowflakes.next()).collect();

        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!((made_at(ids[0]) - before).num_milliseconds().abs() < 1_000);
        assert_ne!(secret(2), secret(2));
    }
}
