//! What this program exports comes in again.

use super::Desk;
use super::old_orders::{OLD, bring, orders};
use crate::random::Random;
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

pub(super) const FORMS: [&[&str]; 6] = [
    &["json"],
    &["csv"],
    &["xlsx"],
    &["csv", "--rows", "items"],
    &["xlsx", "--rows", "items"],
    &["csv", "--preset", "roms19"],
];

/// Writes what the ledger holds in this form into this folder.
pub(super) fn written(desk: &Desk, form: &[&str], folder: &Desk) -> String {
    let file = format!("export{}.{}", form.len(), form[0]);
    let to = folder.folder.path().join(&file);
    let to = to.to_str().expect("a path").to_owned();
    desk.run(&[&["export", "--format", form[0], "-o", &to], &form[1..]].concat());
    to
}

#[test]
fn an_order_comes_in_again_with_the_units_of_its_line_after_a_part_was_cancelled() {
    let desk = Desk::new();
    desk.checkout("Target", "A-9001", 3);
    desk.checkout("Target", "A-9002", 2);
    desk.apply("status", "order,status,qty\nA-9001,cancelled,1\nA-9002,cancelled,2\n");
    for form in FORMS.into_iter().filter(|form| form.contains(&"json") || form.contains(&"items")) {
        let other = Desk::new();
        let file = written(&desk, form, &other);
        bring(&other, &file, &["--apply"]);
        assert_eq!(orders(&other), orders(&desk), "{form:?}");
        let own = desk.json(&["bulk", "orders", &file, "--apply"]);
        assert_eq!(own["batch"], Value::Null, "{form:?}: {own}");
        // Column by column a file of items adds up to what is left.
        let shown = ["export", "--format", "csv", "--rows", "items", "--columns", "Quantity,Total"];
        assert_eq!(desk.run(&shown), "Quantity,Total\n2,20.00\n0,0.00\n");
    }
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
        // What is not known there is not known here: a list of products in one cell has no units of each.
        if format == "json" || !rows.is_empty() {
            let other = Desk::new();
            std::fs::copy(desk.folder.path().join(&file), other.folder.path().join(&file))
                .expect("a copy");
            bring(&other, &file, &["--apply"]);
            assert_eq!(orders(&other), orders(&desk), "{file} {rows:?}");
        }
    }
    assert_eq!(desk.export(), before);
}

#[test]
fn products_that_look_like_formulas_or_begin_with_an_apostrophe_come_in_again() {
    let desk = Desk::new();
    let names =
        ["=1+1", "=HYPERLINK(\"a\",\"b\")", "'90s Box", "'n' Roll", "@home", "+1 Set", "'=x"];
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

#[test]
fn an_export_by_another_clock_brings_nothing_to_its_own_ledger_where_its_zone_is_named() {
    let desk = Desk::new();
    let message = |(id, [month, number]): (i64, [&str; 2])| {
        let mut fields = vec![
            json!({"name": "Product", "value": "Example Pen"}),
            json!({"name": "Price", "value": "$10.00"}),
        ];
        if !number.is_empty() {
            fields.push(json!({"name": "Order Number", "value": number}));
        }
        json!({"id": id.to_string(), "channel_id": "5", "guild_id": "6",
               "timestamp": format!("2026-{month}-01T03:00:05Z"),
               "author": {"id": "7", "username": "Refract", "bot": true}, "content": "",
               "embeds": [{"title": "Successful Checkout | Target", "fields": fields}]})
    };
    // Clocks are put forward between both, and one of both is always not as now.
    let bought = [["02", "A-9001"], ["07", "A-9002"], ["02", ""], ["07", ""]];
    let messages: Vec<Value> = (901..).zip(bought).map(message).collect();
    desk.write("all.json", &json!(messages).to_string());
    desk.run(&["import", "all.json"]);
    let before = desk.export();
    let zone = ["--time-zone", "America/New_York"];
    for form in FORMS {
        let file = written(&desk, &[form, zone.as_slice()].concat(), &desk);
        let own = [&["bulk", "orders", &file, "--apply"], zone.as_slice()].concat();
        let own = desk.json(&own);
        assert_eq!(own["batch"], Value::Null, "{form:?}: {own}");
    }
    assert_eq!(desk.export(), before);
}

/// Orders of several lines, of which sheets have cancelled some units, or all.
fn partly_cancelled(desk: &Desk, random: &mut Random) {
    let mut cancelled = "order,qty\n".to_owned();
    let mut messages = Vec::new();
    for order in 0..6 {
        let field = |name: String, value: String| json!({"name": name, "value": value});
        let (mut fields, mut units) = (Vec::new(), 0);
        let lines = random.between(1, 4);
        for line in 1..=lines {
            let (product, price) = (random.below(1_000), random.between(1, 90));
            let quantity = random.between(1, 3);
            units += quantity;
            fields.push(field(format!("Product ({line})"), format!("Example Toy {product}")));
            fields.push(field(format!("Price ({line})"), format!("${price}.50")));
            if quantity > 1 || random.percent(50) {
                fields.push(field(format!("Quantity ({line})"), quantity.to_string()));
            }
        }
        fields.push(field("Order Number".to_owned(), format!("A-700{order}")));
        let part = random.between(0, units);
        if part > 0 {
            let row = format!("A-700{order},{part}\n");
            cancelled += &row;
        }
        let embed = json!({"title": "Successful Checkout | Target", "fields": fields});
        messages.push(json!({"id": (701 + order).to_string(), "channel_id": "5", "guild_id": "6",
                   "timestamp": "2026-02-01T12:00:00Z",
                   "author": {"id": "7", "username": "Refract", "bot": true}, "content": "",
                   "embeds": [embed]}));
    }
    desk.write("messages.json", &json!(messages).to_string());
    desk.run(&["import", "messages.json"]);
    desk.apply("status", &cancelled);
}

#[test]
fn units_that_were_cancelled_stay_so_in_a_file_of_items() {
    let columns = "Product,Price,Total,Quantity,Order Number,Status,Store,Currency,Order Total,Order Quantity";
    let items = |desk: &Desk| {
        let export = ["export", "--format", "csv", "--rows", "items", "--columns", columns];
        desk.run(&export)
    };
    for seed in 1..=5 {
        let mut random = Random::new(seed);
        let desk = Desk::new();
        partly_cancelled(&desk, &mut random);
        for form in FORMS.into_iter().filter(|form| form.contains(&"items")) {
            let other = Desk::new();
            let file = written(&desk, form, &other);
            let first = other.json(&["bulk", "orders", &file, "--guild", "6", "--apply"]);
            assert_eq!(first["counts"]["refused"], json!(0), "seed {seed}: {first}");
            assert_eq!(items(&other), items(&desk), "seed {seed} {form:?}");
            for number in (0..6).map(|order| format!("A-700{order}")) {
                let of = |desk: &Desk| desk.columns(&number, &["quantity", "total", "status"]);
                assert_eq!(of(&other), of(&desk), "seed {seed} {form:?} {number}");
            }
            let own = desk.json(&["bulk", "orders", &file, "--apply"]);
            assert_eq!(own["batch"], Value::Null, "seed {seed} {form:?}: {own}");
        }
    }
}

#[test]
fn texts_that_a_spreadsheet_would_change_come_in_again_from_json() {
    let texts = ["=1+1", "'90s", "@group", "-5 °C", "0012", "1E5", "+1"];
    let order = |(place, text): (usize, &&str)| {
        json!({"order_number": format!("A-90{place:02}"), "store": "Target", "currency": "USD", "guild_id": "6",
               "quantity": 1, "product": text, "profile": text, "notes": text, "ordered_at": "2026-01-05T12:00:00Z",
               "items": [{"product": format!(" {text}\tbox "), "price": "5.00", "quantity": 1, "sku": "N/A", "size": text}]})
    };
    let desk = Desk::new();
    let all: Vec<Value> = texts.iter().enumerate().map(order).collect();
    desk.write("all.json", &Value::Array(all).to_string());
    let answer = bring(&desk, "all.json", &["--apply"]);
    assert_eq!(answer["counts"]["changed"], json!(texts.len()), "{answer}");
    for (place, text) in texts.iter().enumerate() {
        let number = format!("A-90{place:02}");
        let kept = desk.columns(&number, &["profile", "notes", "product"]);
        assert_eq!(kept, [json!(text), json!(text), json!(format!("{text} box"))]);
        assert_eq!(desk.order(&number)["items"][0]["sku"], Value::Null);
    }
    // Whatever the form, its own ledger learns nothing from it.
    let forms = [&["json"][..], &["csv"], &["xlsx"], &["csv", "--rows", "items"]];
    for form in forms {
        let to = written(&desk, form, &desk);
        assert_eq!(bring(&desk, &to, &["--apply"])["batch"], Value::Null, "{form:?}");
    }
}
