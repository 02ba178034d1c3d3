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
            let word = if waits { "waiting" } else { "changed" };
            assert_eq!(outcomes(&first), [word, word], "{kind}: {first}");
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
