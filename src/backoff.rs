//! How long to wait before each next attempt.

use std::time::Duration;

/// Waits that double, from a first one up to a longest one; they never end.
#[derive(Debug, Clone)]
pub(crate) struct Backoff {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Backoff {
    pub(crate) const fn new(first: Duration, longest: Duration) -> Self {
        Self { first, longest, next: first }
    }

    /// The wait before the next attempt; the one after it is twice as long.
    pub(crate) fn wait(&mut self) -> Duration {
        let wait = self.next.min(self.longest);
        self.next = wait.saturating_mul(2);
        wait
    }

    /// Begins with the first wait again: an attempt succeeded.
    pub(crate) const fn reset(&mut self) {
        self.next = self.first;
    }
}

impl Iterator for Backoff {
    type Item = Duration;

    fn next(&mut self) -> Option<Duration> {
        Some(self.wait())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest_and_begin_again() {
        let seconds = Duration::from_secs;
        let mut backoff = Backoff::new(seconds(2), seconds(7));
        let waits: Vec<Duration> = backoff.by_ref().take(4).collect();
        assert_eq!(waits, [2, 4, 7, 7].map(seconds));
        backoff.reset();
        assert_eq!(backoff.wait(), seconds(2));
    }
}
