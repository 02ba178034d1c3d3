//! What this program exports comes in again.

use super::Desk;
use super::old_orders::{OLD, bring, orders};
use serde_json::{Value, json};

#[test]
fn what_export_has_written_comes_in_again_as_the_same_orders() {
    let desk = Desk::new();
    for (store, number, units) in
        [("Target", "A-9001", 2), ("Best Buy US", "A-9001", 1), ("Walmart", "A-9002", 3)]
    {
        desk.checkout(store, number, units);
    }
    desk.apply("orders", OLD);
    desk.apply("status", "order,status\nA-9002,shipped\n");
    let written = [
        ("json", "orders"),
        ("csv", "orders"),
        ("xlsx", "orders"),
        ("csv", "items"),
        ("xlsx", "items"),
    ];
    for (format, rows) in written {
        let other = Desk::new();
        let file = format!("{rows}.{format}");
        let rows: &[&str] = if rows == "items" { &["--rows", "items"] } else { &[] };
        let to = other.folder.path().join(&file);
        let to = to.to_str().expect("a path");
        desk.run(&[&["export", "--format", format, "-o", to], rows].concat());
        let answer = bring(&other, &file, &["--apply"]);
        assert_eq!(answer["counts"]["refused"], json!(0), "{file}: {answer}");
        let lists_products = rows.is_empty() && format != "json";
        if !lists_products {
            assert_eq!(orders(&other), orders(&desk), "{file}");
        }
        let export = ["export", "--format", "csv", "--columns"];
        let columns = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,\
            Reference #,Posted Date,Tracking Number,Status,Notes,QTY Received,Store,Currency,Shipped";
        let columns = [export.as_slice(), &[columns]].concat();
        assert_eq!(other.run(&columns), desk.run(&columns), "{file}");
        assert_eq!(bring(&other, &file, &["--apply"])["batch"], Value::Null, "{file} twice");
        // Into the ledger that wrote it, it brings nothing.
        let own = desk.json(&["bulk", "orders", to, "--apply"]);
        let changed = &own["counts"]["changed"];
        assert_eq!((&own["batch"], changed), (&Value::Null, &json!(0)), "{file}: {own}");
    }
}

#[test]
fn an_export_says_how_many_of_its_orders_do_not_come_in_again_for_want_of_a_number() {
    let desk = Desk::new();
    desk.checkout("Target", "A-9001", 1);
    let text = "Successful Checkout | Target\nProduct\nExample Pen\nPrice\n$10.00\n";
    let messages = [901, 902].map(|id| {
        json!({"id": id.to_string(), "channel_id": "5", "guild_id": "6", "timestamp": "2026-02-01T12:00:00Z",
               "author": {"id": "7", "username": "Refract", "bot": true}, "content": text})
    });
    desk.write("two.json", &json!(messages).to_string());
    desk.run(&["import", "two.json"]);
    let other = Desk::new();
    other.checkout("Target", "A-9002", 1);
    other.write("export.json", &desk.export());
    let text = other.run(&["bulk", "orders", "export.json", "--guild", "6"]);
    let said = "2 rows name no order number. An order without one comes in only with its message: import that, or \
        give the row its number.";
    assert!(text.contains(said), "{text}");
    assert_eq!(text.matches(": it names no order number").count(), 2, "{text}");
}

#[test]
fn an_export_brings_nothing_to_its_own_ledger_where_units_are_not_said() {
    let desk = Desk::new();
    let embed = |fields: &[[&str; 2]]| {
        let field = |[name, value]: &[&str; 2]| json!({"name": name, "value": value});
        json!([{"title": "Successful Checkout | Target",
                "fields": fields.iter().map(field).collect::<Vec<_>>()}])
    };
    let bought = [
        embed(&[["Product", "Example Pen"], ["Price", "$10.00"], ["Order Number", "A-9001"]]),
        embed(&[
            ["Product (1)", "Example Pen"],
            ["Price (1)", "$10.00"],
            ["Product (2)", "Example Cup"],
            ["Price (2)", "$7.50"],
            ["Order Number", "A-9002"],
        ]),
        // The units of the whole alone.
        embed(&[
            ["Product (1)", "Example Pen"],
            ["Price (1)", "$10.00"],
            ["Product (2)", "Example Cup"],
            ["Price (2)", "$7.50"],
            ["Quantity", "3"],
            ["Order Number", "A-9003"],
        ]),
    ];
    let message = |(id, embeds): (i64, &Value)| {
        json!({"id": id.to_string(), "channel_id": "5", "guild_id": "6", "timestamp": "2026-02-01T12:00:00Z",
               "author": {"id": "7", "username": "Refract", "bot": true}, "content": "", "embeds": embeds})
    };
    let messages: Vec<Value> = (901..).zip(&bought).map(message).collect();
    desk.write("two.json", &json!(messages).to_string());
    desk.run(&["import", "two.json"]);
    let before = desk.export();
    for (format, rows) in [("json", ""), ("csv", ""), ("csv", "items"), ("xlsx", "items")] {
        let file = format!("export.{format}");
        let rows: &[&str] = if rows.is_empty() { &[] } else { &["--rows", rows] };
        desk.run(&[&["export", "--format", format, "-o", &file], rows].concat());
        let own = desk.json(&["bulk", "orders", &file, "--apply"]);
        assert_eq!(own["batch"], Value::Null, "{file} {rows:?}: {own}");
    }
    assert_eq!(desk.export(), before);
}

#[test]
fn products_that_look_like_formulas_or_begin_with_an_apostrophe_come_in_again() {
    let desk = Desk::new();
    let names = ["=1+1", "=HYPERLINK(\"a\",\"b\")", "'90s Box", "'n' Roll", "@home", "+1 Set"];
    let messages = (0_u64..).zip(names).map(|(place, name)| {
        let fields = [["Product", name], ["Price", "$10.00"], ["Quantity", "1"]];
        let mut fields: Vec<Value> = fields.iter().map(|[name, value]| json!({"name": name, "value": value})).collect();
        fields.push(json!({"name": "Order Number", "value": format!("A-900{place}")}));
        json!({"id": (900 + place).to_string(), "channel_id": "5", "guild_id": "6", "timestamp": "2026-02-01T12:00:00Z",
               "author": {"id": "7", "username": "Refract", "bot": true},
               "embeds": [{"title": "Successful Checkout | Target", "fields": fields}]})
    });
    desk.write("all.json", &json!(messages.collect::<Vec<_>>()).to_string());
    desk.run(&["import", "all.json"]);
    assert_eq!(desk.order("A-9001")["product"], json!(names[1]));
    let items: &[&str] = &["--rows", "items"];
    for (file, options) in [
        ("a.json", &[][..]),
        ("a.csv", items),
        ("a.xlsx", items),
        ("excel.csv", &["--rows", "items", "--excel"]),
    ] {
        let other = Desk::new();
        let to = other.folder.path().join(file);
        desk.run(&[&["export", "-o", to.to_str().expect("a path")], options].concat());
        bring(&other, file, &["--apply"]);
        assert_eq!(orders(&other), orders(&desk), "{file}");
    }
}
