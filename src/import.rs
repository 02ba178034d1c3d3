//! Messages of files into the ledger, through the same door as all others.

use std::collections::{HashMap, HashSet};

use anyhow::anyhow;
use chrono::{DateTime, Datelike, Utc};
use sha2::{Digest, Sha256};

use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ingest::{HandedIn, Ingest, TurnedAway};
use crate::ledger::Ledger;
use crate::reading::Message;
use crate::verdict::{Incoming, Outcome, Receipt, Via, trust};

/// Messages that are handed in together.
const BATCH: usize = 256;

/// What became of the messages of an import, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages that were read.
    pub messages: u64,
    /// Those that the ledger had already.
    pub known: u64,
    /// The new orders; one message may announce several.
    pub new_orders: u64,
    /// Those that changed orders.
    pub updated: u64,
    /// Messages that look like orders and could not be stored; `/logs` says why.
    pub rejected: u64,
    /// Those that named known orders and said nothing new.
    pub unchanged: u64,
    /// Those that are about no order that was made: tests, declines, chat, what members wrote.
    pub without_order: u64,
    /// Those of no known guild.
    pub homeless: u64,
}

/// Where the messages of an import belong that do not say it themselves.
#[derive(Debug, Clone, Default)]
pub struct Home {
    /// What was asked for; 0: unknown.
    pub guild: GuildId,
    /// The guilds of the channels that are watched.
    pub channels: HashMap<ChannelId, GuildId>,
}

/// Hands the messages in, and returns what became of them when all are on disk. Whoever imports a
/// file vouches for the bots in it, since exports do not tell webhooks from other bots; what members
/// wrote makes no orders. `progress` is called after each batch. While one batch is written the next is
/// read; but a bot that runs on the same database gets its turns in between.
///
/// # Errors
/// When ingest stops meanwhile.
pub async fn import(
    messages: impl IntoIterator<Item = Message>,
    home: &Home,
    (ledger, ingest): (&Ledger, &Ingest),
    mut progress: impl FnMut(&Tally),
) -> anyhow::Result<Tally> {
    let mut counting = Counting::default();
    let mut made_up = MadeUp::default();
    let mut messages = messages.into_iter().map(|message| incoming(message, home, &mut made_up));
    let mut on_its_way = HandedIn::default();
    loop {
        let batch: Vec<Incoming> = messages.by_ref().take(BATCH).collect();
        let is_last = batch.is_empty();
        let next = ingest.hand_in(batch).await.map_err(closed)?;
        let before = std::mem::replace(&mut on_its_way, next);
        counting.count(&before.stored().await.map_err(closed)?);
        if ledger.is_beside_a_bot() {
            let now = std::mem::take(&mut on_its_way);
            counting.count(&now.stored().await.map_err(closed)?);
            ledger.give_way().await;
        }
        if counting.tally.messages > 0 {
            progress(&counting.tally);
        }
        if is_last {
            return Ok(counting.tally);
        }
    }
}

fn closed(why: TurnedAway) -> anyhow::Error {
    anyhow!("the ledger takes no messages: {why:?}")
}

/// Counts receipts, batch after batch.
#[derive(Default)]
struct Counting {
    tally: Tally,
    /// Of two copies of a message that are written at once both get the receipt of the one that was: they
    /// are in one batch, or in two that follow each other.
    now: HashSet<MessageId>,
    before: HashSet<MessageId>,
}

impl Counting {
    fn count(&mut self, receipts: &[Receipt]) {
        if receipts.is_empty() {
            return;
        }
        self.before = std::mem::take(&mut self.now);
        for receipt in receipts {
            let is_first = self.now.insert(receipt.message_id);
            self.tally.count(receipt, is_first && !self.before.contains(&receipt.message_id));
        }
    }
}

fn incoming(message: Message, home: &Home, made_up: &mut MadeUp) -> Incoming {
    let channel_id = message.channel_id.unwrap_or_default();
    let guild_id =
        message.guild_id.or_else(|| home.channels.get(&channel_id).copied()).unwrap_or(home.guild);
    let id = message.id.unwrap_or_else(|| made_up.id(&message));
    let trust = trust::judge_saved(&message);
    Incoming { id, channel_id, guild_id, message, via: Via::Import, trust }
}

/// Makes up ids for messages that came without one: negative, and out of the content, so that the same
/// text imported twice is one message.
#[derive(Debug, Default)]
struct MadeUp {
    /// The time of the last message.
    at: Option<DateTime<Utc>>,
    /// How often each message with that time came.
    same: HashMap<u64, u64>,
}

/// The ids of messages with a time lie so far below those that Discord gives, in the same order.
const BELOW_DISCORD: i64 = 1 << 62;
/// The bits of an id that do not tell its time.
const TIMELESS: i64 = (1 << 22) - 1;
/// The years whose ids have room there.
const YEARS: std::ops::RangeInclusive<i32> = 2015..=2045;
const MINUTE_MS: i64 = 60_000;

impl MadeUp {
    fn id(&mut self, message: &Message) -> MessageId {
        let Some(at) = message.posted_at.filter(|at| YEARS.contains(&at.year())) else {
            return MessageId(-(hash(message, 0).cast_signed() & i64::MAX).max(1));
        };
        let rest = hash(message, self.equal_before(message, at)).cast_signed() & TIMELESS;
        MessageId((MessageId::at(at).0 & !TIMELESS | rest) - BELOW_DISCORD)
    }

    /// Texts tell the minute alone: of two equal messages the second is another one.
    fn equal_before(&mut self, message: &Message, at: DateTime<Utc>) -> u64 {
        if at.timestamp_millis() % MINUTE_MS != 0 {
            return 0;
        }
        if self.at.replace(at) != Some(at) {
            self.same.clear();
        }
        let same = self.same.entry(hash(message, 0)).or_default();
        *same += 1;
        *same - 1
    }
}

/// A number out of the content, and of how many equal messages came before.
fn hash(message: &Message, before: u64) -> u64 {
    let mut digest = Sha256::new();
    digest.update(serde_json::to_vec(message).unwrap_or_default());
    if before > 0 {
        digest.update(before.to_be_bytes());
    }
    digest.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

impl Tally {
    fn count(&mut self, receipt: &Receipt, first: bool) {
        self.messages += 1;
        self.homeless += u64::from(receipt.guild_id == GuildId(0));
        if receipt.known || !first {
            self.known += 1;
            return;
        }
        match receipt.outcome {
            // Its order was there: what is new is what it says of it.
            Outcome::Stored if receipt.had_orders => self.updated += 1,
            Outcome::Stored => self.new_orders += receipt.new_orders,
            Outcome::Updated => self.updated += 1,
            Outcome::Rejected => self.rejected += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Declined | Outcome::Test | Outcome::Ignored | Outcome::Untrusted => {
                self.without_order += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(messages: &[(&str, Option<&str>)]) -> Vec<MessageId> {
        let mut made_up = MadeUp::default();
        let message = |(content, at): &(&str, Option<&str>)| Message {
            content: (*content).to_owned(),
            posted_at: at.map(|at| at.parse().expect("a time")),
            ..Message::default()
        };
        messages.iter().map(|one| made_up.id(&message(one))).collect()
    }

    #[test]
    fn made_up_ids_are_negative_in_the_order_of_time_and_the_same_each_time() {
        let at = ["2015-06-01T00:00:00Z", "2026-01-15T18:00:00Z", "2026-01-15T18:01:00Z"].map(Some);
        let messages = [("a", at[0]), ("b", at[1]), ("b", at[1]), ("b", at[2]), ("b", None)];
        let found = ids(&messages);
        assert!(found.iter().all(|id| id.0 < 0), "{found:?}");
        assert!(found[0] < found[1] && found[1] != found[2] && found[2] < found[3], "{found:?}");
        assert_eq!(ids(&messages), found);
    }

    #[test]
    fn equal_messages_are_one_where_their_second_is_known_or_nothing_is() {
        let exactly = Some("2026-01-15T18:00:05.123Z");
        for at in [exactly, None, Some("9999-01-01T00:00:00Z")] {
            let found = ids(&[("b", at), ("b", at)]);
            assert!(found[0] == found[1] && found[0].0 < 0, "{found:?}");
        }
    }
}
