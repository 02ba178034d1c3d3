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
        vec![Value::Null, Value::Null, Value::Null],
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

#[test]
fn how_parcels_are_called_moves_no_unit() {
    for [one, other] in [["PK1001", "PK1002"], ["PK1002", "PK1001"]] {
        let desk = Desk::new();
        for (number, units) in [("A-1001", 1), ("A-1002", 3), ("A-1003", 3)] {
            desk.checkout("Target", number, units);
        }
        let track =
            format!("order,tracking\nA-1001,{one}\nA-1002,\"{one}, {other}\"\nA-1003,{other}\n");
        desk.apply("track", &track);
        desk.apply("status", "order,status\nA-1001,refunded\n");
        desk.apply("received", &format!("tracking_number,qty,total\n{one},3,30\n{other},3,30\n"));
        let units = ["A-1001", "A-1002", "A-1003"];
        let units = units.map(|number| desk.order(number)["qty_received"].clone());
        assert_eq!(units, [Value::Null, json!(3), json!(3)], "{one} {other}");
    }
}

#[test]
fn a_parcel_is_divided_by_units_also_when_all_of_its_orders_have_ended() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 2);
    desk.checkout("Target", "A-1002", 1);
    desk.apply("track", TRACK);
    desk.apply("received", "tracking_number,total,qty\nPK1001,100.01,1\n");
    // Otherwise the cost would divide it in the same way.
    desk.bulk(
        "orders",
        "Order,Cost\nA-1002,30\n",
        &["--apply", "--guild", "6", "--map", "Cost=price"],
    );
    let before = shares(&desk);
    assert_eq!([&before[0][1], &before[1][1]], [&json!("66.68"), &json!("33.33")]);
    desk.bulk("status", "order,status\nA-1001,refunded\nA-1002,refunded\n", &["--apply"]);
    assert_eq!(shares(&desk), before);
}
