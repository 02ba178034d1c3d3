//! The messages of the demo: each one a thing that the bot has to get right. All values are made up.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use crate::refract::{self, Event};

/// A message of Refract's webhook, and why it is in the story.
pub(super) struct Scene {
    pub(super) why: &'static str,
    pub(super) payload: Value,
    /// Whether it comes when the bot has read those before it: what it changes is a change of its own.
    pub(super) is_later: bool,
}

/// The place of the first checkout among the scenes.
pub(super) const FIRST_CHECKOUT: usize = 1;

/// Its order, which the story looks at and reacts to.
pub(super) const ORDER: &str = "BBY01-807000000002";

/// The number that the order without one is given.
pub(super) const ADDED_NUMBER: &str = "102000000000077";

/// The order of which it is doubtful whether a second message names another product.
pub(super) const DOUBTFUL: &str = "BBY01-807000000008";

/// The scenes, in their order.
pub(super) fn scenes(now: DateTime<Utc>) -> Vec<Scene> {
    let at = |minutes: i64| now - TimeDelta::minutes(minutes);
    let scene = |why, payload| Scene { why, payload, is_later: false };
    vec![
        scene("Refract's Test Notification", refract::payload(Event::Test, 1, at(60))),
        scene("a checkout at Best Buy", refract::payload(Event::Checkout, 2, at(55))),
        scene("a checkout at Target, two units", refract::payload(Event::Checkout, 3, at(50))),
        scene("another price, another product", refract::payload(Event::Checkout, 8, at(45))),
        scene("Canadian dollars", canadian()),
        scene("euros, written as in Germany", german()),
        scene("plain text instead of an embed", plain_text()),
        scene("two orders in one message", two_orders(at(30))),
        scene("one order with several items", several_items(at(25))),
        scene(
            "the first checkout once more: nothing new",
            refract::payload(Event::Checkout, 2, at(55)),
        ),
        scene("a declined card: no order", refract::payload(Event::Decline, 3, at(20))),
        Scene { is_later: true, ..scene("a shipping notice for a known order", shipped()) },
        scene("a checkout without an order number", without_number(at(5))),
        scene("a checkout in Discord's newer components", components()),
        scene("a known number with another name and price: counted once", doubtful(at(3))),
    ]
}

fn embed(heading: &str, at: DateTime<Utc>, fields: &[(&str, &str)]) -> Value {
    let fields: Vec<Value> = fields
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value, "inline": true}))
        .collect();
    json!({
        "author": {"name": heading},
        "color": 0x0080_FF80,
        "fields": fields,
        "footer": {"text": "Prism Technologies - 1.24.3 (0.13.143)"},
        "timestamp": at.to_rfc3339(),
    })
}

fn canadian() -> Value {
    json!({"embeds": [{
        "title": "Successful Checkout | Best Buy CA",
        "fields": [
            {"name": "Product", "value": "**Example Espresso Machine**"},
            {"name": "Price", "value": "CA$349.99"},
            {"name": "Order #", "value": "BBYCA-100000021"},
            {"name": "Email", "value": "|| buyer5@example.com ||"},
        ],
    }]})
}

fn german() -> Value {
    json!({"embeds": [{
        "title": "Successfully checked out!",
        "description": "**Store:** Example Spielwaren\n**Product:** Example Brettspiel\n\
            **Price:** 1.049,00 €\n**Order Number:** DE-2026-00042\n**Size:** Standard",
    }]})
}

fn plain_text() -> Value {
    json!({"content": "Successful Checkout | Walmart US\nProduct\nExample Building Blocks\nPrice\n\
        $24.97\nQuantity\n4\nProfile\nDemo 2\nProxy Details\nISP 2\nOrder Number\n\
        #2000123-45678901\nEmail\nbuyer2@example.com"})
}

fn two_orders(at: DateTime<Utc>) -> Value {
    json!({"embeds": [
        embed("Successful Checkout | Target", at, &[
            ("Product", "Example Figure A"), ("Price", "$10.00"),
            ("Order Number", "|| #102000000000041 ||"), ("Quantity", "1"),
        ]),
        embed("Successful Checkout | Costco US", at, &[
            ("Product", "Example Television 65\""), ("Price", "$2,199.99"),
            ("Order Number", "|| #1261000001 ||"), ("Quantity", "1"),
        ]),
    ]})
}

fn several_items(at: DateTime<Utc>) -> Value {
    json!({"embeds": [embed("Successful Checkout | Pokemon Center US", at, &[
        ("Product (1)", "Example Booster Bundle"), ("Price (1)", "$26.94"), ("Quantity (1)", "2"),
        ("Product (2)", "Example Plush"), ("Price (2)", "$19.99"), ("Quantity (2)", "1"),
        ("Order Number", "|| P0039000001 ||"), ("Total", "$79.81"),
    ])]})
}

fn shipped() -> Value {
    json!({"content": "Order Number\n#2000123-45678901\nStatus\nshipped\nTracking Number\n\
        1Z999AA10123456784"})
}

fn components() -> Value {
    let text = |content: &str| json!({"type": 10, "content": content});
    json!({"content": "", "embeds": [], "flags": 1 << 15, "components": [{"type": 17, "accent_color": 0x0080_FF80, "components": [
        text("## Successful Checkout | GameStop US"),
        text("**Product:** Example Controller\n**Price:** $59.99\n**Order Number:** 1100000042"),
    ]}]})
}

fn doubtful(at: DateTime<Utc>) -> Value {
    json!({"embeds": [embed("Order confirmed | Best Buy US", at, &[
        ("Product", "Example Aurora Graphics Card (16GB) - Black Bundle"), ("Price", "$829.99"),
        ("Order Number", DOUBTFUL),
    ])]})
}

fn without_number(at: DateTime<Utc>) -> Value {
    json!({"embeds": [embed("Successful Checkout | Target", at, &[
        ("Product", "Example Blind Box"), ("Price", "$14.99"), ("Order Number", "N/A"),
    ])]})
}
