//! The e-mail addresses that a text or a whole message names, wherever they stand.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::reading::message::{Attachment, Embed, Message, Panel};

/// With its `@` as it is, or as links write it.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[0-9A-Za-z_.%+'-]+(?:@|%(?:25)*40)[0-9A-Za-z_-]+(?:(?:\.|%(?:25)*2[Ee])[0-9A-Za-z_-]+)+",
    )
});
/// A link within a link within a link.
const MAX_LAYERS: usize = 3;

/// The addresses in a text, lower-case, also within links, however often these are encoded, and between marks of
/// formatting.
pub fn of_text(text: &str) -> Vec<String> {
    if !text.contains('@') && !text.contains('%') {
        return Vec::new();
    }
    let mut found = of_plain(text);
    let mut layer = Cow::Borrowed(text);
    for _ in 0..MAX_LAYERS {
        let Some(decoded) = decoded(&layer) else { break };
        found.extend(of_plain(&decoded));
        layer = Cow::Owned(decoded);
    }
    found.sort_unstable();
    found.dedup();
    // As it is written, `buyer%40example.com` is another way to write the same.
    found.retain(|address| !address.contains('%') || decoded(address).is_none());
    found
}

/// The text without one layer of `%40`; `None` where there is none. What is no text afterwards stays as it is.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = rest.strip_prefix(b"%").and_then(|code| code.get(..2));
        // The standard library takes `+4` for a number, too.
        let code = code.filter(|code| code.iter().all(u8::is_ascii_hexdigit));
        let code =
            code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { rest.get(3..).unwrap_or_default() } else { after };
    }
    (bytes.len() < text.len()).then(|| String::from_utf8_lossy(&bytes).into_owned())
}

fn of_plain(text: &str) -> Vec<String> {
    if !text.contains('@') {
        return Vec::new();
    }
    let is_mark =
        |mark: &char| matches!(mark, '\\' | '*' | '`' | '|' | '\u{200b}'..='\u{200d}' | '\u{feff}');
    let plain: String = text.chars().filter(|mark| !is_mark(mark)).collect();
    let plain = plain.to_lowercase();
    let found = ADDRESS.find_iter(&plain);
    found.map(|found| found.as_str().trim_matches(['.', '\'', '-', '_']).to_owned()).collect()
}

/// The text with something else in the place of each address.
pub fn replaced(text: &str, instead: impl Fn(&str) -> String) -> Cow<'_, str> {
    if !text.contains('@') && !text.contains("40") {
        return Cow::Borrowed(text);
    }
    let instead = |found: &regex::Captures<'_>| {
        let found = found.get(0).map(|found| found.as_str()).unwrap_or_default();
        let plain =
            (0..MAX_LAYERS).fold(found.to_owned(), |text, _| decoded(&text).unwrap_or(text));
        instead(&plain)
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
    let earlier = message.earlier.iter().flat_map(texts);
    own.into_iter().chain(shown).chain(attached).chain(earlier).collect()
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
        assert!(of_text("@everyone, meet at 5 @ home, 20%40 off").is_empty());
        for encoded in [
            "https://a.example/?mail=%62uyer%2B1%40example%2Ecom",
            "https://a.example/?next=%2Flogin%3Fmail%3Dbuyer%252B1%2540example.com",
        ] {
            assert!(of_text(encoded).contains(&"buyer+1@example.com".to_owned()), "{encoded}");
        }
    }

    #[test]
    fn a_sign_is_no_digit_of_a_code() {
        assert_eq!(decoded("%+4a%4+b"), None);
        assert_eq!(decoded("%+4%40").as_deref(), Some("%+4@"));
    }

    #[test]
    fn an_address_is_replaced_however_its_link_writes_it() {
        let hidden = |text: &str| replaced(text, |address| format!("<{address}>")).into_owned();
        assert_eq!(hidden("to buyer@example.com."), "to <buyer@example.com>.");
        let link = "https://a.example/?mail=buyer%40example.com&x=1";
        assert_eq!(hidden(link), "https://a.example/?mail=<buyer@example.com>&x=1");
        assert_eq!(hidden("?mail=buyer%2540example%252Ecom"), "?mail=<buyer@example.com>");
        assert_eq!(hidden("40 @ 20%40"), "40 @ 20%40");
    }

    #[test]
    fn every_part_of_a_message_is_looked_at() {
        let message = serde_json::json!({"content": "a@example.com", "author": {"name": "b@example.com"},
            "embeds": [{"description": "c@example.com", "footer": "d@example.com",
                "fields": [{"name": "e@example.com", "value": "f@example.com"}]}],
            "panels": [{"text": "g@example.com", "pictures": ["h@example.com"],
                "links": [{"label": "i@example.com", "url": "mailto:j@example.com"}]}],
            "attachments": [{"name": "k@example.com.txt", "messages": [{"content": "l@example.com"}]}],
            "announced": {"content": "m@example.com"}});
        let message: Message = serde_json::from_value(message).unwrap();
        let letters: String =
            of_message(&message).iter().filter_map(|at| at.chars().next()).collect();
        assert_eq!(letters, "abcdefghijklm");
    }
}
