//! Amounts that cannot be what they say.

use serde_json::{Value, json};

use super::{Desk, outcomes};

const MAPS: [&str; 10] = [
    "--map",
    "No=order_number",
    "--map",
    "Store=store",
    "--map",
    "Paid=payout",
    "--map",
    "Wage=commission",
    "--map",
    "Money=currency",
];

/// `orders` rows of number, store, payout, commission, currency.
fn orders(desk: &Desk, rows: &str) -> Value {
    let sheet = format!("No,Store,Paid,Wage,Money\n{rows}");
    desk.bulk("orders", &sheet, &[["--apply", "--guild", "6"].as_slice(), &MAPS].concat())
}

#[test]
fn a_commission_above_its_payout_is_refused_in_sheets_of_both_kinds() {
    let desk = Desk::new();
    for (number, parcel) in [("A-1001", "PK1000001"), ("A-1002", "PK1000002")] {
        desk.checkout("Target", number, 1);
        desk.apply("track", &format!("order,tracking\n{number},{parcel}\n"));
    }
    for (payout, commission, outcome) in [
        ("9.00", "10.00", "refused"),
        // Not paid yet.
        ("0.00", "10.00", "changed"),
        // What was taken back is taken back with its commission.
        ("-9.00", "1.00", "refused"),
        ("-9.00", "-10.00", "refused"),
        ("-9.00", "-1.00", "changed"),
        ("9.00", "9.00", "changed"),
    ] {
        let old = orders(&desk, &format!("A-1001,Target,{payout},{commission},\n"));
        let sheet = format!("tracking,total,commission\nPK1000002,{payout},{commission}\n");
        let group = desk.apply("received", &sheet);
        assert_eq!(outcomes(&old), [outcome], "{payout} with {commission}: {old}");
        assert_eq!(outcomes(&group), [outcome], "{payout} with {commission}: {group}");
        assert_eq!(old["lines"][0]["reason"], group["lines"][0]["reason"]);
    }
    assert_eq!(desk.columns("A-1001", &["payout", "commission"]), [json!("9.00"), json!("9.00")]);
}

#[test]
fn cents_of_an_order_in_yen_are_refused_in_every_sheet() {
    let desk = Desk::new();
    let new = orders(&desk, "A-1001,Example JP,,,JPY\nA-1002,Example JP,12.50,,JPY\n");
    assert_eq!(outcomes(&new), ["changed", "refused"], "{new}");
    let total = "No,Store,Cost\nA-1001,Example JP,4000 JPY\n";
    let map = ["--map", "No=order_number", "--map", "Store=store", "--map", "Cost=total"];
    let known = desk.bulk("orders", total, &[["--apply"].as_slice(), &map].concat());
    assert_eq!(outcomes(&known), ["changed"], "{known}");
    let later = orders(&desk, "A-1001,Example JP,12.50,,\nA-1001,Example JP,,1.5,\n");
    assert_eq!(outcomes(&later), ["refused"; 2], "{later}");
    assert!(later["lines"][0]["reason"].as_str().is_some_and(|why| {
        why == "its payout of 12.5 has cents, and the order is in JPY, which has none; bring it \
                without, or name the currency that it is in"
    }));
    let statement = "Day,Order,Paid\n01/13/2026,A-1001,85.13\n01/13/2026,A-1001,85.00\n\
                     01/13/2026,A-1001,85.13 USD\n";
    let map = ["--map", "Day=date", "--map", "Order=order_number", "--map", "Paid=amount"];
    let charged = desk.bulk("charges", statement, &map);
    assert_eq!(outcomes(&charged), ["refused", "changed", "changed"], "{charged}");
    // What waits for its order waits on.
    let waiting = desk.apply("received", "tracking,total\nPK1000001,12.50\nPK1000002,12\n");
    assert_eq!(outcomes(&waiting), ["waiting"; 2]);
    desk.apply("track", "order,tracking\nA-1001,\"PK1000001, PK1000002\"\n");
    assert_eq!(desk.columns("A-1001", &["payout"]), [json!("12")]);
    let waits = desk.waiting();
    assert_eq!((waits.len(), &waits[0]["line"]), (1, &json!(2)), "{waits:?}");
    let group = desk.apply("received", "tracking,total\nPK1000002,13.5\nPK1000002,33.333333\n");
    assert_eq!(outcomes(&group), ["refused", "changed"], "{group}");
    assert_eq!(desk.columns("A-1001", &["payout"]), [json!("33")]);
}

#[test]
fn the_sign_of_two_currencies_is_that_of_its_row() {
    let desk = Desk::new();
    let answer = orders(&desk, "A-2001,Shop,¥12.50,,CNY\nA-2002,Shop,¥1250,,JPY\n");
    assert_eq!(answer["sums"], json!({}), "{answer}");
    assert_eq!(outcomes(&answer), ["changed", "changed"], "{answer}");
    assert_eq!(desk.columns("A-2001", &["payout", "currency"]), [json!("12.50"), json!("CNY")]);
    assert_eq!(desk.columns("A-2002", &["payout", "currency"]), [json!("1250"), json!("JPY")]);
}
