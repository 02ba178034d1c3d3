//! Messages on which something else may stand than the bot believes to show: a crash left a reaction
//! behind, a moderator took one away.
//!
//! What a page of the history shows may be older than the outbox's last change. So it is not believed
//! either: the message is put into the outbox again, and with the next change goes all that may stand.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync;

use crate::ids::MessageId;
use crate::ledger::{Ledger, PendingReaction};

/// What may stand on messages besides what the ledger believes. After a crash it is found again.
#[derive(Debug, Default)]
pub(crate) struct Doubts {
    may_stand: Mutex<HashMap<MessageId, BTreeSet<String>>>,
    /// Held while the ledger is told what stands or that nobody knows it, so that what one of both
    /// overwrites is known to the other.
    telling: sync::Mutex<()>,
}

impl Doubts {
    /// What may stand on a message.
    pub(crate) fn of(&self, message: MessageId) -> BTreeSet<String> {
        self.lock().get(&message).cloned().unwrap_or_default()
    }

    /// These do not stand any more, or are noted.
    pub(crate) fn settle(&self, message: MessageId, settled: &BTreeSet<String>) {
        let mut all = self.lock();
        if let Some(may_stand) = all.get_mut(&message) {
            may_stand.retain(|emoji| !settled.contains(emoji));
            if may_stand.is_empty() {
                all.remove(&message);
            }
        }
    }

    /// Notes what stands now. What was found on a message meanwhile has to go, too: then it stays due.
    pub(crate) async fn note(
        &self,
        ledger: &Ledger,
        shown: &[PendingReaction],
    ) -> anyhow::Result<()> {
        let _telling = self.telling.lock().await;
        ledger.reactions_shown(shown).await?;
        let messages: Vec<_> = shown.iter().map(|reaction| reaction.message).collect();
        let known = ledger.known_reactions(&messages).await?;
        for PendingReaction { message, wanted, .. } in shown {
            let wanted: BTreeSet<String> = wanted.iter().cloned().collect();
            // Where something else may stand, the ledger is told so below: then only this memory has
            // that this one stands, too.
            if self.of(*message).is_subset(&wanted) && wanted.iter().eq(known.shown.get(message)) {
                self.settle(*message, &wanted);
            }
        }
        let doubtful = messages.into_iter().filter(|message| !self.of(*message).is_empty());
        let doubtful: Vec<_> = doubtful.collect();
        if doubtful.is_empty() {
            return Ok(());
        }
        ledger.doubt_shown(&doubtful).await
    }

    /// Puts the messages into the outbox again on which these were found.
    pub(crate) async fn raise(
        &self,
        ledger: &Ledger,
        found: BTreeMap<MessageId, BTreeSet<String>>,
    ) -> anyhow::Result<()> {
        let messages: Vec<_> = found.keys().copied().collect();
        if messages.is_empty() {
            return Ok(());
        }
        let _telling = self.telling.lock().await;
        let mut known = ledger.known_reactions(&messages).await?;
        for (message, mut may_stand) in found {
            may_stand.extend(known.shown.remove(&message));
            self.add(message, may_stand);
        }
        ledger.doubt_shown(&messages).await
    }

    /// These may stand from now on.
    pub(crate) fn add(&self, message: MessageId, may_stand: BTreeSet<String>) {
        self.lock().entry(message).or_default().extend(may_stand);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<MessageId, BTreeSet<String>>> {
        self.may_stand.lock().unwrap_or_else(PoisonError::into_inner)
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
    async fn whatever_stands_is_known_when_a_message_is_doubted_while_it_is_answered() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let (ingest, _writer) = Ingest::start(ledger.clone(), Labels::built_in()).unwrap();
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
        let doubts = Doubts::default();
        let found = |emoji: &str| BTreeMap::from([(message, set(&[emoji]))]);
        let shown = ledger.pending_reactions(1).await.unwrap();
        assert_eq!(shown[0].wanted.as_deref(), Some("✅"));

        // It stands, and something else was found before that is noted.
        doubts.add(message, set(&["✅"]));
        doubts.add(message, set(&["📦"]));
        doubts.note(&ledger, &shown).await.unwrap();
        assert_eq!(doubts.of(message), set(&["✅", "📦"]));
        // The second change took the other one away.
        let shown = ledger.pending_reactions(1).await.unwrap();
        doubts.settle(message, &set(&["📦"]));
        doubts.note(&ledger, &shown).await.unwrap();
        assert_eq!(doubts.of(message), set(&[]));
        assert_eq!(ledger.pending_reactions(1).await.unwrap(), []);

        // Something is found after it was noted.
        doubts.raise(&ledger, found("⏳")).await.unwrap();
        assert_eq!(doubts.of(message), set(&["✅", "⏳"]));
        assert_eq!(ledger.pending_reactions(1).await.unwrap().len(), 1);
    }

    #[test]
    fn what_is_settled_is_doubted_no_longer() {
        let doubts = Doubts::default();
        let message = MessageId(1);
        doubts.add(message, set(&["✅", "📦"]));
        doubts.settle(message, &set(&["✅"]));
        assert_eq!(doubts.of(message), set(&["📦"]));
        doubts.settle(message, &set(&["📦"]));
        assert!(doubts.lock().is_empty());
    }
}
