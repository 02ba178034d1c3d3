//! Messages of files into the ledger, through the same door as all others.

use std::collections::{HashMap, HashSet};

use anyhow::anyhow;
use sha2::{Digest, Sha256};

use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ingest::Ingest;
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
    /// Those that announced new orders.
    pub stored: u64,
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
/// wrote makes no orders. `progress` is told after each batch.
///
/// # Errors
/// When ingest stops meanwhile.
pub async fn import(
    messages: impl IntoIterator<Item = Message>,
    home: &Home,
    ingest: &Ingest,
    mut progress: impl FnMut(&Tally),
) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    let mut messages = messages.into_iter();
    loop {
        let batch: Vec<Incoming> =
            messages.by_ref().take(BATCH).map(|message| incoming(message, home)).collect();
        if batch.is_empty() {
            return Ok(tally);
        }
        let receipts = ingest.submit_all(batch).await;
        let receipts = receipts.map_err(|why| anyhow!("the ledger takes no messages: {why:?}"))?;
        // Of two copies in a batch both get the receipt of the one that was written.
        let mut counted = HashSet::new();
        for receipt in &receipts {
            tally.count(receipt, counted.insert(receipt.message_id));
        }
        progress(&tally);
    }
}

fn incoming(message: Message, home: &Home) -> Incoming {
    let channel_id = message.channel_id.unwrap_or_default();
    let guild_id =
        message.guild_id.or_else(|| home.channels.get(&channel_id).copied()).unwrap_or(home.guild);
    let id = message.id.unwrap_or_else(|| made_up_id(&message));
    let trust = trust::judge_saved(&message);
    Incoming { id, channel_id, guild_id, message, via: Via::Import, trust }
}

/// A negative id out of the content, so that the same text imported twice is one message.
fn made_up_id(message: &Message) -> MessageId {
    let digest = Sha256::digest(serde_json::to_vec(message).unwrap_or_default());
    let number = digest.iter().take(8).fold(0_i64, |number, byte| number << 8 | i64::from(*byte));
    MessageId(-(number & i64::MAX).max(1))
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
            Outcome::Stored => self.stored += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Rejected => self.rejected += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Declined | Outcome::Test | Outcome::Ignored | Outcome::Untrusted => {
                self.without_order += 1;
            }
        }
    }
}
