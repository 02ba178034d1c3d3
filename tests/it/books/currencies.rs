//! Charges of an order in several currencies: each is shown, and none is added to another.

use serde_json::{Value, json};

use super::old_orders::{bring, orders};
use super::{Desk, outcomes};
use crate::fresh::rows;

fn charge(desk: &Desk, lines: &str) -> Value {
    let maps = [
        "--dates",
        "mdy",
        "--map",
        "Day=date",
        "--map",
        "Order=order_number",
        "--map",
        "Paid=amount",
    ];
    let sheet = format!("Day,Order,Paid\n{lines}");
    desk.bulk("charges", &sheet, &[["--apply", "--guild", "6"].as_slice(), &maps].concat())
}

fn refund_missing(desk: &Desk) -> Value {
    let open = desk.json(&["open"]);
    let lines = open["lines"].as_array().expect("lines").iter();
    let line = lines.clone().find(|line| line["key"] == "refund_missing").expect("a line");
    line["orders"].clone()
}

fn card(desk: &Desk) -> [Value; 2] {
    let stats = desk.json(&["stats", "--period", "all"]);
    [stats["charged"].clone(), stats["refunded"].clone()]
}

/// The forms that come in again as the same orders.
const WHOLE: [(&str, &[&str]); 3] =
    [("all.json", &[]), ("all.csv", &["--rows", "items"]), ("all.xlsx", &["--rows", "items"])];

/// An empty desk with a file of what the ledger of another one holds.
fn exported(desk: &Desk, file: &str, rows: &[&str]) -> Desk {
    let other = Desk::new();
    let to = other.folder.path().join(file);
    desk.run(&[&["export", "-o", to.to_str().expect("a path")], rows].concat());
    other
}

#[test]
fn each_currency_is_charged_and_refunded_for_itself() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    let before = desk.export();
    let lines = "01/05/2026,A-1001,10.00 USD\n01/06/2026,A-1001,8.00 EUR\n01/07/2026,A-1001,500 JPY\n\
        01/08/2026,A-1001,1.00 EUR\n01/08/2026,A-1002,10.00 USD\n";
    let first = charge(&desk, lines);
    assert_eq!(outcomes(&first), ["changed"; 5], "{first}");
    assert_eq!(card(&desk)[0], json!({"EUR": "9.00", "JPY": "500", "USD": "20.00"}));
    assert_eq!(desk.columns("A-1001", &["charged", "refunded"]), [json!("10.00"), Value::Null]);
    assert_eq!(charge(&desk, lines)["batch"], Value::Null);
    let database = desk.folder.path().join("refract-ledger.db");
    let told = rows(
        &database,
        "SELECT details ->> '$.charged[1]' FROM order_events WHERE batch_id = 1 ORDER BY order_id",
    );
    assert_eq!(told, ["$10.00, €9.00, ¥500", "$10.00"]);

    desk.apply("status", "order\nA-1001\n");
    assert_eq!(refund_missing(&desk), json!(1));
    charge(&desk, "01/09/2026,A-1001,-10.00 USD\n01/09/2026,A-1001,-500 JPY\n");
    assert_eq!(refund_missing(&desk), json!(1), "euros are missing");
    let last = charge(&desk, "01/10/2026,A-1001,-9.00 EUR\n");
    assert_eq!(refund_missing(&desk), json!(0));
    assert_eq!(card(&desk)[1], json!({"EUR": "9.00", "JPY": "500", "USD": "10.00"}));
    desk.undo(&last);
    assert_eq!(refund_missing(&desk), json!(1));
    let others = rows(&database, "SELECT other_charges FROM orders ORDER BY id");
    assert_eq!(others, [r#"[["EUR",900,0],["JPY",500,500]]"#, "-"]);
    for batch in [4, 3, 2, 1] {
        desk.json(&["bulk", "undo", &batch.to_string()]);
    }
    let without_time = |export: &str| {
        let mut orders: Vec<Value> = serde_json::from_str(export).expect("an array");
        for order in &mut orders {
            order.as_object_mut().expect("an object").remove("updated_at");
        }
        orders
    };
    assert_eq!(without_time(&desk.export()), without_time(&before));
    assert_eq!(rows(&database, "SELECT other_charges FROM orders"), ["-", "-"]);
}

#[test]
fn a_figure_in_another_currency_names_it_in_exports_and_comes_in_again() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    desk.apply("track", "order,tracking\nA-1001,PK1000001\nA-1002,PK1000002\n");
    desk.apply("received", "tracking,total,qty\nPK1000001,85.00 EUR,1\nPK1000002,12.50,1\n");
    charge(&desk, "01/05/2026,A-1001,500 JPY\n01/06/2026,A-1001,-100 JPY\n");
    let foreign =
        "Day,Store,No,What,Each,Sum\n01/31/2026,Target,A-1003,Example Lamp,4000 JPY,30.00 USD\n";
    let maps =
        ["Day=date", "Store=store", "No=order_number", "What=product", "Each=price", "Sum=total"];
    let maps: Vec<&str> = maps.into_iter().flat_map(|map| ["--map", map]).collect();
    desk.bulk("orders", foreign, &[["--apply", "--guild", "6"].as_slice(), &maps].concat());

    let of_books =
        ["currency", "payout", "payout_currency", "charged", "refunded", "charge_currency"];
    let said = json!(["USD", "85.00", "EUR", "500", "100", "JPY"]);
    assert_eq!(json!(desk.columns("A-1001", &of_books)), said);
    let said = json!(["USD", "12.50", "USD", null, null, null]);
    assert_eq!(json!(desk.columns("A-1002", &of_books)), said);
    let lamp = desk.order("A-1003");
    assert_eq!([&lamp["price"], &lamp["total"]], [&Value::Null, &json!("30.00")]);
    assert_eq!(
        [&lamp["items"][0]["price"], &lamp["items"][0]["currency"]],
        [&json!("4000"), &json!("JPY")]
    );

    let columns = "Order Number,Price,Currency,Payout,Charged,Refunded";
    let cells = desk.run(&["export", "--format", "csv", "--columns", columns]);
    let mut cells: Vec<&str> = cells.lines().skip(1).collect();
    cells.sort_unstable();
    assert_eq!(
        cells,
        [
            "A-1001,10.00,USD,85.00 EUR,500 JPY,100 JPY",
            "A-1002,10.00,USD,12.50,,",
            "A-1003,4000 JPY,USD,,,",
        ]
    );
    let old = desk.run(&["export", "--format", "csv", "--preset", "roms19"]);
    assert!(old.contains(",85.00 EUR,"), "{old}");
    for (file, rows) in WHOLE {
        let other = exported(&desk, file, rows);
        bring(&other, file, &["--apply"]);
        assert_eq!(orders(&other), orders(&desk), "{file}");
    }
}

#[test]
fn an_export_holds_what_was_charged_in_every_currency() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    charge(
        &desk,
        "01/05/2026,A-1001,10.00 USD\n01/06/2026,A-1001,8.00 EUR\n01/07/2026,A-1001,500 JPY\n\
         01/08/2026,A-1001,-3.00 EUR\n01/08/2026,A-1002,10.00 USD\n",
    );
    let charged = json!([
        {"currency": "EUR", "charged": "8.00", "refunded": "3.00"},
        {"currency": "JPY", "charged": "500", "refunded": "0"},
    ]);
    assert_eq!(desk.columns("A-1001", &["charged", "other_charges"]), [json!("10.00"), charged]);
    assert_eq!(desk.order("A-1002").get("other_charges"), None);
    let columns = ["export", "--format", "csv", "--columns", "Charged,Refunded"];
    assert_eq!(desk.run(&columns), "Charged,Refunded\n10.00,\n10.00,\n");
    for (file, rows) in WHOLE {
        let other = exported(&desk, file, rows);
        let answer = bring(&other, file, &["--apply"]);
        assert_eq!(answer["counts"]["changed"], json!(2), "{file}: {answer}");
        assert_eq!(orders(&other), orders(&desk), "{file}");
        assert_eq!(card(&other), card(&desk), "{file}");
        assert_eq!(bring(&other, file, &["--apply"])["batch"], Value::Null, "{file}");
    }
    // Nor does it bring anything to the ledger that wrote it.
    desk.write("all.json", &desk.export());
    assert_eq!(bring(&desk, "all.json", &["--apply"])["batch"], Value::Null);
}

#[test]
fn the_currency_of_most_orders_stands_first_where_people_read() {
    let desk = Desk::new();
    for number in ["A-1001", "A-1002", "A-1003"] {
        desk.checkout("Target", number, 1);
    }
    let lines =
        "01/05/2026,A-1001,10.00 USD\n01/05/2026,A-1002,10.00 USD\n01/05/2026,A-1003,9.00 CAD\n";
    charge(&desk, lines);
    let text = desk.run(&["stats", "--period", "all"]);
    assert!(text.contains("Charged     $20.00 + CA$9.00\n"), "{text}");
}
