//! Slash commands and menu entries, as a person uses them.

use discord_ids::{ChannelId, GuildId, MessageId, UserId};
use serde_json::{Map, Value, json};

use super::failure::Failure;
use super::options::Filling;
use super::reply::{Choice, Reply};
use super::sight::channel_of;
use crate::json::{put, text};
use crate::model::interaction::kind;
use crate::model::{File, Stage};
use crate::sandbox::Sandbox;
use crate::world::{Click, World};

/// The `type` of a slash command.
const SLASH: u64 = 1;
/// The `type` of an entry in a message's menu.
const ON_MESSAGE: u64 = 3;

impl Sandbox {
    /// Chooses a file for an option of a command, and gives the option's value. A file that Discord would not
    /// take is refused.
    pub fn upload(&self, name: &str, bytes: &[u8]) -> Result<Value, Failure> {
        self.discord.with(|world| {
            if bytes.len() as u64 > world.options.file_bytes_max {
                return Err(Failure::refused(format!("{name} is too large")));
            }
            let file = File { name: name.to_owned(), bytes: bytes.into() };
            Ok(json!(world.upload(file).to_string()))
        })
    }

    /// Uses a slash command: `command(user, channel, "notes list", &[("limit", json!(5))])`.
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
            let channel = channel_of(world, user, message)?;
            let guild = world.guild_of(channel).map(|guild| guild.id);
            let command = world.find_command(guild, name, ON_MESSAGE);
            let command =
                command.ok_or_else(|| Failure::refused(format!("no menu entry {name}")))?;
            world.may_invoke(user, channel, command).map_err(Failure::Refused)?;
            let mut filling = filling(world, guild, &[], None);
            filling.resolve_message(message);
            let data = json!({"id": command.get("id"), "name": name, "type": ON_MESSAGE,
                "target_id": message.to_string(), "resolved": filling.resolved});
            Ok((channel, data))
        })?;
        let name = name.to_owned();
        self.ask(Click { kind: kind::COMMAND, user, channel, name, message: None, data }).await
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
    world.may_invoke(user, channel, command).map_err(Failure::Refused)?;
    let mut filling = filling(world, guild, given, focused);
    let options = filling.options(command, &mut words)?;
    let mut data = json!({"id": command.get("id"), "name": first, "type": SLASH,
        "options": options, "resolved": filling.resolved});
    if let Some(guild) = command.get("guild_id") {
        put(&mut data, "guild_id", guild.clone());
    }
    Ok(data)
}
