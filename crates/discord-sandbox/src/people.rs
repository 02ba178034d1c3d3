//! What people do, and webhooks, and those who run a server.

mod asking;
mod building;
mod invoking;
mod options;
mod reply;

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::Sandbox;
use super::limits::Refusal;
use super::permission;
use super::state::{Draft, Emoji};
use crate::state::Webhook;
use discord_ids::{ChannelId, MessageId, UserId};

pub use invoking::Failure;
pub use reply::{Choice, Reply};

impl Sandbox {
    /// Posts a message through a webhook, as `POST` to its address does, but without its limits of
    /// pace.
    pub fn post(&self, webhook: &Webhook, payload: Value) -> Result<MessageId, Refusal> {
        self.discord
            .with(|world| world.execute_webhook(webhook.id, &webhook.token, payload, Vec::new()))
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
            let needed = permission::VIEW_CHANNEL | permission::SEND_MESSAGES;
            if world.permissions(channel, user) & needed != needed {
                return Err(Refusal::missing_permissions());
            }
            super::limits::check_message(&payload, 0, false)?;
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
            let mut draft = Draft::new(channel, user, json!({}));
            let webhook = parts.get("webhook_id").and_then(Value::as_str);
            draft.webhook = webhook.and_then(|id| id.parse().ok());
            draft.extra = parts;
            world.create_message(draft)
        })
    }

    /// Posts a message through a webhook with these parts as they are, broken ones too: what serenity
    /// cannot read, and still comes now and then.
    pub fn post_unchecked(
        &self,
        webhook: &Webhook,
        parts: Map<String, Value>,
    ) -> Result<MessageId, Refusal> {
        let id = webhook.id.to_string();
        let author = json!({"id": id, "username": webhook.name, "discriminator": "0000",
            "avatar": null, "bot": true});
        let mut whole =
            Map::from_iter([("webhook_id".to_owned(), json!(id)), ("author".to_owned(), author)]);
        whole.extend(parts);
        self.insert(UserId(webhook.id.0), webhook.channel, whole)
    }

    /// Changes a message, as its author does. Parts that the payload does not name stay.
    pub fn edit(&self, message: MessageId, payload: &Value) -> Result<(), Refusal> {
        self.discord.with(|world| {
            super::limits::check_message(payload, 0, true)?;
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

    /// Puts an emoji (`📦`, or `name:id`) below a message.
    pub fn react(&self, user: UserId, message: MessageId, emoji: &str) -> Result<(), Refusal> {
        self.discord.with(|world| world.react(user, message, Emoji::parse(emoji), false))
    }

    /// Puts an emoji below a message as a burst ("super reaction").
    pub fn burst(&self, user: UserId, message: MessageId, emoji: &str) -> Result<(), Refusal> {
        self.discord.with(|world| world.react(user, message, Emoji::parse(emoji), true))
    }

    /// Takes an emoji away again.
    pub fn unreact(&self, user: UserId, message: MessageId, emoji: &str) -> Result<(), Refusal> {
        self.discord.with(|world| world.unreact(user, message, &Emoji::parse(emoji)))
    }

    /// Takes all reactions of a message away.
    pub fn clear_reactions(&self, message: MessageId) -> Result<(), Refusal> {
        self.discord.with(|world| world.clear_reactions(message, None))
    }

    /// Takes all reactions with one emoji away.
    pub fn clear_emoji(&self, message: MessageId, emoji: &str) -> Result<(), Refusal> {
        self.discord.with(|world| world.clear_reactions(message, Some(&Emoji::parse(emoji))))
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

    /// The reactions of a message: each emoji with whom it is from.
    pub fn reactions(&self, message: MessageId) -> Vec<(String, Vec<UserId>)> {
        self.look(|world| world.reactions(message))
    }

    /// The emoji that the bot itself has below a message.
    pub fn marks(&self, message: MessageId) -> Vec<String> {
        let bot = self.bot();
        let all = self.reactions(message).into_iter();
        all.filter(|(_, users)| users.contains(&bot)).map(|(emoji, _)| emoji).collect()
    }

    /// Waits until the bot's own emoji below a message are exactly this one; false when they are not
    /// within a minute.
    pub async fn wait_for_mark(&self, message: MessageId, emoji: &str) -> bool {
        let bot = self.bot();
        self.wait_until(
            |world| {
                let all = world.reactions(message);
                let mut own = all.iter().filter(|(_, users)| users.contains(&bot));
                own.next().is_some_and(|(shown, _)| shown == emoji) && own.next().is_none()
            },
            PATIENCE,
        )
        .await
    }

    /// Waits until anyone has put this emoji below a message; false when nobody does within
    /// a minute.
    pub async fn wait_for_reaction(&self, message: MessageId, emoji: &str) -> bool {
        let there =
            |world: &super::World| world.reactions(message).iter().any(|(shown, _)| shown == emoji);
        self.wait_until(there, PATIENCE).await
    }

    /// The bot.
    pub fn bot(&self) -> UserId {
        self.look(super::World::bot)
    }
}

/// How long people wait for a bot before they call it broken.
const PATIENCE: Duration = Duration::from_mins(1);
