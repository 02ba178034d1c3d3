//! Webhooks: addresses that let anyone who knows them post into a channel.

use discord_ids::{ChannelId, WebhookId};

/// A webhook of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its messages carry it as `webhook_id` and as their author's id.
    pub id: WebhookId,
    /// The secret part of its address.
    pub token: String,
    /// The channel that it posts in.
    pub channel: ChannelId,
    /// The name that its messages show unless they bring one.
    pub name: String,
    /// Where a `POST` makes a message of it, with the secret.
    pub url: String,
    /// Whether the bot's own application made it, which lets its messages have buttons.
    pub own: bool,
}
