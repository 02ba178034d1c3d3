//! Which reactions changed a moment ago: pure memory of what could contradict the next event.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, Instant};

use crate::ids::{MessageId, UserId};

/// Events about one reaction that are further apart than this came in their order.
pub(crate) const WINDOW: Duration = Duration::from_secs(15);
/// Reactions that are remembered at the most.
const REMEMBERED: usize = 10_000;

/// What happened to a reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Added,
    Removed,
}

type Key = (MessageId, UserId, String);

/// The changes of the last [`WINDOW`].
#[derive(Default)]
pub(crate) struct Recent {
    last: HashMap<Key, (Change, Instant)>,
    /// Messages whose reactions were cleared, and of which emoji; `None`: all.
    clears: VecDeque<(Instant, MessageId, Option<String>)>,
    order: VecDeque<(Instant, Key)>,
}

impl Recent {
    /// Notes a change, and says whether the opposite was seen within the window: then the events
    /// may have been swapped on their way.
    pub(crate) fn contradicts(&mut self, key: &Key, change: Change) -> bool {
        self.contradicts_at(key, change, Instant::now())
    }

    /// Notes that the reactions of a message were cleared, all or those with one emoji. Gives the emoji
    /// that were added within the window: that may have been after the clear.
    pub(crate) fn cleared(&mut self, message: MessageId, emoji: Option<&str>) -> Vec<String> {
        let now = Instant::now();
        self.forget(now);
        if self.clears.len() >= REMEMBERED {
            self.clears.pop_front();
        }
        self.clears.push_back((now, message, emoji.map(str::to_owned)));
        let added = self.last.iter().filter(|((on, _, name), (change, _))| {
            *on == message && *change == Change::Added && emoji.is_none_or(|emoji| emoji == name)
        });
        let mut emoji: Vec<String> = added.map(|((_, _, name), _)| name.clone()).collect();
        emoji.sort_unstable();
        emoji.dedup();
        emoji
    }

    fn was_cleared(&self, (message, _, emoji): &Key) -> bool {
        self.clears.iter().any(|(_, on, cleared)| {
            on == message && cleared.as_ref().is_none_or(|cleared| cleared == emoji)
        })
    }

    fn contradicts_at(&mut self, key: &Key, change: Change, now: Instant) -> bool {
        self.forget(now);
        self.order.push_back((now, key.clone()));
        let cleared = change == Change::Added && self.was_cleared(key);
        match self.last.insert(key.clone(), (change, now)) {
            Some((before, _)) if before != change => true,
            _ => cleared,
        }
    }

    fn forget(&mut self, now: Instant) {
        while self.clears.front().is_some_and(|(at, ..)| now.duration_since(*at) >= WINDOW) {
            self.clears.pop_front();
        }
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
    fn an_addition_and_a_clear_in_a_moment_are_looked_into() {
        let mut recent = Recent::default();
        let now = Instant::now();
        assert!(recent.cleared(MessageId(1), None).is_empty());
        assert!(recent.contradicts_at(&key(1), Change::Added, now));
        assert!(!recent.contradicts_at(&key(2), Change::Added, now));
        assert_eq!(recent.cleared(MessageId(1), None), ["📦"]);
        assert!(recent.cleared(MessageId(1), Some("🏠")).is_empty());
        assert_eq!(recent.cleared(MessageId(2), Some("📦")), ["📦"]);
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
