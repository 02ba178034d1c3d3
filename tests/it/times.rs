//! When an order was made: three clocks tell it, in any zone, on any day of the year.

use refract_ledger::ids::MessageId;
use refract_ledger::ledger::OrderFilter;
use serde_json::{Value, json};

use crate::fresh::{Fresh, GUILD, from_json, rows};

/// When Discord made the messages.
const MADE: &str = "2025-12-31T23:59:58.123Z";
/// The time of the embed, that of the message, and what the order shows of both: the embed's own, else
/// the message's, else what the id tells.
const TIMES: [(&str, &str, &str, &str); 9] = [
    ("2026-01-01T00:30:00+01:00", MADE, "2025-12-31T23:30:00.000Z", MADE),
    ("2025-12-31T20:00:00.5-05:00", MADE, "2026-01-01T01:00:00.500Z", MADE),
    // No clock in Berlin shows the first of these; it shows the next two alike.
    ("2026-03-29T02:30:00+01:00", MADE, "2026-03-29T01:30:00.000Z", MADE),
    ("2026-10-25T02:30:00+02:00", MADE, "2026-10-25T00:30:00.000Z", MADE),
    ("2026-10-25T02:30:00+01:00", MADE, "2026-10-25T01:30:00.000Z", MADE),
    ("", "2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z"),
    ("yesterday", "", MADE, MADE),
    ("", "2026-13-01T00:00:00Z", MADE, MADE),
    // What programs write where they know no time.
    ("0001-01-01T00:00:00Z", "", MADE, MADE),
];

/// A ledger with an order for each of [`TIMES`].
async fn filled() -> Fresh {
    let fresh = Fresh::new().await;
    let text = |time: &str| if time.is_empty() { Value::Null } else { json!(time) };
    for ((embed, message, ..), number) in TIMES.iter().zip(1..) {
        let json = json!({"timestamp": text(message), "embeds": [{"timestamp": text(embed),
            "author": {"name": "Successful Checkout | Target"},
            "fields": [{"name": "Order Number", "value": format!("P000{number}")}]}]});
        let id = MessageId::at(MADE.parse().unwrap()).0 + number;
        fresh.take(from_json(id, &json)).await;
    }
    fresh
}

#[tokio::test]
async fn an_order_was_made_when_the_embed_says_else_the_message_else_its_id() {
    let fresh = filled().await;
    let told = TIMES.map(|(_, _, ordered, posted)| format!("{ordered}|{posted}"));
    let times = "SELECT ordered_at, posted_at FROM orders ORDER BY message_id";
    assert_eq!(rows(&fresh.path(), times), told);
}

#[tokio::test]
async fn the_day_of_an_order_is_that_of_the_zone() {
    let fresh = filled().await;
    let all = OrderFilter { guild: Some(GUILD), ..OrderFilter::default() };
    for (zone, expected) in [
        ("UTC", "2025-12-31: 4, 2026-01-01: 2, 2026-03-29: 1, 2026-10-25: 2"),
        ("Europe/Berlin", "2026-01-01: 6, 2026-03-29: 1, 2026-10-25: 2"),
        ("America/New_York", "2025-12-31: 6, 2026-03-28: 1, 2026-10-24: 2"),
    ] {
        let figures = fresh.ledger.figures(GUILD, &all, zone.parse().unwrap()).await.unwrap();
        let days = figures.days.iter().map(|(day, counted)| format!("{day}: {}", counted.orders));
        let mut days: Vec<String> = days.collect();
        days.sort();
        assert_eq!(days.join(", "), expected, "{zone}");
    }
}
