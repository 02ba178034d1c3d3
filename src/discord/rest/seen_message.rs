//! A message as the history shows it, with the reactions on it: read leniently from Discord's JSON.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::ids::MessageId;
use crate::order::status_emoji::plain_emoji;
use crate::reading::Message;

/// The most that Discord gives at once.
pub(crate) const PAGE: usize = 100;

/// A message as the history shows it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) id: MessageId,
    pub(crate) message: Message,
    pub(crate) reactions: BTreeMap<String, SeenReaction>,
    /// Whether it was read as it is: then only its reactions may be news.
    pub(crate) is_settled: bool,
}

/// The reactions with one emoji, in whatever skin tones and spellings, named by [`plain_emoji`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SeenReaction {
    /// People and other bots behind it.
    pub(crate) others: u64,
    /// Whether the bot itself has put it there.
    pub(crate) own: bool,
    /// Its spellings, as Discord's paths name them.
    pub(crate) spellings: Vec<String>,
}

/// Reads a message with the reactions on it. `None`: it has no id.
pub(crate) fn seen(entry: &Value) -> Option<Seen> {
    let message = Message::from_json(entry);
    let mut reactions: BTreeMap<String, SeenReaction> = BTreeMap::new();
    for entry in entry.get("reactions").and_then(Value::as_array).into_iter().flatten() {
        let Some(spelling) = entry.get("emoji").and_then(spelling) else { continue };
        let count = entry.get("count").and_then(Value::as_u64).unwrap_or_default();
        let is_true = |key: &str| entry.get(key).and_then(Value::as_bool).unwrap_or_default();
        let own = is_true("me") || is_true("me_burst");
        let reaction = reactions.entry(plain_emoji(&spelling)).or_default();
        reaction.others += count.saturating_sub(u64::from(own));
        reaction.own |= own;
        reaction.spellings.push(spelling);
    }
    Some(Seen { id: message.id?, message, reactions, is_settled: false })
}

/// An emoji as Discord's paths name it: itself, or `name:id`.
fn spelling(emoji: &Value) -> Option<String> {
    let part = |key: &str| emoji.get(key).and_then(Value::as_str);
    match (part("name"), part("id")) {
        (name, Some(id)) => Some(format!("{}:{id}", name.unwrap_or("deleted"))),
        (name, None) => name.map(str::to_owned),
    }
}
