//! What the messages of a schedule hold.

use chrono::{DateTime, TimeZone, Utc};
use refract_ledger::refract::{self, Event};
use serde_json::{Map, Value, json};

use super::step::Post;

/// The number of an order as the ledger has it.
pub(super) fn order_number(number: u64) -> String {
    if number.is_multiple_of(2) {
        format!("BBY01-807{number:09}")
    } else {
        format!("10200{number:010}")
    }
}

/// A checkout, with this price in place of its own.
pub(super) fn checkout(number: u64, price: Option<u64>) -> Value {
    let mut body = refract::payload(Event::Checkout, number, time(number));
    if let Some(price) = price {
        *field(&mut body, "Price") = json!(format!("${price}.00"));
    }
    body
}

/// The parts of a checkout that serenity cannot parse: a colour that is no number, an empty value.
pub(super) fn odd(number: u64) -> Map<String, Value> {
    let mut body = checkout(number, None);
    body["embeds"][0]["color"] = json!("green");
    body["embeds"][0]["type"] = json!("rich");
    *field(&mut body, "Profile") = Value::Null;
    let parts = body.as_object().expect("an object").clone();
    parts.into_iter().filter(|(name, _)| name == "embeds").collect()
}

/// What is posted, where that is the same whoever posts it. `before` has the bodies of before.
pub(super) fn body(post: &Post, before: &[Value]) -> Value {
    match post {
        Post::Checkout(number) | Post::Forged(number, _) | Post::Odd(number) => {
            checkout(*number, None)
        }
        Post::Pair(one, other) => {
            let (mut body, mut second) = (checkout(*one, None), checkout(*other, None));
            let embed = second["embeds"][0].take();
            body["embeds"].as_array_mut().expect("embeds").push(embed);
            body
        }
        Post::Again(place) | Post::Forward(place) => before[*place].clone(),
        Post::Update(number, word) => json!({"content": format!(
            "Order Number\n#{}\nStatus\n{word}\nTracking Number\n1Z999AA1012345{number:04}",
            order_number(*number)
        )}),
        Post::Test => refract::payload(Event::Test, 1, time(1)),
        Post::Decline(number) => refract::payload(Event::Decline, *number, time(*number)),
        Post::NoNumber => {
            let mut body = checkout(1, None);
            *field(&mut body, "Order Number") = json!("N/A");
            body
        }
        Post::Chat => json!({"content": "did the restock go well?"}),
    }
}

fn field<'a>(body: &'a mut Value, name: &str) -> &'a mut Value {
    let fields = body["embeds"][0]["fields"].as_array_mut().expect("fields");
    let found = fields.iter_mut().find(|field| field["name"] == name).expect(name);
    &mut found["value"]
}

/// The clock of the schedule: the body of an order is the same whenever it runs.
fn time(number: u64) -> DateTime<Utc> {
    let start = Utc.with_ymd_and_hms(2025, 11, 3, 12, 0, 0).single().expect("a time");
    start + chrono::TimeDelta::seconds(i64::try_from(number).unwrap_or(0))
}
