//! Orders without a number, which come in again by what else tells them.

use serde_json::{Value, json};

use super::Desk;
use super::exported_again::{FORMS, written};

/// Messages of purchases without a number: two alike in the same second, one of two lines, and two in one message.
fn unnumbered() -> Value {
    let field = |[name, value]: [&str; 2]| json!({"name": name, "value": value});
    let embed = |fields: &[[&str; 2]]| {
        json!({"title": "Successful Checkout | Target",
               "fields": fields.iter().copied().map(field).collect::<Vec<_>>()})
    };
    let pen = embed(&[["Product", "Example Pen"], ["Price", "$10.00"], ["Profile", "Main"]]);
    let cup = embed(&[["Product", "Example Cup"], ["Price", "$7.50"], ["Quantity", "2"]]);
    let both = embed(&[
        ["Product (1)", "Example Pen"],
        ["Price (1)", "$10.00"],
        ["Quantity (1)", "2"],
        ["Product (2)", "Example Cup"],
        ["Price (2)", "$7.50"],
    ]);
    let message = |(id, embeds): (i64, Value)| {
        json!({"id": id.to_string(), "channel_id": "5", "guild_id": "6", "timestamp": "2026-02-01T12:00:00Z",
               "author": {"id": "7", "username": "Refract", "bot": true}, "content": "", "embeds": embeds})
    };
    let all = [json!([pen]), json!([pen]), json!([both]), json!([pen, cup])];
    (901..).zip(all).map(message).collect()
}

/// What an export says of orders, but for the ids of the ledger and of Discord, and who noted it when.
fn without_ids(export: &str) -> Vec<Value> {
    let mut orders: Vec<Value> = serde_json::from_str(export).expect("an array");
    for order in &mut orders {
        // A line that is not counted is one unit, and a file of items says so.
        for item in order["items"].as_array_mut().expect("items") {
            item["quantity"] = json!(item["quantity"].as_i64().unwrap_or(1));
        }
        let members = order.as_object_mut().expect("an order");
        for name in
            ["id", "message_id", "channel_id", "created_at", "updated_at", "posted_at", "source"]
        {
            members.remove(name);
        }
    }
    orders.sort_by_key(Value::to_string);
    orders
}

#[test]
fn purchases_without_a_number_come_in_again_once_and_their_messages_join_them() {
    let desk = Desk::new();
    desk.checkout("Target", "A-9001", 1);
    desk.write("unnumbered.json", &unnumbered().to_string());
    desk.run(&["import", "unnumbered.json"]);
    let before = desk.export();
    assert_eq!(without_ids(&before).len(), 6, "{before}");
    for form in FORMS {
        let other = Desk::new();
        let file = written(&desk, form, &other);
        let bring = || other.json(&["bulk", "orders", &file, "--guild", "6", "--apply"]);
        let first = bring();
        assert_eq!(first["counts"]["changed"], json!(first["rows"]), "{form:?}: {first}");
        // The old sheet holds no store, no currency and no total; a CSV in which an order is a row, no lines.
        let is_whole = form.contains(&"items") || form == ["json"];
        if is_whole {
            assert_eq!(without_ids(&other.export()), without_ids(&before), "{form:?}");
        }
        let there = other.export();
        assert_eq!(without_ids(&there).len(), 6, "{form:?}: {there}");
        assert_eq!(bring()["batch"], Value::Null, "{form:?} twice");
        let elsewhere = Desk::new();
        let again = written(&other, form, &elsewhere);
        let again = other.json(&["bulk", "orders", &again, "--apply"]);
        assert_eq!(again["batch"], Value::Null, "{form:?} of its own: {again}");
        assert_eq!(other.export(), there);
        // Into the ledger that wrote it, it brings nothing.
        let own = desk.json(&["bulk", "orders", &file, "--apply"]);
        assert_eq!(own["batch"], Value::Null, "{form:?}: {own}");
        if !form.contains(&"roms19") {
            other.write("unnumbered.json", &unnumbered().to_string());
            other.run(&["import", "unnumbered.json"]);
            let joined: Vec<Value> = serde_json::from_str(&other.export()).expect("an array");
            assert_eq!(joined.len(), 6, "{form:?}: {joined:?}");
            let with_message = joined.iter().filter(|order| !order["message_id"].is_null());
            assert_eq!(with_message.count(), 5, "{form:?}: {joined:?}");
            assert_eq!(bring()["batch"], Value::Null, "{form:?} after the messages");
        }
        other.undo(&first);
        assert_eq!(other.waiting(), <[Value; 0]>::default(), "{form:?}");
    }
    assert_eq!(desk.export(), before);
}

#[test]
fn a_purchase_of_a_sheet_joins_the_number_that_its_message_joins() {
    let desk = Desk::new();
    desk.write("unnumbered.json", &json!([unnumbered()[0]]).to_string());
    desk.run(&["import", "unnumbered.json"]);
    let other = Desk::new();
    let file = written(&desk, &["json"], &other);
    let sheet = json!(serde_json::from_str::<Value>(&desk.export()).expect("an array")[0]);
    let noted = Value::Array(vec![with(&sheet, "notes", "gift")]).to_string();
    other.write("noted.json", &noted);
    other.json(&["bulk", "orders", "noted.json", "--guild", "6", "--apply"]);
    let mut numbered = unnumbered()[0].clone();
    numbered["id"] = json!("905");
    numbered["timestamp"] = json!("2026-02-01T12:05:00Z");
    let fields = numbered["embeds"][0]["fields"].as_array_mut().expect("fields");
    fields.push(json!({"name": "Order Number", "value": "A-9005"}));
    other.write("both.json", &json!([numbered, unnumbered()[0]]).to_string());
    other.run(&["import", "both.json"]);
    let joined = other.order("A-9005");
    assert_eq!(joined["notes"], json!("gift"), "{joined}");
    assert_eq!(without_ids(&other.export()).len(), 1);
    let again = other.json(&["bulk", "orders", &file, "--apply"]);
    assert_eq!(without_ids(&other.export()).len(), 1, "{again}");
}

fn with(order: &Value, name: &str, value: &str) -> Value {
    let mut order = order.clone();
    order[name] = json!(value);
    order
}

#[test]
fn what_is_known_of_a_purchase_of_a_sheet_keeps_it_when_the_sheet_is_undone() {
    let desk = Desk::new();
    desk.write("unnumbered.json", &unnumbered().to_string());
    desk.run(&["import", "unnumbered.json"]);
    let other = Desk::new();
    let file = written(&desk, &["json"], &other);
    let batch = other.json(&["bulk", "orders", &file, "--guild", "6", "--apply"]);
    other.undo(&batch);
    assert_eq!(without_ids(&other.export()), <[Value; 0]>::default());
    let again = other.json(&["bulk", "orders", &file, "--guild", "6", "--apply"]);
    assert_eq!(again["counts"]["changed"], json!(5), "{again}");
    assert_eq!(without_ids(&other.export()), without_ids(&desk.export()));
}

#[test]
fn a_row_that_says_neither_a_number_nor_what_was_bought_when_is_refused() {
    let desk = Desk::new();
    desk.write("unnumbered.json", &unnumbered().to_string());
    desk.run(&["import", "unnumbered.json"]);
    let other = Desk::new();
    other.checkout("Target", "A-9002", 1);
    let columns = ["--columns", "Price,Store,Currency,Server,Order Number"];
    let to = other.folder.path().join("export.csv");
    let to = to.to_str().expect("a path");
    desk.run(&[&["export", "--format", "csv", "-o", to], columns.as_slice()].concat());
    let text = other.run(&["bulk", "orders", "export.csv"]);
    let said = "5 rows name no order number. Give each its number; in a sheet that `export` has written, or in the \
        old one, the date and the product will do.";
    assert!(text.contains(said), "{text}");
    assert_eq!(text.matches(": it names no order number").count(), 5, "{text}");
}

/// Rows of the old sheet: the same product, bought in the same second with these profiles.
fn alike(profiles: &[&str]) -> String {
    let head = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,Reference #,\
                Posted Date,Tracking Number,Status,QTY Received,Order ID,Created,Modified\n";
    let row = |profile: &&str| {
        format!("1/13/2026,14:03:07,Example Console,$499.99,,,1,{profile},,,,,,,,,,,\n")
    };
    head.to_owned() + &profiles.iter().map(row).collect::<String>()
}

fn profiles(desk: &Desk) -> Vec<String> {
    let orders = without_ids(&desk.export());
    let lacks_number = orders.iter().filter(|order| order["order_number"].is_null());
    let mut profiles: Vec<String> =
        lacks_number.map(|order| order["profile"].to_string()).collect();
    profiles.sort();
    profiles
}

/// Names as they were: the second, the products, and the place among all that are alike.
const NAMES_WITHOUT_BUYERS: &str = "
    CREATE TEMP TABLE names AS SELECT name, substr(name, 1, 45) || (
        SELECT count(*) FROM purchases AS earlier WHERE earlier.order_id < purchases.order_id
    ) AS was FROM purchases;
    UPDATE batch_keys SET value = (SELECT was FROM names WHERE name = value) WHERE value LIKE 'bought|%';
    UPDATE purchases SET name = (SELECT was FROM names WHERE names.name = purchases.name);";

#[test]
fn equal_purchases_of_several_buyers_stay_theirs_when_a_row_of_one_is_gone() {
    let all = ["\"P21\"", "\"P22\"", "\"P23\""];
    for were_named_without_buyers in [false, true] {
        let desk = Desk::new();
        desk.checkout("Target", "A-9003", 1);
        desk.apply("orders", &alike(&["P21", "P22", "P23"]));
        assert_eq!(profiles(&desk), all);
        if were_named_without_buyers {
            let path = desk.folder.path().join("refract-ledger.db");
            let database = rusqlite::Connection::open(path).expect("open");
            database.execute_batch(NAMES_WITHOUT_BUYERS).expect("named as they were");
        }
        for rows in [["P21", "P23"].as_slice(), &["P23"], &["P22", "P23"], &["P23", "P22", "P21"]] {
            desk.write("less.csv", &alike(rows));
            let again = desk.json(&["bulk", "orders", "less.csv", "--apply"]);
            assert_eq!(
                again["batch"],
                Value::Null,
                "{rows:?} {were_named_without_buyers}: {again}"
            );
        }
        assert_eq!(profiles(&desk), all, "{were_named_without_buyers}");
        // Another buyer is another purchase, and the same buyer twice is two.
        desk.apply("orders", &alike(&["P24", "P23", "P23"]));
        assert_eq!(profiles(&desk).len(), 5);
    }
}
