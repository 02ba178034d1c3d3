//! What Discord tells its bots, and who gets to hear it.

use std::sync::Arc;

use serde_json::Value;

use super::permission;
use super::state::World;
use discord_ids::ChannelId;

/// The bits by which a bot says what it wants to hear.
pub(super) mod intent {
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

/// The distance from an intent for servers to the same for direct messages.
const DIRECT_SHIFT: u32 = 3;

/// One event, serialised once for all that hear it.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) name: &'static str,
    /// 0: everyone hears it.
    pub(super) intent: u64,
    /// Only those hear it that may view the channel.
    pub(super) channel: Option<ChannelId>,
    /// The JSON of `d`.
    pub(super) body: Arc<str>,
    /// Whether it is a message that only the `MESSAGE_CONTENT` intent shows.
    pub(super) content: bool,
}

impl Event {
    pub(super) fn new(name: &'static str, intent: u64, body: &Value) -> Self {
        Self { name, intent, channel: None, body: body.to_string().into(), content: false }
    }

    pub(super) fn of_channel(
        name: &'static str,
        intent: u64,
        channel: ChannelId,
        body: &Value,
    ) -> Self {
        Self { channel: Some(channel), ..Self::new(name, intent, body) }
    }
}

impl World {
    /// Tells all sessions, unless a fault holds the event back.
    pub(super) fn emit(&mut self, event: Event) {
        for event in self.faults.pass(event) {
            self.deliver(&event);
        }
    }

    /// Tells all sessions that want to and may hear it.
    pub(super) fn deliver(&mut self, event: &Event) {
        let mut intent = event.intent;
        if let Some(channel) = event.channel {
            let outage = self.guild_of(channel).is_some_and(|guild| !guild.available);
            if outage || !self.bot_may(channel, permission::VIEW_CHANNEL) {
                return;
            }
            if self.channels.get(&channel).is_some_and(|channel| channel.guild.is_none()) {
                intent <<= DIRECT_SHIFT;
            }
        }
        let granted = self.options.content == super::Content::Granted;
        self.connections.deliver(event, intent, granted);
    }
}
