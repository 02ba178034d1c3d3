//! What Discord takes, and what does no harm.

use serde_json::Value;
use serenity::all::CreateEmbed;

use super::super::text;
use super::made_up::{event, item};
use super::orders_shown::whole;
use crate::discord::render::Audience;
use crate::discord::render::orders::card;
use crate::ledger::{HandValue, Order, OrderField};
use crate::order::{Currency, Money, StatusEmoji};

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

#[test]
fn a_card_has_room_for_every_field() {
    let mut order = whole();
    order.items.push(item("Example Keyboard", 2));
    let price = Some(Money { minor: 40_000, currency: Some(Currency::USD) });
    (order.books.sold_price, order.books.fees) = (price, price);
    order.books.buyer = Some("Ann".to_owned());
    order.by_hand = vec![HandValue { field: OrderField::Fees, said: None, agrees: false }];
    let last = event("status", "menu", 9, r#"{"status": ["shipped", "delivered"]}"#);
    let doubts = ["Example Graphics Card (8GB)".to_owned()];
    let shown = |order: &Order| {
        let emoji = StatusEmoji::default();
        let card = card::card(order, Some(&last), &doubts, &emoji, Audience::Private);
        assert_fits(std::slice::from_ref(&card));
        let card = serde_json::to_value(card).expect("JSON");
        let fields = card["fields"].as_array().expect("fields").iter();
        fields.map(|field| field["name"].to_string()).collect::<Vec<_>>()
    };
    let names = shown(&order);
    assert_eq!(names.len(), 25, "{names:?}");
    order.details.notes = Some("long ".repeat(1_000));
    assert!(shown(&order).iter().any(|name| name.contains("Buying group")));
}
