//! What Discord takes, and what does no harm.

use serde_json::Value;
use serenity::all::CreateEmbed;

use super::super::text;

/// Checks one reply's embeds against Discord's limits.
pub(crate) fn assert_fits(embeds: &[CreateEmbed]) {
    let embeds: Vec<Value> =
        embeds.iter().map(|embed| serde_json::to_value(embed).expect("JSON")).collect();
    let mut sum = 0;
    let mut part = |text: &Value, limit: usize, what: &str| {
        let length = text.as_str().map_or(0, text::length);
        assert!(length <= limit, "{what}: {length}");
        sum += length;
    };
    for embed in &embeds {
        part(&embed["title"], 256, "title");
        part(&embed["description"], 4_096, "description");
        part(&embed["author"]["name"], 256, "author");
        part(&embed["footer"]["text"], 2_048, "footer");
        let fields = embed["fields"].as_array().cloned().unwrap_or_default();
        assert!(fields.len() <= 25);
        for field in &fields {
            for (key, limit) in [("name", 256), ("value", 1_024)] {
                assert!(!field[key].as_str().expect("text").trim().is_empty(), "{field}");
                part(&field[key], limit, key);
            }
        }
        // The lines of author and footer are shown as they are: nothing in them is formatted.
        let formatted = [&embed["title"], &embed["description"]].into_iter();
        for text in formatted.chain(fields.iter().map(|field| &field["value"])) {
            assert_harmless(text.as_str().unwrap_or_default());
        }
    }
    assert!(sum <= 6_000, "all embeds together: {sum}");
}

/// What stands outside of code spans, where alone Discord formats, links and mentions. A backslash
/// escapes there, and is an ordinary character within a span.
fn outside_of_code(text: &str) -> String {
    let mut outside = String::new();
    let mut in_code = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '`' => in_code = !in_code,
            '\\' if !in_code => {
                characters.next();
            }
            _ if !in_code => outside.push(character),
            _ => {}
        }
    }
    assert!(!in_code, "a code span without an end: {text}");
    outside
}

/// Nobody is pinged, nothing but our own links can be followed, and no text hides or overlays another.
pub(crate) fn assert_harmless(text: &str) {
    let outside = outside_of_code(text);
    for live in [
        "@everyone",
        "@here",
        "<@123>",
        "<@&5>",
        "](https://evil",
        "https://evil",
        "</orders",
        "<:x:",
    ] {
        assert!(!outside.contains(live), "{live} in {text}");
    }
    let hides = |letter: char| matches!(letter, '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(hides), "{text:?}");
    assert!(!text.contains("\u{301}\u{301}\u{301}"), "zalgo in {text}");
}
