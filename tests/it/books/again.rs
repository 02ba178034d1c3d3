//! The same sheet again, where its own rows say different things of one order or parcel.

use serde_json::{Value, json};

use super::{Desk, outcomes};

#[test]
fn rows_that_set_each_other_back_change_nothing_the_second_time() {
    let received = "tracking_number,total,qty,status,order_number,modified\n\
        PK1001,50,4,UNVERIFIED,G1,\"03-05-2026, 10:11:12\"\n\
        PK1001,60,4,VERIFIED,G1,\"03-05-2026, 10:11:12\"\n";
    let status = "order,status\nA-1001,shipped\nA-1001,delivered\n";
    for (kind, sheet) in [("received", received), ("status", status)] {
        for waits in [false, true] {
            let desk = Desk::new();
            desk.checkout("Target", "B-9001", 1);
            if !waits {
                desk.checkout("Target", "A-1001", 4);
                desk.apply("track", "order,tracking\nA-1001,PK1001\n");
            }
            let first = desk.apply(kind, sheet);
            let expected = match (kind, waits) {
                (_, true) => ["waiting", "waiting"],
                // The first row pays nothing beside the second one.
                ("received", false) => ["already", "changed"],
                _ => ["changed", "changed"],
            };
            assert_eq!(outcomes(&first), expected, "{kind}: {first}");
            if kind == "received" && !waits {
                assert_eq!(first["sums"], json!({"USD": "60.00"}), "the row that counts");
                assert_eq!(desk.order("A-1001")["payout"], json!("60.00"));
            }
            let again = desk.apply(kind, sheet);
            assert_eq!(outcomes(&again), ["already", "already"], "{kind}: {again}");
            assert_eq!((&again["batch"], &again["sums"]), (&Value::Null, &json!({})), "{kind}");
        }
    }
}

#[test]
fn statuses_of_two_stores_wait_beside_each_other() {
    let desk = Desk::new();
    desk.checkout("Target", "B-9001", 1);
    let sheet = "order,store,status\nA-1001,Target,shipped\nA-1001,Walmart,delivered\n";
    assert_eq!(outcomes(&desk.apply("status", sheet)), ["waiting", "waiting"]);
    assert_eq!(desk.apply("status", sheet)["batch"], Value::Null);
    let other = sheet.replace("shipped", "cancelled");
    assert_eq!(outcomes(&desk.apply("status", &other))[0], "waiting");
}

#[test]
fn a_sheet_that_is_brought_again_after_its_undo_holds_its_orders_again() {
    let desk = Desk::new();
    let sheet = "order_number,store,price\nA-1001,Target,10.00\nA-1001,Target,10.00\n";
    let map =
        ["--map", "price=price", "--map", "store=store", "--map", "order_number=order_number"];
    let apply = [&["--apply", "--guild", "6"], &map[..]].concat();
    let first = desk.bulk("orders", sheet, &apply);
    let track = "order,tracking\nA-1001,1Z999AA10123456784\n";
    let track = desk.bulk("track", track, &["--apply"]);
    desk.undo(&first);
    // Without a day the order is as old as what holds it.
    let said = ["id", "store", "price", "quantity", "status", "parcels", "updated_at"];
    let before = desk.columns("A-1001", &said);
    let again = desk.bulk("orders", sheet, &apply);
    assert_eq!(outcomes(&again), ["changed", "already"], "{again}");
    assert_eq!(desk.columns("A-1001", &said), before, "the order is as it was");
    assert_eq!(desk.bulk("orders", sheet, &apply)["batch"], Value::Null, "twice is once");
    // It is there for its sheet, whatever else is known of it.
    desk.undo(&track);
    assert_eq!(desk.columns("A-1001", &["price"]), [json!("10.00")]);
    desk.undo(&again);
    assert_eq!(desk.json(&["export"]), json!([]));
}
