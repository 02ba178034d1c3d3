//! Exports of the hour that clocks show twice.

use serde_json::{Value, json};

use super::Desk;

const ZONE: [&str; 2] = ["--time-zone", "America/New_York"];

fn bought(id: u32, at: &str, number: Option<&str>) -> Value {
    let mut fields = vec![
        json!({"name": "Product", "value": format!("Example {id}")}),
        json!({"name": "Price", "value": "$10.00"}),
    ];
    fields.extend(number.map(|number| json!({"name": "Order Number", "value": number})));
    json!({"id": id.to_string(), "channel_id": "5", "guild_id": "6", "timestamp": at,
        "author": {"id": "7", "username": "Refract", "bot": true},
        "embeds": [{"title": "Successful Checkout | Target", "fields": fields}]})
}

fn orders(desk: &Desk) -> Vec<Value> {
    let orders: Vec<Value> = serde_json::from_str(&desk.export()).expect("an array");
    let mut orders: Vec<Value> = orders
        .iter()
        .map(|it| json!([it["order_number"], it["product"], it["ordered_at"]]))
        .collect();
    orders.sort_by_key(Value::to_string);
    orders
}

#[test]
fn an_hour_that_comes_twice_comes_in_again_as_it_was() {
    let desk = Desk::new();
    let messages = [
        // Half past one, and half past one again.
        bought(901, "2026-11-01T05:30:00Z", Some("A-9001")),
        bought(902, "2026-11-01T06:30:00Z", Some("A-9002")),
        bought(903, "2026-11-01T05:30:05Z", None),
        bought(904, "2026-11-01T06:30:05Z", None),
    ];
    desk.write("all.json", &json!(messages).to_string());
    desk.run(&["import", "all.json"]);
    let before = orders(&desk);
    for form in [
        &["--format", "csv", "--rows", "items"][..],
        &["--format", "csv"],
        &["--format", "xlsx"],
        &["--format", "csv", "--preset", "roms19"],
        &["--format", "json"],
    ] {
        let file = format!("own.{}", form[1]);
        desk.run(&[&["export", "-o", &file], form, &ZONE].concat());
        let call = |desk: &Desk| {
            let call = ["bulk", "orders", &file, "--guild", "6", "--apply"];
            let zone = if form.contains(&"json") { &[][..] } else { &ZONE };
            desk.json(&[&call, zone].concat())
        };
        let own = call(&desk);
        assert_eq!(own["batch"], Value::Null, "{form:?} {own}");
        assert_eq!(orders(&desk), before, "{form:?}");
        let other = Desk::new();
        std::fs::copy(desk.folder.path().join(&file), other.folder.path().join(&file))
            .expect("a copy");
        call(&other);
        assert_eq!(orders(&other), before, "{form:?}");
    }
}
