//! The bot's own reactions: what a message should show, and what it shows. It survives a restart.

use anyhow::Context;
use sqlx::{query, query_scalar};

use crate::ids::{ChannelId, MessageId};
use crate::ledger::Ledger;
use crate::ledger::orders::row::json_of;

/// Channels that are taken at once.
const CHANNELS: i64 = 16;

/// A message whose reaction is not yet what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingReaction {
    /// The channel or thread in which the message stands.
    pub channel: ChannelId,
    /// On which message.
    pub message: MessageId,
    /// What should be there; absent: nothing.
    pub wanted: Option<String>,
    /// What the bot has put there; remove it when it is not the wanted one. Empty: nobody knows.
    pub shown: Option<String>,
}

impl Ledger {
    /// Messages whose reaction is not yet what it should be, at most so many of each channel: first what
    /// a person has just done, since somebody waits for it, then the newest; an old history can wait. Of
    /// many channels, as threads are, those are taken that have such messages. Nothing can be put into a
    /// closed thread: what is owed there waits until somebody opens it.
    pub async fn pending_reactions(
        &self,
        per_channel: u32,
    ) -> anyhow::Result<Vec<PendingReaction>> {
        self.pending_reactions_elsewhere(per_channel, &[]).await
    }

    /// The same, but for channels that rest.
    pub async fn pending_reactions_elsewhere(
        &self,
        per_channel: u32,
        resting: &[ChannelId],
    ) -> anyhow::Result<Vec<PendingReaction>> {
        let resting = json_of(&resting.iter().map(|channel| channel.0).collect::<Vec<_>>());
        let channels = query_scalar!(
            r#"SELECT channel_id AS "channel_id!" FROM deliveries
             WHERE reaction_wanted IS NOT reaction_shown
                 AND channel_id NOT IN (SELECT value FROM json_each(?))
                 AND NOT EXISTS (
                     SELECT 1 FROM threads WHERE thread_id = deliveries.channel_id AND archived
                 )
             GROUP BY channel_id ORDER BY max(reaction_asked_at) DESC, max(message_id) DESC LIMIT ?"#,
            resting,
            CHANNELS
        );
        let channels = channels.fetch_all(&self.readers).await.context("read waiting channels")?;
        let mut pending = Vec::new();
        for channel in channels {
            let rows = query!(
                "SELECT message_id, reaction_wanted, reaction_shown FROM deliveries
                 WHERE reaction_wanted IS NOT reaction_shown AND channel_id = ?
                 ORDER BY reaction_asked_at DESC, message_id DESC LIMIT ?",
                channel,
                per_channel
            );
            let rows = rows.fetch_all(&self.readers).await.context("read pending reactions")?;
            pending.extend(rows.into_iter().map(|row| PendingReaction {
                channel: ChannelId(channel),
                message: MessageId(row.message_id),
                wanted: row.reaction_wanted,
                shown: row.reaction_shown,
            }));
        }
        Ok(pending)
    }

    /// Notes that these messages show now what was wanted, in one commit: a commit for each would cost
    /// more than all else that the bot does for a message. A message stays pending if another
    /// reaction is wanted meanwhile, or if something else was found to stand on it, which has to go.
    pub async fn reactions_shown(&self, shown: &[PendingReaction]) -> anyhow::Result<()> {
        let rows: Vec<_> =
            shown.iter().map(|one| (one.message.0, &one.wanted, &one.shown)).collect();
        let list = serde_json::to_string(&rows).context("write reactions as JSON")?;
        query!(
            "UPDATE deliveries SET reaction_shown = row.value ->> 1, reaction_refused = NULL,
                 reaction_asked_at = CASE WHEN reaction_wanted IS NOT row.value ->> 1
                     THEN reaction_asked_at END
             FROM json_each(?) AS row
             WHERE message_id = row.value ->> 0 AND reaction_shown IS row.value ->> 2",
            list
        )
        .execute(&self.writer)
        .await
        .context("note shown reactions")?;
        Ok(())
    }

    /// Stops trying until another reaction is wanted than this one, which Discord refuses for good. Says
    /// whether it stopped: not where another one is wanted by now.
    pub async fn give_up_reaction(
        &self,
        refused: &PendingReaction,
        why: &str,
    ) -> anyhow::Result<bool> {
        let given_up = query!(
            "UPDATE deliveries SET reaction_wanted = nullif(reaction_shown, ''),
                 reaction_shown = nullif(reaction_shown, ''), reaction_refused = ?,
                 reaction_asked_at = NULL
             WHERE message_id = ? AND reaction_wanted IS ?",
            why,
            refused.message.0,
            refused.wanted
        )
        .execute(&self.writer)
        .await
        .context("give up a reaction")?;
        Ok(given_up.rows_affected() == 1)
    }
}
