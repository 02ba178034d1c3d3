//! Messages read again on demand: after a fix in the configuration, or by a newer version that reads
//! more.

use anyhow::Context as _;

use super::messages;
use crate::discord::bot::Bot;
use crate::discord::render::delivery::Retried;
use crate::ids::{GuildId, MessageId};
use crate::ledger::{Delivery, DeliveryDetail, DeliveryFilter, NO_NUMBER};
use crate::reading::Message;
use crate::verdict::{Incoming, Outcome, Receipt, Via, trust};

/// What may come out otherwise the next time.
const OUTCOMES: [Outcome; 2] = [Outcome::Rejected, Outcome::Untrusted];
/// Messages of each outcome that are read again in one go: the newest.
const MOST: u32 = 200;

/// A message that was read again.
pub(crate) struct Again {
    pub(crate) before: Outcome,
    pub(crate) receipt: Receipt,
}

impl Again {
    /// What came of it.
    pub(crate) fn retried(&self) -> Retried {
        let made = [Outcome::Stored, Outcome::Updated, Outcome::Unchanged];
        match made.contains(&self.receipt.outcome) {
            true if self.receipt.reason.contains(NO_NUMBER) => Retried::NoNumber,
            true => Retried::Stored,
            false => Retried::NotStored,
        }
    }
}

/// Reads the latest messages of the guild again that made no order although they look like one, or made
/// one without a number.
pub(crate) async fn all(bot: &Bot, guild: GuildId) -> anyhow::Result<Vec<Again>> {
    let mut again = Vec::new();
    for outcome in OUTCOMES {
        let filter = DeliveryFilter { guild, outcome: Some(outcome), limit: MOST, before: None };
        for delivery in bot.ledger.deliveries(&filter).await? {
            again.extend(one(bot, guild, delivery.message_id).await?);
        }
    }
    for message in bot.ledger.unnumbered_messages(guild, MOST).await? {
        again.extend(one(bot, guild, message).await?);
    }
    Ok(again)
}

/// Reads one message again: as it was kept, or where that is not the whole, as it is in Discord. `None`: it
/// is neither kept nor there.
pub(crate) async fn one(bot: &Bot, guild: GuildId, id: MessageId) -> anyhow::Result<Option<Again>> {
    let Some(DeliveryDetail { delivery, message, .. }) = bot.ledger.delivery(guild, id).await?
    else {
        return Ok(None);
    };
    let before = delivery.outcome;
    // What was kept while its content was hidden is blank: Discord may show it by now. A text file may be
    // there by now, or its sender be trusted.
    let is_whole = |message: &Message| !message.is_blank() && message.has_all_files();
    let receipt = match message {
        Some(message) if is_whole(&message) => Some(stored(bot, &delivery, message).await?),
        message => match messages::fetch(bot, delivery.channel_id, id, Via::Retry).await? {
            Some(receipt) => Some(receipt),
            None => match message.filter(|message| !message.is_blank()) {
                Some(message) => Some(stored(bot, &delivery, message).await?),
                None => None,
            },
        },
    };
    Ok(receipt.map(|receipt| Again { before, receipt }))
}

/// Reads a message again as it was kept.
async fn stored(bot: &Bot, delivery: &Delivery, message: Message) -> anyhow::Result<Receipt> {
    let Delivery { message_id: id, guild_id, channel_id, via, outcome, ref reason, .. } = *delivery;
    let watched = bot.watching.reading(channel_id);
    let webhooks = watched.as_ref().map(|(_, watched)| watched.webhook_ids.as_slice());
    let trust = trust::judge_again(&message, webhooks, via, (outcome, reason));
    let incoming = Incoming { message, id, channel_id, guild_id, via: Via::Retry, trust };
    let taken = bot.ingest.submit(incoming).await;
    taken.context("store a message again")
}
