//! Channels, what they grant and take, and what is pinned in them.

use discord_ids::{ChannelId, GuildId, MessageId, UserId};
use serde_json::{Value, json};

use super::state::World;
use crate::dispatch::{Event, intent};
use crate::json::put;
use crate::model::{Channel, Overwrite, permission};

impl World {
    /// A new text channel.
    pub(crate) fn add_channel(&mut self, guild: GuildId, name: &str) -> ChannelId {
        self.add_channel_of_kind(guild, name, 0)
    }

    /// A new channel of Discord's `type`.
    pub(crate) fn add_channel_of_kind(
        &mut self,
        guild: GuildId,
        name: &str,
        kind: u64,
    ) -> ChannelId {
        let id = ChannelId(self.snowflakes.next());
        self.channels.insert(id, Channel { kind, ..Channel::new(id, Some(guild), name) });
        self.tell_channel("CHANNEL_CREATE", id);
        id
    }

    /// Replaces a channel's overwrite for somebody.
    pub(crate) fn set_overwrite(&mut self, channel: ChannelId, overwrite: Overwrite) {
        let saw = self.bot_may(channel, permission::VIEW_CHANNEL);
        if let Some(place) = self.channels.get_mut(&channel) {
            place.overwrites.retain(|other| other.whom != overwrite.whom);
            place.overwrites.push(overwrite);
        }
        self.tell_channel("CHANNEL_UPDATE", channel);
        if !saw && self.bot_may(channel, permission::VIEW_CHANNEL) {
            self.sync_threads(channel);
        }
    }

    /// Gives a channel another name.
    pub(crate) fn rename_channel(&mut self, channel: ChannelId, name: &str) {
        if let Some(place) = self.channels.get_mut(&channel) {
            name.clone_into(&mut place.name);
        }
        self.tell_channel("CHANNEL_UPDATE", channel);
    }

    /// Deletes a channel with everything in it, its webhooks and threads too.
    pub(crate) fn remove_channel(&mut self, channel: ChannelId) -> Option<Value> {
        self.webhooks.retain(|_, webhook| webhook.channel != channel);
        let place = self.channels.get(&channel)?;
        let body = self.channel_json(place);
        if place.thread.is_some() {
            self.tell_thread_gone(channel);
        } else {
            self.emit(Event::new("CHANNEL_DELETE", intent::GUILDS, &body));
        }
        let is_of =
            |place: &Channel| place.thread.as_ref().is_some_and(|thread| thread.parent == channel);
        self.channels.retain(|id, place| *id != channel && !is_of(place));
        Some(body)
    }

    /// Pins a message, or takes the pin away.
    pub(crate) fn pin(&mut self, channel: ChannelId, message: MessageId, pinned: bool) {
        let Some(place) = self.channels.get_mut(&channel) else { return };
        place.pins.retain(|pin| *pin != message);
        if pinned {
            place.pins.push(message);
        }
        if let Some(found) = place.messages.get_mut(&message) {
            let mut json = found.value();
            put(&mut json, "pinned", pinned);
            found.json = json.to_string().into();
        }
        let mut body = json!({"channel_id": channel.to_string(), "last_pin_timestamp": null});
        self.add_guild_id(channel, &mut body);
        self.emit(Event::of_channel("CHANNEL_PINS_UPDATE", intent::GUILDS, channel, &body));
    }

    /// Says that something about a channel's webhooks changed, and not what.
    pub(crate) fn webhooks_changed(&mut self, channel: ChannelId) {
        let mut body = json!({"channel_id": channel.to_string()});
        self.add_guild_id(channel, &mut body);
        self.emit(Event::of_channel("WEBHOOKS_UPDATE", intent::GUILD_WEBHOOKS, channel, &body));
    }

    /// Channels themselves are told to all members: Discord hides only what is in them.
    fn tell_channel(&mut self, name: &'static str, channel: ChannelId) {
        if let Some(place) = self.channels.get(&channel) {
            let body = self.channel_json(place);
            self.emit(Event::new(name, intent::GUILDS, &body));
        }
    }

    /// The conversation of the bot with a person, begun now if there was none.
    pub(crate) fn direct_channel(&mut self, person: UserId) -> ChannelId {
        let known = self
            .channels
            .values()
            .find(|channel| channel.guild.is_none() && channel.recipients.contains(&person));
        if let Some(channel) = known {
            return channel.id;
        }
        let id = ChannelId(self.snowflakes.next());
        let mut channel = Channel::new(id, None, "");
        channel.recipients = vec![person, self.bot];
        self.channels.insert(id, channel);
        id
    }
}
