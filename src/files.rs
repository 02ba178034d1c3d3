//! Files that hold messages: Discord's JSON, payloads, JSON lines, exports, and Refract's plain text.

use serde_json::Value;

use crate::ids::{ChannelId, GuildId};
use crate::json_scan::{Elements, members};
use crate::reading::split_text;
use crate::reading::{Labels, Message, message};

/// A file of messages, in whichever form they stand in it.
#[derive(Debug, Clone)]
pub struct MessageFile {
    name: String,
    text: String,
}

/// A part of a file that is no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct FileError {
    /// The file, as the person named it.
    pub file: String,
    /// The line at which the part begins, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub what: String,
}

/// A message with the line at which it begins, or why that part is none.
type Found = Result<Message, FileError>;

/// How messages stand in a text.
enum Shape<'t> {
    Nothing,
    /// Values one after another, from an array or without one, with the channel that an export names.
    Values(Elements<'t>, Option<GuildId>, Option<ChannelId>),
    Lines,
    Text,
}

impl MessageFile {
    /// Takes a file's bytes: UTF-8 or UTF-16, with or without a byte order mark. `name` stands in errors.
    pub fn new(name: impl Into<String>, bytes: &[u8]) -> Self {
        Self { name: name.into(), text: decoded(bytes) }
    }

    /// The messages one by one. A part that is no message gives an error and costs no other.
    pub fn messages(&self) -> Box<dyn Iterator<Item = Found> + '_> {
        match shape(&self.text) {
            Shape::Nothing => Box::new(std::iter::once(Err(self.error(1, NOTHING)))),
            Shape::Values(elements, guild_id, channel_id) => {
                Box::new(elements.map(move |element| {
                    let text = element.text.ok_or_else(|| self.error(element.line, BREAKS_OFF))?;
                    let mut message = self.message(text, element.line)?;
                    message.guild_id = message.guild_id.or(guild_id);
                    message.channel_id = message.channel_id.or(channel_id);
                    Ok(message)
                }))
            }
            Shape::Lines => {
                let lines =
                    self.text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
                Box::new(lines.map(|(index, line)| {
                    self.message(line.trim().trim_end_matches(','), index + 1)
                }))
            }
            Shape::Text => {
                let parts = split_text(&self.text, &Labels::built_in());
                let message =
                    |content: &str| Message { content: content.to_owned(), ..Message::default() };
                let texts: Vec<Message> =
                    parts.into_iter().map(|part| message(part.text)).collect();
                Box::new(texts.into_iter().map(Ok))
            }
        }
    }

    fn message(&self, text: &str, line: usize) -> Found {
        let json = message::value_from_slice(text.as_bytes()).map_err(|error| {
            let at = line + error.line().saturating_sub(1);
            self.error(
                at,
                &format!("this is not JSON ({error}); mend or remove it, the rest was read"),
            )
        })?;
        let inner =
            ["message", "d"].iter().find_map(|key| json.get(key).filter(|_| !is_message(&json)));
        let json = inner.unwrap_or(&json);
        if is_message(json) {
            Ok(Message::from_json(json))
        } else {
            Err(self.error(line, NO_MESSAGE))
        }
    }

    fn error(&self, line: usize, what: &str) -> FileError {
        FileError { file: self.name.clone(), line, what: what.to_owned() }
    }
}

const NOTHING: &str = "the file is empty; give a file with messages or text copied from Discord";
const BREAKS_OFF: &str =
    "the JSON breaks off here; save the file again, what stands above was read";
const NO_MESSAGE: &str = "this is not a Discord message, since it has neither \"content\" nor \"embeds\"; remove it, the rest was read";

fn is_message(json: &Value) -> bool {
    ["content", "embeds", "components", "message_snapshots", "forwardedMessage"]
        .iter()
        .any(|key| json.get(key).is_some())
}

fn shape(text: &str) -> Shape<'_> {
    let begin = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Shape::Nothing;
    }
    let inner = trimmed.strip_prefix('[').map(str::trim_start);
    if inner.is_some_and(|inner| inner.starts_with(['{', ']', '"', '[']) || inner.is_empty()) {
        return Shape::Values(Elements::from(text, begin + 1), None, None);
    }
    if is_json_lines(trimmed) {
        return Shape::Lines;
    }
    if trimmed.starts_with('{') {
        return export(text, begin)
            .unwrap_or_else(|| Shape::Values(Elements::from(text, begin), None, None));
    }
    Shape::Text
}

/// Whether at least half of several lines are objects: a garbled line among them is an error of its own.
fn is_json_lines(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (mut all, mut objects) = (0_usize, 0_usize);
    for line in lines {
        all += 1;
        objects += usize::from(line.starts_with('{') && line.trim_end_matches(',').ends_with('}'));
    }
    all > 1 && objects * 2 >= all
}

/// An export: an object whose `messages` are an array, with the guild and the channel beside it.
fn export(text: &str, begin: usize) -> Option<Shape<'_>> {
    let members = members(text.get(begin..)?);
    let (_, from, _) = members.iter().find(|(name, ..)| *name == "messages")?;
    let array = text.get(begin + from..)?.strip_prefix('[')?;
    let id = |wanted: &str| -> Option<String> {
        let (_, _, value) = members.iter().find(|(name, ..)| *name == wanted)?;
        let value: Value = serde_json::from_str(value).ok()?;
        let id = value.get("id")?;
        id.as_str().map(str::to_owned).or_else(|| id.as_i64().map(|id| id.to_string()))
    };
    let guild_id = id("guild").and_then(|id| id.parse().ok()).filter(|id| *id != GuildId(0));
    let channel_id = id("channel").and_then(|id| id.parse().ok());
    Some(Shape::Values(Elements::from(text, text.len() - array.len()), guild_id, channel_id))
}

/// Text from bytes: UTF-16 when a mark or its many zeros say so, else UTF-8; what is neither becomes the
/// replacement character.
fn decoded(bytes: &[u8]) -> String {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> =
            bytes.chunks_exact(2).filter_map(|pair| pair.try_into().ok().map(unit)).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 => {
            utf16(bytes, u16::from_le_bytes)
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> Vec<Result<String, String>> {
        let file = MessageFile::new("orders.txt", bytes);
        file.messages()
            .map(|found| found.map(|message| message.content).map_err(|error| error.to_string()))
            .collect()
    }

    fn contents(bytes: &[u8]) -> Vec<String> {
        read(bytes).into_iter().map(|found| found.expect("a message")).collect()
    }

    #[test]
    fn every_form_of_json() {
        assert_eq!(contents(br#"{"content": "a"}"#), ["a"]);
        assert_eq!(contents(b"{\n  \"content\": \"a\",\n  \"embeds\": []\n}\n"), ["a"]);
        assert_eq!(contents(br#" [ {"content": "a"} , {"content": "b"} ] "#), ["a", "b"]);
        assert_eq!(contents(b"{\"content\": \"a\"}\n\n{\"content\": \"b\"}\r\n"), ["a", "b"]);
        assert_eq!(contents(br#"{"t": "MESSAGE_CREATE", "d": {"content": "a"}}"#), ["a"]);
        assert_eq!(contents(b"[]"), [""; 0]);
    }

    #[test]
    fn an_export_gives_its_channel_to_each_message() {
        let export = br##"{"guild": {"id": "7"}, "channel": {"id": "8"}, "messages": [{"id": "9", "type": "Default",
            "timestamp": "2026-01-15T18:00:00.123+00:00", "timestampEdited": null, "content": "",
            "author": {"id": "5", "name": "Refract", "discriminator": "0000", "isBot": true},
            "embeds": [{"title": "Order Placed", "color": "#80FF80", "author": {"name": "A"}, "footer": {"text": "F"},
            "thumbnail": {"url": "https://img.example.com/p.jpg"}, "fields": [{"name": "Product", "value": "B", "isInline": true}]}]}]}"##;
        let messages: Vec<Message> = MessageFile::new("export.json", export)
            .messages()
            .map(|found| found.expect("one"))
            .collect();
        let [message] = messages.as_slice() else { panic!("{messages:?}") };
        assert_eq!((message.guild_id, message.channel_id), (Some(GuildId(7)), Some(ChannelId(8))));
        assert_eq!(message.webhook_id.map(|id| id.0), Some(5));
        assert_eq!(message.embeds[0].colour, Some(0x0080_FF80));
        assert_eq!(message.embeds[0].fields[0].value, "B");
    }

    #[test]
    fn a_broken_line_costs_no_other() {
        let found = read(b"{\"content\": \"a\"}\n{\"content\": oops}\n{\"content\": \"c\"}\n");
        assert_eq!((found[0].as_deref(), found[2].as_deref()), (Ok("a"), Ok("c")));
        let error = found[1].clone().expect_err("broken");
        assert!(error.starts_with("orders.txt, line 2: this is not JSON"), "{error}");
    }

    #[test]
    fn a_broken_element_costs_no_other() {
        let found = read(
            b"[{\"content\": \"a\"},\n5,\n{\"content\": oops},\n{\"content\": \"d\"}, {\"cont",
        );
        assert_eq!((found[0].as_deref(), found[3].as_deref()), (Ok("a"), Ok("d")));
        assert!(
            found[1]
                .clone()
                .expect_err("a number")
                .contains("line 2: this is not a Discord message")
        );
        assert!(found[2].clone().expect_err("no JSON").contains("line 3: this is not JSON"));
        assert!(found[4].clone().expect_err("broken off").contains("line 4: the JSON breaks off"));
    }

    #[test]
    fn text_of_several_orders() {
        let text = "Successful Checkout | Target\r\nProduct\r\nA\r\n\r\nSuccessful Checkout | Walmart\r\nProduct\r\nB";
        assert_eq!(contents(text.as_bytes()).len(), 2);
    }

    #[test]
    fn text_as_notepad_saves_it() {
        let text = "Successful Checkout | Target\r\nProduct\r\nPokémon";
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [&[0xFF, 0xFE], bytes.as_slice()].concat();
        assert_eq!(contents(&marked), [text]);
        assert_eq!(contents(&bytes), [text]);
        assert_eq!(contents(&[&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat()), [text]);
    }

    #[test]
    fn halves_of_surrogate_pairs_are_mended() {
        assert_eq!(
            contents(br#"{"content": "a \ud83d b \ude00 \ud83d\ude00"}"#),
            ["a \u{FFFD} b \u{FFFD} 😀"]
        );
    }

    #[test]
    fn an_empty_file_says_so() {
        assert!(
            read(b" \n")[0]
                .clone()
                .expect_err("empty")
                .contains("orders.txt, line 1: the file is empty")
        );
    }
}
