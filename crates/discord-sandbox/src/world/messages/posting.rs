//! Messages are posted, changed and deleted.

use std::sync::Arc;

use discord_ids::{ChannelId, MessageId, created_at};
use serde_json::{Value, json};

use super::components::filed_components;
use super::draft::Draft;
use super::embeds::cleaned_embeds;
use crate::dispatch::{Event, intent};
use crate::json::{self, put};
use crate::limits::Refusal;
use crate::model::{File, Message};
use crate::snowflake::written;
use crate::world::state::World;

impl World {
    /// Posts a message that was checked before, and tells of it.
    pub(crate) fn create_message(&mut self, mut draft: Draft) -> Result<MessageId, Refusal> {
        let id = draft.id.unwrap_or_else(|| MessageId(self.snowflakes.next()));
        let value = self.message_value(id, &mut draft);
        let message = Message {
            id,
            channel: draft.channel,
            author: draft.author_id,
            webhook: draft.webhook,
            reactions: Vec::new(),
            files: draft.files,
            only_for: draft.only_for,
            own: draft.own,
            json: value.to_string().into(),
        };
        let channel = self.channels.get_mut(&draft.channel);
        let channel = channel.ok_or_else(|| Refusal::unknown(10003, "Channel"))?;
        if message.only_for.is_none() {
            channel.last_message = Some(id);
        }
        channel.messages.insert(id, message);
        self.tell_message("MESSAGE_CREATE", id);
        Ok(id)
    }

    fn message_value(&self, id: MessageId, draft: &mut Draft) -> Value {
        let embeds = cleaned_embeds(draft.payload.get_mut("embeds").map(Value::take));
        let part = |name: &str, otherwise: Value| {
            draft.payload.get(name).filter(|value| !value.is_null()).cloned().unwrap_or(otherwise)
        };
        let content = draft.payload.get("content").and_then(Value::as_str).unwrap_or_default();
        let author = draft.author.clone().unwrap_or_else(|| self.user_json(draft.author_id));
        let pinged = self.pinged(content, draft.payload.get("allowed_mentions"));
        let mut json = json!({"id": id.to_string(), "channel_id": draft.channel.to_string(),
            "author": author, "content": content.trim(), "timestamp": written(created_at(id.0)),
            "edited_timestamp": null, "tts": part("tts", json!(false)),
            "mention_everyone": pinged.everyone, "mentions": pinged.users,
            "mention_roles": pinged.roles, "pinned": false, "type": 0,
            "attachments": self.attachments(draft.channel, id, &draft.files),
            "embeds": embeds,
            "components": filed_components(draft.payload.get("components")), "flags": part("flags", json!(0))});
        if let Some(object) = json.as_object_mut() {
            if let Some(webhook) = draft.webhook {
                object.insert("webhook_id".to_owned(), json!(webhook.to_string()));
            }
            if let Some(nonce) = draft.payload.get("nonce") {
                object.insert("nonce".to_owned(), nonce.clone());
            }
            object.extend(draft.extra.clone());
        }
        json
    }

    /// Changes a message with what the payload names, and tells of it.
    pub(crate) fn change_message(
        &mut self,
        id: MessageId,
        payload: &Value,
        files: Vec<File>,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::unknown(10008, "Message");
        let message = self.message(id).ok_or_else(unknown)?;
        let (mut json, channel) = (message.value(), message.channel);
        self.must_be_open(channel)?;
        let attachments = self.attachments(channel, id, &files);
        let mut stays = stay(json.get("attachments"), payload.get("attachments")).into_iter();
        if let (Some(object), Some(changes)) = (json.as_object_mut(), payload.as_object()) {
            for (name, value) in changes {
                match name.as_str() {
                    "content" => {
                        let content = value.as_str().unwrap_or_default().trim();
                        object.insert(name.clone(), json!(content));
                    }
                    "embeds" => {
                        object.insert(name.clone(), cleaned_embeds(Some(value.clone())));
                    }
                    "components" => {
                        object.insert(name.clone(), filed_components(Some(value)));
                    }
                    "attachments" => {
                        let kept = keep_named(object.get(name), value);
                        object.insert(name.clone(), Value::Array(kept));
                    }
                    _ => {}
                }
            }
            if let Some(Value::Array(list)) = object.get_mut("attachments") {
                list.extend(attachments.as_array().cloned().unwrap_or_default());
            }
            object.insert("edited_timestamp".to_owned(), json!(written(self.snowflakes.now())));
        }
        let message = self.message_mut(id).ok_or_else(unknown)?;
        message.json = json.to_string().into();
        message.files.retain(|_| stays.next().unwrap_or(true));
        message.files.extend(files);
        self.tell_message("MESSAGE_UPDATE", id);
        Ok(())
    }

    /// Deletes messages and tells of it; those that are not there are passed over.
    pub(crate) fn delete_messages(&mut self, channel: ChannelId, ids: &[MessageId]) {
        let Some(place) = self.channels.get_mut(&channel) else { return };
        let told: Vec<MessageId> = (ids.iter().copied())
            .filter(|id| {
                place.messages.remove(id).is_some_and(|message| message.only_for.is_none())
            })
            .collect();
        place.pins.retain(|pin| !told.contains(pin));
        let channel_id = channel.to_string();
        let (name, mut body) = match told.as_slice() {
            [] => return,
            [id] => ("MESSAGE_DELETE", json!({"id": id.to_string(), "channel_id": channel_id})),
            ids => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                ("MESSAGE_DELETE_BULK", json!({"ids": ids, "channel_id": channel_id}))
            }
        };
        self.add_guild_id(channel, &mut body);
        self.emit(Event::of_channel(name, intent::GUILD_MESSAGES, channel, &body));
    }

    /// Tells of a message, unless only one person sees it.
    pub(crate) fn tell_message(&mut self, name: &'static str, id: MessageId) {
        let Some(message) = self.message(id).filter(|message| message.only_for.is_none()) else {
            return;
        };
        let (channel, body) = (message.channel, message.json.clone());
        let mut extra = json!({});
        self.add_guild_id(channel, &mut extra);
        let member = self.guild_of(channel).and_then(|guild| guild.members.get(&message.author));
        if let Some(member) = member.filter(|_| message.webhook.is_none()) {
            put(&mut extra, "member", Self::bare_member_json(member));
        }
        let mut event = Event::of_channel(name, intent::GUILD_MESSAGES, channel, &extra);
        event.body = joined(&event.body, &body);
        event.content = !self.always_shown(message);
        self.emit(event);
    }

    pub(crate) fn add_guild_id(&self, channel: ChannelId, body: &mut Value) {
        if let Some(guild) = self.channels.get(&channel).and_then(|channel| channel.guild) {
            put(body, "guild_id", guild.to_string());
        }
    }

    fn attachments(&self, channel: ChannelId, message: MessageId, files: &[File]) -> Value {
        let list = files.iter().enumerate().map(|(index, file)| {
            let (address, key, name) = (&self.address, &self.file_key, &file.name);
            let url = format!("http://{address}/attachments/{channel}/{message}/{name}?hm={key}");
            json!({"id": (message.0 + 1 + i64::try_from(index).unwrap_or(0)).to_string(),
                "filename": name, "size": file.bytes.len(), "url": url, "proxy_url": url,
                "content_type": file.content_type()})
        });
        Value::Array(list.collect())
    }
}

/// Two JSON objects in one, as text: cheaper than reading and writing them again.
fn joined(first: &str, second: &str) -> Arc<str> {
    let first = first.strip_suffix('}').unwrap_or(first);
    let second = second.strip_prefix('{').unwrap_or(second);
    let comma = if first == "{" || second == "}" { "" } else { "," };
    [first, comma, second].concat().into()
}

/// Of each attachment in its turn, whether an edit that names these keeps it; one that names none keeps all.
fn stay(old: Option<&Value>, named: Option<&Value>) -> Vec<bool> {
    let old = old.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let Some(named) = named.and_then(Value::as_array) else { return vec![true; old.len()] };
    old.iter().map(|file| is_named(file, named)).collect()
}

fn is_named(file: &Value, named: &[Value]) -> bool {
    let id = |of: &Value| of.get("id").and_then(json::id);
    named.iter().any(|other| id(other) == id(file))
}

/// The attachments that an edit keeps: those whose id it names.
fn keep_named(old: Option<&Value>, named: &Value) -> Vec<Value> {
    let named = named.as_array().map_or(&[][..], Vec::as_slice);
    let keep = |file: &&Value| is_named(file, named);
    old.and_then(Value::as_array).into_iter().flatten().filter(keep).cloned().collect()
}
