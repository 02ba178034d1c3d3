//! The bot's own replies that show an order, so that reactions on them mark it too.

use anyhow::bail;

use super::Ledger;
use crate::ids::{ChannelId, GuildId, MessageId, OrderId};

impl Ledger {
    /// Remembers which orders a reply of the bot shows.
    pub async fn remember_card(
        &self,
        message: MessageId,
        channel: ChannelId,
        guild: GuildId,
        orders: &[OrderId],
    ) -> anyhow::Result<()> {
        bail!("not written yet: {message} {channel} {guild} {orders:?}")
    }

    /// The orders that a message announced or changed, or that a card shows.
    pub async fn orders_of_message(&self, message: MessageId) -> anyhow::Result<Vec<OrderId>> {
        bail!("not written yet: {message}")
    }
}
