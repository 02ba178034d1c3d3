//! Messages on which something else may stand than the bot believes to show: a crash left a reaction
//! behind, a moderator took one away.
//!
//! What a page of the history shows may be older than the outbox's last change. So it is not believed
//! either: the message is put into the outbox again, and with the next change goes all that may stand.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync;

use crate::discord::bot::bot::Bot;
use crate::discord::inbound::history::Seen;
use crate::ids::MessageId;
use crate::ledger::{KnownReactions, Ledger, PendingReaction};
use crate::order::Status;
use crate::order::status_emoji::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI, plain_emoji};

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
    async fn raise(
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

/// Compares what the history shows of the bot's own reactions with what the ledger believes.
pub(crate) async fn compare(
    bot: &Bot,
    page: &[Seen],
    known: &KnownReactions,
) -> anyhow::Result<()> {
    let shown = page.iter().map(|seen| (seen.id, own_answers(seen, bot.ledger.emoji())));
    let otherwise = shown.filter(|(id, standing)| !standing.iter().eq(known.shown.get(id)));
    bot.doubts.raise(&bot.ledger, otherwise.collect()).await
}

/// A moderator took all reactions away, or all with one emoji.
pub(crate) async fn cleared(
    bot: &Bot,
    message: MessageId,
    emoji: Option<&str>,
) -> anyhow::Result<()> {
    let known = bot.ledger.known_reactions(&[message]).await?;
    let believed = known.shown.get(&message);
    let concerns = believed
        .is_some_and(|shown| emoji.is_none_or(|emoji| plain_emoji(emoji) == plain_emoji(shown)));
    if !concerns {
        return Ok(());
    }
    bot.doubts.raise(&bot.ledger, BTreeMap::from([(message, BTreeSet::new())])).await
}

/// The answers that the bot itself shows on a message, as they are configured.
fn own_answers(seen: &Seen, emoji: &StatusEmoji) -> BTreeSet<String> {
    let is_shown = |answer: &&str| {
        seen.reactions.get(&plain_emoji(answer)).is_some_and(|reaction| reaction.own)
    };
    let statuses = Status::ALL.into_iter().filter_map(|status| emoji.emoji(status));
    let answers = statuses.chain([REJECTED_EMOJI, TEST_EMOJI]);
    answers.filter(is_shown).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::discord::inbound::history;
    use crate::ids::{ChannelId, GuildId};
    use crate::ingest::Ingest;
    use crate::reading::{Labels, Message};
    use crate::refract;
    use crate::verdict::{Incoming, Via};

    fn set(emoji: &[&str]) -> BTreeSet<String> {
        emoji.iter().map(|&emoji| emoji.to_owned()).collect()
    }

    #[test]
    fn the_bots_own_answers_are_told_from_what_others_put_there() {
        let reaction = |(emoji, count, me): (&str, u64, bool)| json!({"count": count, "me": me, "emoji": {"id": null, "name": emoji}});
        let shown = [("✅", 1, true), ("📦", 2, true), ("👍", 1, true), ("🏠", 1, false)];
        let message = json!({"id": "1", "reactions": shown.map(reaction)});
        let seen = history::seen(&message).expect("a message");
        assert_eq!(own_answers(&seen, &StatusEmoji::default()), set(&["✅", "📦"]));
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
