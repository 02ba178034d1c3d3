//! A message from Discord's JSON, read leniently: what is missing, of the wrong type or unknown is
//! passed over.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use super::lenient::{Part, Scalar};
use super::limits::{MAX_ATTACHMENTS, colour, string};
use super::raw_message::{RawEmbed, RawField, RawMessage, RawReference, RawSnapshot, RawText};
use super::{Author, Embed, Field, Message, Origin, attachment, panel};

/// `flags` of a message that an announcement channel sent to its followers.
const IS_CROSSPOST: u64 = 1 << 1;
/// The flag of a message whose embeds somebody hid.
const SUPPRESS_EMBEDS: u64 = 1 << 2;
/// `message_reference.type` of a forwarded message.
const FORWARD: u64 = 1;
/// `type` of a message that answers a slash command or a context menu.
const ANSWERS: [u64; 2] = [20, 23];
/// `type` of a message that somebody wrote: a plain one, a reply, an answer to a command.
const WRITTEN: [u64; 4] = [0, 19, 20, 23];

impl Message {
    /// Builds a message from a gateway event, a REST answer, a webhook's payload or an export. It never
    /// fails; absurd sizes are cut. A forwarded message is read from its snapshot.
    pub fn from_json(json: &Value) -> Self {
        Part::<RawMessage<'_>>::deserialize(json)
            .map_or_else(|_| Self::default(), |raw| raw.0.into())
    }

    /// Builds a message from the bytes of its JSON. Halves of surrogate pairs, which Discord passes on and
    /// JSON readers refuse, become the replacement character. Fails when the bytes are no JSON.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        match serde_json::from_slice::<Part<RawMessage<'_>>>(bytes) {
            Ok(raw) => Ok(raw.0.into()),
            Err(_) => value_from_slice(bytes).map(|json| Self::from_json(&json)),
        }
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

impl From<RawMessage<'_>> for Message {
    fn from(raw: RawMessage<'_>) -> Self {
        let origin = origin(&raw);
        let hides_embeds = raw.flags.number().is_some_and(|flags| flags & SUPPRESS_EMBEDS != 0);
        let is_notice = is_notice(&raw.kind);
        let author = raw.author.0;
        // DiscordChatExporter knows no `webhook_id`; a webhook is a bot with the discriminator 0000.
        let exported = author.exported_bot.truth() && author.discriminator.text() == "0000";
        let webhook_id = raw.webhook_id.id().or_else(|| author.id.id().filter(|_| exported));
        let snapshot = raw.message_snapshots.0.into_iter().next();
        let copy = match snapshot {
            Some(Part(RawSnapshot { message }, _)) => message,
            None => raw.exported_forward,
        };
        let text = if copy.1 && origin == Origin::Forwarded {
            copy.0
        } else {
            RawText {
                content: raw.content,
                embeds: raw.embeds,
                attachments: raw.attachments,
                components: raw.components,
                sticker_items: raw.sticker_items,
                stickers: raw.stickers,
                poll: raw.poll,
            }
        };
        let has_other_parts = text.has_other_parts() || is_notice;
        let attachments =
            text.attachments.0.into_iter().filter_map(|file| attachment::of_raw(file.0));
        let name = if author.username.text().is_empty() { author.name } else { author.username };
        Self {
            id: raw.id.id(),
            channel_id: raw.channel_id.id(),
            guild_id: raw.guild_id.id(),
            webhook_id,
            author: Author {
                id: author.id.id(),
                name: string(name),
                bot: author.bot.truth() || author.exported_bot.truth(),
            },
            content: string(text.content),
            embeds: text.embeds.0.into_iter().map(|embed| embed.0.into()).collect(),
            panels: panel::panels(text.components.0),
            attachments: attachments.take(MAX_ATTACHMENTS).collect(),
            posted_at: time(&raw.timestamp),
            edited_at: time(&raw.edited_timestamp).or_else(|| time(&raw.exported_edit)),
            origin,
            has_other_parts,
            earlier: Vec::new(),
            hides_embeds,
        }
    }
}

impl RawText<'_> {
    /// Whether a person sees something besides content and embeds.
    fn has_other_parts(&self) -> bool {
        !self.attachments.0.is_empty()
            || !self.components.0.is_empty()
            || !self.sticker_items.0.is_empty()
            || !self.stickers.0.is_empty()
            || self.poll.1
    }
}

/// Whether Discord wrote the message itself: somebody joined, pinned, boosted. It comes without content.
fn is_notice(kind: &Scalar<'_>) -> bool {
    match kind.number() {
        Some(kind) => !WRITTEN.contains(&kind),
        None => !kind.text().is_empty() && !["Default", "Reply"].contains(&kind.text()),
    }
}

impl From<RawEmbed<'_>> for Embed {
    fn from(raw: RawEmbed<'_>) -> Self {
        let field = |field: Part<RawField<'_>>| Field {
            name: string(field.0.name),
            value: string(field.0.value),
        };
        Self {
            kind: string(raw.kind),
            author: string(raw.author.0.name),
            title: string(raw.title),
            url: string(raw.url),
            description: string(raw.description),
            fields: raw.fields.0.into_iter().map(field).collect(),
            footer: string(raw.footer.0.text),
            colour: colour(&raw.color),
            thumbnail: string(raw.thumbnail.0.url),
            image: string(raw.image.0.url),
            timestamp: time(&raw.timestamp),
        }
    }
}

fn origin(raw: &RawMessage<'_>) -> Origin {
    let answers = raw.kind.number().is_some_and(|kind| ANSWERS.contains(&kind));
    let forwards = |reference: &Part<RawReference<'_>>| {
        let kind = &reference.0.kind;
        kind.number() == Some(FORWARD) || kind.text().eq_ignore_ascii_case("forward")
    };
    let copied = !raw.message_snapshots.0.is_empty() || raw.exported_forward.1;
    if copied || forwards(&raw.message_reference) || forwards(&raw.reference) {
        Origin::Forwarded
    } else if raw.flags.number().is_some_and(|flags| flags & IS_CROSSPOST != 0) {
        Origin::Crossposted
    } else if raw.interaction.1 || raw.interaction_metadata.1 || answers {
        Origin::Interaction
    } else {
        Origin::Direct
    }
}

fn time(scalar: &Scalar<'_>) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(scalar.text()).ok().map(|time| time.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::reading::message::{MAX_EMBEDS, MAX_FIELDS, MAX_TEXT_BYTES};

    /// Read from the tree and from the bytes: both must be the same.
    fn read(json: &Value) -> Message {
        let message = Message::from_json(json);
        let bytes = serde_json::to_vec(json).expect("JSON");
        assert_eq!(Message::from_slice(&bytes).expect("JSON"), message);
        message
    }

    #[test]
    fn wrong_types_are_passed_over() {
        let message = read(&json!({
            "id": 5, "channel_id": "6", "guild_id": null, "webhook_id": "not an id", "content": ["no text"],
            "author": "nobody", "timestamp": 7, "edited_timestamp": {}, "flags": "2", "type": [],
            "embeds": [null, 5, {"title": 9, "fields": [null, {"name": "Product", "value": null}], "color": "red"}],
            "key of the future": {"a": [1]},
        }));
        assert_eq!(
            (message.id.map(|id| id.0), message.channel_id.map(|id| id.0)),
            (Some(5), Some(6))
        );
        assert_eq!((message.guild_id, message.webhook_id, message.posted_at), (None, None, None));
        assert_eq!(message.embeds.len(), 1);
        assert_eq!((message.embeds[0].title.as_str(), message.embeds[0].fields.len()), ("9", 1));
        for odd in
            [json!(null), json!([]), json!("text"), json!({"embeds": {}, "message_snapshots": 1})]
        {
            assert_eq!(read(&odd), Message::default());
        }
    }

    #[test]
    fn where_a_message_comes_from() {
        let embed = json!([{"title": "Order Placed"}]);
        let forwarded = read(&json!({
            "content": "", "message_reference": {"type": 1},
            "message_snapshots": [{"message": {"content": "text", "embeds": embed}}],
        }));
        assert_eq!(
            (forwarded.origin, forwarded.content.as_str(), forwarded.embeds.len()),
            (Origin::Forwarded, "text", 1)
        );
        assert_eq!(read(&json!({"flags": 2})).origin, Origin::Crossposted);
        assert_eq!(read(&json!({"interaction": {"id": "1"}})).origin, Origin::Interaction);
        assert_eq!(read(&json!({"interaction_metadata": {}})).origin, Origin::Interaction);
        assert_eq!(read(&json!({"type": 20})).origin, Origin::Interaction);
        assert_eq!(
            read(&json!({"type": 19, "message_reference": {"type": 0}})).origin,
            Origin::Direct
        );
    }

    #[test]
    fn absurd_sizes_are_cut() {
        let fields: Vec<Value> =
            (0..500).map(|_| json!({"name": "é".repeat(20_000), "value": ""})).collect();
        let embeds: Vec<Value> = (0..40).map(|_| json!({"title": "x"})).collect();
        let message = read(&json!({"content": "é".repeat(20_000), "embeds": embeds}));
        assert_eq!((message.content.len(), message.embeds.len()), (MAX_TEXT_BYTES, MAX_EMBEDS));
        let message = read(&json!({"embeds": [{"fields": fields}]}));
        assert_eq!(message.embeds[0].fields.len(), MAX_FIELDS);
        assert_eq!(message.embeds[0].fields[0].name.len(), MAX_TEXT_BYTES);
    }

    #[test]
    fn a_key_twice_is_no_reason_to_fail() {
        assert_eq!(
            Message::from_slice(br#"{"content": "a", "content": "b"}"#).expect("JSON").content,
            "b"
        );
        assert!(Message::from_slice(b"{").is_err());
    }
}
