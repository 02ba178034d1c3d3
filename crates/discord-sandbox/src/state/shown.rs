//! How a message looks to whom.

use serde_json::{Value, json};

use super::{Message, World};
use crate::Content;

impl World {
    /// The message as the bot gets it over REST: with reactions, and emptied where it may not read.
    pub(crate) fn message_for_bot(&self, message: &Message) -> Value {
        let mut json = self.message_for_people(message);
        let hidden = self.options.content != Content::Granted;
        if hidden && !self.always_shown(message) {
            empty(&mut json);
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
    pub(super) fn always_shown(&self, message: &Message) -> bool {
        let direct = self.channels.get(&message.channel).is_some_and(|c| c.guild.is_none());
        message.own || direct || message.json.contains(&format!("<@{}>", self.bot))
    }
}

/// What a bot without `MESSAGE_CONTENT` sees of a message.
pub(crate) fn empty(message: &mut Value) {
    if let Some(object) = message.as_object_mut() {
        object.insert("content".to_owned(), json!(""));
        for name in ["embeds", "attachments", "components"] {
            object.insert(name.to_owned(), json!([]));
        }
        object.remove("poll");
        object.remove("message_snapshots");
    }
}

/// Embeds as Discord gives them back: `type` added, absent parts gone, values trimmed.
pub(crate) fn cleaned_embeds(embeds: Option<Value>) -> Value {
    let Some(Value::Array(list)) = embeds else { return json!([]) };
    let cleaned = list.into_iter().map(|mut embed| {
        clean(&mut embed);
        if let Some(object) = embed.as_object_mut() {
            object.insert("type".to_owned(), json!("rich"));
            if let Some(Value::Array(fields)) = object.get_mut("fields") {
                for field in fields.iter_mut().filter_map(Value::as_object_mut) {
                    field.entry("inline").or_insert(json!(false));
                }
            }
        }
        embed
    });
    Value::Array(cleaned.collect())
}

fn clean(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.retain(|_, part| !part.is_null() && part.as_str() != Some(""));
            object.values_mut().for_each(clean);
        }
        Value::Array(list) => list.iter_mut().for_each(clean),
        Value::String(text) if text.trim().len() < text.len() => *text = text.trim().to_owned(),
        _ => {}
    }
}
