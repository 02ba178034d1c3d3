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
               WHERE guild_id = ? AND doubtful = 1 AND received_at > ? AND message_id >= ?
                   AND channel_id = ? AND deleted_at IS NULL
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
