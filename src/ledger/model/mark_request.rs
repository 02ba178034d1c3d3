//! What people ask for when they set a status, and what came of it.

use chrono::{DateTime, Utc};

use crate::ids::{GuildId, MessageId, OrderId, UserId};
use crate::order::Status;

/// What a mark is set on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkTarget {
    /// A checkout message or one of the bot's own order cards: all of its orders.
    Message(MessageId),
    /// One order.
    Order(OrderId),
}

/// How a person set it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkSource {
    /// An emoji on a message.
    Reaction,
    /// The status menu of an order's card.
    Menu,
    /// `/mark`.
    Command,
}

/// A person sets a status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRequest {
    /// An order of another guild is not found.
    pub guild: GuildId,
    /// The order, or the message whose orders are meant.
    pub target: MarkTarget,
    /// The person who sets the mark.
    pub user: UserId,
    /// The status that the order is to have.
    pub status: Status,
    /// The emoji of a reaction.
    pub emoji: Option<String>,
    /// By a reaction, the card's menu or a command.
    pub source: MarkSource,
    /// When; absent for reactions that were set while the bot was away.
    pub at: Option<DateTime<Utc>>,
}

/// A person takes marks back. An absent user or emoji means all of them: reactions cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnmarkRequest {
    /// Orders of other guilds are not touched.
    pub guild: GuildId,
    /// From what.
    pub target: MarkTarget,
    /// Whose marks.
    pub user: Option<UserId>,
    /// Only the mark of this emoji; `None`: whatever the emoji.
    pub emoji: Option<String>,
    /// By a reaction, the card's menu or a command.
    pub source: MarkSource,
}

/// What a mark did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// The orders that it concerns; empty: the message has none, or the order is not of this guild.
    pub orders: Vec<OrderId>,
    /// Those whose status is another one now.
    pub changes: Vec<StatusChange>,
}

/// An order's status became another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    /// Which order.
    pub order: OrderId,
    /// What commands take it by, for the reply.
    pub handle: String,
    /// What it was.
    pub before: Status,
    /// What it is.
    pub after: Status,
}

impl MarkSource {
    /// The word that is stored and shown.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reaction => "reaction",
            Self::Menu => "menu",
            Self::Command => "command",
        }
    }
}
