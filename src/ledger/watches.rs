//! The channels that are read.

use anyhow::Context;
use chrono::Utc;
use sqlx::query;

use super::Ledger;
use super::order_row::json_of;
use super::time::text_of;
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
        let rows = query!(
            "SELECT channel_id, guild_id, webhook_ids, cursor, board_channel_id FROM watches
             ORDER BY channel_id"
        );
        let rows = rows.fetch_all(&self.readers).await.context("read the watches")?;
        let watches = rows.into_iter().map(|row| {
            let webhooks: Vec<i64> = serde_json::from_str(&row.webhook_ids)
                .with_context(|| format!("read the webhooks of channel {}", row.channel_id))?;
            Ok(Watch {
                channel_id: ChannelId(row.channel_id),
                guild_id: GuildId(row.guild_id),
                webhook_ids: webhooks.into_iter().map(WebhookId).collect(),
                cursor: row.cursor.map(MessageId),
                board_channel_id: row.board_channel_id.map(ChannelId),
            })
        });
        watches.collect()
    }

    /// Adds a watch, or changes guild and webhooks of the one that is there; its cursor stays. A
    /// guild of 0 leaves a known one as it is.
    pub async fn add_watch(
        &self,
        channel: ChannelId,
        guild: GuildId,
        webhooks: &[WebhookId],
    ) -> anyhow::Result<()> {
        let webhooks: Vec<i64> = webhooks.iter().map(|webhook| webhook.0).collect();
        let (list, now) = (json_of(&webhooks), text_of(Utc::now()));
        query!(
            "INSERT INTO watches (channel_id, guild_id, webhook_ids, added_at) VALUES (?, ?, ?, ?)
             ON CONFLICT (channel_id) DO UPDATE SET webhook_ids = excluded.webhook_ids,
                 guild_id = coalesce(nullif(excluded.guild_id, 0), guild_id)",
            channel.0,
            guild.0,
            list,
            now
        )
        .execute(&self.writer)
        .await
        .context("add a watch")?;
        Ok(())
    }

    /// Stops a watch. Its orders stay. Says whether there was one.
    pub async fn forget_watch(&self, channel: ChannelId) -> anyhow::Result<bool> {
        let done = query!("DELETE FROM watches WHERE channel_id = ?", channel.0)
            .execute(&self.writer)
            .await
            .context("forget a watch")?;
        Ok(done.rows_affected() > 0)
    }

    /// Moves the cursor forward; never back. Call it after the messages up to there are on disk.
    /// Says whether it moved.
    pub async fn move_cursor(&self, channel: ChannelId, to: MessageId) -> anyhow::Result<bool> {
        let done = query!(
            "UPDATE watches SET cursor = ?1 WHERE channel_id = ?2 AND (cursor IS NULL OR cursor < ?1)",
            to.0,
            channel.0
        )
        .execute(&self.writer)
        .await
        .context("move a cursor")?;
        Ok(done.rows_affected() > 0)
    }
}
