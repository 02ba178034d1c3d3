//! The bot's own reactions: what a message should show, and what it shows. It survives a restart.

use anyhow::bail;

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
        bail!("not written yet: {limit}")
    }

    /// Notes what stands on the message now. If another one is wanted meanwhile, the message stays
    /// pending.
    pub async fn reaction_shown(
        &self,
        message: MessageId,
        emoji: Option<&str>,
    ) -> anyhow::Result<()> {
        bail!("not written yet: {message} {emoji:?}")
    }

    /// Stops trying until another reaction is wanted: Discord refuses this one for good.
    pub async fn give_up_reaction(&self, message: MessageId, why: &str) -> anyhow::Result<()> {
        bail!("not written yet: {message} {why}")
    }
}
