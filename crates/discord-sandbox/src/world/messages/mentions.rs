//! Whom a message pings: what its content names, as far as `allowed_mentions` lets it.

use discord_ids::{RoleId, UserId};
use serde_json::{Value, json};

use crate::json;
use crate::world::state::World;

/// Whom a message pings.
#[derive(Debug, Default)]
pub(super) struct Pinged {
    pub(super) everyone: bool,
    pub(super) users: Vec<Value>,
    pub(super) roles: Vec<String>,
}

impl World {
    /// Whom this content pings. Embeds never ping.
    pub(super) fn pinged(&self, content: &str, allowed: Option<&Value>) -> Pinged {
        if !content.contains('@') {
            return Pinged::default();
        }
        let listed = |kind: &str, id: &str| {
            let parsed = |parse: &Value| parse.as_array().is_some_and(|p| p.contains(&json!(kind)));
            let is_it =
                |named: &Value| json::id(named).is_some_and(|named| named.to_string() == id);
            let named = |ids: &Value| ids.as_array().is_some_and(|ids| ids.iter().any(is_it));
            allowed.filter(|allowed| !allowed.is_null()).is_none_or(|allowed| {
                allowed.get("parse").is_some_and(parsed) || allowed.get(kind).is_some_and(named)
            })
        };
        let everyone = ["@everyone", "@here"].iter().any(|word| content.contains(word));
        let mut pinged =
            Pinged { everyone: everyone && listed("everyone", ""), ..Pinged::default() };
        for part in content.split("<@").skip(1) {
            let Some((id, _)) = part.split_once('>') else { continue };
            let id = id.trim_start_matches('!');
            if let Some(role) = id.strip_prefix('&') {
                let known = role.parse().ok().is_some_and(|role| {
                    self.guilds.values().any(|guild| guild.roles.contains_key(&RoleId(role)))
                });
                if known && listed("roles", role) {
                    pinged.roles.push(role.to_owned());
                }
            } else if let Some(user) = id.parse().ok().map(UserId)
                && self.users.contains_key(&user)
                && listed("users", id)
            {
                pinged.users.push(self.user_json(user));
            }
        }
        pinged
    }
}
