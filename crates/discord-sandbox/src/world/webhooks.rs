//! Webhooks are made, and post.

use discord_ids::{ChannelId, MessageId, UserId, WebhookId};
use serde_json::{Value, json};

use super::messages::Draft;
use super::state::World;
use crate::limits::{Refusal, check_message};
use crate::model::{Channel, File, Webhook};
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

    /// Posts a message through a webhook: into its channel, into a thread of it, or into a new post of a
    /// forum, which `thread_name` begins.
    pub(crate) fn execute_webhook(
        &mut self,
        id: WebhookId,
        token: &str,
        thread: Option<ChannelId>,
        payload: Value,
        files: Vec<File>,
    ) -> Result<MessageId, Refusal> {
        let webhook = self.webhook(id, token)?.clone();
        let own = webhook.own;
        let has_components = payload
            .get("components")
            .and_then(Value::as_array)
            .is_some_and(|list| !list.is_empty());
        check_message(&payload, files.len(), false)?;
        let name = payload.get("username").and_then(Value::as_str).unwrap_or(&webhook.name);
        let author = json!({"id": id.to_string(), "username": name, "discriminator": "0000",
            "avatar": null, "bot": true, "global_name": null,
            "public_flags": 0, "flags": 0, "primary_guild": null});
        let place = self.place(&webhook, thread, &payload)?;
        let is_new = matches!(place, Place::NewPost(_));
        let channel = match place {
            Place::There(channel) => channel,
            Place::NewPost(name) => self.add_thread(webhook.channel, &name, UserId(id.0)),
        };
        self.open_to_post(channel)?;
        let mut draft = Draft::new(channel, UserId(id.0), payload);
        draft.id = is_new.then_some(MessageId(channel.0));
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

    /// Where a webhook's message goes.
    fn place(
        &self,
        webhook: &Webhook,
        thread: Option<ChannelId>,
        payload: &Value,
    ) -> Result<Place, Refusal> {
        let name = payload.get("thread_name").and_then(Value::as_str);
        let is_forum = self.channels.get(&webhook.channel).is_some_and(Channel::is_forum);
        let refused = |code, sentence| Err(Refusal::new(400, code, sentence));
        match (thread, name) {
            (Some(_), Some(_)) if is_forum => refused(
                220_002,
                "Webhooks posted to forum channels cannot have both a thread_name and thread_id",
            ),
            (None, None) if is_forum => refused(
                220_001,
                "Webhooks posted to forum channels must have a thread_name or thread_id",
            ),
            (_, Some(_)) if !is_forum => {
                refused(220_003, "Webhooks can only create threads in forum channels")
            }
            (None, Some(name)) => Ok(Place::NewPost(name.to_owned())),
            (Some(thread), _) => {
                let found = self.channels.get(&thread).and_then(|place| place.thread.as_ref());
                let is_of = found.is_some_and(|thread| thread.parent == webhook.channel);
                let unknown = || Refusal::unknown(10003, "Channel");
                if is_of { Ok(Place::There(thread)) } else { Err(unknown()) }
            }
            (None, None) => Ok(Place::There(webhook.channel)),
        }
    }
}

/// Where a webhook's message goes.
enum Place {
    There(ChannelId),
    NewPost(String),
}
