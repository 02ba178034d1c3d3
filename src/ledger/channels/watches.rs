//! The channels that are read, and how far.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::query;

use super::set_up::SetUp;
use crate::ids::{ChannelId, GuildId, MessageId, WebhookId};
use crate::ledger::Ledger;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::orders::row::json_of;

/// A channel that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watch {
    /// A text channel, a forum or a thread.
    pub channel_id: ChannelId,
    /// Its guild; 0 until the gateway has sent it.
    pub guild_id: GuildId,
    /// Only these are trusted; empty: any webhook of the channel.
    pub webhook_ids: Vec<WebhookId>,
    /// History is read without a gap up to here.
    pub cursor: Option<MessageId>,
    /// What is older was none of ours at the first contact. Absent before that.
    pub starts_after: Option<MessageId>,
    /// When the history was last read to its end.
    pub caught_up_at: Option<DateTime<Utc>>,
    /// The last time that messages were found there which the gateway had not brought.
    pub last_gap: Option<Gap>,
    /// What was said in Discord about it. Absent: the configuration names the channel.
    pub set_up: Option<SetUp>,
}

/// Messages that were missed and fetched from the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// When the last of them was on disk.
    pub closed_at: DateTime<Utc>,
    /// How many.
    pub messages: u64,
}

impl Ledger {
    /// All watches.
    pub async fn watches(&self) -> anyhow::Result<Vec<Watch>> {
        let rows = query!(
            "SELECT channel_id, guild_id, webhook_ids, cursor, starts_after, caught_up_at,
                    hole_closed_at, hole_messages, added_by, backfill,
                    awaited_webhook_id, awaited_since
             FROM watches ORDER BY channel_id"
        );
        let rows = rows.fetch_all(&self.readers).await.context("read the watches")?;
        let watches = rows.into_iter().map(|row| {
            let webhooks: Vec<i64> = serde_json::from_str(&row.webhook_ids)
                .with_context(|| format!("read the webhooks of channel {}", row.channel_id))?;
            let messages = u64::try_from(row.hole_messages).unwrap_or_default();
            let gap = |at: &str| Gap { closed_at: time_of(at), messages };
            let awaited = (row.awaited_webhook_id, row.awaited_since.as_deref());
            let set_up = SetUp::read(&row.added_by, &row.backfill, awaited)?;
            Ok(Watch {
                channel_id: ChannelId(row.channel_id),
                guild_id: GuildId(row.guild_id),
                webhook_ids: webhooks.into_iter().map(WebhookId).collect(),
                cursor: row.cursor.map(MessageId),
                starts_after: row.starts_after.map(MessageId),
                caught_up_at: row.caught_up_at.as_deref().map(time_of),
                last_gap: row.hole_closed_at.as_deref().map(gap),
                set_up,
            })
        });
        watches.collect()
    }

    /// One watch.
    pub async fn watch(&self, channel: ChannelId) -> anyhow::Result<Option<Watch>> {
        let watches = self.watches().await?;
        Ok(watches.into_iter().find(|watch| watch.channel_id == channel))
    }

    /// Adds a watch of the configuration, or changes guild and webhooks of the one that is there,
    /// which is the configuration's from now on; its cursor stays. A guild of 0 leaves a known one as
    /// it is.
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
                 added_by = 'config',
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

    /// Stops a watch, with its threads. Its orders stay. Says whether there was one.
    pub async fn forget_watch(&self, channel: ChannelId) -> anyhow::Result<bool> {
        let done = query!("DELETE FROM watches WHERE channel_id = ?", channel.0)
            .execute(&self.writer)
            .await
            .context("forget a watch")?;
        Ok(done.rows_affected() > 0)
    }

    /// Sets where a channel's history begins to matter, and begins to read it there: at the first
    /// contact, and when the configuration asks for more of the past than before. The same for its
    /// threads.
    pub async fn begin_history(&self, channel: ChannelId, after: MessageId) -> anyhow::Result<()> {
        let mut transaction =
            self.writer.begin_with("BEGIN IMMEDIATE").await.context("begin to begin a history")?;
        query!(
            "UPDATE watches SET starts_after = ?1, cursor = ?1, closed_threads_until = NULL
             WHERE channel_id = ?2",
            after.0,
            channel.0
        )
        .execute(&mut *transaction)
        .await
        .context("begin a history")?;
        query!(
            "UPDATE threads SET starts_after = ?1, cursor = ?1 WHERE channel_id = ?2",
            after.0,
            channel.0
        )
        .execute(&mut *transaction)
        .await
        .context("begin the histories of threads")?;
        transaction.commit().await.context("begin a history")
    }

    /// Notes where a history begins that is being read already.
    pub async fn note_beginning(&self, channel: ChannelId, after: MessageId) -> anyhow::Result<()> {
        query!("UPDATE watches SET starts_after = ? WHERE channel_id = ?", after.0, channel.0)
            .execute(&self.writer)
            .await
            .context("note the beginning of a history")?;
        Ok(())
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

    /// Notes that the history was read to its end, and how many missed messages were found.
    pub async fn caught_up(&self, channel: ChannelId, missed: u64) -> anyhow::Result<()> {
        let (now, missed) = (text_of(Utc::now()), i64::try_from(missed).unwrap_or(i64::MAX));
        query!(
            "UPDATE watches SET caught_up_at = ?1,
                 hole_closed_at = CASE WHEN ?2 > 0 THEN ?1 ELSE hole_closed_at END,
                 hole_messages = CASE WHEN ?2 > 0 THEN ?2 ELSE hole_messages END
             WHERE channel_id = ?3",
            now,
            missed,
            channel.0
        )
        .execute(&self.writer)
        .await
        .context("note that a channel is read to its end")?;
        Ok(())
    }
}
