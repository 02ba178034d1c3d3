//! A message, as the bot and as people see it.

use serde_json::{Value, json};

use crate::dispatch::hide_content;
use crate::model::Message;
use crate::options::Content;
use crate::world::state::World;

impl World {
    /// The message as the bot gets it over REST: with reactions, and emptied where it may not read.
    pub(crate) fn message_for_bot(&self, message: &Message) -> Value {
        let mut json = self.message_for_people(message);
        let hidden = self.options.content != Content::Granted;
        if hidden && !self.always_shown(message) {
            hide_content(&mut json);
        }
        json
    }

    /// The message with its reactions, as a person sees it.
    pub(crate) fn message_for_people(&self, message: &Message) -> Value {
        let mut json = message.value();
        if let Some(object) = json.as_object_mut().filter(|_| !message.reactions.is_empty()) {
            object.insert("reactions".to_owned(), json!(message.reactions_json(self.bot)));
        }
        json
    }

    /// Whether a bot without `MESSAGE_CONTENT` sees it all the same: its own, direct ones, and those
    /// that mention it.
    pub(crate) fn always_shown(&self, message: &Message) -> bool {
        let direct = self.channels.get(&message.channel).is_some_and(|c| c.guild.is_none());
        message.own || direct || message.json.contains(&format!("<@{}>", self.bot))
    }
}
