//! Which message of each guild is its board. What is to happen is noted before Discord is asked, so
//! that it is finished after a crash.

use anyhow::Context;
use sqlx::query;

use crate::ids::{ChannelId, GuildId, MessageId};
use crate::ledger::Ledger;

/// The board of a guild.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Board {
    /// The guild whose orders it shows.
    pub guild_id: GuildId,
    /// Where it is to stand; absent: it is switched off, and only the old message is to go.
    pub channel_id: Option<ChannelId>,
    /// The message; absent: it is to be posted.
    pub message_id: Option<MessageId>,
    /// The message before it, which is to be deleted.
    pub old: Option<(ChannelId, MessageId)>,
}

impl Ledger {
    /// All boards.
    pub async fn boards(&self) -> anyhow::Result<Vec<Board>> {
        let rows = query!(
            "SELECT guild_id, channel_id, message_id, old_channel_id, old_message_id
             FROM boards ORDER BY guild_id"
        );
        let rows = rows.fetch_all(&self.readers).await.context("read the boards")?;
        let boards = rows.into_iter().map(|row| Board {
            guild_id: GuildId(row.guild_id),
            channel_id: row.channel_id.map(ChannelId),
            message_id: row.message_id.map(MessageId),
            old: row.old_channel_id.map(ChannelId).zip(row.old_message_id.map(MessageId)),
        });
        Ok(boards.collect())
    }

    /// The board of a guild, if it has one.
    pub async fn board(&self, guild: GuildId) -> anyhow::Result<Option<Board>> {
        Ok(self.boards().await?.into_iter().find(|board| board.guild_id == guild))
    }

    /// Notes how a board is to be, or what has become of it. One that is switched off and whose
    /// message is gone is forgotten.
    pub async fn set_board(&self, board: &Board) -> anyhow::Result<()> {
        let (channel, message) = (board.channel_id.map(|id| id.0), board.message_id.map(|id| id.0));
        let mut transaction =
            self.writer.begin_with("BEGIN IMMEDIATE").await.context("begin to note a board")?;
        // For people who query the tables: where the board of a watched channel's guild stands.
        query!(
            "UPDATE watches SET board_channel_id = ?1
             WHERE guild_id = ?2 AND board_channel_id IS NOT ?1",
            channel,
            board.guild_id.0
        )
        .execute(&mut *transaction)
        .await
        .context("note a board with the watches")?;
        let (old_channel, old_message) =
            board.old.map(|(channel, message)| (channel.0, message.0)).unzip();
        if channel.is_none() && old_message.is_none() {
            let done = query!("DELETE FROM boards WHERE guild_id = ?", board.guild_id.0);
            done.execute(&mut *transaction).await.context("forget a board")?;
            return transaction.commit().await.context("commit a board");
        }
        query!(
            "INSERT INTO boards (guild_id, channel_id, message_id, old_channel_id, old_message_id)
             VALUES (?, ?, ?, ?, ?)
             ON CONFLICT (guild_id) DO UPDATE SET channel_id = excluded.channel_id,
                 message_id = excluded.message_id, old_channel_id = excluded.old_channel_id,
                 old_message_id = excluded.old_message_id",
            board.guild_id.0,
            channel,
            message,
            old_channel,
            old_message
        )
        .execute(&mut *transaction)
        .await
        .context("note a board")?;
        transaction.commit().await.context("commit a board")
    }
}
