//! Channels, threads and direct conversations.

use std::collections::BTreeMap;

use discord_ids::{ChannelId, GuildId, MessageId, UserId};

use super::message::Message;
use super::permission::Overwrite;

/// A channel of a guild, or a direct conversation when it has none.
#[derive(Debug)]
pub struct Channel {
    /// Unique over all guilds.
    pub id: ChannelId,
    /// `None`: a direct conversation.
    pub guild: Option<GuildId>,
    /// Without `#`; empty for a direct conversation.
    pub name: String,
    /// Discord's `type`: 0 text, 2 voice, 5 announcements, 11 a thread, 15 a forum.
    pub kind: u64,
    /// What it grants or takes beyond the roles.
    pub overwrites: Vec<Overwrite>,
    /// The bot and the person of a direct conversation; empty in a guild.
    pub recipients: Vec<UserId>,
    /// With those that only one person sees.
    pub messages: BTreeMap<MessageId, Message>,
    /// The pinned messages, the first pinned first.
    pub pins: Vec<MessageId>,
}

impl Channel {
    /// An empty channel.
    pub(crate) fn new(id: ChannelId, guild: Option<GuildId>, name: &str) -> Self {
        Self {
            id,
            guild,
            name: name.to_owned(),
            kind: 0,
            overwrites: Vec::new(),
            recipients: Vec::new(),
            messages: BTreeMap::new(),
            pins: Vec::new(),
        }
    }
}
