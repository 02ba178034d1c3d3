//! Webhooks: addresses that let anyone who knows them post into a channel.

use discord_ids::{ChannelId, WebhookId};

/// A webhook of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its id, which its messages carry as `webhook_id` and as their author's id.
    pub id: WebhookId,
    /// The secret part of its address.
    pub token: String,
    /// Where it posts.
    pub channel: ChannelId,
    /// The name that its messages show unless they bring one.
    pub name: String,
    /// Its whole address on this machine.
    pub url: String,
    /// Whether the bot's own application made it, which may then put buttons below its messages.
    pub own: bool,
}
