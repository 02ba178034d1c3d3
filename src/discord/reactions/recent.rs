//! Which reactions changed a moment ago: pure memory of what could contradict the next event.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::ids::{MessageId, UserId};

/// Events about one reaction that are further apart than this came in their order.
pub(super) const WINDOW: Duration = Duration::from_secs(15);
/// Reactions that are remembered at the most.
const REMEMBERED: usize = 10_000;

/// What happened to a reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    Added,
    Removed,
}

type Key = (MessageId, UserId, String);

/// The changes of the last [`WINDOW`].
#[derive(Default)]
pub(super) struct Recent {
    last: HashMap<Key, (Change, Instant)>,
    order: VecDeque<(Instant, Key)>,
}

impl Recent {
    /// Notes a change, and says whether the opposite was seen within the window: then the events
    /// may have been swapped on their way.
    pub(super) fn contradicts(&mut self, key: &Key, change: Change) -> bool {
        self.contradicts_at(key, change, Instant::now())
    }

    fn contradicts_at(&mut self, key: &Key, change: Change, now: Instant) -> bool {
        self.forget(now);
        self.order.push_back((now, key.clone()));
        match self.last.insert(key.clone(), (change, now)) {
            // Once contradicted, every further event of the window has to be looked into.
            Some((before, _)) if before != change => true,
            _ => false,
        }
    }

    fn forget(&mut self, now: Instant) {
        while let Some((at, _)) = self.order.front() {
            if now.duration_since(*at) < WINDOW && self.order.len() < REMEMBERED {
                break;
            }
            let Some((at, key)) = self.order.pop_front() else { break };
            if self.last.get(&key).is_some_and(|(_, last)| *last == at) {
                self.last.remove(&key);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(message: i64) -> Key {
        (MessageId(message), UserId(1), "📦".to_owned())
    }

    #[test]
    fn a_lone_event_and_its_copies_are_believed() {
        let mut recent = Recent::default();
        let now = Instant::now();
        assert!(!recent.contradicts_at(&key(1), Change::Added, now));
        assert!(!recent.contradicts_at(&key(1), Change::Added, now));
        assert!(!recent.contradicts_at(&key(2), Change::Removed, now));
    }

    #[test]
    fn opposite_events_in_a_moment_are_looked_into() {
        let mut recent = Recent::default();
        let now = Instant::now();
        assert!(!recent.contradicts_at(&key(1), Change::Removed, now));
        assert!(recent.contradicts_at(&key(1), Change::Added, now + WINDOW / 2));
    }

    #[test]
    fn opposite_events_far_apart_came_in_their_order() {
        let mut recent = Recent::default();
        let now = Instant::now();
        assert!(!recent.contradicts_at(&key(1), Change::Added, now));
        assert!(!recent.contradicts_at(&key(1), Change::Removed, now + WINDOW));
    }

    #[test]
    fn memory_is_bounded() {
        let mut recent = Recent::default();
        let now = Instant::now();
        for message in 0..20_000 {
            recent.contradicts_at(&key(message), Change::Added, now);
        }
        assert!(recent.order.len() <= REMEMBERED && recent.last.len() <= REMEMBERED);
    }
}
