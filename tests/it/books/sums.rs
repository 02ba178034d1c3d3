//! Charges, what is open, and what orders came to.

use serde_json::{Value, json};

use super::{Desk, outcomes};
use crate::fresh::rows;

const CHARGES: &str = "Extended Details,Reference,Date,Amount\n\
    \"Name\nDescription : A-1001 Price : 10.00\nmore\",'320261,01/31/2026,12.00\n\
    \"Description : A-1001 Price : 10.00\",'320260,01/30/2026,8.00\n\
    \"Description : A-1001 Price : 10.00\",'320260,01/30/2026,8.00\n\
    \"Description : A-1001 Price : 10.00\",'320262,02/03/2026,-5.00\n\
    \"Description : A-7777 Price : 10.00\",'320263,02/03/2026,5.00\n";

#[test]
fn lines_of_a_statement_add_up_and_equal_ones_count_as_often_as_in_one_file() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 2);
    let answer = desk.apply("charges", CHARGES);
    assert_eq!(outcomes(&answer), ["changed", "changed", "changed", "changed", "waiting"]);
    assert_eq!(answer["sums"], json!({"USD": "23.00"}));
    let names = ["reference_number", "charge_posted_on", "charged", "refunded", "total"];
    let expected =
        [json!("320260"), json!("2026-01-30"), json!("28.00"), json!("5.00"), json!("20.00")];
    assert_eq!(desk.columns("A-1001", &names), expected);
    // The same lines in another file, with one that is new.
    let more = format!("{CHARGES}\"Description : A-1001 Price : 1\",'9,02/04/2026,1.00\n");
    let again = desk.apply("charges", &more);
    assert_eq!(
        outcomes(&again),
        ["already", "already", "already", "already", "already", "changed"]
    );
    assert_eq!(desk.order("A-1001")["charged"], json!("29.00"));
    // What is in our files is the day of the charge.
    let csv = desk.run(&["export", "--format", "csv", "--time-zone", "UTC"]);
    assert!(csv.lines().nth(1).is_some_and(|line| line.contains(",320260,2026-01-30,")), "{csv}");
}

/// The lines that are not empty: key, orders, units, total.
fn open(desk: &Desk) -> Vec<Value> {
    let answer = desk.json(&["open"]);
    let lines = answer["lines"].as_array().expect("lines");
    assert_eq!(lines.len(), 10, "{answer}");
    let line = |line: &Value| json!([line["key"], line["orders"], line["units"], line["total"]]);
    lines.iter().filter(|line| line["units"] != json!(0)).map(line).collect()
}

#[test]
fn each_live_order_is_open_in_one_line() {
    let desk = Desk::new();
    for number in 1001..=1008 {
        desk.checkout("Target", &format!("A-{number}"), 2);
    }
    assert_eq!(open(&desk), [json!(["no_tracking", 8, 16, {"USD": "160.00"}])]);
    desk.apply(
        "track",
        "order,tracking\nA-1002,PK1002\nA-1003,PK1003\nA-1004,PK1004\nA-1005,PK1005\nA-1006,PK1006\nA-1007,PK1007\n",
    );
    desk.apply("status", "order,status\nA-1007,delivered\nA-1008,cancelled\n");
    // Without a group delivered is finished.
    assert_eq!(
        open(&desk),
        [
            json!(["no_tracking", 1, 2, {"USD": "20.00"}]),
            json!(["on_the_way", 5, 10, {"USD": "100.00"}])
        ]
    );
    desk.apply(
        "received",
        "tracking_number,total,qty,status\nPK1003,,1,UNVERIFIED\nPK1004,,2,UNVERIFIED\nPK1005,,2,VERIFIED\n\
         PK1006,18.99,2,VERIFIED\nPK1999,5,1,VERIFIED\n",
    );
    assert_eq!(
        open(&desk),
        [
            json!(["no_tracking", 1, 2, {"USD": "20.00"}]),
            json!(["on_the_way", 1, 2, {"USD": "20.00"}]),
            json!(["delivered_not_received", 1, 2, {"USD": "20.00"}]),
            json!(["part_received", 1, 2, {"USD": "20.00"}]),
            json!(["unverified", 1, 2, {"USD": "20.00"}]),
            json!(["unpaid", 1, 2, {"USD": "20.00"}]),
            json!(["short", 1, 2, {"USD": "1.01"}]),
            json!(["foreign_parcels", 0, 1, {}]),
        ]
    );
    // Within the tolerance it is paid.
    desk.apply("received", "tracking_number,total\nPK1006,19.00\n");
    assert!(open(&desk).iter().all(|line| line[0] != json!("short")));
    // The card says what is not charged, and what did not come back.
    desk.apply(
        "charges",
        "Extended Details,Reference,Date,Amount\n\"Description : A-1008 Price : 1\",1,01/31/2026,20.00\n",
    );
    let beside: Vec<Value> = open(&desk)
        .into_iter()
        .filter(|line| line[0].as_str().expect("a key").ends_with("missing"))
        .collect();
    assert_eq!(
        beside,
        [
            json!(["charge_missing", 7, 14, {"USD": "140.00"}]),
            json!(["refund_missing", 1, 2, {"USD": "20.00"}])
        ]
    );
}

#[test]
fn stats_tell_what_was_kept_and_what_is_settled() {
    let desk = Desk::new();
    for number in 1001..=1003 {
        desk.checkout("Target", &format!("A-{number}"), 2);
    }
    let empty = desk.json(&["stats", "--period", "yesterday"]);
    assert_eq!((&empty["placed"], &empty["stick_rate"]), (&json!(0), &Value::Null));
    desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    desk.apply(
        "received",
        "tracking_number,total,qty,commission,status\nPK1001,25.50,2,2.50,VERIFIED\n",
    );
    desk.apply("status", "A-1003\n");
    let stats = desk.json(&["stats", "--period", "all"]);
    assert_eq!(
        stats,
        json!({"placed": 3, "cancelled": 1, "orders": 2, "units": 4, "stick_rate": 0.6667,
            "spend": {"USD": "40.00"}, "payout": {"USD": "25.50"}, "commission": {"USD": "2.50"},
            "profit": {"USD": "5.50"}, "open": {"USD": "20.00"}, "charged": {}, "refunded": {}})
    );
    let none = desk.json(&["stats", "--since", "2026-01-01", "--until", "2026-01-01"]);
    assert_eq!(none["placed"], json!(0));
}

#[test]
fn the_same_number_in_another_currency_is_other_money() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let options = ["--map", "Paid=payout", "--map", "Card=charged", "--map", "Back=refunded"];
    let bring = |sheet: &str| {
        let options = [["--apply", "--guild", "6"].as_slice(), &options].concat();
        outcomes(&desk.bulk("orders", sheet, &options)).join(" ")
    };
    let money = || {
        let query = "SELECT payout_minor, payout_currency, charged_minor, refunded_minor, charge_currency FROM orders";
        rows(&desk.folder.path().join("refract-ledger.db"), query).join(" ")
    };
    let sheet = |paid: &str, card: &str, back: &str| {
        format!("Order,Paid,Card,Back\nA-1001,{paid},{card},{back}\n")
    };
    assert_eq!(bring(&sheet("100", "50", "")), "changed");
    assert_eq!(bring(&sheet("100 EUR", "", "")), "changed");
    assert_eq!(money(), "10000|EUR|5000|-|-");
    assert_eq!(bring(&sheet("", "50 EUR", "")), "changed");
    assert_eq!(bring(&sheet("", "", "5 EUR")), "changed");
    assert_eq!(money(), "10000|EUR|5000|500|EUR");
    assert_eq!(bring(&sheet("100.00 EUR", "50.00 EUR", "5.00 EUR")), "already");
    // Nothing was charged in the currency in which this came back: it is not kept beside what was.
    assert_eq!(bring(&sheet("", "", "5 GBP")), "already");
    assert_eq!(money(), "10000|EUR|5000|500|EUR");
}

#[test]
fn a_group_that_says_zero_paid_nothing_and_one_that_says_nothing_has_not_paid_yet() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 2);
    desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    let head = "tracking_number,total,qty,status\n";
    let received =
        |total: &str| desk.apply("received", &format!("{head}PK1001,{total},2,VERIFIED\n"));
    received("");
    assert_eq!(open(&desk), [json!(["unpaid", 1, 2, {"USD": "20.00"}])]);
    assert_eq!(desk.json(&["stats"])["profit"], json!({}), "blank while it is not settled");
    let zero = received("0.00");
    assert_eq!(open(&desk), [json!(["short", 1, 2, {"USD": "20.00"}])], "all of it is missing");
    assert_eq!(desk.order("A-1001")["payout"], json!("0.00"));
    // A payment that comes later counts, and a blank cell takes none back.
    received("20.00");
    received("");
    assert_eq!(open(&desk), <[Value; 0]>::default());
    desk.undo(&zero);
    assert_eq!(open(&desk), <[Value; 0]>::default());
}

#[test]
fn stats_for_people_say_of_which_days_they_are_and_where_there_is_more() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    desk.apply("status", "order,status\nA-1001,cancelled\n");
    let first = |options: &[&str]| {
        let text = desk.run(&[&["stats"], options].concat());
        text.lines().take(2).map(str::to_owned).collect::<Vec<_>>()
    };
    let month = first(&[]);
    assert!(month[0].starts_with("Orders of this month (1"), "{month:?}");
    assert!(month[0].ends_with(", UTC)"), "{month:?}");
    assert_eq!(month[1], "none; `--period all` has 2");
    assert_eq!(first(&["--period", "all"]), ["All orders", "2 orders placed, 1 cancelled, 1 kept"]);
    let days = ["--since", "2026-01-01", "--until", "2026-01-20"];
    assert_eq!(first(&days)[0], "Orders since 2026-01-01 until 2026-01-20 (UTC)");
    let all = desk.run(&["stats", "--period", "all"]);
    assert!(all.contains("Stick rate  50.00%\n"), "{all}");
    assert_eq!(desk.json(&["stats", "--period", "all"])["stick_rate"], json!(0.5));
}

#[test]
fn a_row_that_does_not_say_when_corrects_what_was_said_before() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    let head = "tracking_number,total,qty,order_number,modified\n";
    let received = |row: &str| desk.apply("received", &format!("{head}PK1001,{row}\n"));
    received("12.00,1,G-1,\"01-05-2026, 10:00:00\"");
    assert_eq!(outcomes(&received("13.00,0,G-1,")), ["changed"]);
    let names = ["payout", "qty_received"];
    assert_eq!(desk.columns("A-1001", &names), [json!("13.00"), json!(0)]);
    // Of the second row it is new when the group changed it.
    for (day, outcome) in [("05", "already"), ("06", "changed")] {
        let older = received(&format!("14.00,1,G-1,\"01-{day}-2026, 10:00:00\""));
        let line = &older["lines"][0];
        let why = json!("what the group has said later counts");
        assert_eq!([&line["outcome"], &line["reason"]], [&json!(outcome), &why]);
    }
    assert_eq!(desk.columns("A-1001", &names), [json!("13.00"), json!(0)]);
    desk.run(&["reparse"]);
    assert_eq!(desk.columns("A-1001", &names), [json!("13.00"), json!(0)]);
}

#[test]
fn a_commission_is_a_part_of_the_payout() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    let received = |cells: &str| {
        let sheet = format!("tracking_number,total,commission\nPK1001,{cells}\n");
        outcomes(&desk.bulk("received", &sheet, &[])).join(" ")
    };
    let cells = ["12,500", "12,-1", "-12,1", "0,1", "12,12", "-12,-1", "12,0", ",500"];
    let found = cells.map(received);
    // What is not paid yet has a commission all the same.
    assert_eq!(
        (&found[..3], &found[3..]),
        (&["refused"; 3].map(str::to_owned)[..], &["changed"; 5].map(str::to_owned)[..])
    );
    // Nor may it be more than what was said to be paid before.
    desk.apply("received", "tracking_number,total\nPK1001,12\n");
    assert_eq!(received(",500"), "refused");
    assert_eq!(received(",5"), "changed");
}
