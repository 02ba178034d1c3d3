//! A message before it is read.

use super::Via;
use crate::ids::{ChannelId, GuildId, MessageId};
use crate::reading::Message;

/// A message on its way in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// What was posted.
    pub message: Message,
    /// Its id; negative where an import made one.
    pub id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Of which guild; 0 where an import cannot tell.
    pub guild_id: GuildId,
    /// How it came.
    pub via: Via,
    /// Whether it may make orders, or why not.
    pub trust: Result<(), String>,
}
