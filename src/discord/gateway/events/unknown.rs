//! Events that serenity could not parse: what of them matters is read from the raw JSON.

use serenity::all::{Context, UnknownEvent};

use super::Events;
use crate::discord::inbound::{self, messages};
use crate::discord::rest::salvage;
use crate::reading::Message;

impl Events {
    /// An event that serenity could not parse.
    pub(crate) async fn unknown(&self, context: &Context, event: UnknownEvent) {
        let UnknownEvent { kind, value, .. } = event;
        let reaction = || salvage::reaction(&value);
        match kind.as_str() {
            "MESSAGE_CREATE" => {
                let message = Message::from_json(&value);
                if self.is_read(&message) {
                    messages::take(&self.bot, message).await;
                }
            }
            "MESSAGE_UPDATE" => {
                let whole = ["author", "content", "embeds", "timestamp"]
                    .iter()
                    .all(|key| value.get(key).is_some_and(|part| !part.is_null()));
                let message = Message::from_json(&value);
                match (message.channel_id, message.id) {
                    _ if !self.is_read(&message) => {}
                    _ if whole => messages::take(&self.bot, message).await,
                    (Some(channel), Some(id)) => {
                        messages::fetch_patiently(&self.bot, channel, id).await;
                    }
                    _ => {}
                }
            }
            "MESSAGE_REACTION_ADD" => {
                if let Some(reaction) = reaction() {
                    self.reaction(reaction, true).await;
                }
            }
            "MESSAGE_REACTION_REMOVE" => {
                if let Some(reaction) = reaction() {
                    self.reaction(reaction, false).await;
                }
            }
            // Discord sends this one without keys that serenity requires: it always comes here.
            "MESSAGE_REACTION_REMOVE_EMOJI" => {
                if let Some(reaction) = reaction() {
                    self.emoji_cleared(reaction).await;
                }
            }
            "GUILD_CREATE" => {
                tracing::warn!(
                    "serenity cannot parse a server; reading it without the parts it cannot parse"
                );
                if let Some(mut event) = salvage::guild(&value) {
                    context.cache.update(&mut event);
                    self.guild_create(&event.guild).await;
                }
            }
            other => self.unknown_thread_event(other, &value).await,
        }
    }

    fn is_read(&self, message: &Message) -> bool {
        let is_read = |place| inbound::threads::is_read(&self.bot, message.guild_id, place);
        message.channel_id.is_some_and(is_read)
    }
}
