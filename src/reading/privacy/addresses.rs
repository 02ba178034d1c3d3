//! The e-mail addresses that a text or a whole message names, wherever they stand.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::reading::message::{Attachment, Embed, Message, Panel};

static ADDRESS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[0-9A-Za-z_.%+'-]+@[0-9A-Za-z_-]+(?:\.[0-9A-Za-z_-]+)+"));

/// The addresses in a text, lower-case, also within links and between marks of formatting.
pub fn of_text(text: &str) -> Vec<String> {
    if !text.contains('@') && !text.contains("%40") {
        return Vec::new();
    }
    let is_mark =
        |mark: &char| matches!(mark, '\\' | '*' | '`' | '|' | '\u{200b}'..='\u{200d}' | '\u{feff}');
    let plain: String = text.chars().filter(|mark| !is_mark(mark)).collect();
    let plain = plain.replace("%40", "@").to_lowercase();
    let found = ADDRESS.find_iter(&plain);
    found.map(|found| found.as_str().trim_matches(['.', '\'', '-', '_']).to_owned()).collect()
}

/// The text with something else in the place of each address.
pub fn replaced(text: &str, instead: impl Fn(&str) -> String) -> Cow<'_, str> {
    if !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let instead = |found: &regex::Captures<'_>| {
        found.get(0).map_or_else(String::new, |found| instead(found.as_str()))
    };
    ADDRESS.replace_all(text, instead)
}

/// The addresses that a message names, each once.
pub fn of_message(message: &Message) -> Vec<String> {
    let mut found: Vec<String> = texts(message).into_iter().flat_map(of_text).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn texts(message: &Message) -> Vec<&str> {
    let own = [message.author.name.as_str(), message.content.as_str()];
    let shown = message.embeds.iter().flat_map(texts_of_embed);
    let shown = shown.chain(message.panels.iter().flat_map(texts_of_panel));
    let attached = message.attachments.iter().flat_map(texts_of_attachment);
    own.into_iter().chain(shown).chain(attached).collect()
}

fn texts_of_embed(embed: &Embed) -> impl Iterator<Item = &str> {
    let Embed { author, title, url, description, fields, footer, thumbnail, image, .. } = embed;
    let parts = [author, title, url, description, footer, thumbnail, image];
    let fields = fields.iter().flat_map(|field| [&field.name, &field.value]);
    parts.into_iter().chain(fields).map(String::as_str)
}

fn texts_of_panel(panel: &Panel) -> impl Iterator<Item = &str> {
    let Panel { colour: _, text, pictures, links } = panel;
    let links = links.iter().flat_map(|link| [&link.label, &link.url]);
    [text].into_iter().chain(pictures).chain(links).map(String::as_str)
}

fn texts_of_attachment(attachment: &Attachment) -> Vec<&str> {
    let Attachment { name, url, bytes: _, messages, unread: _ } = attachment;
    let said = messages.iter().flatten().flat_map(texts);
    [name.as_str(), url.as_str()].into_iter().chain(said).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_in_whatever_stands_around_it() {
        for text in [
            "|| Buyer@Example.com ||",
            "mailto:buyer@example.com",
            "https://shop.example.com/?email=buyer%40example.com&x=1",
            "**buyer\\@example.com**.",
            "<buyer@example.com>, of course",
        ] {
            assert_eq!(of_text(text), ["buyer@example.com"], "{text}");
        }
        assert_eq!(of_text("one_a.b+c@mail.example.co.uk"), ["one_a.b+c@mail.example.co.uk"]);
        assert!(of_text("@everyone, meet at 5 @ home").is_empty());
    }

    #[test]
    fn every_part_of_a_message_is_looked_at() {
        let message = serde_json::json!({"content": "a@example.com", "author": {"name": "b@example.com"},
            "embeds": [{"description": "c@example.com", "footer": "d@example.com",
                "fields": [{"name": "e@example.com", "value": "f@example.com"}]}],
            "panels": [{"text": "g@example.com", "pictures": ["h@example.com"],
                "links": [{"label": "i@example.com", "url": "mailto:j@example.com"}]}],
            "attachments": [{"name": "k@example.com.txt", "messages": [{"content": "l@example.com"}]}]});
        let message: Message = serde_json::from_value(message).unwrap();
        let letters: String =
            of_message(&message).iter().filter_map(|at| at.chars().next()).collect();
        assert_eq!(letters, "abcdefghijkl");
    }
}
