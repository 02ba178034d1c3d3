//! Reactions of people who may not set a status: the first is logged, the others of a minute as a sum.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::count::count;
use crate::ids::{MessageId, UserId};

/// For so long the others are counted.
const SUMMED: Duration = Duration::from_mins(1);
/// No window is open.
const NONE: u64 = u64::MAX;

/// The reactions that were ignored since one was logged; [`NONE`]: the next is logged itself.
#[derive(Debug)]
pub(crate) struct IgnoredReactions(Arc<AtomicU64>);

impl Default for IgnoredReactions {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(NONE)))
    }
}

impl IgnoredReactions {
    /// Notes that a reaction sets nothing.
    pub(crate) fn note(&self, user: UserId, message: MessageId) {
        if !self.is_first() {
            return;
        }
        tracing::info!(%user, message_id = %message, "ignored a reaction: the user may not set a status");
        let ignored = Arc::clone(&self.0);
        tokio::spawn(async move {
            tokio::time::sleep(SUMMED).await;
            let others = ignored.swap(NONE, Ordering::Relaxed);
            if others > 0 {
                let others = count(others, "more reaction", "more reactions");
                tracing::info!(
                    "ignored {others} within a minute, of users who may not set a status"
                );
            }
        });
    }

    /// Whether no other was logged within the minute; else it is counted.
    fn is_first(&self) -> bool {
        let next = |ignored| if ignored == NONE { 0 } else { ignored + 1 };
        let before = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |ignored| Some(next(ignored)));
        before == Ok(NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_flood_one_is_logged_and_the_others_are_counted() {
        let ignored = IgnoredReactions::default();
        let logged = (0..15_000).filter(|_| ignored.is_first()).count();
        assert_eq!((logged, ignored.0.load(Ordering::Relaxed)), (1, 14_999));
    }
}
