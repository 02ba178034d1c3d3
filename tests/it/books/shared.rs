//! Parcels of several orders of which one has ended.

use serde_json::{Value, json};

use super::Desk;

const NAMES: [&str; 3] = ["qty_received", "payout", "commission"];
const TRACK: &str = "order,tracking\nA-1001,PK1001\nA-1002,PK1001\n";
const RECEIVED: &str =
    "tracking_number,total,qty,commission,status,order_number\nPK1001,100.00,1,2.00,VERIFIED,G-1\n";

fn two_orders() -> Desk {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    desk.apply("track", TRACK);
    desk
}

fn shares(desk: &Desk) -> [Vec<Value>; 2] {
    ["A-1001", "A-1002"].map(|number| desk.columns(number, &NAMES))
}

#[test]
fn a_cancelled_order_takes_nothing_of_what_the_live_one_brought() {
    let live = [
        vec![json!(0), json!("0.00"), json!("0.00")],
        vec![json!(1), json!("100.00"), json!("2.00")],
    ];
    for cancelled in ["order\nA-1001\n", "order,qty\nA-1001,1\n"] {
        let desk = two_orders();
        desk.apply("status", cancelled);
        desk.apply("received", RECEIVED);
        assert_eq!(shares(&desk), live, "{cancelled}");
        let open = desk.json(&["open"]);
        let lines = open["lines"].as_array().expect("lines");
        assert!(lines.iter().all(|line| line["orders"] == json!(0)), "{open}");
    }
    // Whichever comes first, and back again.
    let desk = two_orders();
    desk.apply("received", RECEIVED);
    let before = shares(&desk);
    assert_eq!(before[0][1], json!("50.00"));
    let batch = desk.bulk("status", "order\nA-1001\n", &["--apply", "--anyway"]);
    assert_eq!(shares(&desk), live);
    desk.run(&["reparse"]);
    assert_eq!(shares(&desk), live);
    desk.undo(&batch);
    assert_eq!(shares(&desk), before);
}

#[test]
fn an_order_that_is_alone_in_its_parcel_keeps_what_it_brought() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 2);
    desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    desk.apply("received", RECEIVED);
    let before = desk.columns("A-1001", &NAMES);
    desk.bulk("status", "order\nA-1001\n", &["--apply", "--anyway"]);
    assert_eq!(desk.columns("A-1001", &NAMES), before);
}
