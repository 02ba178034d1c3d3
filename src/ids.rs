//! The ids of Discord's things and of our own, each its own type.
//!
//! They are `i64`, which is what SQLite stores. A **negative** message id was made by an import of a
//! text that Discord gave no id to.

use std::fmt;
use std::str::FromStr;

pub use discord_ids::{
    ApplicationId, CLOCK_SHIFT, ChannelId, GuildId, InteractionId, MessageId, NoId, RoleId, UserId,
    WebhookId, created_at,
};

/// A row of `orders`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(pub i64);

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for OrderId {
    type Err = NoId;

    fn from_str(text: &str) -> Result<Self, NoId> {
        text.trim().parse().map(Self).map_err(|_| NoId)
    }
}
