//! Cells that are blank, or say nothing that can be.

use serde_json::{Value, json};

use super::{Desk, outcomes};

/// The headings of the old spreadsheet.
const OLD: &str = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,Reference #,Posted Date,Tracking Number,Status,QTY Received,Order ID,Created,Modified";

/// An old spreadsheet with these rows: product, price, payout, units, number, units received.
fn old(rows: &[[&str; 6]]) -> String {
    let row = |[product, price, payout, units, number, received]: &[&str; 6]| {
        format!("1/13/2026,,{product},{price},{payout},,{units},,,{number},,,,,,{received},,,\n")
    };
    format!("{OLD}\n{}", rows.iter().map(row).collect::<String>())
}

fn two_products() -> Desk {
    let desk = Desk::new();
    let message = json!([{"id": "900", "channel_id": "5", "guild_id": "6", "timestamp": "2026-01-02T12:00:00Z",
        "author": {"id": "7", "username": "Refract", "bot": true},
        "content": "Successful Checkout | Target\nProduct\nExample Console\nPrice\n$499.99\nQuantity\n1\n\
            Order Number\n#A-1001\n"}]);
    desk.write("one.json", &message.to_string());
    desk.run(&["import", "one.json"]);
    let rows = [
        ["Example Console", "$499.99", "", "1", "A-1001", ""],
        ["Example Screen", "$1079.99", "", "1", "A-1001", ""],
    ];
    desk.apply("orders", &old(&rows));
    desk
}

#[test]
fn a_row_without_a_price_takes_no_line_from_an_order_of_several_products() {
    let desk = two_products();
    let names = ["total", "quantity", "items"];
    let before = desk.columns("A-1001", &names);
    assert_eq!(before[..2], [json!("1579.98"), json!(2)]);
    let sheet = old(&[["Both of them", "", "", "", "A-1001", ""]]);
    desk.apply("orders", &sheet);
    assert_eq!(desk.columns("A-1001", &names), before);
    // One that states the price says what the order is.
    desk.apply("orders", &old(&[["Both of them", "$1500", "", "", "A-1001", ""]]));
    assert_eq!(desk.columns("A-1001", &["total"]), [json!("1500.00")]);
}

#[test]
fn a_blank_quantity_beside_one_of_another_product_counts_as_one() {
    let desk = two_products();
    let sheet = old(&[
        ["Example Lamp", "$20", "$45", "", "A-1002", "1"],
        ["Example Rug", "$20", "", "1", "A-1002", ""],
        ["Example Bowl", "$20", "", "3", "A-1003", ""],
        ["Example Cup", "$20", "", "", "A-1003", ""],
    ]);
    desk.apply("orders", &sheet);
    let names = ["quantity", "total"];
    assert_eq!(desk.columns("A-1002", &names), [json!(2), json!("40.00")]);
    assert_eq!(desk.columns("A-1003", &names), [json!(4), json!("80.00")]);
    assert_eq!(desk.apply("orders", &sheet)["batch"], Value::Null);
}

#[test]
fn an_order_of_no_units_is_refused() {
    let desk = two_products();
    let answer = desk.apply("orders", &old(&[["Example Lamp", "$20", "", "0", "A-1002", ""]]));
    assert_eq!((outcomes(&answer), &answer["batch"]), (vec!["refused"], &Value::Null));
    let reason = answer["lines"][0]["reason"].as_str().expect("a reason");
    assert!(!reason.is_empty(), "{answer}");
}

#[test]
fn one_order_that_stays_is_named_as_one() {
    let desk = two_products();
    let batch = desk.apply("orders", &old(&[["Example Lamp", "$20", "", "1", "A-1002", ""]]));
    desk.apply("track", "order,tracking\nA-1002,PK1002\n");
    let text = desk.run(&["bulk", "undo", &batch["batch"].to_string()]);
    let stays = "1 order of it stays, because other things are known of it by now:";
    assert!(text.contains(stays), "{text}");
}
