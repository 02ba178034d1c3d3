//! Messages, with the files and the emoji that they carry.

use std::sync::Arc;

use discord_ids::{ChannelId, MessageId, UserId, WebhookId};
use serde_json::{Value, json};

use super::reaction::{Emoji, Reaction};

/// A file that came with a message.
#[derive(Debug, Clone)]
pub struct File {
    /// With its extension.
    pub name: String,
    /// The whole content.
    pub bytes: Arc<[u8]>,
}

impl File {
    /// What Discord says of its kind, by its name.
    pub(crate) fn content_type(&self) -> &'static str {
        match self.name.rsplit('.').next() {
            Some("txt") => "text/plain; charset=utf-8",
            Some("json") => "application/json; charset=utf-8",
            Some("csv") => "text/csv; charset=utf-8",
            Some("png") => "image/png",
            _ => "application/octet-stream",
        }
    }
}

/// A message. Its JSON is kept as text, ready to be sent.
#[derive(Debug, Clone)]
pub struct Message {
    /// Later messages have higher ones.
    pub id: MessageId,
    /// The channel that it was posted in.
    pub channel: ChannelId,
    /// Who wrote it; for a webhook the webhook's id.
    pub author: UserId,
    /// `None`: a user posted it.
    pub webhook: Option<WebhookId>,
    /// Each emoji once, in the order in which they came.
    pub reactions: Vec<Reaction>,
    /// In the order in which they were sent.
    pub files: Vec<File>,
    /// The only person that sees an ephemeral message; `None`: everyone in the channel does.
    pub only_for: Option<UserId>,
    /// Whether the bot or one of its webhooks wrote it: its content is never hidden from the bot.
    pub own: bool,
    /// Without reactions and guild, which change or depend on who asks.
    pub(crate) json: Arc<str>,
}

impl Message {
    /// The message as Discord's JSON, without its reactions.
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.json).unwrap_or_default()
    }

    /// What it says outside of embeds.
    pub fn content(&self) -> String {
        self.value().get("content").and_then(Value::as_str).unwrap_or_default().to_owned()
    }
}

impl Message {
    /// The reactions as a message carries them: counts, no users.
    pub(crate) fn reactions_json(&self, bot: UserId) -> Vec<Value> {
        let json = |reaction: &Reaction| {
            let burst = reaction.from.iter().filter(|(_, burst)| *burst).count();
            let mine = |wanted: bool| {
                reaction.from.iter().any(|(user, burst)| *user == bot && *burst == wanted)
            };
            json!({"count": reaction.from.len(), "emoji": reaction.emoji.json(),
                "count_details": {"burst": burst, "normal": reaction.from.len() - burst},
                "me": mine(false), "me_burst": mine(true), "burst_colors": []})
        };
        self.reactions.iter().map(json).collect()
    }

    /// The reaction with this emoji.
    pub(crate) fn reaction(&self, emoji: &Emoji) -> Option<&Reaction> {
        self.reactions.iter().find(|reaction| reaction.emoji.is(emoji))
    }
}
