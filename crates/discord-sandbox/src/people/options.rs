//! The options of a command, as Discord's client lets a person fill them in.

use discord_ids::{ChannelId, GuildId, MessageId, RoleId, UserId};
use serde_json::{Map, Value, json};

use super::failure::Failure;
use crate::json::{list, number, text};
use crate::world::World;

/// The `type`s of options.
const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const STRING: u64 = 3;
const INTEGER: u64 = 4;
const BOOLEAN: u64 = 5;
const USER: u64 = 6;
const CHANNEL: u64 = 7;
const ROLE: u64 = 8;
const NUMBER: u64 = 10;
const ATTACHMENT: u64 = 11;

/// A person's values for the options of one command.
pub(super) struct Filling<'a> {
    pub(super) world: &'a World,
    pub(super) guild: Option<GuildId>,
    pub(super) given: &'a [(&'a str, Value)],
    /// The option that is being typed, whose value may be anything. Nothing is required then.
    pub(super) focused: Option<&'a str>,
    pub(super) resolved: Map<String, Value>,
}

impl Filling<'_> {
    /// The `options` of the command, one level for each further word of its name.
    pub(super) fn options(
        &mut self,
        command: &Value,
        words: &mut std::str::SplitWhitespace<'_>,
    ) -> Result<Vec<Value>, Failure> {
        let known = list(command, "options");
        let nested = |option: &&Value| matches!(number(option, "type"), Some(SUBCOMMAND | GROUP));
        if let Some(word) = words.next() {
            let found = known.iter().filter(nested).find(|option| text(option, "name") == word);
            let found = found.ok_or_else(|| Failure::refused(format!("no subcommand {word}")))?;
            let inner = self.options(found, words)?;
            let kind = number(found, "type");
            return Ok(vec![json!({"name": word, "type": kind, "options": inner})]);
        }
        if known.iter().any(|option| nested(&option)) {
            return Err(Failure::refused("a subcommand has to be chosen"));
        }
        for (name, _) in self.given {
            if !known.iter().any(|option| text(option, "name") == *name) {
                return Err(Failure::refused(format!("no option {name}")));
            }
        }
        known.iter().filter_map(|option| self.option(option).transpose()).collect()
    }

    fn option(&mut self, option: &Value) -> Result<Option<Value>, Failure> {
        let name = text(option, "name");
        let kind = number(option, "type").unwrap_or(STRING);
        let Some((_, value)) = self.given.iter().find(|(given, _)| *given == name) else {
            let required = option.get("required") == Some(&Value::Bool(true));
            return if required && self.focused.is_none() {
                Err(Failure::refused(format!("option {name} is required")))
            } else {
                Ok(None)
            };
        };
        if self.focused == Some(name) {
            return Ok(Some(json!({"name": name, "type": kind, "value": value, "focused": true})));
        }
        let value = self.checked(option, name, kind, value)?;
        Ok(Some(json!({"name": name, "type": kind, "value": value})))
    }

    fn checked(
        &mut self,
        option: &Value,
        name: &str,
        kind: u64,
        value: &Value,
    ) -> Result<Value, Failure> {
        let choices = option.get("choices").and_then(Value::as_array);
        if let Some(choices) = choices.filter(|choices| !choices.is_empty()) {
            let chosen = choices.iter().find(|choice| {
                choice.get("value") == Some(value) || choice.get("name") == Some(value)
            });
            let chosen = chosen.and_then(|choice| choice.get("value")).cloned();
            return chosen.ok_or_else(|| Failure::refused(format!("{name}: {value} is no choice")));
        }
        let fits = match kind {
            STRING => value.as_str().is_some_and(|text| {
                let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
                length >= number(option, "min_length").unwrap_or(0)
                    && length <= number(option, "max_length").unwrap_or(6_000)
            }),
            INTEGER => value.is_i64() && in_range(option, value),
            NUMBER => value.is_number() && in_range(option, value),
            BOOLEAN => value.is_boolean(),
            CHANNEL => self.is_of_kind(option, value) && self.resolve(kind, value),
            USER | ROLE | ATTACHMENT => self.resolve(kind, value),
            _ => true,
        };
        if fits {
            Ok(value.clone())
        } else {
            Err(Failure::refused(format!("{name}: {value} does not fit")))
        }
    }

    /// Whether the option offers a channel of this kind.
    fn is_of_kind(&self, option: &Value, value: &Value) -> bool {
        let kinds = list(option, "channel_types");
        let id = value.as_str().and_then(|id| id.parse().ok()).map(ChannelId);
        let channel = id.and_then(|id| self.world.channels.get(&id));
        kinds.is_empty() || channel.is_some_and(|channel| kinds.contains(&json!(channel.kind)))
    }

    /// Adds what the id stands for to `resolved`; false when there is no such thing.
    fn resolve(&mut self, kind: u64, value: &Value) -> bool {
        let Some(id) = value.as_str().and_then(|id| id.parse::<i64>().ok()) else { return false };
        let guild = self.guild.and_then(|guild| self.world.guilds.get(&guild));
        let (place, found) = match kind {
            USER => {
                let member = guild.and_then(|guild| guild.members.get(&UserId(id)));
                if let Some(member) = member.map(World::bare_member_json) {
                    add(&mut self.resolved, "members", id, member);
                }
                let known = self.world.users.contains_key(&UserId(id));
                ("users", known.then(|| self.world.user_json(UserId(id))))
            }
            CHANNEL => {
                let channel = self.world.channels.get(&ChannelId(id));
                let channel = channel.filter(|channel| channel.guild == self.guild);
                (
                    "channels",
                    channel.map(|channel| {
                        let parent = channel.thread.as_ref().map(|it| it.parent.to_string());
                        json!({"id": id.to_string(), "name": channel.name, "type": channel.kind,
                        "permissions": "0", "parent_id": parent})
                    }),
                )
            }
            ATTACHMENT => ("attachments", self.world.upload_json(id)),
            _ => {
                let role = guild.and_then(|guild| guild.roles.get(&RoleId(id)));
                ("roles", role.map(|role| World::role_json(role, 1)))
            }
        };
        let known = found.is_some();
        if let Some(found) = found {
            add(&mut self.resolved, place, id, found);
        }
        known
    }

    /// Adds a message, with all that is in it: who uses a menu entry on it lets the bot read it.
    pub(super) fn resolve_message(&mut self, id: MessageId) {
        if let Some(message) = self.world.message(id) {
            let json = self.world.message_for_people(message);
            add(&mut self.resolved, "messages", id.0, json);
        }
    }
}

fn add(resolved: &mut Map<String, Value>, place: &str, id: i64, value: Value) {
    let place = resolved.entry(place).or_insert_with(|| json!({}));
    if let Some(place) = place.as_object_mut() {
        place.insert(id.to_string(), value);
    }
}

fn in_range(option: &Value, value: &Value) -> bool {
    let bound = |name: &str| option.get(name).and_then(Value::as_f64);
    let value = value.as_f64().unwrap_or_default();
    bound("min_value").is_none_or(|least| value >= least)
        && bound("max_value").is_none_or(|most| value <= most)
}
