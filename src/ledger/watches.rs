//! The channels that are read.

use anyhow::bail;

use super::Ledger;
use crate::ids::{ChannelId, GuildId, MessageId, WebhookId};

/// A channel that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// Which.
    pub channel_id: ChannelId,
    /// Of which guild; 0 until the gateway has told.
    pub guild_id: GuildId,
    /// Only these are trusted; empty: any webhook of the channel.
    pub webhook_ids: Vec<WebhookId>,
    /// History is read without a hole up to here.
    pub cursor: Option<MessageId>,
    /// The channel of the board.
    pub board_channel_id: Option<ChannelId>,
}

impl Ledger {
    /// All watches.
    pub async fn watches(&self) -> anyhow::Result<Vec<Watch>> {
        bail!("not written yet")
    }

    /// Adds a watch, or changes guild and webhooks of the one that is there; its cursor stays.
    pub async fn add_watch(
        &self,
        channel: ChannelId,
        guild: GuildId,
        webhooks: &[WebhookId],
    ) -> anyhow::Result<()> {
        bail!("not written yet: {channel} {guild} {webhooks:?}")
    }

    /// Stops a watch. Its orders stay. Says whether there was one.
    pub async fn forget_watch(&self, channel: ChannelId) -> anyhow::Result<bool> {
        bail!("not written yet: {channel}")
    }

    /// Moves the cursor forward; never back.
    pub async fn move_cursor(&self, channel: ChannelId, to: MessageId) -> anyhow::Result<()> {
        bail!("not written yet: {channel} {to}")
    }
}
