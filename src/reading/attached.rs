//! What text files say that came with a message: as messages, which are read like the one they came with.

use serde_json::Value;

use super::labels::Labels;
use super::message::{
    Attachment, Embed, MAX_ATTACHMENT_BYTES, MAX_TEXT_BYTES, Message, objects, value_from_slice,
};
use super::sections::split::split_text;

/// Messages and objects within one file.
const MAX_MESSAGES: usize = 500;

impl Attachment {
    /// Takes in what the file says.
    pub fn take_in(&mut self, text: &str) {
        let end = text.floor_char_boundary(MAX_ATTACHMENT_BYTES);
        let text = text.get(..end).unwrap_or_default();
        self.messages = Some(messages(text));
    }
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
    of_text(text)
}

/// One message for each order, as of a file of text.
fn of_text(text: &str) -> Vec<Message> {
    let parts = split_text(text, &Labels::built_in()).into_iter().take(MAX_MESSAGES);
    let message = |text: &str| Message { content: cut(text.to_owned()), ..Message::default() };
    parts.map(|part| message(part.text)).collect()
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
    let embed = Embed { fields: objects::fields(object), ..Embed::default() };
    Some(Message { embeds: vec![embed], ..Message::default() })
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
    fn text_is_a_message_for_each_order() {
        assert_eq!(read("Order Number\n#1")[0].content, "Order Number\n#1");
        assert_eq!(read("{ no JSON")[0].content, "{ no JSON");
        let two = read("Order Placed\nOrder Number: 1001\n\nOrder Placed\nOrder Number: 1002");
        assert_eq!(two.len(), 2);
        assert!(read(" \n").is_empty());
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
        assert_eq!(read(&"é".repeat(MAX_ATTACHMENT_BYTES))[0].content.len(), MAX_TEXT_BYTES);
    }
}
