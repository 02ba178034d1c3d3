//! While the database cannot be written: what the log says of it, once and not at every attempt.

use std::time::Duration;

use tokio::time::Instant;

use crate::count::count;

/// Between two log lines about the same outage.
const REMINDER: Duration = Duration::from_mins(1);

/// Whether the database can be written.
#[derive(Debug, Default)]
pub(super) struct Outage(Option<Lasting>);

#[derive(Debug)]
struct Lasting {
    since: Instant,
    logged: Instant,
}

/// What there is to log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    /// It begins.
    Begins,
    /// It has lasted so long.
    GoesOn(Duration),
    /// It is over, after so long.
    Over(Duration),
}

impl Outage {
    /// An attempt failed.
    pub(super) fn failed(&mut self, now: Instant) -> Option<News> {
        let Some(lasting) = &mut self.0 else {
            self.0 = Some(Lasting { since: now, logged: now });
            return Some(News::Begins);
        };
        if now.duration_since(lasting.logged) < REMINDER {
            return None;
        }
        lasting.logged = now;
        Some(News::GoesOn(now.duration_since(lasting.since)))
    }

    /// An attempt succeeded.
    pub(super) fn succeeded(&mut self, now: Instant) -> Option<News> {
        let lasting = self.0.take()?;
        Some(News::Over(now.duration_since(lasting.since)))
    }
}

impl News {
    /// Tells it.
    pub(super) fn log(self, problem: &str) {
        match self {
            Self::Begins => tracing::error!(
                "the database cannot be written: {problem}. Nothing is lost: new messages wait, and are \
                 stored as soon as possible"
            ),
            Self::GoesOn(time) => tracing::error!(
                "the database could not be written for {}: {problem}",
                count(time.as_secs() / 60, "minute", "minutes")
            ),
            Self::Over(time) => {
                tracing::info!("the database can be written again, after {} s", time.as_secs());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_is_told_when_it_begins_every_minute_and_when_it_is_over() {
        let start = Instant::now();
        let after = |seconds| start + Duration::from_secs(seconds);
        let mut outage = Outage::default();
        assert_eq!(outage.succeeded(start), None);
        assert_eq!(outage.failed(start), Some(News::Begins));
        assert_eq!(outage.failed(after(59)), None);
        assert_eq!(outage.failed(after(61)), Some(News::GoesOn(Duration::from_secs(61))));
        assert_eq!(outage.failed(after(62)), None);
        assert_eq!(outage.succeeded(after(70)), Some(News::Over(Duration::from_secs(70))));
        assert_eq!(outage.failed(after(80)), Some(News::Begins));
    }
}
