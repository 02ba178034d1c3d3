//! What an alert about a channel may be about, and when the last one was.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{query, query_scalar};

use crate::ids::{ChannelId, GuildId, MessageId, WebhookId};
use crate::ledger::Ledger;
use crate::ledger::database::time::{text_of, time_of};
use crate::verdict::Outcome;

/// Messages that are counted at the most.
const MOST: i64 = 1_000;

/// What the bot posts by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// A test notification came.
    Test,
    /// Nothing came for long.
    Silence,
    /// Messages could not be read.
    Unreadable,
    /// Look-alikes came from sources that are not trusted.
    Untrusted,
    /// Declines came that may be orders.
    Doubtful,
}

impl NoticeKind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Silence => "silence",
            Self::Unreadable => "unreadable",
            Self::Untrusted => "untrusted",
            Self::Doubtful => "doubtful",
        }
    }
}

/// Messages of a channel with the same outcome from the same source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageCount {
    /// The watched channel; messages of its threads count as its own.
    pub channel_id: ChannelId,
    /// Who posted them, where a webhook did.
    pub webhook_id: Option<WebhookId>,
    /// Why they ended so, of one of them.
    pub reason: String,
    /// How many.
    pub count: i64,
}

impl Ledger {
    /// When an alert of this kind about a channel was last noted.
    pub async fn noted_at(
        &self,
        channel: ChannelId,
        kind: NoticeKind,
    ) -> anyhow::Result<Option<DateTime<Utc>>> {
        let kind = kind.as_str();
        let noted = query_scalar!(
            "SELECT said_at FROM notices WHERE channel_id = ? AND kind = ?",
            channel.0,
            kind
        );
        let noted = noted.fetch_optional(&self.readers).await.context("read when it was said")?;
        Ok(noted.as_deref().map(time_of))
    }

    /// Notes an alert about a channel. Call it before it is posted: one that is lost in a
    /// crash is better than one with every restart.
    pub async fn note_notice(
        &self,
        channel: ChannelId,
        kind: NoticeKind,
        at: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let (kind, at) = (kind.as_str(), text_of(at));
        query!(
            "INSERT INTO notices (channel_id, kind, said_at) VALUES (?, ?, ?)
             ON CONFLICT (channel_id, kind) DO UPDATE SET said_at = excluded.said_at",
            channel.0,
            kind,
            at
        )
        .execute(&self.writer)
        .await
        .context("note that it is said")?;
        Ok(())
    }

    /// Test notifications of a guild that were received since and posted since, the newest first. This
    /// machine's clock counts for the first, Discord's for the second.
    pub async fn tests_since(
        &self,
        guild: GuildId,
        received: DateTime<Utc>,
        posted: DateTime<Utc>,
    ) -> anyhow::Result<Vec<(ChannelId, MessageId)>> {
        let (received, posted, outcome) =
            (text_of(received), MessageId::at(posted).0, Outcome::Test.as_str());
        let rows = query!(
            r#"SELECT channel_id, message_id AS "message_id!" FROM deliveries
               WHERE guild_id = ?1 AND outcome = ?2 AND received_at >= ?3 AND message_id >= ?4
                   AND deleted_at IS NULL
               ORDER BY received_at DESC, message_id DESC LIMIT ?5"#,
            guild.0,
            outcome,
            received,
            posted,
            MOST
        );
        let rows = rows.fetch_all(&self.readers).await.context("find test notifications")?;
        Ok(rows.into_iter().map(|row| (row.channel_id.into(), row.message_id.into())).collect())
    }

    /// Messages of a channel with this outcome that were posted and received since, by their source,
    /// the largest number first.
    pub async fn message_counts_since(
        &self,
        guild: GuildId,
        channel: ChannelId,
        outcome: Outcome,
        since: DateTime<Utc>,
    ) -> anyhow::Result<Vec<MessageCount>> {
        let (received, posted, outcome) =
            (text_of(since), MessageId::at(since).0, outcome.as_str());
        let rows = query!(
            r#"SELECT webhook_id, min(reason) AS "reason!: String", count(*) AS "count!: i64" FROM (
                   SELECT webhook_id, reason FROM deliveries
                   WHERE guild_id = ?1 AND outcome = ?2 AND received_at > ?3 AND message_id >= ?4
                       AND channel_id IN (SELECT ?5
                           UNION ALL SELECT thread_id FROM threads WHERE channel_id = ?5)
                   ORDER BY received_at DESC LIMIT ?6
               )
               -- Where no webhook posted them, the reason says who did.
               GROUP BY webhook_id, iif(webhook_id IS NULL, reason, '')
               ORDER BY count(*) DESC, webhook_id"#,
            guild.0,
            outcome,
            received,
            posted,
            channel.0,
            MOST
        );
        let rows = rows.fetch_all(&self.readers).await.context("count what piles up")?;
        let counts = rows.into_iter().map(|row| MessageCount {
            channel_id: channel,
            webhook_id: row.webhook_id.map(WebhookId),
            reason: row.reason,
            count: row.count,
        });
        Ok(counts.collect())
    }

    /// Declines of a channel that may be orders, that were posted and received since and that nobody has
    /// marked, as one count; empty where there is none.
    pub async fn doubtful_since(
        &self,
        guild: GuildId,
        channel: ChannelId,
        since: DateTime<Utc>,
    ) -> anyhow::Result<Vec<MessageCount>> {
        let (received, posted) = (text_of(since), MessageId::at(since).0);
        let count = query_scalar!(
            r#"SELECT count(*) AS "count!: i64" FROM deliveries
               WHERE guild_id = ?1 AND doubtful = 1 AND received_at > ?2 AND message_id >= ?3
                   AND channel_id IN (SELECT ?4
                       UNION ALL SELECT thread_id FROM threads WHERE channel_id = ?4)
                   AND deleted_at IS NULL
                   AND NOT EXISTS (SELECT 1 FROM marks
                                   WHERE marks.message_id = deliveries.message_id)"#,
            guild.0,
            received,
            posted,
            channel.0
        );
        let count = count.fetch_one(&self.readers).await.context("count doubtful declines")?;
        let reason = String::new();
        let all = MessageCount { channel_id: channel, webhook_id: None, reason, count };
        Ok((count > 0).then_some(all).into_iter().collect())
    }

    /// When something of a webhook last came in a channel, by the time of posting.
    pub async fn last_posted_at(
        &self,
        guild: GuildId,
        channel: ChannelId,
        since: DateTime<Utc>,
    ) -> anyhow::Result<Option<DateTime<Utc>>> {
        let since = MessageId::at(since).0;
        let last = query_scalar!(
            r#"SELECT max(posted_at) AS "posted_at: String" FROM deliveries
               WHERE message_id >= ?1 AND +guild_id = ?2
                   AND channel_id IN (SELECT ?3
                       UNION ALL SELECT thread_id FROM threads WHERE channel_id = ?3)
                   AND webhook_id IS NOT NULL AND outcome NOT IN ('ignored', 'untrusted')"#,
            since,
            guild.0,
            channel.0
        );
        let last = last.fetch_one(&self.readers).await.context("find when it was last heard")?;
        Ok(last.as_deref().map(time_of))
    }

    /// Whether a channel had an order between these times.
    pub async fn had_orders(
        &self,
        guild: GuildId,
        channel: ChannelId,
        (since, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> anyhow::Result<bool> {
        let (since, until) = (text_of(since), text_of(until));
        let had = query_scalar!(
            r#"SELECT EXISTS (
                   SELECT 1 FROM orders
                   WHERE guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3
                       AND channel_id IN (SELECT ?4
                           UNION ALL SELECT thread_id FROM threads WHERE channel_id = ?4)
               ) AS "had!: bool""#,
            guild.0,
            since,
            until,
            channel.0
        );
        had.fetch_one(&self.readers).await.context("look for orders of a day")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUILD: GuildId = GuildId(1);
    const CHANNEL: ChannelId = ChannelId(2);

    /// A watched channel and two threads, one of it and one of another channel.
    const PLACES: &str = "INSERT INTO watches (channel_id, guild_id, webhook_ids, added_at) VALUES (2, 1, '[]', ''), (3, 1, '[]', '');
        INSERT INTO threads (thread_id, channel_id, last_message_id, cursor, starts_after) VALUES (20, 2, 0, 0, 0), (30, 3, 0, 0, 0)";

    /// What a place holds of each kind that alerts are about.
    async fn fill(ledger: &Ledger, place: i64) {
        for (number, (outcome, doubtful)) in
            [("rejected", 0), ("untrusted", 0), ("declined", 1), ("stored", 0)]
                .into_iter()
                .enumerate()
        {
            let id = place * 10 + i64::try_from(number).unwrap();
            let message = "INSERT INTO deliveries (message_id, guild_id, channel_id, webhook_id, posted_at, received_at,
                    via, outcome, reason, order_ids, doubtful)
                VALUES (?1, 1, ?2, 9, '2026-01-02T00:00:00.000Z', '2026-01-02T00:00:00.000Z', 'live', ?3, '', '[]', ?4)";
            let message = sqlx::query(message).bind(id).bind(place).bind(outcome).bind(doubtful);
            message.execute(&ledger.writer).await.unwrap();
        }
        let order = "INSERT INTO orders (guild_id, order_number, quantity, status, ordered_at, source, message_id, channel_id,
                created_at, updated_at, store_key, total_stated, quantity_stated, said_status, last_message_id)
            VALUES (1, 'A-1', 1, 'verified', '2026-01-02T00:00:00.000Z', 'webhook', ?1, ?2, '', '', '', 1, 1, 'verified', ?1)";
        sqlx::query(order).bind(place * 10).bind(place).execute(&ledger.writer).await.unwrap();
    }

    /// What is found of each kind of the channel's.
    async fn found(ledger: &Ledger) -> [bool; 5] {
        let since = DateTime::UNIX_EPOCH;
        let mut counts = Vec::new();
        for outcome in [Outcome::Rejected, Outcome::Untrusted] {
            counts.push(ledger.message_counts_since(GUILD, CHANNEL, outcome, since).await.unwrap());
        }
        counts.push(ledger.doubtful_since(GUILD, CHANNEL, since).await.unwrap());
        let counts: Vec<bool> = counts.iter().map(|counts| !counts.is_empty()).collect();
        let posted = ledger.last_posted_at(GUILD, CHANNEL, since).await.unwrap().is_some();
        let had = ledger.had_orders(GUILD, CHANNEL, (since, Utc::now())).await.unwrap();
        [counts[0], counts[1], counts[2], posted, had]
    }

    #[tokio::test]
    async fn what_alerts_are_about_is_a_channels_wherever_in_it_it_was_posted() {
        for (place, is_of_channel) in [(2, true), (20, true), (3, false), (30, false)] {
            let folder = tempfile::tempdir().unwrap();
            let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
            sqlx::raw_sql(PLACES).execute(&ledger.writer).await.unwrap();
            fill(&ledger, place).await;
            assert_eq!(found(&ledger).await, [is_of_channel; 5], "{place}");
        }
    }
}
