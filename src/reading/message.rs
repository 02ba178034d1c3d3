//! A Discord message as plain data: only what reading it needs.

mod attachment;
pub(super) mod json;
pub(super) mod lenient;
mod limits;
pub(super) mod objects;
mod panel;
pub(super) mod raw_message;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

use crate::ids::{ChannelId, GuildId, MessageId, UserId, WebhookId};
pub use attachment::{Attachment, MAX_ATTACHMENT_BYTES, Unread};
pub use json::value_from_slice;
pub use limits::{MAX_ATTACHMENTS, MAX_COMPONENTS, MAX_EMBEDS, MAX_FIELDS, MAX_TEXT_BYTES};
pub use panel::{Link, Panel};

/// One message. It is built leniently from Discord's JSON, or field by field from the gateway's
/// event; its own JSON form is what the ledger keeps as the payload of a delivery.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Message {
    /// Absent in a webhook's payload and in plain text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<MessageId>,
    /// Where it was posted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel_id: Option<ChannelId>,
    /// Absent in history pages, which Discord answers without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guild_id: Option<GuildId>,
    /// Set when a webhook posted it. The author's name proves nothing: the sender chooses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook_id: Option<WebhookId>,
    /// Who posted it.
    pub author: Author,
    /// The text outside of embeds.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// All of them count, not only the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub embeds: Vec<Embed>,
    /// What its components show: Components V2 in the place of embeds, or buttons with links below them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub panels: Vec<Panel>,
    /// Its text files. Pictures are no part of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// When Discord received it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub posted_at: Option<DateTime<Utc>>,
    /// When its author last changed it. Embed-only updates by Discord itself carry no edit time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// Where its text truly comes from.
    #[serde(skip_serializing_if = "Origin::is_direct")]
    pub origin: Origin,
    /// Whether people see what is not read: pictures, buttons, stickers, a poll, a notice of Discord's own.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub has_other_parts: bool,
    /// Whether somebody hid its embeds.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hides_embeds: bool,
    /// What it said before it was edited, the oldest first and each with its own time: what announced its orders, and
    /// what was said of them since. Once it was one message that was kept.
    #[serde(
        rename = "announced",
        deserialize_with = "one_or_many",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub earlier: Vec<Self>,
}

impl Message {
    /// Nothing at all is in it: what a bot without the `MESSAGE_CONTENT` intent sees of every message.
    pub fn is_blank(&self) -> bool {
        self.says_nothing() && !self.has_other_parts && !self.hides_embeds
    }

    /// A webhook posted it into this channel. Answers to commands carry a webhook's id, too: without content
    /// for as long as the bot thinks, and always with it for the bot that asks.
    pub fn is_of_webhook(&self) -> bool {
        self.webhook_id.is_some() && self.origin == Origin::Direct
    }

    /// There is nothing in it that is read.
    pub fn says_nothing(&self) -> bool {
        self.content.is_empty()
            && self.embeds.is_empty()
            && self.panels.is_empty()
            && self.attached().next().is_none()
    }

    /// Why one of its text files is not read although its sender is trusted; the first reason.
    pub fn unread_file(&self) -> Option<Unread> {
        self.attachments.iter().find_map(|file| file.unread)
    }

    /// Whether all its text files are read.
    pub fn has_all_files(&self) -> bool {
        self.attachments.iter().all(|file| file.messages.is_some())
    }

    /// What its text files say, those that were fetched.
    pub fn attached(&self) -> impl Iterator<Item = &Message> {
        self.attachments.iter().filter_map(|file| file.messages.as_deref()).flatten()
    }
}

fn one_or_many<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Message>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Kept {
        Many(Vec<Message>),
        One(Box<Message>),
    }
    Ok(match Kept::deserialize(from)? {
        Kept::Many(many) => many,
        Kept::One(one) => vec![*one],
    })
}

/// Who posted a message.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Author {
    /// Equals the webhook's id for a webhook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<UserId>,
    /// The shown name, chosen by the sender.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Whether it is an application. True for webhooks too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub bot: bool,
}

/// How a message came to stand in its channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Its author wrote it here.
    #[default]
    Direct,
    /// A copy that somebody forwarded from elsewhere.
    Forwarded,
    /// A copy that an announcement channel sends to its followers.
    Crossposted,
    /// A bot's answer to a command: carries a `webhook_id` although no webhook posted it.
    Interaction,
}

impl Origin {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes the field by reference")]
    fn is_direct(&self) -> bool {
        *self == Self::Direct
    }
}

/// One embed, without what only decorates it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Embed {
    /// `rich` when a bot wrote it; `link`, `article`, `image`, `video` when Discord unfurled a link.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The line above the title: Refract's heading stands here.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// The title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The link behind the title.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The text.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Labels and values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// The small line below.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub footer: String,
    /// The bar's colour, 0xRRGGBB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<u32>,
    /// The picture at the right.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub thumbnail: String,
    /// The picture below.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub image: String,
    /// When the checkout happened, by Refract's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<DateTime<Utc>>,
}

/// One label and its value, as posted: with markdown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Field {
    /// The label.
    pub name: String,
    /// The value.
    pub value: String,
}
