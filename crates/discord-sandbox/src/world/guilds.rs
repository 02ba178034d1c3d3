//! Servers, and the bot in them.

use discord_ids::{GuildId, RoleId};
use serde_json::json;

use super::state::World;
use crate::dispatch::{Event, intent};
use crate::model::{Guild, Member, Role};

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
        let permissions = self.options.invitation;
        let role = RoleId(self.snowflakes.next());
        let Some(place) = self.guilds.get_mut(&guild) else { return };
        place.roles.insert(role, Role { id: role, name, permissions });
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
}
