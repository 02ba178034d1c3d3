//! `parse`: what messages say, as a JSON line for each.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::order::{Detail, Money};
use crate::reading::{ItemReading, Labels, Message, OrderReading, Reading, read};

/// Reads a message and writes its reading as one line of JSON. Fails when it cannot write.
pub fn parse_to(out: &mut impl Write, message: &Message, labels: &Labels) -> io::Result<()> {
    let reading = read(message, labels);
    serde_json::to_writer(&mut *out, &reading_json(message, &reading))?;
    out.write_all(b"\n")
}

/// A reading as the command line prints it: every key stands there, what is not stated is null, money is
/// a decimal string, ids are strings.
pub fn reading_json(message: &Message, reading: &Reading) -> Value {
    json!({
        "message_id": message.id.map(|id| id.to_string()),
        "kind": reading.kind,
        "reason": reading.reason,
        "orders": reading.orders.iter().map(order_json).collect::<Vec<_>>(),
    })
}

fn order_json(order: &OrderReading) -> Value {
    let first = order.items.first();
    let of_first = |part: fn(&ItemReading) -> Option<&String>| first.and_then(part);
    let money = |minor: Option<i64>| minor.map(|minor| Money::new(minor, order.currency).decimal());
    let mut json = Map::new();
    let mut set = |key: &str, value: Value| drop(json.insert(key.to_owned(), value));
    set("order_number", json!(order.order_number));
    set("store", json!(order.store));
    set("product", json!(of_first(|item| item.product.as_ref())));
    set("price", json!(money(first.and_then(|item| item.price_minor))));
    set("total", json!(money(order.total_minor)));
    set("currency", json!(order.currency.map(|currency| currency.code())));
    set("quantity", json!(order.quantity));
    for (detail, value) in order.details.pairs() {
        let key = if detail == Detail::ProxyList { "proxy" } else { detail.name() };
        set(key, json!(value));
    }
    set("checkout_proxy", json!(order.checkout_proxy));
    set("status", json!(order.status));
    set("size", json!(of_first(|item| item.size.as_ref())));
    set("sku", json!(of_first(|item| item.sku.as_ref())));
    set("commission", json!(money(order.commission_minor)));
    set("items", order.items.iter().map(|item| item_json(item, &money)).collect());
    Value::Object(json)
}

fn item_json(item: &ItemReading, money: &impl Fn(Option<i64>) -> Option<String>) -> Value {
    json!({
        "product": item.product,
        "price": money(item.price_minor),
        "quantity": item.quantity,
        "sku": item.sku,
        "size": item.size,
    })
}
