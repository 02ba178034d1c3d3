//! Webhooks are made, and post.

use discord_ids::{ChannelId, MessageId, UserId, WebhookId};
use serde_json::{Value, json};

use super::messages::Draft;
use super::state::World;
use crate::limits::{Refusal, check_message};
use crate::model::{File, Webhook};
use crate::snowflake::secret;

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
}
