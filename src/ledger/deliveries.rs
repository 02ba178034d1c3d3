//! What became of each message: what `/logs` shows.

use anyhow::bail;
use chrono::{DateTime, Utc};

use super::Ledger;
use crate::checkout::Message;
use crate::ids::{ChannelId, GuildId, MessageId, OrderId, WebhookId};

/// What became of a message, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It announced a new order.
    Stored,
    /// It changed a known order.
    Updated,
    /// It named a known order and said nothing new.
    Unchanged,
    /// A checkout or update that could not be applied; the reason says why.
    Rejected,
    /// A failed attempt.
    Declined,
    /// A test notification.
    Test,
    /// Nothing of ours: chat, notices, empty messages.
    Ignored,
    /// It looks like a checkout, but not from a trusted webhook.
    Untrusted,
}

/// How a message came to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Via {
    /// A gateway event.
    Live,
    /// The channel's history.
    Backfill,
    /// A file.
    Import,
    /// A person asked to read it again.
    Retry,
}

/// One message and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Negative: from an imported text without an id.
    pub message_id: MessageId,
    /// 0 where an import could not tell.
    pub guild_id: GuildId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Who posted it, where a webhook did.
    pub webhook_id: Option<WebhookId>,
    /// When Discord received it.
    pub posted_at: Option<DateTime<Utc>>,
    /// When its author last changed it.
    pub edited_at: Option<DateTime<Utc>>,
    /// When the ledger first had it.
    pub received_at: DateTime<Utc>,
    /// How it first came.
    pub via: Via,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, as a short sentence; empty where there is nothing to say.
    pub reason: String,
    /// The orders that it announced or changed.
    pub orders: Vec<OrderId>,
    /// What the bot has put on it.
    pub reaction_shown: Option<String>,
    /// When it was deleted in Discord.
    pub deleted_at: Option<DateTime<Utc>>,
}

/// A delivery with the message itself, where it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryDetail {
    /// The record.
    pub delivery: Delivery,
    /// Redacted. Absent for plain chat and for messages that age has dropped.
    pub message: Option<Message>,
}

/// Which deliveries. An absent condition does not restrict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// Nothing crosses guilds.
    pub guild: GuildId,
    /// What became of them.
    pub outcome: Option<Outcome>,
    /// At most so many.
    pub limit: u32,
    /// For the next page: only those received before the last one of this page.
    pub before: Option<(DateTime<Utc>, MessageId)>,
}

impl Outcome {
    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Rejected => "rejected",
            Self::Declined => "declined",
            Self::Test => "test",
            Self::Ignored => "ignored",
            Self::Untrusted => "untrusted",
        }
    }

    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Stored,
        Self::Updated,
        Self::Unchanged,
        Self::Rejected,
        Self::Declined,
        Self::Test,
        Self::Ignored,
        Self::Untrusted,
    ];

    /// The outcome behind a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == word)
    }
}

impl Via {
    const ALL: [Self; 4] = [Self::Live, Self::Backfill, Self::Import, Self::Retry];

    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Backfill => "backfill",
            Self::Import => "import",
            Self::Retry => "retry",
        }
    }

    pub(super) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|via| via.as_str() == word)
    }
}

impl Ledger {
    /// The latest deliveries first.
    pub async fn deliveries(&self, filter: &DeliveryFilter) -> anyhow::Result<Vec<Delivery>> {
        bail!("not written yet: {filter:?}")
    }

    /// One delivery of this guild, with its message.
    pub async fn delivery(
        &self,
        guild: GuildId,
        message: MessageId,
    ) -> anyhow::Result<Option<DeliveryDetail>> {
        bail!("not written yet: {guild} {message}")
    }

    /// Notes that a message was deleted in Discord; its orders stay. An unknown message is noted
    /// too, since the deletion may come before the message itself.
    pub async fn set_deleted(
        &self,
        guild: GuildId,
        channel: ChannelId,
        messages: &[MessageId],
    ) -> anyhow::Result<()> {
        bail!("not written yet: {guild} {channel} {messages:?}")
    }
}
