//! Slash commands and menu entries: what may be registered, and what is.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::World;
use crate::refusal::{Form, Refusal};
use discord_ids::GuildId;

/// The most commands, options, choices.
const COMMANDS_MAX: usize = 100;
const LIST_MAX: usize = 25;
/// The most characters of a command with all its options and choices.
const CHARACTERS_MAX: usize = 8_000;
/// The `type` of a slash command.
const SLASH: u64 = 1;
/// The `type` of an option that is a command of its own.
const SUBCOMMAND: u64 = 1;
/// The `type` of an option that holds such.
const GROUP: u64 = 2;

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
            if !names.insert((kind(command, SLASH), name(command).to_owned())) {
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
        let is_it =
            |command: &&Value| name(command) == wanted && kind(command, SLASH) == wanted_kind;
        let mut places = [guild, None].into_iter().flat_map(|guild| self.commands(guild));
        places.find(is_it)
    }

    /// The command with what Discord adds to it.
    fn filed(&mut self, guild: Option<GuildId>, command: &Value) -> Value {
        let same = |other: &&Value| {
            name(other) == name(command) && kind(other, SLASH) == kind(command, SLASH)
        };
        let old = self.commands(guild).iter().find(same).and_then(|other| other.get("id"));
        let id = old.cloned().unwrap_or_else(|| json!(self.snowflakes.next().to_string()));
        let version = self.snowflakes.next().to_string();
        let mut filed = json!({"id": id, "application_id": self.bot.to_string(), "type": 1,
            "version": version, "description": "", "default_member_permissions": null,
            "nsfw": false, "dm_permission": guild.is_none(), "contexts": null,
            "integration_types": [0, 1], "options": []});
        if let (Some(object), Some(command)) = (filed.as_object_mut(), command.as_object()) {
            object.extend(command.clone());
            if let Some(guild) = guild {
                object.insert("guild_id".to_owned(), json!(guild.to_string()));
            }
        }
        filed
    }
}

fn name(command: &Value) -> &str {
    command.get("name").and_then(Value::as_str).unwrap_or_default()
}

fn kind(value: &Value, otherwise: u64) -> u64 {
    value.get("type").and_then(Value::as_u64).unwrap_or(otherwise)
}

fn check_command(command: &Value, at: &str, form: &mut Form) {
    if kind(command, SLASH) != SLASH {
        form.length(&format!("{at}.name"), name(command), 1, 32);
        let description = command.get("description").and_then(Value::as_str).unwrap_or_default();
        if !description.is_empty() {
            let sentence = "Context menu commands cannot have description";
            form.wrong(at, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", sentence);
        }
        return;
    }
    let characters = check_named(command, at, form) + check_options(command, at, form);
    if characters > CHARACTERS_MAX {
        let sentence = format!("Command exceeds maximum size ({CHARACTERS_MAX}).");
        form.wrong(at, "APPLICATION_COMMAND_TOO_LARGE", &sentence);
    }
}

/// Checks name and description, and counts their characters.
fn check_named(value: &Value, at: &str, form: &mut Form) -> usize {
    let (name, path) = (name(value), format!("{at}.name"));
    form.length(&path, name, 1, 32);
    let allowed = |letter: char| letter.is_alphanumeric() || ['-', '_', '\''].contains(&letter);
    if !name.chars().all(allowed) || name.to_lowercase() != name {
        form.wrong(&path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
    let description = value.get("description").and_then(Value::as_str).unwrap_or_default();
    form.length(&format!("{at}.description"), description, 1, 100);
    name.chars().count() + description.chars().count()
}

fn check_options(value: &Value, at: &str, form: &mut Form) -> usize {
    let none = Vec::new();
    let options = value.get("options").and_then(Value::as_array).unwrap_or(&none);
    if options.len() > LIST_MAX {
        let sentence = format!("Must be {LIST_MAX} or fewer in length.");
        form.wrong(&format!("{at}.options"), "BASE_TYPE_MAX_LENGTH", &sentence);
    }
    let (mut optional, mut names, mut characters) = (false, HashSet::new(), 0);
    for (index, option) in options.iter().enumerate() {
        let at = format!("{at}.options.{index}");
        characters += check_named(option, &at, form);
        let required = option.get("required").and_then(Value::as_bool).unwrap_or(false);
        if required && optional {
            let sentence = "Required options must be placed before non-required options";
            form.wrong(&at, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", sentence);
        }
        let kind = kind(option, 0);
        optional |= !required && kind != SUBCOMMAND && kind != GROUP;
        if !(1..=11).contains(&kind) {
            form.wrong(
                &format!("{at}.type"),
                "BASE_TYPE_CHOICES",
                "Value must be between 1 and 11.",
            );
        }
        if !names.insert(name(option)) {
            let sentence = "Option names must be unique";
            form.wrong(&at, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", sentence);
        }
        characters += check_choices(option, &at, form) + check_options(option, &at, form);
    }
    characters
}

fn check_choices(option: &Value, at: &str, form: &mut Form) -> usize {
    let none = Vec::new();
    let choices = option.get("choices").and_then(Value::as_array).unwrap_or(&none);
    if choices.len() > LIST_MAX {
        let sentence = format!("Must be {LIST_MAX} or fewer in length.");
        form.wrong(&format!("{at}.choices"), "BASE_TYPE_MAX_LENGTH", &sentence);
    }
    if !choices.is_empty() && option.get("autocomplete") == Some(&Value::Bool(true)) {
        let sentence = "Autocomplete and choices are mutually exclusive";
        form.wrong(at, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", sentence);
    }
    let mut characters = 0;
    for (index, choice) in choices.iter().enumerate() {
        form.length(&format!("{at}.choices.{index}.name"), name(choice), 1, 100);
        let value = choice.get("value").and_then(Value::as_str).unwrap_or_default();
        characters += name(choice).chars().count() + value.chars().count();
    }
    characters
}
