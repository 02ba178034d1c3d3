//! Messages of files into the ledger, through the same door as all others.

mod made_up;

use std::collections::{HashMap, HashSet};

use self::made_up::MadeUp;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ingest::{HandedIn, Ingest};
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
    let mut messages = messages.into_iter();
    let mut on_its_way = HandedIn::default();
    loop {
        let batch: Vec<Message> = messages.by_ref().take(BATCH).collect();
        let is_last = batch.is_empty();
        let ids = made_up.ids(&batch, (ledger, ingest.labels())).await?;
        let batch = ids.into_iter().zip(batch).map(|(id, message)| incoming(id, message, home));
        let next = ingest.hand_in(batch.collect()).await?;
        let before = std::mem::replace(&mut on_its_way, next);
        counting.count(&before.stored().await?);
        if ledger.is_beside_a_bot() {
            let now = std::mem::take(&mut on_its_way);
            counting.count(&now.stored().await?);
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

fn incoming(id: MessageId, message: Message, home: &Home) -> Incoming {
    let channel_id = message.channel_id.unwrap_or_default();
    let guild_id =
        message.guild_id.or_else(|| home.channels.get(&channel_id).copied()).unwrap_or(home.guild);
    let trust = trust::judge_saved(&message);
    Incoming { id, channel_id, guild_id, message, via: Via::Import, trust }
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
