//! Slash commands and menu entries are registered.

use std::collections::HashSet;

use discord_ids::GuildId;
use serde_json::{Value, json};

use super::state::World;
use crate::json::text;
use crate::limits::{Form, Refusal, check_command, command_kind};

/// The most commands of a guild, and of an application everywhere.
const COMMANDS_MAX: usize = 100;

impl World {
    /// Replaces all commands; those that had the same name keep their ids.
    pub(crate) fn put_commands(
        &mut self,
        guild: Option<GuildId>,
        list: &Value,
    ) -> Result<Value, Refusal> {
        let mut form = Form::default();
        let list = list.as_array().map_or(&[][..], Vec::as_slice);
        if list.len() > COMMANDS_MAX {
            let sentence =
                format!("Maximum number of application commands reached ({COMMANDS_MAX}).");
            return Err(Refusal::new(400, 30032, &sentence));
        }
        let mut names = HashSet::new();
        for (index, command) in list.iter().enumerate() {
            check_command(command, &format!("{index}"), &mut form);
            if !names.insert((command_kind(command), text(command, "name").to_owned())) {
                let sentence = "Application command names must be unique";
                form.wrong(&format!("{index}"), "APPLICATION_COMMANDS_DUPLICATE_NAME", sentence);
            }
        }
        form.judge()?;
        let list: Vec<Value> = list.iter().map(|command| self.filed(guild, command)).collect();
        self.commands.insert(guild, list.clone());
        Ok(Value::Array(list))
    }

    /// Adds a command, or replaces the one with the same name.
    pub(crate) fn post_command(
        &mut self,
        guild: Option<GuildId>,
        command: &Value,
    ) -> Result<Value, Refusal> {
        let mut form = Form::default();
        check_command(command, "command", &mut form);
        form.judge()?;
        let filed = self.filed(guild, command);
        let list = self.commands.entry(guild).or_default();
        list.retain(|other| other.get("id") != filed.get("id"));
        list.push(filed.clone());
        Ok(filed)
    }

    /// Changes a command with what the payload names; deletes it when there is no payload.
    pub(crate) fn change_command(
        &mut self,
        guild: Option<GuildId>,
        id: &str,
        changes: Option<&Value>,
    ) -> Result<Value, Refusal> {
        let unknown = || Refusal::unknown(10063, "application command");
        let list = self.commands.get(&guild).ok_or_else(unknown)?;
        let at = list.iter().position(|command| command.get("id") == Some(&json!(id)));
        let mut command = at.and_then(|at| list.get(at)).cloned().ok_or_else(unknown)?;
        if let (Some(object), Some(changes)) =
            (command.as_object_mut(), changes.and_then(Value::as_object))
        {
            object.extend(changes.clone());
        }
        let mut form = Form::default();
        check_command(&command, "command", &mut form);
        form.judge()?;
        if let (Some(list), Some(at)) = (self.commands.get_mut(&guild), at) {
            list.remove(at);
            if changes.is_some() {
                list.insert(at, command.clone());
            }
        }
        Ok(command)
    }

    /// A registered command by its name; a guild's own before one that is everywhere.
    pub(crate) fn find_command(
        &self,
        guild: Option<GuildId>,
        wanted: &str,
        wanted_kind: u64,
    ) -> Option<&Value> {
        let is_it = |command: &&Value| {
            text(command, "name") == wanted && command_kind(command) == wanted_kind
        };
        let mut places = [guild, None].into_iter().flat_map(|guild| self.commands(guild));
        places.find(is_it)
    }

    /// The command with what Discord adds to it.
    fn filed(&mut self, guild: Option<GuildId>, command: &Value) -> Value {
        let same = |other: &&Value| {
            text(other, "name") == text(command, "name")
                && command_kind(other) == command_kind(command)
        };
        let old = self.commands(guild).iter().find(same).and_then(|other| other.get("id"));
        let id = old.cloned().unwrap_or_else(|| json!(self.snowflakes.next().to_string()));
        let version = self.snowflakes.next().to_string();
        let mut filed = json!({"id": id, "application_id": self.bot.to_string(), "type": 1,
            "version": version, "description": "", "default_member_permissions": null,
            "nsfw": false, "dm_permission": guild.is_none(), "contexts": null,
            "integration_types": [0, 1]});
        let mut command = command.clone();
        leave_out_what_says_nothing(&mut command);
        if let (Some(object), Some(command)) = (filed.as_object_mut(), command.as_object()) {
            object.extend(command.clone());
            if let Some(guild) = guild {
                object.insert("guild_id".to_owned(), json!(guild.to_string()));
            }
        }
        filed
    }
}

/// Discord files a command without what was given as null, as an empty list or as not set.
fn leave_out_what_says_nothing(command: &mut Value) {
    match command {
        Value::Object(object) => {
            object.retain(|_, part| match part {
                Value::Null | Value::Bool(false) => false,
                Value::Array(list) => !list.is_empty(),
                _ => true,
            });
            object.values_mut().for_each(leave_out_what_says_nothing);
        }
        Value::Array(list) => list.iter_mut().for_each(leave_out_what_says_nothing),
        _ => {}
    }
}
