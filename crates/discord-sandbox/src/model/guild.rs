//! Servers with their roles and members.

use std::collections::BTreeMap;

use discord_ids::{GuildId, RoleId, UserId};

use super::permission;

/// A person or a bot.
#[derive(Debug, Clone)]
pub struct User {
    /// Its id.
    pub id: UserId,
    /// The name that is shown.
    pub name: String,
    /// Whether it is an application.
    pub bot: bool,
}

/// A role of a guild.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its id; the role of everyone has the guild's.
    pub id: RoleId,
    /// Its name.
    pub name: String,
    /// What it lets its members do.
    pub permissions: u64,
}

/// A user in a guild.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who it is.
    pub user: UserId,
    /// Its roles, without the one of everyone.
    pub roles: Vec<RoleId>,
}

/// A server.
#[derive(Debug, Clone)]
pub struct Guild {
    /// Its id.
    pub id: GuildId,
    /// Its name.
    pub name: String,
    /// Who may do everything.
    pub owner: UserId,
    /// Its roles.
    pub roles: BTreeMap<RoleId, Role>,
    /// Its members, the bot among them as long as it is invited.
    pub members: BTreeMap<UserId, Member>,
    /// False during an outage.
    pub available: bool,
    /// Its own emoji: id and name.
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
