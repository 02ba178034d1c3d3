//! Ids as Discord makes them: 42 bits of clock, then a running number.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, SecondsFormat, Utc};

/// The first second of 2015, in milliseconds since 1970: where Discord's clock begins.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;
/// Where the clock's bits begin; the 22 below hold worker, process and running number.
const CLOCK_SHIFT: u32 = 22;

/// Hands out ids that never repeat and never go back, even when the clock does.
#[derive(Debug, Default)]
pub(super) struct Snowflakes {
    last: i64,
}

impl Snowflakes {
    /// The next id: of this millisecond, or one above the last.
    pub(super) fn next(&mut self) -> i64 {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let now = u64::try_from(since_1970.as_millis()).unwrap_or(u64::MAX);
        let clock = now.saturating_sub(DISCORD_EPOCH_MS) << CLOCK_SHIFT;
        self.last = i64::try_from(clock).unwrap_or(i64::MAX).max(self.last + 1);
        self.last
    }
}

/// When the id was made.
pub(super) fn made_at(id: i64) -> DateTime<Utc> {
    let since_2015 = u64::try_from(id).unwrap_or(0) >> CLOCK_SHIFT;
    let since_1970 = i64::try_from(since_2015 + DISCORD_EPOCH_MS).unwrap_or(0);
    DateTime::from_timestamp_millis(since_1970).unwrap_or_default()
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
        let mut snowflakes = Snowflakes::default();
        let before = Utc::now();
        let ids: Vec<i64> = (0..10_000).map(|_| snowflakes.next()).collect();

        assert!(ids.is_sorted_by(|a, b| a < b));
        assert!((made_at(ids[0]) - before).num_milliseconds().abs() < 1_000);
        assert_ne!(secret(2), secret(2));
    }
}
