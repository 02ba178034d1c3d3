//! What became of a message, once it is on disk.

use super::Outcome;
use crate::ids::{ChannelId, GuildId, MessageId, OrderId};

/// What became of a message. It is on disk when this is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Which message.
    pub message_id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Of which guild.
    pub guild_id: GuildId,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, as a short sentence; may be empty.
    pub reason: String,
    /// The orders that it announced or changed.
    pub orders: Vec<OrderId>,
    /// How many of them no message announced before.
    pub new_orders: u64,
    /// Whether the message was known already, so that nothing was done, or no more than giving its orders
    /// to the server that an import had not known.
    pub known: bool,
    /// Whether it was known in another form, which had announced or changed orders.
    pub had_orders: bool,
}
