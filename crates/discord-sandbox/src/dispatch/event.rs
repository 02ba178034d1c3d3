//! One event, and who asks to hear such.

use std::sync::Arc;

use discord_ids::ChannelId;
use serde_json::Value;

/// The bits by which a bot says what it wants to hear.
pub(crate) mod intent {
    pub(crate) const GUILDS: u64 = 1;
    pub(crate) const GUILD_MEMBERS: u64 = 1 << 1;
    pub(crate) const GUILD_WEBHOOKS: u64 = 1 << 5;
    pub(crate) const GUILD_PRESENCES: u64 = 1 << 8;
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(crate) const GUILD_MESSAGE_REACTIONS: u64 = 1 << 10;
    pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// All bits that Discord knows.
    pub(crate) const KNOWN: u64 = 0b11_1111_1111_1111_1111 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25;
}

/// One event, serialised once for all that hear it.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    /// 0: everyone hears it.
    pub(crate) intent: u64,
    /// Only those hear it that may view the channel.
    pub(crate) channel: Option<ChannelId>,
    /// The JSON of `d`.
    pub(crate) body: Arc<str>,
    /// Whether it is a message that only the `MESSAGE_CONTENT` intent shows.
    pub(crate) content: bool,
}

impl Event {
    pub(crate) fn new(name: &'static str, intent: u64, body: &Value) -> Self {
        Self { name, intent, channel: None, body: body.to_string().into(), content: false }
    }

    pub(crate) fn of_channel(
        name: &'static str,
        intent: u64,
        channel: ChannelId,
        body: &Value,
    ) -> Self {
        Self { channel: Some(channel), ..Self::new(name, intent, body) }
    }
}
