//! Reactions whose people Discord did not tell: they are asked for again, also after a restart.

use anyhow::Context;
use sqlx::{query, query_scalar};

use crate::ids::{ChannelId, MessageId};
use crate::ledger::Ledger;

/// Those of a channel that are asked for again at once, at the most.
const MOST: i64 = 200;
/// After so many attempts without an answer, a day or more, it is given up.
const ATTEMPTS: i64 = 100;

/// An emoji of a message that could not be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncompared {
    /// Which message.
    pub message: MessageId,
    /// As emoji are compared.
    pub emoji: String,
    /// As Discord's paths name it; empty: it was not seen.
    pub spellings: Vec<String>,
}

impl Ledger {
    /// Keeps that an emoji could not be compared. Call it before the history counts as read.
    pub async fn note_uncompared(
        &self,
        channel: ChannelId,
        reaction: &Uncompared,
    ) -> anyhow::Result<()> {
        let spellings = serde_json::to_string(&reaction.spellings).context("write spellings")?;
        query!(
            "INSERT INTO uncompared_reactions (channel_id, message_id, emoji, spellings) VALUES (?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET spellings = excluded.spellings",
            channel.0,
            reaction.message.0,
            reaction.emoji,
            spellings
        )
        .execute(&self.writer)
        .await
        .context("keep a reaction that could not be compared")?;
        Ok(())
    }

    /// What of a channel could not be compared yet, what was asked for least often first.
    pub async fn uncompared(&self, channel: ChannelId) -> anyhow::Result<Vec<Uncompared>> {
        let rows = query!(
            "SELECT message_id, emoji, spellings FROM uncompared_reactions
             WHERE channel_id = ? ORDER BY attempts, message_id, emoji LIMIT ?",
            channel.0,
            MOST
        );
        let rows = rows.fetch_all(&self.readers).await.context("find what was not compared")?;
        let mut uncompared = Vec::with_capacity(rows.len());
        for row in rows {
            let spellings = serde_json::from_str(&row.spellings).context("read spellings")?;
            let message = MessageId(row.message_id);
            uncompared.push(Uncompared { message, emoji: row.emoji, spellings });
        }
        Ok(uncompared)
    }

    /// Notes that Discord gave no answer again. True: it is given up.
    pub async fn note_attempt(
        &self,
        channel: ChannelId,
        reaction: &Uncompared,
    ) -> anyhow::Result<bool> {
        let attempts = query_scalar!(
            "UPDATE uncompared_reactions SET attempts = attempts + 1
             WHERE channel_id = ? AND message_id = ? AND emoji = ? RETURNING attempts",
            channel.0,
            reaction.message.0,
            reaction.emoji
        );
        let attempts = attempts.fetch_optional(&self.writer).await.context("count an attempt")?;
        let is_given_up = attempts.is_some_and(|attempts| attempts >= ATTEMPTS);
        if is_given_up {
            self.note_compared(channel, reaction).await?;
        }
        Ok(is_given_up)
    }

    /// Notes that an emoji is compared by now, or that there is no message any more.
    pub async fn note_compared(
        &self,
        channel: ChannelId,
        reaction: &Uncompared,
    ) -> anyhow::Result<()> {
        query!(
            "DELETE FROM uncompared_reactions WHERE channel_id = ? AND message_id = ? AND emoji = ?",
            channel.0,
            reaction.message.0,
            reaction.emoji
        )
        .execute(&self.writer)
        .await
        .context("note a reaction that is compared")?;
        Ok(())
    }
}
