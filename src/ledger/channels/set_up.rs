//! The watches that were added in Discord: what was said about them, and the first message that is
//! waited for.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::query;

use crate::config::Backfill;
use crate::ids::{ChannelId, GuildId, WebhookId};
use crate::ledger::Ledger;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::database::words;
use crate::ledger::orders::row::json_of;

/// What the column `added_by` says of a watch that was added in Discord.
const SETUP: &str = "setup";

/// What was said in Discord about a watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SetUp {
    /// How much of the past is read.
    pub backfill: Backfill,
    /// The message that is still to be announced.
    pub awaited: Option<Awaited>,
}

/// The first message of a webhook after the channel was set up with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Awaited {
    /// The webhook that is to post first.
    pub webhook_id: WebhookId,
    /// Not before this.
    pub since: DateTime<Utc>,
}

impl SetUp {
    /// What the columns say. `None`: the watch is the configuration's.
    pub(crate) fn read(
        added_by: &str,
        backfill: &str,
        awaited: (Option<i64>, Option<&str>),
    ) -> sqlx::Result<Option<Self>> {
        if added_by != SETUP {
            return Ok(None);
        }
        let (webhook, since) = awaited;
        let awaited = webhook.zip(since).map(|(webhook, since)| Awaited {
            webhook_id: WebhookId(webhook),
            since: time_of(since),
        });
        let backfill = words::known("watches.backfill", backfill, backfill.parse().ok())?;
        Ok(Some(Self { backfill, awaited }))
    }
}

impl Ledger {
    /// Adds a watch that somebody set up in Discord, or changes the one that is there; its cursor
    /// stays. A channel of another guild is refused.
    pub async fn set_up_watch(
        &self,
        channel: ChannelId,
        guild: GuildId,
        webhooks: &[WebhookId],
        set_up: &SetUp,
    ) -> anyhow::Result<()> {
        let webhooks: Vec<i64> = webhooks.iter().map(|webhook| webhook.0).collect();
        let (list, now) = (json_of(&webhooks), text_of(Utc::now()));
        let backfill = set_up.backfill.to_string();
        let awaited = set_up.awaited.map(|awaited| awaited.webhook_id.0);
        let since = set_up.awaited.map(|awaited| text_of(awaited.since));
        let done = query!(
            "INSERT INTO watches (channel_id, guild_id, webhook_ids, added_at, added_by, backfill,
                                  awaited_webhook_id, awaited_since)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (channel_id) DO UPDATE SET guild_id = excluded.guild_id,
                 webhook_ids = excluded.webhook_ids, added_by = excluded.added_by,
                 backfill = excluded.backfill, awaited_webhook_id = excluded.awaited_webhook_id,
                 awaited_since = excluded.awaited_since
             -- 0: the gateway has never told. A channel stays in its guild for ever.
             WHERE guild_id IN (0, excluded.guild_id)",
            channel.0,
            guild.0,
            list,
            now,
            SETUP,
            backfill,
            awaited,
            since
        )
        .execute(&self.writer)
        .await
        .context("set up a watch")?;
        anyhow::ensure!(done.rows_affected() > 0, "channel {channel} belongs to another guild");
        Ok(())
    }

    /// Notes that the awaited message came. Says whether it was still awaited: of two that come at
    /// once only one is announced.
    pub async fn first_message_came(&self, channel: ChannelId) -> anyhow::Result<bool> {
        let done = query!(
            "UPDATE watches SET awaited_webhook_id = NULL, awaited_since = NULL
             WHERE channel_id = ? AND awaited_webhook_id IS NOT NULL",
            channel.0
        )
        .execute(&self.writer)
        .await
        .context("note the first message of a channel")?;
        Ok(done.rows_affected() > 0)
    }

    /// Notes what people are told of the channel's webhooks, or that all is well again. Says whether
    /// that is news: a problem is told once, also across restarts.
    pub async fn note_webhook_problem(
        &self,
        channel: ChannelId,
        problem: Option<&str>,
    ) -> anyhow::Result<bool> {
        let done = query!(
            "UPDATE watches SET told_trouble = ?1 WHERE channel_id = ?2 AND told_trouble IS NOT ?1",
            problem,
            channel.0
        )
        .execute(&self.writer)
        .await
        .context("note a problem with a webhook")?;
        Ok(done.rows_affected() > 0)
    }
}
