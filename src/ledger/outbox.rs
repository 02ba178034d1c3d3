//! The bot's own reactions: what a message should show, and what it shows. It survives a restart.

use anyhow::Context;
use sqlx::query;

use super::Ledger;
use crate::ids::{ChannelId, MessageId};

/// A message whose reaction is not yet what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingReaction {
    /// Where.
    pub channel: ChannelId,
    /// On which message.
    pub message: MessageId,
    /// What should be there; absent: nothing.
    pub wanted: Option<String>,
    /// What the bot has put there; remove it when it is not the wanted one.
    pub shown: Option<String>,
}

impl Ledger {
    /// Messages whose reaction is not yet what it should be, oldest first.
    pub async fn pending_reactions(&self, limit: u32) -> anyhow::Result<Vec<PendingReaction>> {
        let rows = query!(
            "SELECT channel_id, message_id, reaction_wanted, reaction_shown FROM deliveries
             WHERE reaction_wanted IS NOT reaction_shown ORDER BY message_id LIMIT ?",
            limit
        );
        let rows = rows.fetch_all(&self.readers).await.context("read pending reactions")?;
        let pending = rows.into_iter().map(|row| PendingReaction {
            channel: ChannelId(row.channel_id),
            message: MessageId(row.message_id),
            wanted: row.reaction_wanted,
            shown: row.reaction_shown,
        });
        Ok(pending.collect())
    }

    /// Notes what stands on the message now. If another one is wanted meanwhile, the message stays
    /// pending.
    pub async fn reaction_shown(
        &self,
        message: MessageId,
        emoji: Option<&str>,
    ) -> anyhow::Result<()> {
        self.reactions_shown(&[(message, emoji.map(str::to_owned))]).await
    }

    /// Notes what stands on several messages, in one commit: a commit for each would cost more than
    /// all else that the bot does for a message.
    pub async fn reactions_shown(
        &self,
        shown: &[(MessageId, Option<String>)],
    ) -> anyhow::Result<()> {
        let rows: Vec<_> = shown.iter().map(|(message, emoji)| (message.0, emoji)).collect();
        let list = serde_json::to_string(&rows).context("write reactions as JSON")?;
        query!(
            "UPDATE deliveries SET reaction_shown = row.value ->> 1, reaction_refused = NULL
             FROM json_each(?) AS row WHERE message_id = row.value ->> 0",
            list
        )
        .execute(&self.writer)
        .await
        .context("note shown reactions")?;
        Ok(())
    }

    /// Stops trying until another reaction is wanted: Discord refuses this one for good.
    pub async fn give_up_reaction(&self, message: MessageId, why: &str) -> anyhow::Result<()> {
        query!(
            "UPDATE deliveries SET reaction_wanted = reaction_shown, reaction_refused = ?
             WHERE message_id = ?",
            why,
            message.0
        )
        .execute(&self.writer)
        .await
        .context("give up a reaction")?;
        Ok(())
    }
}
