//! Any bytes as a message: as JSON, as text, as an embed's description and fields, as components, as an
//! attached file, as a file.
//!
//! Holds that nothing panics, that taking secrets out changes nothing that is read, and that it is done
//! once: a second pass finds nothing.
#![no_main]

#[path = "../../src/count.rs"]
#[allow(dead_code, reason = "nothing is counted for people here")]
mod count;
#[path = "../../src/files/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the target reads bytes, and asks no date")]
mod files;
#[path = "../../src/ids.rs"]
#[allow(dead_code, unused_imports, reason = "most ids belong to other parts of the bot")]
mod ids;
#[path = "../../src/order/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the reader needs money and statuses alone")]
mod order;
#[path = "../../src/reading/mod.rs"]
#[allow(dead_code, unused_imports, reason = "the target calls only the doors of the reader")]
mod reading;

use libfuzzer_sys::fuzz_target;
use reading::message::{Attachment, Embed, Field, Link, Message, Panel, value_from_slice};
use reading::{Labels, read, redact};

/// Messages of one file that are looked at.
const MAX_MESSAGES: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    let labels = Labels::built_in();
    if let Ok(json) = value_from_slice(bytes) {
        let message = Message::from_json(&json);
        assert_eq!(
            Message::from_slice(bytes).ok().as_ref(),
            Some(&message),
            "two ways to one message"
        );
        hold(&message, &labels);
    }
    let text = String::from_utf8_lossy(bytes);
    let cut = &text[..text.floor_char_boundary(reading::message::MAX_TEXT_BYTES)];
    hold(&Message { content: cut.to_owned(), ..Message::default() }, &labels);
    hold(&Message { embeds: vec![embed(cut)], ..Message::default() }, &labels);
    let link = Link { label: cut.lines().next().unwrap_or_default().to_owned(), url: cut.to_owned() };
    let panel = Panel { text: cut.to_owned(), links: vec![link], ..Panel::default() };
    hold(&Message { panels: vec![panel], ..Message::default() }, &labels);
    let mut file = Attachment::default();
    file.take_in(&text);
    hold(&Message { attachments: vec![file], ..Message::default() }, &labels);
    let mut file = files::MessageFile::new("fuzz", bytes).expect("bytes can be read");
    let messages = file.messages(files::Dates::default(), files::BytesRead::default());
    for message in messages.expect("bytes can be read").take(MAX_MESSAGES).flatten() {
        hold(&message, &labels);
    }
});

/// An embed of lines: a title, then names and values in turn, then the rest as description.
fn embed(text: &str) -> Embed {
    let mut lines = text.split('\n');
    let title = lines.next().unwrap_or_default().to_owned();
    let mut fields = Vec::new();
    while let (true, Some(name), Some(value)) = (fields.len() < 25, lines.next(), lines.next()) {
        fields.push(Field { name: name.to_owned(), value: value.replace('\t', "\n") });
    }
    let description = lines.collect::<Vec<_>>().join("\n");
    Embed { title, fields, description, ..Embed::default() }
}

fn hold(message: &Message, labels: &Labels) {
    let reading = read(message, labels);
    let clean = redact(message.clone(), labels);
    assert_eq!(read(&clean, labels), reading, "taking secrets out changed what is read");
    assert_eq!(redact(clean.clone(), labels), clean, "a second pass found a secret");
}
