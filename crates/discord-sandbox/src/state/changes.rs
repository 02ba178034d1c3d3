//! What changes in the world: members, roles, channels, servers, each with the events it causes.

use serde_json::{Value, json};

use super::{Channel, Guild, Member, Role, User, World};
use crate::events::{Event, intent};
use crate::json::put;
use crate::permission::{INVITATION, Overwrite};
use discord_ids::{ChannelId, GuildId, MessageId, RoleId, UserId};

impl World {
    /// A new server with an owner; the bot is invited.
    pub(crate) fn add_guild(&mut self, name: &str) -> GuildId {
        let id = GuildId(self.snowflakes.next());
        let owner = self.add_user(&format!("{name} owner"), false);
        self.guilds.insert(id, Guild::new(id, name, owner));
        self.invite_bot(id);
        id
    }

    /// Lets the bot in, with a role of its own that has what the invitation asks for.
    pub(crate) fn invite_bot(&mut self, guild: GuildId) {
        let (bot, name) = (self.bot, self.options.bot_name.clone());
        let role = RoleId(self.snowflakes.next());
        let Some(place) = self.guilds.get_mut(&guild) else { return };
        place.roles.insert(role, Role { id: role, name, permissions: INVITATION });
        place.members.insert(bot, Member { user: bot, roles: vec![role] });
        self.tell_guild(guild);
    }

    /// Tells all of a guild, as after joining it or after an outage.
    pub(crate) fn tell_guild(&mut self, guild: GuildId) {
        if let Some(guild) = self.guilds.get(&guild) {
            let body = self.full_guild_json(guild);
            self.emit(Event::new("GUILD_CREATE", intent::GUILDS, &body));
        }
    }

    /// Throws the bot out.
    pub(crate) fn remove_bot(&mut self, guild: GuildId) {
        let bot = self.bot;
        if let Some(place) = self.guilds.get_mut(&guild) {
            place.members.remove(&bot);
        }
        let body = json!({"id": guild.to_string()});
        self.emit(Event::new("GUILD_DELETE", intent::GUILDS, &body));
    }

    /// Begins or ends an outage of a server.
    pub(crate) fn set_available(&mut self, guild: GuildId, available: bool) {
        if let Some(place) = self.guilds.get_mut(&guild) {
            place.available = available;
        }
        if available {
            self.tell_guild(guild);
        } else {
            let body = json!({"id": guild.to_string(), "unavailable": true});
            self.emit(Event::new("GUILD_DELETE", intent::GUILDS, &body));
        }
    }

    /// A new account.
    pub(crate) fn add_user(&mut self, name: &str, bot: bool) -> UserId {
        let id = UserId(self.snowflakes.next());
        self.users.insert(id, User { id, name: name.to_owned(), bot });
        id
    }

    /// Lets a user into a guild, or changes the roles of one that is in it.
    pub(crate) fn set_member(&mut self, guild: GuildId, user: UserId, roles: &[RoleId]) {
        let member = Member { user, roles: roles.to_vec() };
        let mut body = self.member_json(&member);
        put(&mut body, "guild_id", guild.to_string());
        let Some(place) = self.guilds.get_mut(&guild) else { return };
        let known = place.members.insert(user, member).is_some();
        let name = if known { "GUILD_MEMBER_UPDATE" } else { "GUILD_MEMBER_ADD" };
        // A bot hears of its own membership without asking for it.
        let wanted = if user == self.bot { intent::GUILDS } else { intent::GUILD_MEMBERS };
        self.emit(Event::new(name, wanted, &body));
    }

    /// A member leaves.
    pub(crate) fn remove_member(&mut self, guild: GuildId, user: UserId) {
        if let Some(place) = self.guilds.get_mut(&guild) {
            place.members.remove(&user);
        }
        let body = json!({"guild_id": guild.to_string(), "user": self.user_json(user)});
        self.emit(Event::new("GUILD_MEMBER_REMOVE", intent::GUILD_MEMBERS, &body));
    }

    /// Makes a role, or changes what it lets its members do.
    pub(crate) fn set_role(&mut self, guild: GuildId, role: &Role) {
        let id = role.id;
        let Some(place) = self.guilds.get_mut(&guild) else { return };
        let known = place.roles.insert(id, role.clone()).is_some();
        let position = place.roles.range(..id).count();
        let body = json!({"guild_id": guild.to_string(), "role": Self::role_json(role, position)});
        let name = if known { "GUILD_ROLE_UPDATE" } else { "GUILD_ROLE_CREATE" };
        self.emit(Event::new(name, intent::GUILDS, &body));
    }

    /// Deletes a role.
    pub(crate) fn remove_role(&mut self, guild: GuildId, role: RoleId) {
        if let Some(place) = self.guilds.get_mut(&guild) {
            place.roles.remove(&role);
            for member in place.members.values_mut() {
                member.roles.retain(|other| *other != role);
            }
        }
        let body = json!({"guild_id": guild.to_string(), "role_id": role.to_string()});
        self.emit(Event::new("GUILD_ROLE_DELETE", intent::GUILDS, &body));
    }

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
        if let Some(place) = self.channels.get_mut(&channel) {
            place.overwrites.retain(|other| other.whom != overwrite.whom);
            place.overwrites.push(overwrite);
        }
        self.tell_channel("CHANNEL_UPDATE", channel);
    }

    /// Gives a channel another name.
    pub(crate) fn rename_channel(&mut self, channel: ChannelId, name: &str) {
        if let Some(place) = self.channels.get_mut(&channel) {
            name.clone_into(&mut place.name);
        }
        self.tell_channel("CHANNEL_UPDATE", channel);
    }

    /// Deletes a channel with everything in it, its webhooks too.
    pub(crate) fn remove_channel(&mut self, channel: ChannelId) -> Option<Value> {
        self.webhooks.retain(|_, webhook| webhook.channel != channel);
        let body = self.channels.get(&channel).map(|place| self.channel_json(place))?;
        let event = Event::new("CHANNEL_DELETE", intent::GUILDS, &body);
        self.emit(event);
        self.channels.remove(&channel);
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
}
