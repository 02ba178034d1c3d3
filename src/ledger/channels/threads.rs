//! The threads of watched channels, and how far each is read.

use std::collections::HashMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{query, query_scalar};

use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::Ledger;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::orders::row::json_of;

/// A thread of a watched channel, or a post of a watched forum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// Discord's id of it; a post of a forum has that of its first message.
    pub thread_id: ChannelId,
    /// The watched channel that it belongs to.
    pub channel_id: ChannelId,
    /// The last message that Discord has told of; it may be deleted since.
    pub last_message: MessageId,
    /// Its history is read without a gap up to here.
    pub cursor: MessageId,
    /// What is older was none of ours.
    pub starts_after: MessageId,
    /// When its history was last read to its end. Absent: never.
    pub caught_up_at: Option<DateTime<Utc>>,
    /// Whether it is closed: then nothing in it can be changed.
    pub archived: bool,
}

/// What Discord tells of a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreadNews {
    /// Discord's id of it; a post of a forum has that of its first message.
    pub thread_id: ChannelId,
    /// The watched channel that it belongs to.
    pub channel_id: ChannelId,
    /// The last message in it.
    pub last_message: MessageId,
    /// Whether it is closed.
    pub archived: bool,
}

/// The threads of one channel, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ThreadCount {
    /// All that are there.
    pub threads: u64,
    /// Those of them that are not read to their end yet.
    pub behind: u64,
}

impl Ledger {
    /// All threads that belong to a watched channel, deleted ones too: what was posted in them stays
    /// that channel's.
    pub async fn threads(&self) -> anyhow::Result<Vec<ThreadNews>> {
        let rows = query!(
            r#"SELECT thread_id, channel_id, last_message_id, archived AS "archived: bool"
               FROM threads"#
        );
        let rows = rows.fetch_all(&self.readers).await.context("read the threads")?;
        let threads = rows.into_iter().map(|row| ThreadNews {
            thread_id: ChannelId(row.thread_id),
            channel_id: ChannelId(row.channel_id),
            last_message: MessageId(row.last_message_id),
            archived: row.archived,
        });
        Ok(threads.collect())
    }

    /// The guilds of the watched channels and of their threads.
    pub async fn guilds(&self) -> anyhow::Result<HashMap<ChannelId, GuildId>> {
        let rows = query!(
            r#"SELECT channel_id AS "place!", guild_id FROM watches
               UNION ALL
               SELECT thread_id, guild_id FROM threads JOIN watches USING (channel_id)"#
        );
        let rows = rows.fetch_all(&self.readers).await.context("read whose the channels are")?;
        Ok(rows.into_iter().map(|row| (ChannelId(row.place), GuildId(row.guild_id))).collect())
    }

    /// One thread.
    pub async fn thread(&self, thread: ChannelId) -> anyhow::Result<Option<Thread>> {
        let row = query!(
            r#"SELECT thread_id, channel_id, last_message_id, cursor, starts_after, caught_up_at,
                      archived AS "archived: bool"
               FROM threads WHERE thread_id = ?"#,
            thread.0
        );
        let row = row.fetch_optional(&self.readers).await.context("read a thread")?;
        Ok(row.map(|row| Thread {
            thread_id: ChannelId(row.thread_id),
            channel_id: ChannelId(row.channel_id),
            last_message: MessageId(row.last_message_id),
            cursor: MessageId(row.cursor),
            starts_after: MessageId(row.starts_after),
            caught_up_at: row.caught_up_at.as_deref().map(time_of),
            archived: row.archived,
        }))
    }

    /// Notes what Discord tells of threads. Those of channels whose own history was not begun yet are
    /// passed over: they are listed when it is.
    pub async fn note_threads(&self, news: &[ThreadNews]) -> anyhow::Result<()> {
        let rows: Vec<_> = news
            .iter()
            .map(|it| (it.thread_id.0, it.channel_id.0, it.last_message.0, it.archived))
            .collect();
        let list = serde_json::to_string(&rows).context("write threads as JSON")?;
        query!(
            "INSERT INTO threads
                 (thread_id, channel_id, last_message_id, cursor, starts_after, archived)
             SELECT row.value ->> 0, watches.channel_id, row.value ->> 2, watches.starts_after,
                    watches.starts_after, row.value ->> 3
             FROM json_each(?) AS row JOIN watches ON watches.channel_id = row.value ->> 1
             WHERE watches.starts_after IS NOT NULL
             ON CONFLICT (thread_id) DO UPDATE SET channel_id = excluded.channel_id,
                 last_message_id = max(last_message_id, excluded.last_message_id),
                 archived = excluded.archived, gone_at = NULL",
            list
        )
        .execute(&self.writer)
        .await
        .context("note threads")?;
        // What is owed in those that are open again can be shown.
        self.reactions_due.notify_one();
        Ok(())
    }

    /// Notes that a thread was found closed.
    pub async fn note_archived(&self, thread: ChannelId) -> anyhow::Result<()> {
        query!("UPDATE threads SET archived = 1 WHERE thread_id = ?", thread.0)
            .execute(&self.writer)
            .await
            .context("note that a thread is closed")?;
        Ok(())
    }

    /// Notes that a thread was deleted. What was read of it stays.
    pub async fn thread_gone(&self, thread: ChannelId) -> anyhow::Result<()> {
        let now = text_of(Utc::now());
        query!("UPDATE threads SET gone_at = ? WHERE thread_id = ?", now, thread.0)
            .execute(&self.writer)
            .await
            .context("note that a thread was deleted")?;
        Ok(())
    }

    /// Threads of the watched channels with messages that were not read yet, those with the newest first,
    /// but for those that are set aside. One that is watched itself is left out: that watch reads it.
    pub async fn threads_behind(
        &self,
        watched: &[ChannelId],
        most: u32,
        set_aside: &[ChannelId],
    ) -> anyhow::Result<Vec<ChannelId>> {
        let list = |ids: &[ChannelId]| json_of(&ids.iter().map(|id| id.0).collect::<Vec<_>>());
        let (watched, set_aside) = (list(watched), list(set_aside));
        let ids = query_scalar!(
            r#"SELECT thread_id AS "thread_id!" FROM threads
               WHERE last_message_id > cursor AND gone_at IS NULL
                   -- The table watches also holds channels that config.toml no longer names.
                   AND channel_id IN (SELECT value FROM json_each(?1))
                   AND thread_id NOT IN (SELECT value FROM json_each(?1))
                   AND thread_id NOT IN (SELECT value FROM json_each(?2))
               ORDER BY last_message_id DESC LIMIT ?3"#,
            watched,
            set_aside,
            most
        );
        let ids = ids.fetch_all(&self.readers).await.context("find threads to read")?;
        Ok(ids.into_iter().map(ChannelId).collect())
    }

    /// Open threads of a channel with messages after one, those with the newest first; before them those with
    /// reactions that could not be compared.
    pub async fn recent_threads(
        &self,
        channel: ChannelId,
        after: MessageId,
        most: u32,
    ) -> anyhow::Result<Vec<ChannelId>> {
        let ids = query_scalar!(
            r#"SELECT thread_id AS "thread_id!" FROM threads
               WHERE channel_id = ?1 AND gone_at IS NULL AND ((last_message_id > ?2 AND archived = 0) OR EXISTS (
                   SELECT 1 FROM uncompared_reactions WHERE uncompared_reactions.channel_id = thread_id
               ))
               ORDER BY EXISTS (
                   SELECT 1 FROM uncompared_reactions WHERE uncompared_reactions.channel_id = thread_id
               ) DESC, last_message_id DESC LIMIT ?3"#,
            channel.0,
            after.0,
            most
        );
        let ids = ids.fetch_all(&self.readers).await.context("find recent threads")?;
        Ok(ids.into_iter().map(ChannelId).collect())
    }

    /// Moves the cursor of a thread forward; never back. Call it after the messages up to there are on
    /// disk.
    pub async fn move_thread_cursor(&self, thread: ChannelId, to: MessageId) -> anyhow::Result<()> {
        query!("UPDATE threads SET cursor = max(cursor, ?) WHERE thread_id = ?", to.0, thread.0)
            .execute(&self.writer)
            .await
            .context("move the cursor of a thread")?;
        Ok(())
    }

    /// Notes that a thread was read to its end, when its last message was told to be this one, which
    /// may be deleted.
    pub async fn thread_caught_up(
        &self,
        thread: ChannelId,
        last_message: MessageId,
    ) -> anyhow::Result<()> {
        let now = text_of(Utc::now());
        query!(
            "UPDATE threads SET cursor = max(cursor, ?), caught_up_at = ? WHERE thread_id = ?",
            last_message.0,
            now,
            thread.0
        )
        .execute(&self.writer)
        .await
        .context("note that a thread is read to its end")?;
        Ok(())
    }

    /// How many threads a watched channel has, without the deleted ones.
    pub async fn count_threads(&self, channel: ChannelId) -> anyhow::Result<ThreadCount> {
        let row = query!(
            r#"SELECT count(*) AS "threads!: i64",
                      count(*) FILTER (WHERE last_message_id > cursor) AS "behind!: i64"
               FROM threads WHERE channel_id = ? AND gone_at IS NULL"#,
            channel.0
        );
        let row = row.fetch_one(&self.readers).await.context("count threads")?;
        let whole = |count: i64| u64::try_from(count).unwrap_or_default();
        Ok(ThreadCount { threads: whole(row.threads), behind: whole(row.behind) })
    }

    /// Up to which time of closing the closed threads of a channel were listed without a gap.
    pub async fn closed_threads_until(
        &self,
        channel: ChannelId,
    ) -> anyhow::Result<Option<DateTime<Utc>>> {
        let until = query_scalar!(
            "SELECT closed_threads_until FROM watches WHERE channel_id = ?",
            channel.0
        );
        let until = until.fetch_optional(&self.readers).await;
        let until = until.context("read how far closed threads were listed")?.flatten();
        Ok(until.as_deref().map(time_of))
    }

    /// Notes that. Call it after they were noted.
    pub async fn closed_threads_listed(
        &self,
        channel: ChannelId,
        until: DateTime<Utc>,
    ) -> anyhow::Result<()> {
        let until = text_of(until);
        query!(
            "UPDATE watches SET closed_threads_until = ? WHERE channel_id = ?",
            until,
            channel.0
        )
        .execute(&self.writer)
        .await
        .context("note how far closed threads are listed")?;
        Ok(())
    }
}
