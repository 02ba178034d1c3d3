//! Webhooks: addresses that let anyone who knows them post into a channel.

use serde_json::{Value, json};

use super::{Draft, World};
use crate::limits::Refusal;
use crate::limits::check_message;
use crate::snowflake::secret;
use crate::state::File;
use discord_ids::{ChannelId, MessageId, UserId, WebhookId};

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

impl World {
    /// A new webhook.
    pub(crate) fn add_webhook(&mut self, channel: ChannelId, name: &str, own: bool) -> Webhook {
        let (id, token) = (WebhookId(self.snowflakes.next()), secret(4));
        let url = format!("http://{}/api/webhooks/{id}/{token}", self.address);
        let webhook = Webhook { id, token, channel, name: name.to_owned(), url, own };
        self.webhooks.insert(id, webhook.clone());
        self.webhooks_changed(channel);
        webhook
    }

    /// The webhook with this id and this secret.
    pub(crate) fn webhook(&self, id: WebhookId, token: &str) -> Result<&Webhook, Refusal> {
        let webhook = self.webhooks.get(&id).ok_or_else(|| Refusal::unknown(10015, "Webhook"))?;
        if webhook.token == token {
            Ok(webhook)
        } else {
            Err(Refusal::new(401, 50027, "Invalid Webhook Token"))
        }
    }

    /// Posts a message through a webhook.
    pub(crate) fn execute_webhook(
        &mut self,
        id: WebhookId,
        token: &str,
        payload: Value,
        files: Vec<File>,
    ) -> Result<MessageId, Refusal> {
        let webhook = self.webhook(id, token)?;
        let own = webhook.own;
        let has_components = payload
            .get("components")
            .and_then(Value::as_array)
            .is_some_and(|list| !list.is_empty());
        check_message(&payload, files.len(), false)?;
        let name = payload.get("username").and_then(Value::as_str).unwrap_or(&webhook.name);
        let author = json!({"id": id.to_string(), "username": name, "discriminator": "0000",
            "avatar": null, "bot": true, "global_name": null,
            "public_flags": 0, "flags": 0});
        let channel = webhook.channel;
        let mut draft = Draft::new(channel, UserId(id.0), payload);
        if has_components && !own {
            // Discord drops buttons from webhooks that no application owns, without a word.
            draft.drop_components();
        }
        draft.author = Some(author);
        draft.webhook = Some(id);
        draft.own = own;
        draft.files = files;
        self.create_message(draft)
    }

    /// A webhook as Discord writes it; its secret only for whom it belongs to.
    pub(crate) fn webhook_json(&self, webhook: &Webhook) -> Value {
        let guild = self.guild_of(webhook.channel).map(|guild| guild.id.to_string());
        let application = webhook.own.then(|| self.bot.to_string());
        json!({"id": webhook.id.to_string(), "type": 1, "name": webhook.name, "avatar": null,
            "channel_id": webhook.channel.to_string(), "guild_id": guild,
            "application_id": application, "token": webhook.token, "url": webhook.url})
    }
}
