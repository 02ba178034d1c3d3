//! Reactions that came in faster than they can be worked off: of each message and emoji it is kept that
//! something changed, and Discord is asked what. A thousand strangers behind one emoji take one place.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Notify;

use super::ReactionChange;
use crate::ids::MessageId;

/// Emoji of messages that wait to be compared, at the most.
const COMPARED_MAX: usize = 1_000;

/// What is to be compared because no place was left for its changes.
#[derive(Debug, Default)]
pub(crate) struct Overflow {
    waiting: Mutex<BTreeMap<(MessageId, String), ReactionChange>>,
    added: Notify,
}

impl Overflow {
    /// Keeps that a reaction changed. False: no place is left for that either.
    pub(super) fn add(&self, change: &ReactionChange) -> bool {
        let Some(emoji) = &change.emoji else { return false };
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (change.message, emoji.clone());
        if waiting.len() >= COMPARED_MAX && !waiting.contains_key(&key) {
            return false;
        }
        let kept = waiting.entry(key).or_insert_with(|| change.clone());
        // Not every event says who wrote the message.
        kept.on_own_message |= change.on_own_message;
        drop(waiting);
        self.added.notify_one();
        true
    }

    /// Waits for a change after whose emoji Discord is to be asked: one of those that had no place.
    pub(crate) async fn next(&self) -> ReactionChange {
        loop {
            let first = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).pop_first();
            match first {
                Some((_, change)) => return change,
                None => self.added.notified().await,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;
    use crate::ids::{ChannelId, GuildId, UserId};

    fn change(message: i64, user: i64) -> ReactionChange {
        ReactionChange {
            guild: GuildId(1),
            channel: ChannelId(2),
            message: MessageId(message),
            user: Some(UserId(user)),
            emoji: Some("📦".to_owned()),
            added: true,
            allowed: false,
            on_own_message: false,
        }
    }

    #[tokio::test]
    async fn a_crowd_behind_one_emoji_takes_one_place_and_there_is_an_end() {
        let overflow = Overflow::default();
        assert!((0..15_000).all(|user| overflow.add(&change(1, user))));
        assert!(overflow.add(&ReactionChange { on_own_message: true, ..change(1, 1) }));
        let next = overflow.next().await;
        assert_eq!((next.message, next.on_own_message), (MessageId(1), true));
        assert!(overflow.next().now_or_never().is_none(), "all of it is one comparison");
        let messages = 1..=i64::try_from(COMPARED_MAX).unwrap();
        assert!(messages.clone().all(|message| overflow.add(&change(message, 1))));
        assert!(!overflow.add(&change(0, 1)));
        assert!(overflow.add(&change(1, 2)), "it waits already");
        assert!(!overflow.add(&ReactionChange { emoji: None, ..change(1, 1) }));
    }
}
