//! What became of each message: what `/logs` shows.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{query, query_as, query_scalar};

use crate::ids::{ChannelId, GuildId, MessageId, OrderId, WebhookId};
use crate::ledger::Ledger;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::database::words;
use crate::ledger::orders::row::json_of;
use crate::ledger::write::{order_ids_of, restore};
use crate::reading::Message;
use crate::verdict::{Outcome, Via};

const DELETED_UNREAD: &str = "It was deleted before it could be read.";

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

/// The columns of a delivery that people see.
struct Row {
    message_id: i64,
    guild_id: i64,
    channel_id: i64,
    webhook_id: Option<i64>,
    posted_at: Option<String>,
    edited_at: Option<String>,
    received_at: String,
    via: String,
    outcome: String,
    reason: String,
    order_ids: String,
    reaction_shown: Option<String>,
    deleted_at: Option<String>,
}

impl Row {
    fn delivery(self) -> sqlx::Result<Delivery> {
        let time = |text: Option<String>| text.as_deref().map(time_of);
        Ok(Delivery {
            message_id: MessageId(self.message_id),
            guild_id: GuildId(self.guild_id),
            channel_id: ChannelId(self.channel_id),
            webhook_id: self.webhook_id.map(WebhookId),
            posted_at: time(self.posted_at),
            edited_at: time(self.edited_at),
            received_at: time_of(&self.received_at),
            via: words::via("deliveries.via", &self.via)?,
            outcome: words::outcome("deliveries.outcome", &self.outcome)?,
            reason: self.reason,
            orders: order_ids_of(&self.order_ids)?,
            reaction_shown: self.reaction_shown,
            deleted_at: time(self.deleted_at),
        })
    }
}

impl Ledger {
    /// The latest deliveries first.
    pub async fn deliveries(&self, filter: &DeliveryFilter) -> anyhow::Result<Vec<Delivery>> {
        let outcome = filter.outcome.map(Outcome::as_str);
        let (before, before_id) =
            filter.before.map_or((None, i64::MAX), |(at, id)| (Some(text_of(at)), id.0));
        // One statement each, since an optional condition would keep SQLite from its index.
        let rows = match outcome {
            None => {
                query_as!(
                    Row,
                    r#"SELECT message_id AS "message_id!", guild_id, channel_id, webhook_id, posted_at,
                            edited_at, received_at, via, outcome, reason, order_ids, reaction_shown, deleted_at
                     FROM deliveries
                     WHERE guild_id = ?1 AND (received_at, message_id) < (coalesce(?2, 'a'), ?3)
                     ORDER BY received_at DESC, message_id DESC LIMIT ?4"#,
                    filter.guild.0,
                    before,
                    before_id,
                    filter.limit
                )
                .fetch_all(&self.readers)
                .await
            }
            Some(outcome) => {
                query_as!(
                    Row,
                    r#"SELECT message_id AS "message_id!", guild_id, channel_id, webhook_id, posted_at,
                            edited_at, received_at, via, outcome, reason, order_ids, reaction_shown, deleted_at
                     FROM deliveries
                     WHERE guild_id = ?1 AND (received_at, message_id) < (coalesce(?2, 'a'), ?3)
                         AND outcome = ?5
                     ORDER BY received_at DESC, message_id DESC LIMIT ?4"#,
                    filter.guild.0,
                    before,
                    before_id,
                    filter.limit,
                    outcome
                )
                .fetch_all(&self.readers)
                .await
            }
        };
        let rows = rows.context("read deliveries")?.into_iter();
        rows.map(Row::delivery).collect::<sqlx::Result<_>>().context("read deliveries")
    }

    /// What commands take the orders by that these deliveries announced or changed.
    pub async fn numbers_of(
        &self,
        deliveries: &[Delivery],
    ) -> anyhow::Result<HashMap<OrderId, String>> {
        let orders = deliveries.iter().flat_map(|delivery| &delivery.orders).map(|order| order.0);
        let list = json_of(&orders.collect::<Vec<_>>());
        let rows = query!(
            r#"SELECT id AS "id!", coalesce(order_number, 'no:' || id) AS "handle!: String" FROM orders
               WHERE id IN (SELECT value FROM json_each(?))"#,
            list
        );
        let rows = rows.fetch_all(&self.readers).await.context("read the numbers of orders")?;
        Ok(rows.into_iter().map(|row| (OrderId(row.id), row.handle)).collect())
    }

    /// One delivery of this guild, with its message.
    pub async fn delivery(
        &self,
        guild: GuildId,
        message: MessageId,
    ) -> anyhow::Result<Option<DeliveryDetail>> {
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let row = query_as!(
            Row,
            "SELECT message_id, guild_id, channel_id, webhook_id, posted_at, edited_at, received_at,
                    via, outcome, reason, order_ids, reaction_shown, deleted_at
             FROM deliveries WHERE message_id = ? AND guild_id = ?",
            message.0,
            guild.0
        );
        let row = row.fetch_optional(&mut *connection).await.context("read a delivery")?;
        let Some(row) = row else { return Ok(None) };
        let payload =
            query_scalar!("SELECT payload FROM deliveries WHERE message_id = ?", message.0);
        let payload = payload.fetch_one(&mut *connection).await.context("read a kept message")?;
        let kept = match payload {
            Some(payload) => {
                let times = (row.posted_at.as_deref(), row.edited_at.as_deref());
                let mut kept = restore(&payload, message, row.webhook_id, times.0, times.1)?;
                kept.channel_id = Some(ChannelId(row.channel_id));
                kept.guild_id = Some(guild);
                Some(kept)
            }
            None => None,
        };
        let delivery = row.delivery().context("read a delivery")?;
        Ok(Some(DeliveryDetail { delivery, message: kept }))
    }

    /// Notes that messages were deleted in Discord; their orders stay. An unknown message is noted
    /// too, since the deletion may come before the message itself.
    pub async fn set_deleted(
        &self,
        guild: GuildId,
        channel: ChannelId,
        messages: &[MessageId],
    ) -> anyhow::Result<()> {
        let now = text_of(Utc::now());
        let ids: Vec<i64> = messages.iter().map(|message| message.0).collect();
        let list = json_of(&ids);
        let (ignored, live) = (Outcome::Ignored.as_str(), Via::Live.as_str());
        query!(
            "INSERT INTO deliveries (message_id, guild_id, channel_id, received_at, via, outcome,
                                     reason, order_ids, deleted_at)
             SELECT value, ?1, ?2, ?3, ?4, ?5, ?6, '[]', ?3 FROM json_each(?7) WHERE true
             ON CONFLICT (message_id) DO UPDATE
             -- What the bot shows on it is gone with it.
             SET deleted_at = coalesce(deleted_at, ?3),
                 reaction_wanted = nullif(reaction_shown, ''),
                 reaction_shown = nullif(reaction_shown, ''), reaction_asked_at = NULL",
            guild.0,
            channel.0,
            now,
            live,
            ignored,
            DELETED_UNREAD,
            list
        )
        .execute(&self.writer)
        .await
        .context("note a deletion")?;
        Ok(())
    }
}
