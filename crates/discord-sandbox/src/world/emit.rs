//! Whom an event reaches.

use super::state::World;
use crate::dispatch::Event;
use crate::model::permission;
use crate::options::Content;

/// The distance from an intent for servers to the same for direct messages.
const DIRECT_SHIFT: u32 = 3;

impl World {
    /// Tells all sessions, unless a fault holds the event back.
    pub(crate) fn emit(&mut self, event: Event) {
        for event in self.faults.pass(event) {
            self.deliver(&event);
        }
    }

    /// Tells all sessions that want to and may hear it.
    pub(crate) fn deliver(&mut self, event: &Event) {
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
        let granted = self.options.content == Content::Granted;
        self.connections.deliver(event, intent, granted);
    }
}
