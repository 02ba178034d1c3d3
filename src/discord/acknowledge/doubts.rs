//! Messages on which something else may stand than the bot believes to show: a crash left a reaction
//! behind, a moderator took one away.
//!
//! What a page of the history shows may be older than the outbox's last change. So it is not believed
//! either: the message is put into the outbox again, and with the next change goes all that may stand.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::super::bot::Bot;
use super::super::history::Seen;
use crate::checkout::Status;
use crate::ids::MessageId;
use crate::ledger::KnownReactions;
use crate::reactions::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI, plain_emoji};

/// What may stand on messages besides what the ledger believes. After a crash it is found again.
#[derive(Debug, Default)]
pub(in super::super) struct Doubts {
    may_stand: Mutex<HashMap<MessageId, BTreeSet<String>>>,
}

impl Doubts {
    /// What may stand on a message.
    pub(super) fn of(&self, message: MessageId) -> BTreeSet<String> {
        self.lock().get(&message).cloned().unwrap_or_default()
    }

    /// These do not stand any more, or are noted.
    pub(super) fn settle(&self, message: MessageId, settled: &BTreeSet<String>) {
        let mut all = self.lock();
        if let Some(may_stand) = all.get_mut(&message) {
            may_stand.retain(|emoji| !settled.contains(emoji));
            if may_stand.is_empty() {
                all.remove(&message);
            }
        }
    }

    /// These may stand from now on.
    pub(super) fn add(&self, message: MessageId, may_stand: BTreeSet<String>) {
        self.lock().entry(message).or_default().extend(may_stand);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<MessageId, BTreeSet<String>>> {
        self.may_stand.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Compares what the history shows of the bot's own reactions with what the ledger believes.
pub(in super::super) async fn compare(
    bot: &Bot,
    page: &[Seen],
    known: &KnownReactions,
) -> anyhow::Result<()> {
    let shown = page.iter().map(|seen| (seen.id, own_answers(seen, bot.ledger.emoji())));
    doubt(bot, shown, known).await
}

/// A moderator took all reactions away, or all with one emoji.
pub(in super::super) async fn cleared(
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
    doubt(bot, [(message, BTreeSet::new())].into_iter(), &known).await
}

/// Puts the messages into the outbox on which something else stands than is believed.
async fn doubt(
    bot: &Bot,
    shown: impl Iterator<Item = (MessageId, BTreeSet<String>)>,
    known: &KnownReactions,
) -> anyhow::Result<()> {
    let mut due = Vec::new();
    for (message, mut standing) in shown {
        let believed = known.shown.get(&message);
        if standing.iter().eq(believed) {
            continue;
        }
        standing.extend(believed.cloned());
        due.push(message);
        bot.doubts.add(message, standing);
    }
    if due.is_empty() {
        return Ok(());
    }
    bot.ledger.doubt_shown(&due).await
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

    use super::super::super::history;
    use super::*;

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
