//! Where a secret may stand in a message, and how it may be dressed.

use refract_ledger::reading::Message;
use refract_ledger::reading::message::Attachment;
use serde_json::{Value, json};

/// A place in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Field,
    FieldWithoutName,
    FieldOfNotes,
    Description,
    Content,
    Title,
    Author,
    Footer,
    AuthorOfTheMessage,
    Components,
    Button,
    TextFile,
    JsonFile,
}

/// All of them.
pub(crate) const PLACES: [Place; 13] = [
    Place::Field,
    Place::FieldWithoutName,
    Place::FieldOfNotes,
    Place::Description,
    Place::Content,
    Place::Title,
    Place::Author,
    Place::Footer,
    Place::AuthorOfTheMessage,
    Place::Components,
    Place::Button,
    Place::TextFile,
    Place::JsonFile,
];

/// What is done to a label or a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dress {
    Plain,
    Spoiler,
    Bold,
    Code,
    ZeroWidth,
    FullWidth,
    Coloured,
}

/// All of it.
pub(crate) const DRESSES: [Dress; 7] = [
    Dress::Plain,
    Dress::Spoiler,
    Dress::Bold,
    Dress::Code,
    Dress::ZeroWidth,
    Dress::FullWidth,
    Dress::Coloured,
];

impl Dress {
    /// Each line of the text in this dress.
    pub(crate) fn on(self, text: &str) -> String {
        let lines: Vec<String> = text.split('\n').map(|line| self.on_line(line)).collect();
        lines.join("\n")
    }

    fn on_line(self, line: &str) -> String {
        match self {
            _ if line.is_empty() => String::new(),
            Self::Plain => line.to_owned(),
            Self::Spoiler => format!("||{line}||"),
            Self::Bold => format!("**{line}**"),
            Self::Code => format!("`{line}`"),
            Self::ZeroWidth => line.chars().flat_map(|letter| [letter, '\u{200b}']).collect(),
            Self::FullWidth => line.chars().map(full_width).collect(),
            Self::Coloured => format!("\u{1b}[1;31m{line}\u{1b}[0m"),
        }
    }
}

fn full_width(letter: char) -> char {
    match letter {
        '!'..='~' => char::from_u32(u32::from(letter) + 0xFEE0).unwrap(),
        _ => letter,
    }
}

/// A text as a careful reader sees it: without dress, in lower case.
pub(crate) fn undressed(text: &str) -> String {
    let plain = text.replace("\\u001b[1;31m", "").replace("\\u001b[0m", "");
    let visible = plain.chars().filter(|mark| !matches!(mark, '\u{200b}' | '|' | '*' | '`'));
    let half = visible.map(|letter| match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap(),
        _ => letter,
    });
    half.collect::<String>().to_lowercase()
}

/// The JSON of a message of a checkout with a label, a value and a text that holds both somewhere.
pub(crate) fn message(
    place: Place,
    (label, value): (&str, &str),
    text: &str,
) -> (Value, Option<String>) {
    let mut fields = vec![
        json!({"name": "Product", "value": "Example Kettle"}),
        json!({"name": "Price", "value": "$12.01"}),
        json!({"name": "Order Number", "value": "102003900000021"}),
        json!({"name": "Email", "value": "buyer@example.com"}),
    ];
    let mut embed = json!({"title": "Successful Checkout | Target"});
    let mut message = json!({"id": "1300000000000000001", "channel_id": "1290000000000000100",
        "guild_id": "1290000000000000200", "webhook_id": "1290000000000000001", "content": "",
        "timestamp": "2026-01-15T18:00:00Z", "author": {"id": "1290000000000000001", "username": "Checkouts", "bot": true}});
    let mut file = None;
    match place {
        Place::Field => fields.push(json!({"name": label, "value": value})),
        Place::FieldWithoutName => fields.push(json!({"name": "\u{200b}", "value": text})),
        Place::FieldOfNotes => fields.push(json!({"name": "Notes", "value": text})),
        Place::Description => {
            embed["description"] = json!(format!("Thank you!\n{text}\nStore: Target"));
        }
        Place::Content => message["content"] = json!(text),
        Place::Title => embed["title"] = json!(text),
        Place::Author => embed["author"] = json!({"name": text}),
        Place::Footer => embed["footer"] = json!({"text": text}),
        Place::AuthorOfTheMessage => message["author"]["username"] = json!(text),
        Place::Components => {
            message["components"] =
                json!([{"type": 17, "components": [{"type": 10, "content": text}]}]);
        }
        Place::Button => {
            message["components"] = json!([{"type": 1, "components": [{"type": 2, "style": 5, "label": text, "url": "https://a.example"}]}]);
        }
        Place::TextFile => {
            file = Some(format!("Successful Checkout\nOrder Number: 102003900000022\n{text}\n"));
        }
        Place::JsonFile => {
            file = Some(
                json!({"orderNumber": "102003900000022", label: value, "info": text}).to_string(),
            );
        }
    }
    embed["fields"] = json!(fields);
    message["embeds"] = json!([embed]);
    if file.is_some() {
        let name = if place == Place::JsonFile { "order.json" } else { "order.txt" };
        message["attachments"] =
            json!([{"filename": name, "url": "https://cdn.example.com/order", "size": 9}]);
    }
    (message, file)
}

/// The message, with what its file says.
pub(crate) fn taken_in((json, file): &(Value, Option<String>)) -> Message {
    let mut message = Message::from_json(json);
    for attachment in &mut message.attachments {
        Attachment::take_in(attachment, file.as_deref().unwrap_or_default());
    }
    message
}
