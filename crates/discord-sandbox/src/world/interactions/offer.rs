//! Which commands Discord offers to whom.

use discord_ids::{ChannelId, GuildId, UserId};
use serde_json::{Value, json};

use crate::json::text;
use crate::model::{Whom, permission};
use crate::world::state::World;

impl World {
    /// Whether Discord offers the command to the person there; if not, why.
    pub(crate) fn may_invoke(
        &self,
        user: UserId,
        channel: ChannelId,
        command: &Value,
    ) -> Result<(), String> {
        let place = self.channels.get(&channel);
        let Some(guild) = place.and_then(|place| place.guild) else {
            let allowed = command.get("contexts").and_then(Value::as_array);
            let allowed = allowed.map(|contexts| contexts.contains(&json!(1)));
            let fallback = command.get("dm_permission") != Some(&Value::Bool(false));
            return if allowed.unwrap_or(fallback) {
                Ok(())
            } else {
                Err("the command is for servers only".to_owned())
            };
        };
        let may = self.permissions(channel, user);
        let needed = permission::VIEW_CHANNEL | permission::USE_APPLICATION_COMMANDS;
        if may & needed != needed {
            return Err("the channel or its commands are not for this person".to_owned());
        }
        if may & permission::ADMINISTRATOR != 0 {
            return Ok(());
        }
        let name = text(command, "name");
        if let Some(granted) = self.granted(guild, user, name) {
            return if granted { Ok(()) } else { Err("taken in Integrations".to_owned()) };
        }
        let needed = command.get("default_member_permissions").and_then(Value::as_str);
        let needed = needed.map(|bits| bits.parse::<u64>().unwrap_or(0));
        match needed {
            None => Ok(()),
            Some(bits) if bits != 0 && may & bits == bits => Ok(()),
            Some(_) => Err(format!("/{name} is not for this person")),
        }
    }

    /// What Server Settings > Integrations says about a command and a person; a person's own line
    /// before those of its roles.
    fn granted(&self, guild: GuildId, user: UserId, name: &str) -> Option<bool> {
        let member = self.guilds.get(&guild)?.members.get(&user)?;
        let here =
            || self.grants.iter().filter(|grant| grant.guild == guild && grant.command == name);
        let own = here().find(|grant| grant.whom == Whom::Member(user));
        let by_role = || {
            let held = |whom: Whom| match whom {
                Whom::Role(role) => role.0 == guild.0 || member.roles.contains(&role),
                Whom::Member(_) => false,
            };
            let mut lines = here().filter(|grant| held(grant.whom)).peekable();
            lines.peek()?;
            Some(lines.any(|grant| grant.allowed))
        };
        own.map(|grant| grant.allowed).or_else(by_role)
    }
}
