//! A message on its way into a channel.

use discord_ids::{ChannelId, MessageId, UserId, WebhookId};
use serde_json::{Map, Value};

use crate::model::File;

/// A message that is about to be posted.
#[derive(Debug)]
pub(crate) struct Draft {
    /// `None`: the next one. The first message of a post in a forum has the id of its thread.
    pub(crate) id: Option<MessageId>,
    pub(crate) channel: ChannelId,
    pub(crate) author_id: UserId,
    /// The author's JSON, when it is not that of the user.
    pub(crate) author: Option<Value>,
    pub(crate) webhook: Option<WebhookId>,
    pub(crate) own: bool,
    /// What the sender sent.
    pub(crate) payload: Value,
    pub(crate) files: Vec<File>,
    pub(crate) only_for: Option<UserId>,
    /// What else its JSON holds, over everything else.
    pub(crate) extra: Map<String, Value>,
}

impl Draft {
    pub(crate) fn new(channel: ChannelId, author_id: UserId, payload: Value) -> Self {
        Self {
            id: None,
            channel,
            author_id,
            author: None,
            webhook: None,
            own: false,
            payload,
            files: Vec::new(),
            only_for: None,
            extra: Map::new(),
        }
    }

    pub(crate) fn drop_components(&mut self) {
        if let Some(payload) = self.payload.as_object_mut() {
            payload.remove("components");
        }
    }
}
