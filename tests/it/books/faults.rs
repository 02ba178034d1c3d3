//! What sheets once did wrong.

use serde_json::{Value, json};

use super::{Desk, outcomes};

#[test]
fn a_row_without_a_store_stays_with_its_order_when_another_store_gives_the_same_number() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    desk.apply("charges", "Extended Details,Reference,Date,Amount\n\"Description : A-1001 Price : 1\",R1,01/31/2026,10.00\n");
    desk.checkout("Walmart", "A-1001", 1);
    let of = |store: &str| {
        let orders: Vec<Value> = serde_json::from_str(&desk.export()).expect("an array");
        let order = orders.into_iter().find(|order| order["store"] == *store).expect("an order");
        (order["parcels"].clone(), order["charged"].clone())
    };
    for _ in 0..2 {
        assert_eq!(of("Target"), (json!(["PK1001"]), json!("10.00")));
        assert_eq!(of("Walmart"), (json!([]), Value::Null));
        desk.run(&["reparse"]);
    }
}

#[test]
fn a_later_status_corrects_one_that_waits() {
    let desk = Desk::new();
    desk.checkout("Target", "B-9001", 1);
    for (status, outcome) in [
        ("cancelled", "waiting"),
        ("cancelled", "already"),
        ("shipped", "waiting"),
        ("cancelled", "waiting"),
    ] {
        let answer = desk.apply("status", &format!("order,status\nA-1001,{status}\n"));
        assert_eq!(outcomes(&answer), [outcome], "{status}");
    }
    desk.checkout("Target", "A-1001", 1);
    // As with an order that is there: what has shipped is not cancelled.
    assert_eq!(desk.order("A-1001")["status"], json!("shipped"));
    let waiting = desk.waiting();
    assert_eq!((waiting.len(), &waiting[0]["line"]), (1, &json!(2)), "{waiting:?}");
    desk.json(&["bulk", "undo", "2"]);
    assert_eq!(desk.order("A-1001")["status"], json!("cancelled"));
}

#[test]
fn a_line_that_waits_in_several_files_is_dropped_of_the_file_that_is_named() {
    let desk = Desk::new();
    desk.checkout("Target", "B-9001", 1);
    desk.write("one.csv", "order,tracking\nA-9001,PK1001\n");
    desk.write("two.csv", "order,tracking\nA-9002,PK1002\n");
    desk.run(&["bulk", "track", "one.csv", "two.csv", "--apply"]);
    let (code, why) = desk.fails(&["bulk", "waiting", "--drop", "1:2"]);
    assert!(code == 2 && why.contains("1:one.csv:2 or 1:two.csv:2"), "{code}: {why}");
    assert_eq!(desk.waiting().len(), 2);
    desk.run(&["bulk", "waiting", "--drop", "1:two.csv:2"]);
    let left: Vec<Value> = desk.waiting().iter().map(|line| line["file"].clone()).collect();
    assert_eq!(left, [json!("one.csv")]);
    desk.run(&["bulk", "waiting", "--drop", "1:2"]);
    assert_eq!(desk.waiting(), Vec::<Value>::new());
}

#[test]
fn cells_of_strangers_do_not_steer_the_terminal() {
    let desk = Desk::new();
    desk.checkout("Target", "B-9001", 1);
    let bell = "order,qty,tracking,store\nA-9001,\u{1b}]0;x\u{7},PK1001,\u{1b}[2Jshop\u{202e}\n";
    desk.write("sheet.csv", bell);
    let steers = |text: &str| {
        text.chars().any(|sign| sign != '\n' && (sign.is_control() || sign == '\u{202e}'))
    };
    for call in [
        vec!["bulk", "track", "sheet.csv"],
        vec!["bulk", "track", "sheet.csv", "--apply"],
        vec!["bulk", "waiting"],
    ] {
        let text = desk.run(&call);
        assert!(text.contains("shop") && !steers(&text), "{text:?}");
    }
    desk.write("other.csv", "order,\u{1b}[2Jparcel\nA-9001,PK1001\n");
    let (_, why) = desk.fails(&["bulk", "track", "other.csv"]);
    assert!(why.contains("parcel") && !steers(&why), "{why:?}");
}

#[test]
fn charges_and_refunds_are_told_apart() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let sheet = "Extended Details,Reference,Date,Amount\n\
        \"Description : A-1001 Price : 1\",R1,01/31/2026,10.00\n\
        \"Description : A-1001 Price : 1\",R2,02/01/2026,-4.00\n";
    desk.write("sheet.csv", sheet);
    let text = desk.run(&["bulk", "charges", "sheet.csv"]);
    assert!(text.contains("charged $10.00") && text.contains("refunded $4.00"), "{text}");
    let answer = desk.apply("charges", sheet);
    assert_eq!(
        (&answer["charged"], &answer["refunded"]),
        (&json!({"USD": "10.00"}), &json!({"USD": "4.00"}))
    );
}

#[test]
fn equal_charges_on_both_sides_of_the_cut_of_a_long_file_are_two() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let mut sheet = String::from("Extended Details,Reference,Date,Amount\n");
    for number in 1..100_000 {
        let row = format!("\"Description : Z-{number:06} Price : 1\",R1,01/31/2026,1.00\n");
        sheet.push_str(&row);
    }
    sheet.push_str(&"\"Description : A-1001 Price : 1\",R1,01/31/2026,5.00\n".repeat(2));
    let answer = desk.apply("charges", &sheet);
    assert_eq!((&answer["batch"], &answer["batches"]), (&json!(1), &json!([1, 2])));
    assert_eq!(answer["counts"]["changed"], json!(2));
    assert_eq!(desk.order("A-1001")["charged"], json!("10.00"));
    assert_eq!(desk.apply("charges", &sheet)["batch"], Value::Null);
}
