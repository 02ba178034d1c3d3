//! Kept messages: read again page by page, and dropped when they are old enough.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{query, query_scalar};

use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;
use crate::ledger::database::words;
use crate::ledger::orders::row::json_of;
use crate::ledger::write::restore;
use crate::reading::Message;
use crate::verdict::payload::unpack;
use crate::verdict::{Outcome, Via};

/// A message as it was kept, and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredMessage {
    /// Negative: from an imported text without an id.
    pub id: MessageId,
    /// 0 where an import could not tell.
    pub guild_id: GuildId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// How it first came.
    pub via: Via,
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub reason: String,
    /// The message, redacted. Absent where it cannot be read: the file was damaged.
    pub message: Option<Message>,
    /// Age has dropped another message of its orders: they cannot be built again, and stay as they
    /// are.
    pub settled: bool,
}

/// What one call of [`Ledger::drop_messages_before`] did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dropped {
    /// How many.
    pub messages: u64,
    /// The last one of them; absent: nothing is left to drop.
    pub last: Option<MessageId>,
}

impl Ledger {
    /// How many messages there are, also those that age has dropped.
    pub async fn count_messages(&self) -> anyhow::Result<u64> {
        let count = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM deliveries");
        let count = count.fetch_one(&self.readers).await.context("count the messages")?;
        Ok(count.unsigned_abs())
    }

    /// Which of these messages there are, each as it is kept: `None`, it is not any more.
    pub async fn stored_among(
        &self,
        messages: &[MessageId],
    ) -> anyhow::Result<HashMap<MessageId, Option<Message>>> {
        let ids: Vec<i64> = messages.iter().map(|message| message.0).collect();
        let ids = json_of(&ids);
        let stored = query!(
            "SELECT message_id, payload FROM deliveries
             WHERE message_id IN (SELECT value FROM json_each(?))",
            ids
        );
        let stored =
            stored.fetch_all(&self.readers).await.context("look which messages there are")?;
        let kept = |packed: Option<Vec<u8>>| packed.and_then(|packed| unpack(&packed).ok());
        Ok(stored.into_iter().map(|row| (MessageId(row.message_id), kept(row.payload))).collect())
    }

    /// Messages that are kept, in the order of their ids, after that one; at most so many.
    pub async fn stored_messages(
        &self,
        after: Option<MessageId>,
        limit: u32,
    ) -> anyhow::Result<Vec<StoredMessage>> {
        let after = after.map_or(i64::MIN, |message| message.0);
        let rows = query!(
            r#"SELECT message_id, guild_id, channel_id, webhook_id, posted_at, edited_at, via,
                      outcome, reason, payload AS "payload!",
                      EXISTS (
                          SELECT 1 FROM order_messages AS own
                          JOIN orders AS named ON named.id = own.order_id
                          JOIN orders AS family ON family.id = named.id
                              OR (family.guild_id = named.guild_id
                                  AND family.order_number = named.order_number)
                          JOIN order_messages AS other ON other.order_id = family.id
                          JOIN deliveries AS dropped ON dropped.message_id = other.message_id
                          WHERE own.message_id = deliveries.message_id AND dropped.payload IS NULL
                      ) OR EXISTS (
                          SELECT 1 FROM order_messages AS own
                          JOIN orders AS named ON named.id = own.order_id
                          JOIN order_messages AS other ON other.waiting_for = named.order_number
                          JOIN deliveries AS dropped ON dropped.message_id = other.message_id
                              AND dropped.guild_id = named.guild_id
                          WHERE own.message_id = deliveries.message_id AND dropped.payload IS NULL
                      ) AS "settled!: bool"
               FROM deliveries WHERE message_id > ? AND payload IS NOT NULL
               ORDER BY message_id LIMIT ?"#,
            after,
            limit
        );
        let rows = rows.fetch_all(&self.readers).await.context("read kept messages")?;
        let kept = rows.into_iter().map(|row| {
            let id = MessageId(row.message_id);
            let times = (row.posted_at.as_deref(), row.edited_at.as_deref());
            let message = restore(&row.payload, id, row.webhook_id, times.0, times.1)
                .inspect_err(|error| {
                    tracing::error!(message_id = %id, "could not read a kept message: {error:#}");
                })
                .ok();
            Ok(StoredMessage {
                id,
                guild_id: GuildId(row.guild_id),
                channel_id: ChannelId(row.channel_id),
                via: words::via("deliveries.via", &row.via)?,
                outcome: words::outcome("deliveries.outcome", &row.outcome)?,
                reason: row.reason,
                message,
                settled: row.settled,
            })
        });
        kept.collect::<sqlx::Result<_>>().context("read kept messages")
    }

    /// The latest messages of a guild that made an order whose number is not known, at most so many.
    pub async fn unnumbered_messages(
        &self,
        guild: GuildId,
        limit: u32,
    ) -> anyhow::Result<Vec<MessageId>> {
        let messages = query_scalar!(
            r#"SELECT DISTINCT order_messages.message_id AS "id!" FROM orders
               CROSS JOIN order_messages ON order_id = orders.id
               WHERE guild_id = ? AND order_number IS NULL ORDER BY orders.id DESC LIMIT ?"#,
            guild.0,
            limit
        );
        let messages = messages.fetch_all(&self.readers).await;
        let messages = messages.context("find messages without an order number")?;
        Ok(messages.into_iter().map(MessageId).collect())
    }

    /// Drops the content of messages that were posted before a time, at most so many; their log
    /// entries and orders stay. Where there may be more it says behind which message to go on.
    pub async fn drop_messages_before(
        &self,
        time: DateTime<Utc>,
        after: Option<MessageId>,
        limit: u32,
    ) -> anyhow::Result<Dropped> {
        let due = self.due(time, after, limit).await?;
        let Some(&last) = due.last() else { return Ok(Dropped::default()) };
        let (messages, now) = (json_of(&due), text_of(Utc::now()));
        let done = query!(
            "UPDATE deliveries SET payload = NULL, dropped_at = ?
             WHERE message_id IN (SELECT value FROM json_each(?))",
            now,
            messages
        );
        let done = done.execute(&self.writer).await.context("drop old messages")?;
        Ok(Dropped { messages: done.rows_affected(), last: Some(MessageId(last)) })
    }

    async fn due(
        &self,
        time: DateTime<Utc>,
        after: Option<MessageId>,
        limit: u32,
    ) -> anyhow::Result<Vec<i64>> {
        let after = after.map_or(i64::MIN, |message| message.0);
        // Ids carry the time of posting; those that an import made up are below all others.
        let (before, below) = (text_of(time), MessageId::at(time).0);
        let due = query_scalar!(
            r#"SELECT message_id AS "id!" FROM deliveries
               WHERE message_id > ? AND message_id < ? AND payload IS NOT NULL
                   AND coalesce(posted_at, received_at) < ?
               ORDER BY message_id LIMIT ?"#,
            after,
            below,
            before,
            limit
        );
        due.fetch_all(&self.readers).await.context("find old messages")
    }
}
