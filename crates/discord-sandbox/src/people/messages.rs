//! Messages that people and webhooks post, change and delete, and how people see them.

use discord_ids::{ChannelId, MessageId, UserId};
use serde_json::{Map, Value, json};

use crate::limits::{Refusal, check_message};
use crate::model::{File, Webhook, permission};
use crate::sandbox::Sandbox;
use crate::world::Draft;

impl Sandbox {
    /// Posts a message through a webhook, as `POST` to its address does, but without its limits of
    /// pace.
    /// `thread_name` in it begins a post of a forum.
    pub fn post(&self, webhook: &Webhook, payload: Value) -> Result<MessageId, Refusal> {
        self.execute(webhook, None, payload, Vec::new())
    }

    /// Posts a message through a webhook into a thread of its channel, as `?thread_id=` does.
    pub fn post_in(
        &self,
        webhook: &Webhook,
        thread: ChannelId,
        payload: Value,
    ) -> Result<MessageId, Refusal> {
        self.execute(webhook, Some(thread), payload, Vec::new())
    }

    /// Posts a message with files (their names and contents) through a webhook.
    pub fn post_files(
        &self,
        webhook: &Webhook,
        payload: Value,
        files: &[(&str, &[u8])],
    ) -> Result<MessageId, Refusal> {
        let file = |(name, bytes): &(&str, &[u8])| File {
            name: (*name).to_owned(),
            bytes: bytes.to_vec().into(),
        };
        self.execute(webhook, None, payload, files.iter().map(file).collect())
    }

    fn execute(
        &self,
        webhook: &Webhook,
        thread: Option<ChannelId>,
        payload: Value,
        files: Vec<File>,
    ) -> Result<MessageId, Refusal> {
        self.discord
            .with(|world| world.execute_webhook(webhook.id, &webhook.token, thread, payload, files))
    }

    /// Says something in a channel. `message` is a text, or a message as JSON.
    pub fn say(
        &self,
        user: UserId,
        channel: ChannelId,
        message: impl Into<Value>,
    ) -> Result<MessageId, Refusal> {
        let payload = match message.into() {
            Value::String(content) => json!({ "content": content }),
            other => other,
        };
        self.discord.with(|world| {
            let needed = permission::VIEW_CHANNEL | world.to_send_in(channel);
            if world.permissions(channel, user) & needed != needed {
                return Err(Refusal::missing_permissions());
            }
            check_message(&payload, 0, false)?;
            world.open_to_post(channel)?;
            world.create_message(Draft::new(channel, user, payload))
        })
    }

    /// Puts a message into a channel with these parts as they are, whatever Discord would say to
    /// them: for messages that Discord brings and no webhook could post.
    pub fn insert(
        &self,
        user: UserId,
        channel: ChannelId,
        parts: Map<String, Value>,
    ) -> Result<MessageId, Refusal> {
        self.discord.with(|world| {
            world.made_up.insert(channel);
            let mut draft = Draft::new(channel, user, json!({}));
            let webhook = parts.get("webhook_id").and_then(Value::as_str);
            draft.webhook = webhook.and_then(|id| id.parse().ok());
            draft.extra = parts;
            world.create_message(draft)
        })
    }

    /// Posts a message through a webhook with these parts as they are, broken ones too: what libraries
    /// cannot read, and Discord sends now and then.
    pub fn post_unchecked(
        &self,
        webhook: &Webhook,
        parts: Map<String, Value>,
    ) -> Result<MessageId, Refusal> {
        let id = webhook.id.to_string();
        let author = json!({"id": id, "username": webhook.name, "discriminator": "0000",
            "avatar": null, "bot": true, "global_name": null, "public_flags": 0, "flags": 0,
            "primary_guild": null});
        let mut whole =
            Map::from_iter([("webhook_id".to_owned(), json!(id)), ("author".to_owned(), author)]);
        whole.extend(parts);
        self.insert(UserId(webhook.id.0), webhook.channel, whole)
    }

    /// Changes a message, as its author does. Parts that the payload does not name stay.
    pub fn edit(&self, message: MessageId, payload: &Value) -> Result<(), Refusal> {
        self.discord.with(|world| {
            check_message(payload, 0, true)?;
            world.change_message(message, payload, Vec::new())
        })
    }

    /// Deletes a message.
    pub fn delete(&self, message: MessageId) {
        self.bulk_delete(&[message]);
    }

    /// Deletes several messages of one channel at once.
    pub fn bulk_delete(&self, messages: &[MessageId]) {
        self.discord.with(|world| {
            let place = messages.first().and_then(|message| world.message(*message));
            if let Some(channel) = place.map(|message| message.channel) {
                world.delete_messages(channel, messages);
            }
        });
    }

    /// Forwards a message into a channel: a copy that says where it is from and not from whom.
    pub fn forward(
        &self,
        user: UserId,
        message: MessageId,
        channel: ChannelId,
    ) -> Result<MessageId, Refusal> {
        self.discord.with(|world| {
            let found = world.message(message).ok_or_else(|| Refusal::unknown(10008, "Message"))?;
            let place = json!({"type": 1, "message_id": message.to_string(),
                "channel_id": found.channel.to_string(),
                "guild_id": world.guild_of(found.channel).map(|guild| guild.id.to_string())});
            let copied = [
                "type",
                "content",
                "embeds",
                "attachments",
                "timestamp",
                "edited_timestamp",
                "flags",
                "mentions",
                "mention_roles",
                "components",
            ];
            let mut copy = found.value();
            if let Some(parts) = copy.as_object_mut() {
                parts.retain(|name, _| copied.contains(&name.as_str()));
            }
            let mut draft = Draft::new(channel, user, json!({}));
            draft.extra.insert("message_reference".to_owned(), place);
            draft.extra.insert("message_snapshots".to_owned(), json!([{"message": copy}]));
            draft.extra.insert("flags".to_owned(), json!(1 << 14));
            world.create_message(draft)
        })
    }

    /// A channel's messages as people there see them, oldest first.
    pub fn messages(&self, channel: ChannelId) -> Vec<Value> {
        self.look(|world| {
            world.messages(channel).map(|message| world.message_for_people(message)).collect()
        })
    }

    /// One message as people see it, with counts of reactions.
    pub fn message(&self, id: MessageId) -> Option<Value> {
        self.look(|world| world.message(id).map(|message| world.message_for_people(message)))
    }
}
