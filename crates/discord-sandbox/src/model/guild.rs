//! Servers with their roles and members.

use std::collections::BTreeMap;

use discord_ids::{GuildId, RoleId, UserId};

use super::permission;

/// A person or a bot.
#[derive(Debug, Clone)]
pub struct User {
    /// Never used for another user.
    pub id: UserId,
    /// The name that people see.
    pub name: String,
    /// Whether an application acts as this user.
    pub bot: bool,
}

/// A role of a guild.
#[derive(Debug, Clone)]
pub struct Role {
    /// The guild's own id for `@everyone`, the role that all members have.
    pub id: RoleId,
    /// As Server Settings > Roles shows it.
    pub name: String,
    /// What it lets its members do: bits of [`permission`].
    pub permissions: u64,
}

/// A user in a guild.
#[derive(Debug, Clone)]
pub struct Member {
    /// The key of [`World`](crate::World)'s users.
    pub user: UserId,
    /// Without `@everyone`.
    pub roles: Vec<RoleId>,
}

/// A server.
#[derive(Debug, Clone)]
pub struct Guild {
    /// Equals the id of its role `@everyone`.
    pub id: GuildId,
    /// As the list of servers shows it.
    pub name: String,
    /// The member that may do everything.
    pub owner: UserId,
    /// With `@everyone`.
    pub roles: BTreeMap<RoleId, Role>,
    /// The bot is among them as long as it is invited.
    pub members: BTreeMap<UserId, Member>,
    /// False during an outage.
    pub available: bool,
    /// The emoji of its own: id and name.
    pub emojis: BTreeMap<i64, String>,
}

impl Guild {
    /// A guild with the role of everyone and its owner.
    pub(crate) fn new(id: GuildId, name: &str, owner: UserId) -> Self {
        let everyone = RoleId(id.0);
        let role =
            Role { id: everyone, name: "@everyone".to_owned(), permissions: permission::EVERYONE };
        Self {
            id,
            name: name.to_owned(),
            owner,
            roles: BTreeMap::from([(everyone, role)]),
            members: BTreeMap::from([(owner, Member { user: owner, roles: Vec::new() })]),
            available: true,
            emojis: BTreeMap::new(),
        }
    }
}
