//! Commands, menus, buttons and forms, as a person uses them.

use serde_json::{Map, Value, json};

use super::invoking::Click;
use super::options::Filling;
use super::{Choice, Failure, Reply};
use crate::Sandbox;
use crate::events::Event;
use crate::json::{is_set, list, number, put, text};
use crate::permission::{VIEW_CHANNEL, Whom};
use crate::state::interactions::kind;
use crate::state::{Grant, Stage, World};
use discord_ids::{ChannelId, GuildId, MessageId, UserId};

/// The `type` of a slash command, of a person's menu and of a message's menu.
const SLASH: u64 = 1;
const ON_MESSAGE: u64 = 3;
/// The `type` of a button and of a menu.
const BUTTON: u64 = 2;
const SELECT: u64 = 3;

impl Sandbox {
    /// Uses a slash command: `command(user, channel, "orders recent", &[("limit", json!(5))])`.
    pub async fn command(
        &self,
        user: UserId,
        channel: ChannelId,
        name: &str,
        options: &[(&str, Value)],
    ) -> Result<Reply, Failure> {
        let data = self.look(|world| typed(world, user, channel, name, options, None))?;
        let name = name.to_owned();
        self.ask(Click { kind: kind::COMMAND, user, channel, name, message: None, data }).await
    }

    /// Types `typing` into an option of a slash command and looks at what is offered.
    pub async fn autocomplete(
        &self,
        user: UserId,
        channel: ChannelId,
        name: &str,
        option: &str,
        typing: &str,
    ) -> Result<Vec<Choice>, Failure> {
        let given = [(option, json!(typing))];
        let data = self.look(|world| typed(world, user, channel, name, &given, Some(option)))?;
        let name = name.to_owned();
        let click = Click { kind: kind::AUTOCOMPLETE, user, channel, name, message: None, data };
        let Stage::Choices(choices) = self.click(click).await?.stage else {
            return Err(Failure::NoAnswer);
        };
        let choice = |choice: Value| Choice {
            name: text(&choice, "name").to_owned(),
            value: choice.get("value").cloned().unwrap_or_default(),
        };
        Ok(choices.into_iter().map(choice).collect())
    }

    /// Uses an entry of a message's menu (right click, Apps).
    pub async fn message_command(
        &self,
        user: UserId,
        message: MessageId,
        name: &str,
    ) -> Result<Reply, Failure> {
        let (channel, data) = self.look(|world| {
            let channel = seen(world, user, message)?;
            let guild = world.guild_of(channel).map(|guild| guild.id);
            let command = world.find_command(guild, name, ON_MESSAGE);
            let command =
                command.ok_or_else(|| Failure::refused(format!("no menu entry {name}")))?;
            world.may_invoke(user, channel, command)?;
            let mut filling = filling(world, guild, &[], None);
            filling.resolve_message(message);
            let data = json!({"id": command.get("id"), "name": name, "type": ON_MESSAGE,
                "target_id": message.to_string(), "resolved": filling.resolved});
            Ok((channel, data))
        })?;
        let name = name.to_owned();
        self.ask(Click { kind: kind::COMMAND, user, channel, name, message: None, data }).await
    }

    /// Presses a button.
    pub async fn press(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
    ) -> Result<Reply, Failure> {
        self.look(|world| part(world, user, message, custom_id).map(|_| ()))?;
        self.use_part(user, message, custom_id, BUTTON, &[]).await
    }

    /// Chooses in a menu.
    pub async fn select(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
        values: &[&str],
    ) -> Result<Reply, Failure> {
        let menu = self.look(|world| part(world, user, message, custom_id))?;
        let offered = list(&menu, "options");
        let is_offered =
            |value: &&str| offered.iter().any(|option| text(option, "value") == *value);
        if let Some(odd) = values.iter().find(|value| !is_offered(value)) {
            return Err(Failure::refused(format!("the menu has no {odd}")));
        }
        self.use_part(user, message, custom_id, SELECT, values).await
    }

    /// Uses a part of a message whether it is there or not, as a tampered client could: `kind` is 2
    /// for a button, 3 for a menu.
    pub async fn use_part(
        &self,
        user: UserId,
        message: MessageId,
        custom_id: &str,
        kind: u64,
        values: &[&str],
    ) -> Result<Reply, Failure> {
        let channel = self.look(|world| seen(world, user, message))?;
        let mut data = json!({"custom_id": custom_id, "component_type": kind, "id": 1});
        if kind != BUTTON {
            put(&mut data, "values", values);
        }
        let (name, message) = (custom_id.to_owned(), Some(message));
        self.ask(Click { kind: kind::COMPONENT, user, channel, name, message, data }).await
    }

    /// Fills in the form that a reply brought, and sends it: `custom_id` and text of each input.
    pub async fn submit_modal(
        &self,
        user: UserId,
        reply: &Reply,
        values: &[(&str, &str)],
    ) -> Result<Reply, Failure> {
        let modal = reply.modal.as_ref().ok_or_else(|| Failure::refused("there is no form"))?;
        let origin = self.look(|world| world.interactions.get(&reply.interaction).cloned());
        let origin = origin.ok_or_else(|| Failure::refused("there is no form"))?;
        let rows = filled_rows(modal, values)?;
        let name = text(modal, "custom_id").to_owned();
        let data = json!({"custom_id": name, "components": rows, "resolved": {}});
        let (channel, message) = (origin.channel, origin.message);
        self.ask(Click { kind: kind::MODAL, user, channel, name, message, data }).await
    }

    /// A reply with what has followed it meanwhile.
    pub fn followed(&self, reply: &Reply) -> Reply {
        self.look(|world| match world.interactions.get(&reply.interaction) {
            Some(interaction) => Reply::of_interaction(world, interaction),
            None => reply.clone(),
        })
    }

    /// Grants or takes a command in Server Settings > Integrations, which counts for more than what
    /// the bot asked for.
    pub fn allow_command(&self, guild: GuildId, command: &str, whom: Whom, allowed: bool) {
        let command = command.to_owned();
        self.discord.with(|world| {
            world.grants.retain(|grant| {
                (grant.guild, grant.whom) != (guild, whom) || grant.command != command
            });
            world.grants.push(Grant { guild, command, whom, allowed });
            let id = world.bot().to_string();
            let body = json!({"id": id, "application_id": id, "guild_id": guild.to_string(),
                "permissions": []});
            world.emit(Event::new("APPLICATION_COMMAND_PERMISSIONS_UPDATE", 0, &body));
        });
    }
}

fn filling<'a>(
    world: &'a World,
    guild: Option<GuildId>,
    given: &'a [(&'a str, Value)],
    focused: Option<&'a str>,
) -> Filling<'a> {
    Filling { world, guild, given, focused, resolved: Map::new() }
}

/// The `data` of a slash command that a person has typed.
fn typed(
    world: &World,
    user: UserId,
    channel: ChannelId,
    name: &str,
    given: &[(&str, Value)],
    focused: Option<&str>,
) -> Result<Value, Failure> {
    let guild = world.guild_of(channel).map(|guild| guild.id);
    let mut words = name.trim_start_matches('/').split_whitespace();
    let first = words.next().unwrap_or_default();
    let command = world.find_command(guild, first, SLASH);
    let command = command.ok_or_else(|| Failure::refused(format!("no command /{first}")))?;
    world.may_invoke(user, channel, command)?;
    let mut filling = filling(world, guild, given, focused);
    let options = filling.options(command, &mut words)?;
    let mut data = json!({"id": command.get("id"), "name": first, "type": SLASH,
        "options": options, "resolved": filling.resolved});
    if let Some(guild) = command.get("guild_id") {
        put(&mut data, "guild_id", guild.clone());
    }
    Ok(data)
}

/// Where a message stands, if the person sees it.
fn seen(world: &World, user: UserId, message: MessageId) -> Result<ChannelId, Failure> {
    let found = world.message(message).ok_or_else(|| Failure::refused("no such message"))?;
    let visible = world.permissions(found.channel, user) & VIEW_CHANNEL != 0;
    if visible && found.only_for.is_none_or(|only| only == user) {
        Ok(found.channel)
    } else {
        Err(Failure::refused("the person does not see the message"))
    }
}

/// A button or menu that a person sees and may use.
fn part(world: &World, user: UserId, message: MessageId, id: &str) -> Result<Value, Failure> {
    seen(world, user, message)?;
    let reply = world.message(message).map(Reply::of_message).unwrap_or_default();
    let found = reply.parts().find(|part| text(part, "custom_id") == id).cloned();
    let found = found.ok_or_else(|| Failure::refused(format!("nothing there is {id}")))?;
    if is_set(&found, "disabled") {
        return Err(Failure::refused(format!("{id} is greyed out")));
    }
    Ok(found)
}

/// The rows of a form with the person's texts in them.
fn filled_rows(modal: &Value, values: &[(&str, &str)]) -> Result<Vec<Value>, Failure> {
    let mut filled = Vec::new();
    for input in list(modal, "components").iter().flat_map(|row| list(row, "components")) {
        let id = text(input, "custom_id");
        let given = values.iter().find(|(name, _)| *name == id).map(|(_, text)| *text);
        let given = given.unwrap_or_else(|| text(input, "value"));
        let length = u64::try_from(given.chars().count()).unwrap_or(u64::MAX);
        let required = input.get("required").and_then(Value::as_bool).unwrap_or(true);
        if (required && length == 0)
            || (length > 0 && length < number(input, "min_length").unwrap_or(0))
            || length > number(input, "max_length").unwrap_or(4_000)
        {
            return Err(Failure::refused(format!("{id}: the text does not fit")));
        }
        let input = json!({"type": 4, "custom_id": id, "value": given});
        filled.push(json!({"type": 1, "components": [input]}));
    }
    Ok(filled)
}
