//! Channels, threads and direct conversations.

use std::collections::BTreeMap;

use discord_ids::{ChannelId, GuildId, MessageId, UserId};

use super::message::Message;
use super::permission::Overwrite;
use super::thread::Thread;

/// The `type` of a forum.
const FORUM: u64 = 15;

/// A channel of a guild, or a direct conversation when it has none.
#[derive(Debug)]
pub struct Channel {
    /// Unique over all guilds.
    pub id: ChannelId,
    /// `None`: a direct conversation.
    pub guild: Option<GuildId>,
    /// Without `#`; empty for a direct conversation.
    pub name: String,
    /// Discord's `type`: 0 text, 2 voice, 5 announcements, 10, 11 and 12 threads, 15 a forum.
    pub kind: u64,
    /// `None`: it is no thread.
    pub thread: Option<Thread>,
    /// What it grants or takes beyond the roles.
    pub overwrites: Vec<Overwrite>,
    /// The bot and the person of a direct conversation; empty in a guild.
    pub recipients: Vec<UserId>,
    /// With those that only one person sees.
    pub messages: BTreeMap<MessageId, Message>,
    /// The pinned messages, the first pinned first.
    pub pins: Vec<MessageId>,
    /// The last message that was posted, which may be deleted since; of a forum its last thread.
    pub last_message: Option<MessageId>,
}

impl Channel {
    /// Whether it holds threads alone, and no messages of its own.
    pub fn is_forum(&self) -> bool {
        self.kind == FORUM
    }

    /// Whether nothing in it can be changed until somebody opens it again.
    pub fn is_archived(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| thread.archived)
    }

    /// An empty channel.
    pub(crate) fn new(id: ChannelId, guild: Option<GuildId>, name: &str) -> Self {
        Self {
            id,
            guild,
            name: name.to_owned(),
            kind: 0,
            thread: None,
            overwrites: Vec::new(),
            recipients: Vec::new(),
            messages: BTreeMap::new(),
            pins: Vec::new(),
            last_message: None,
        }
    }
}
