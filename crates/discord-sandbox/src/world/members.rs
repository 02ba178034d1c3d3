//! Who is in a server, and with which roles.

use discord_ids::{GuildId, RoleId, UserId};
use serde_json::json;

use super::state::World;
use crate::dispatch::{Event, intent};
use crate::json::put;
use crate::model::{Member, Role, User};

impl World {
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
}
