//! A message from Discord's JSON, read leniently: what is missing, of the wrong type or unknown is
//! passed over.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::message::{Author, Embed, Field, Message, Origin};

/// Text beyond this is cut; Discord allows 4,000 characters of content and 4,096 of a description.
pub const MAX_TEXT_BYTES: usize = 16_384;
/// Embeds beyond these are dropped; Discord allows ten.
pub const MAX_EMBEDS: usize = 25;
/// Fields beyond these are dropped; Discord allows 25 in an embed.
pub const MAX_FIELDS: usize = 100;

/// `flags` of a message that an announcement channel sent to its followers.
const IS_CROSSPOST: u64 = 1 << 1;
/// `message_reference.type` of a forwarded message.
const FORWARD: u64 = 1;
/// `type` of a message that answers a slash command or a context menu.
const ANSWERS: [u64; 2] = [20, 23];

impl Message {
    /// Builds a message from a gateway event, a REST answer, a webhook's payload or an export. It never
    /// fails; absurd sizes are cut. A forwarded message is read from its snapshot.
    pub fn from_json(json: &Value) -> Self {
        let Some(object) = json.as_object() else { return Self::default() };
        let origin = origin(object);
        let snapshot = (origin == Origin::Forwarded).then(|| snapshot(object)).flatten();
        let text = snapshot.unwrap_or(object);
        let author = author(object.get("author"));
        let webhook_id = id(object, "webhook_id").or_else(|| exported_webhook(object));
        Self {
            id: id(object, "id"),
            channel_id: id(object, "channel_id"),
            guild_id: id(object, "guild_id"),
            webhook_id,
            author,
            content: string(text, "content"),
            embeds: embeds(text),
            posted_at: time(object, "timestamp"),
            edited_at: time(object, "edited_timestamp").or_else(|| time(object, "timestampEdited")),
            origin,
        }
    }

    /// Builds a message from the bytes of its JSON. Halves of surrogate pairs, which Discord passes on and
    /// JSON readers refuse, become the replacement character. Fails when the bytes are no JSON.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        value_from_slice(bytes).map(|json| Self::from_json(&json))
    }
}

/// Any JSON, with halves of surrogate pairs mended.
pub fn value_from_slice(bytes: &[u8]) -> Result<Value, serde_json::Error> {
    serde_json::from_slice(bytes).or_else(|error| match mended(bytes) {
        Some(mended) => serde_json::from_slice(&mended),
        None => Err(error),
    })
}

/// Replaces `\ud83c` without its other half by `\ufffd`. `None` when there is none.
fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut changed = false;
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        let unit = surrogate(rest);
        let second = rest.get(6..).and_then(surrogate);
        let (length, lone) = match (first, unit, second) {
            (b'\\', Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, false),
            (b'\\', Some(_), _) => (6, true),
            (b'\\', None, _) => (2.min(rest.len()), false),
            _ => (rest.len() - after.len(), false),
        };
        changed |= lone;
        let (head, tail) = rest.split_at_checked(length)?;
        out.extend_from_slice(if lone { br"\ufffd" } else { head });
        rest = tail;
    }
    changed.then_some(out)
}

/// The half of a surrogate pair that an escape at the beginning stands for.
fn surrogate(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.strip_prefix(br"\u")?.get(..4)?;
    let unit = u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    (0xD800..=0xDFFF).contains(&unit).then_some(unit)
}

fn origin(object: &Map<String, Value>) -> Origin {
    let number = |value: Option<&Value>| value.and_then(Value::as_u64);
    let reference = object.get("message_reference").and_then(Value::as_object);
    let has = |key: &str| object.get(key).is_some_and(Value::is_object);
    let crossposted = number(object.get("flags")).is_some_and(|flags| flags & IS_CROSSPOST != 0);
    let answers = number(object.get("type")).is_some_and(|kind| ANSWERS.contains(&kind));
    if reference.is_some_and(|reference| number(reference.get("type")) == Some(FORWARD)) {
        Origin::Forwarded
    } else if crossposted {
        Origin::Crossposted
    } else if has("interaction") || has("interaction_metadata") || answers {
        Origin::Interaction
    } else {
        Origin::Direct
    }
}

fn snapshot(object: &Map<String, Value>) -> Option<&Map<String, Value>> {
    object.get("message_snapshots")?.as_array()?.first()?.get("message")?.as_object()
}

fn author(json: Option<&Value>) -> Author {
    let Some(object) = json.and_then(Value::as_object) else { return Author::default() };
    let flag = |key: &str| object.get(key).and_then(Value::as_bool);
    let name = ["username", "name"].map(|key| string(object, key));
    Author {
        id: id(object, "id"),
        name: name.into_iter().find(|name| !name.is_empty()).unwrap_or_default(),
        bot: flag("bot").or(flag("isBot")).unwrap_or(false),
    }
}

/// DiscordChatExporter knows no `webhook_id`; a webhook is a bot with the discriminator 0000.
fn exported_webhook<Id: FromStr>(object: &Map<String, Value>) -> Option<Id> {
    let author = object.get("author")?.as_object()?;
    let is_bot = author.get("isBot").and_then(Value::as_bool) == Some(true);
    let nameless = author.get("discriminator").and_then(Value::as_str) == Some("0000");
    (is_bot && nameless).then(|| id(author, "id")).flatten()
}

fn embeds(object: &Map<String, Value>) -> Vec<Embed> {
    let embeds = object.get("embeds").and_then(Value::as_array);
    let objects = embeds.into_iter().flatten().filter_map(Value::as_object);
    objects.take(MAX_EMBEDS).map(embed).collect()
}

fn embed(object: &Map<String, Value>) -> Embed {
    let within = |part: &str, key: &str| {
        object
            .get(part)
            .and_then(Value::as_object)
            .map(|part| string(part, key))
            .unwrap_or_default()
    };
    let fields = object.get("fields").and_then(Value::as_array);
    let objects = fields.into_iter().flatten().filter_map(Value::as_object);
    Embed {
        kind: string(object, "type"),
        author: within("author", "name"),
        title: string(object, "title"),
        url: string(object, "url"),
        description: string(object, "description"),
        fields: objects
            .take(MAX_FIELDS)
            .map(|field| Field { name: string(field, "name"), value: string(field, "value") })
            .collect(),
        footer: within("footer", "text"),
        colour: object.get("color").and_then(colour),
        thumbnail: within("thumbnail", "url"),
        image: within("image", "url"),
        timestamp: time(object, "timestamp"),
    }
}

/// A number, or `#80FF80` as in exports.
fn colour(json: &Value) -> Option<u32> {
    let number = match json {
        Value::String(text) => u32::from_str_radix(text.strip_prefix('#')?, 16).ok()?,
        other => u32::try_from(other.as_u64()?).ok()?,
    };
    (number <= 0xFF_FFFF).then_some(number)
}

/// A text, cut at a character's boundary; a number or a truth value as its text.
fn string(object: &Map<String, Value>, key: &str) -> String {
    match object.get(key) {
        Some(Value::String(text)) => cut(text).to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(truth)) => truth.to_string(),
        _ => String::new(),
    }
}

fn cut(text: &str) -> &str {
    text.get(..text.floor_char_boundary(MAX_TEXT_BYTES)).unwrap_or(text)
}

/// An id as a string or as a number.
fn id<Id: FromStr>(object: &Map<String, Value>, key: &str) -> Option<Id> {
    match object.get(key)? {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

fn time(object: &Map<String, Value>, key: &str) -> Option<DateTime<Utc>> {
    let text = object.get(key)?.as_str()?;
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.with_timezone(&Utc))
}
