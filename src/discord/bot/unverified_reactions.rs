//! Messages that may carry other reactions of the bot than the ledger believes: a crash left one behind, a
//! moderator took one away.
//!
//! What a page of the history shows may be older than the outbox's last change. So it is not believed
//! either: the message is put into the outbox again, and the next change removes all that is possible.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync;

use crate::ids::MessageId;
use crate::ledger::{Ledger, PendingReaction};

/// The bot's reactions that messages may carry besides those that the ledger believes. After a crash they
/// are found again.
#[derive(Debug, Default)]
pub(crate) struct UnverifiedReactions {
    possible: Mutex<HashMap<MessageId, BTreeSet<String>>>,
    /// Held while the ledger's belief is changed, so that what one change overwrites is known to the other.
    noting: sync::Mutex<()>,
}

impl UnverifiedReactions {
    /// The reactions that a message may carry.
    pub(crate) fn of(&self, message: MessageId) -> BTreeSet<String> {
        self.lock().get(&message).cloned().unwrap_or_default()
    }

    /// Drops reactions that are removed or noted by now.
    pub(crate) fn resolve(&self, message: MessageId, resolved: &BTreeSet<String>) {
        let mut all = self.lock();
        if let Some(possible) = all.get_mut(&message) {
            possible.retain(|emoji| !resolved.contains(emoji));
            if possible.is_empty() {
                all.remove(&message);
            }
        }
    }

    /// Notes in the ledger what was put up. A message on which something else was found meanwhile stays due.
    pub(crate) async fn note(
        &self,
        ledger: &Ledger,
        shown: &[PendingReaction],
    ) -> anyhow::Result<()> {
        let _noting = self.noting.lock().await;
        ledger.reactions_shown(shown).await?;
        let messages: Vec<_> = shown.iter().map(|reaction| reaction.message).collect();
        let known = ledger.known_reactions(&messages).await?;
        for PendingReaction { message, wanted, .. } in shown {
            let wanted: BTreeSet<String> = wanted.iter().cloned().collect();
            // Where something else is possible, the ledger forgets below what it believes: then only this
            // memory knows that this one is there, too.
            if self.of(*message).is_subset(&wanted) && wanted.iter().eq(known.shown.get(message)) {
                self.resolve(*message, &wanted);
            }
        }
        let unclear = messages.into_iter().filter(|message| !self.of(*message).is_empty());
        let unclear: Vec<_> = unclear.collect();
        if unclear.is_empty() {
            return Ok(());
        }
        ledger.recheck_shown(&unclear).await
    }

    /// Puts messages into the outbox again, with the reactions that were found on them.
    pub(crate) async fn recheck(
        &self,
        ledger: &Ledger,
        found: BTreeMap<MessageId, BTreeSet<String>>,
    ) -> anyhow::Result<()> {
        let messages: Vec<_> = found.keys().copied().collect();
        if messages.is_empty() {
            return Ok(());
        }
        let _noting = self.noting.lock().await;
        let mut known = ledger.known_reactions(&messages).await?;
        for (message, mut possible) in found {
            possible.extend(known.shown.remove(&message));
            self.add(message, possible);
        }
        ledger.recheck_shown(&messages).await
    }

    /// Notes reactions that a message may carry from now on.
    pub(crate) fn add(&self, message: MessageId, possible: BTreeSet<String>) {
        self.lock().entry(message).or_default().extend(possible);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<MessageId, BTreeSet<String>>> {
        self.possible.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ChannelId, GuildId};
    use crate::ingest::Ingest;
    use crate::reading::{Labels, Message};
    use crate::refract;
    use crate::verdict::{Incoming, Via};

    fn set(emoji: &[&str]) -> BTreeSet<String> {
        emoji.iter().map(|&emoji| emoji.to_owned()).collect()
    }

    #[tokio::test]
    async fn whatever_is_possible_is_known_when_a_message_is_rechecked_while_it_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let ingest = Ingest::start(ledger.clone(), Labels::built_in()).unwrap();
        let payload = refract::payload(refract::Event::Checkout, 1, chrono::Utc::now());
        let message = MessageId(5);
        let incoming = Incoming {
            message: Message::from_json(&payload),
            id: message,
            channel_id: ChannelId(6),
            guild_id: GuildId(7),
            via: Via::Live,
            trust: Ok(()),
        };
        ingest.submit(incoming).await.unwrap();
        let unverified = UnverifiedReactions::default();
        let found = |emoji: &str| BTreeMap::from([(message, set(&[emoji]))]);
        let shown = ledger.pending_reactions(1).await.unwrap();
        assert_eq!(shown[0].wanted.as_deref(), Some("✅"));

        // It is put up, and something else is found before that is noted.
        unverified.add(message, set(&["✅"]));
        unverified.add(message, set(&["📦"]));
        unverified.note(&ledger, &shown).await.unwrap();
        assert_eq!(unverified.of(message), set(&["✅", "📦"]));
        // The second change took the other one away.
        let shown = ledger.pending_reactions(1).await.unwrap();
        unverified.resolve(message, &set(&["📦"]));
        unverified.note(&ledger, &shown).await.unwrap();
        assert_eq!(unverified.of(message), set(&[]));
        assert_eq!(ledger.pending_reactions(1).await.unwrap(), []);

        // Something is found after it was noted.
        unverified.recheck(&ledger, found("⏳")).await.unwrap();
        assert_eq!(unverified.of(message), set(&["✅", "⏳"]));
        assert_eq!(ledger.pending_reactions(1).await.unwrap().len(), 1);
    }

    #[test]
    fn what_is_resolved_is_possible_no_longer() {
        let unverified = UnverifiedReactions::default();
        let message = MessageId(1);
        unverified.add(message, set(&["✅", "📦"]));
        unverified.resolve(message, &set(&["✅"]));
        assert_eq!(unverified.of(message), set(&["📦"]));
        unverified.resolve(message, &set(&["📦"]));
        assert!(unverified.lock().is_empty());
    }
}
