//! Text files that came with a message, read like its own text.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::json::{string, value_from_slice};
use super::raw_message::RawAttachment;
use super::{Embed, Field, MAX_FIELDS, MAX_TEXT_BYTES, Message};

/// Text files of one message that are read.
pub const MAX_ATTACHMENTS: usize = 3;
/// Longer files are not fetched, and longer texts are cut.
pub const MAX_ATTACHMENT_BYTES: usize = 1024 * 1024;
/// Messages and objects within one file.
const MAX_MESSAGES: usize = 500;
/// Objects within objects deeper than this are passed over.
const MAX_DEPTH: usize = 4;

/// A `.txt` or `.json` file. Pictures and all other files are none.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attachment {
    /// As its sender named it.
    pub name: String,
    /// Where Discord keeps it. What is stored lacks the signature that opens it for a day.
    pub url: String,
    /// Its size.
    pub bytes: u64,
    /// What it says: a text as the content of one message, JSON as a message for each that it holds. `None`
    /// until it was fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages: Option<Vec<Message>>,
}

impl Attachment {
    /// A file of a message, if it is a text by its name or its type.
    pub fn of(name: String, url: String, bytes: u64, content_type: &str) -> Option<Self> {
        let ends_with = |ending: &str| {
            let from = name.len().saturating_sub(ending.len());
            name.get(from..).is_some_and(|end| end.eq_ignore_ascii_case(ending))
        };
        let is_text = [".txt", ".json"].into_iter().any(ends_with)
            || ["text/plain", "application/json"].iter().any(|kind| content_type.starts_with(kind));
        is_text.then_some(Self { name, url, bytes, messages: None })
    }

    /// Whether it still has to be fetched, and is small enough to be.
    pub fn is_awaited(&self) -> bool {
        let small = usize::try_from(self.bytes).is_ok_and(|bytes| bytes <= MAX_ATTACHMENT_BYTES);
        self.messages.is_none() && small && self.url.starts_with("http")
    }

    /// Takes in what the file says.
    pub fn take_in(&mut self, text: &str) {
        let end = text.floor_char_boundary(MAX_ATTACHMENT_BYTES);
        let text = text.get(..end).unwrap_or_default();
        self.messages = Some(messages(text));
    }
}

/// The attachment, if it is a text.
pub(super) fn of_raw(raw: RawAttachment<'_>) -> Option<Attachment> {
    let names = [raw.filename, raw.exported_name, raw.name].map(string);
    let name = names.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let bytes = raw.size.number().or(raw.exported_size.number()).unwrap_or(0);
    Attachment::of(name, string(raw.url), bytes, raw.content_type.text())
}

fn messages(text: &str) -> Vec<Message> {
    let trimmed = text.trim_start_matches('\u{FEFF}').trim();
    if trimmed.starts_with(['{', '[']) {
        if let Ok(json) = value_from_slice(trimmed.as_bytes()) {
            return of_json(&json);
        }
        let lines = trimmed.lines().take(MAX_MESSAGES);
        let objects = lines.filter_map(|line| value_from_slice(line.trim().as_bytes()).ok());
        let found: Vec<Message> =
            objects.filter(Value::is_object).flat_map(|json| of_json(&json)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    vec![Message { content: text.to_owned(), ..Message::default() }]
}

/// A message, several of them, an export, or any objects that name the pieces of an order.
fn of_json(json: &Value) -> Vec<Message> {
    let list = json.as_array().or_else(|| json.get("messages")?.as_array());
    if let Some(list) = list {
        return list.iter().take(MAX_MESSAGES).filter_map(of_object).collect();
    }
    of_object(json).into_iter().collect()
}

fn of_object(json: &Value) -> Option<Message> {
    let object = json.as_object()?;
    let is_message = ["content", "embeds", "components", "message_snapshots", "forwardedMessage"]
        .iter()
        .any(|key| object.contains_key(*key));
    if is_message {
        let Message { content, embeds, panels, .. } = Message::from_json(json);
        return Some(Message { content, embeds, panels, ..Message::default() });
    }
    let mut fields = Vec::new();
    add_fields(object, "", "", 0, &mut fields);
    let embed = Embed { fields, ..Embed::default() };
    Some(Message { embeds: vec![embed], ..Message::default() })
}

/// An object's members as fields: their keys are the labels.
fn add_fields(
    object: &Map<String, Value>,
    parent: &str,
    position: &str,
    depth: usize,
    fields: &mut Vec<Field>,
) {
    for (key, value) in object {
        if fields.len() >= MAX_FIELDS {
            return;
        }
        let name = format!("{}{position}", name_of(parent, key));
        match value {
            Value::Object(inner) if depth < MAX_DEPTH => {
                add_fields(inner, key, position, depth + 1, fields);
            }
            Value::Array(list) if depth < MAX_DEPTH && list.iter().any(Value::is_object) => {
                for (index, inner) in list.iter().filter_map(Value::as_object).enumerate() {
                    add_fields(inner, key, &format!(" ({})", index + 1), depth + 1, fields);
                }
            }
            Value::Array(list) => {
                let parts: Vec<String> = list.iter().filter_map(text_of).collect();
                fields.push(Field { name, value: cut(parts.join(", ")) });
            }
            other => {
                let value = text_of(other);
                fields.extend(value.map(|value| Field { name, value: cut(value) }));
            }
        }
    }
}

/// The label of a key: one that says little by itself takes the name of what it belongs to.
fn name_of(parent: &str, key: &str) -> String {
    const VAGUE: [&str; 8] = ["id", "number", "no", "name", "title", "url", "link", "address"];
    let is_vague = VAGUE.iter().any(|vague| key.eq_ignore_ascii_case(vague));
    let of_list = ["items", "products", "line_items", "lineItems", "cart"].contains(&parent);
    match parent {
        "" => key.to_owned(),
        _ if of_list && matches!(key, "name" | "title") => "product".to_owned(),
        _ if is_vague => format!("{parent} {key}"),
        _ => key.to_owned(),
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MAX_TEXT_BYTES));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Message> {
        let mut attachment = Attachment::default();
        attachment.take_in(text);
        attachment.messages.expect("taken in")
    }

    fn fields(text: &str) -> Vec<(String, String)> {
        let messages = read(text);
        let fields = messages.into_iter().flat_map(|mut message| message.embeds.remove(0).fields);
        fields.map(|field| (field.name, field.value)).collect()
    }

    #[test]
    fn text_is_the_content_of_a_message() {
        assert_eq!(read("Order Number\n#1")[0].content, "Order Number\n#1");
        assert_eq!(read("{ no JSON")[0].content, "{ no JSON");
    }

    #[test]
    fn messages_in_json_are_messages() {
        assert_eq!(read(r#"{"content": "a"}"#)[0].content, "a");
        assert_eq!(read(r#"[{"content": "a"}, {"content": "b"}]"#).len(), 2);
        assert_eq!(read(r#"{"messages": [{"content": "a"}]}"#)[0].content, "a");
        assert_eq!(read("{\"content\": \"a\"}\n{\"content\": \"b\"}").len(), 2);
    }

    #[test]
    fn any_object_is_a_list_of_labels_and_values() {
        let json = r#"{"orderNumber": "A-1", "total": 5.5, "customer": {"name": "Demo"},
            "items": [{"name": "A", "qty": 2}, {"name": "B", "qty": 1}], "tags": ["x", "y"], "gone": null}"#;
        let mut found = fields(json);
        found.sort();
        let expected = [
            ("customer name", "Demo"),
            ("orderNumber", "A-1"),
            ("product (1)", "A"),
            ("product (2)", "B"),
            ("qty (1)", "2"),
            ("qty (2)", "1"),
            ("tags", "x, y"),
            ("total", "5.5"),
        ];
        assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_long_text_is_cut_at_a_letter() {
        assert_eq!(read(&"é".repeat(MAX_ATTACHMENT_BYTES))[0].content.len(), MAX_ATTACHMENT_BYTES);
    }
}
