//! Batches taken back.

use serde_json::{Value, json};

use super::{Desk, outcomes};

/// What an order is, without the time of its last change.
fn without_time(desk: &Desk) -> Vec<Value> {
    let mut orders: Vec<Value> = serde_json::from_str(&desk.export()).expect("an array");
    for order in &mut orders {
        order.as_object_mut().expect("an object").remove("updated_at");
    }
    orders
}

#[test]
fn undoing_every_batch_in_any_order_leaves_what_the_messages_say() {
    let sheets = [
        ("status", "order,qty,status\nA-1002,1,cancelled\n"),
        ("track", "order,tracking\nA-1001,PK1001\nA-1002,PK1001\n"),
        ("received", "tracking_number,total,qty,commission,status\nPK1001,33.35,3,1,VERIFIED\n"),
        ("status", "order,status\nA-1001,delivered\n"),
        (
            "charges",
            "Extended Details,Reference,Date,Amount\n\"Description : A-1001 Price : 10.00\",'320,01/31/2026,20.00\n",
        ),
    ];
    for backwards in [false, true] {
        let desk = Desk::new();
        desk.checkout("Target", "A-1001", 2);
        desk.checkout("Target", "A-1002", 2);
        let (before, mut states, mut batches) = (without_time(&desk), Vec::new(), Vec::new());
        for (kind, sheet) in sheets {
            states.push(without_time(&desk));
            let batch = desk.apply(kind, sheet);
            assert_eq!(batch["applied"], json!(true), "{kind}: {batch}");
            batches.push(batch);
        }
        desk.run(&["reparse"]);
        if backwards {
            for (batch, state) in batches.iter().zip(&states).rev() {
                let undone = desk.undo(batch);
                assert!(undone["undone_at"].is_string(), "{undone}");
                assert_eq!(&without_time(&desk), state, "undone {undone}");
            }
        } else {
            for batch in &batches {
                desk.undo(batch);
            }
        }
        assert_eq!(without_time(&desk), before);
    }
}

#[test]
fn a_batch_that_says_the_same_keeps_it_when_the_other_is_undone() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    let first = desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    let second = desk.apply("track", "order,tracking\nA-1001,PK1001\nA-1002,PK1002\n");
    assert_eq!(outcomes(&second), ["already", "changed"]);
    desk.undo(&first);
    assert_eq!(desk.order("A-1001")["parcels"], json!(["PK1001"]));
    desk.undo(&second);
    assert_eq!(desk.order("A-1001")["parcels"], json!([]));
    let list = desk.json(&["bulk", "list"]);
    let all = list.as_array().expect("an array");
    assert!(all.len() == 2 && all.iter().all(|batch| batch["undone_at"].is_string()), "{list}");
    let keys: Vec<&String> = all[0].as_object().expect("an object").keys().collect();
    let mut named =
        vec!["batch", "kind", "files", "by", "at", "rows", "changed", "waiting", "undone_at"];
    named.sort_unstable();
    let mut keys: Vec<&str> = keys.into_iter().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(keys, named);
}

/// A sheet of old orders, one of each store.
fn old(stores: &[&str]) -> String {
    let head = "Date,Store,Currency,Product,Price,Quantity,Order Number,Server\n";
    let row = |store: &&str| format!("2026-01-05,{store},USD,Example Box,10.00,1,NUM-1001,\n");
    head.to_owned() + &stores.iter().map(row).collect::<String>()
}

#[test]
fn an_order_of_which_other_things_are_known_stays_beside_the_same_number_of_another_store() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let first = desk.apply("orders", &old(&["Target"]));
    desk.apply("track", "order,tracking\nNUM-1001,PK1001\n");
    desk.apply("orders", &old(&["Walmart US"]));
    let undone = desk.undo(&first);
    assert_eq!(undone["left"], json!([{"order_number": "NUM-1001", "store": "Target"}]));
    let orders = without_time(&desk);
    let of =
        |store: &str| orders.iter().find(|order| order["store"] == json!(store)).expect("there");
    assert_eq!(of("Target")["parcels"], json!([]), "as its own row said");
    let parcels: Vec<_> = orders.iter().map(|order| (&order["store"], &order["parcels"])).collect();
    assert_eq!(orders.len(), 3, "{parcels:?}");
    desk.run(&["reparse"]);
    assert_eq!(without_time(&desk), orders);
}

#[test]
fn an_order_that_stays_goes_with_the_last_that_is_known_of_it() {
    for backwards in [false, true] {
        let desk = Desk::new();
        desk.checkout("Target", "A-1001", 1);
        let before = without_time(&desk);
        let mut batches = [
            desk.apply("orders", &old(&["Target", "Walmart US"])),
            desk.apply("status", "order,store,status\nNUM-1001,Target,shipped\n"),
        ];
        if backwards {
            batches.reverse();
        }
        desk.undo(&batches[0]);
        assert_eq!(without_time(&desk).len(), if backwards { 3 } else { 2 });
        desk.undo(&batches[1]);
        assert_eq!(without_time(&desk), before);
    }
}

#[test]
fn what_came_before_an_order_waits_again_when_its_sheet_is_undone() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let before = without_time(&desk);
    desk.apply("track", "order,tracking\nNUM-1001,PK1001\n");
    desk.apply(
        "received",
        "tracking_number,total,qty,commission,status\nPK1001,9.00,1,1,VERIFIED\n",
    );
    let waiting = desk.waiting();
    let old = desk.apply("orders", &old(&["Target"]));
    assert_eq!(desk.order("NUM-1001")["payout"], json!("9.00"));
    let undone = desk.undo(&old);
    assert_eq!((undone.get("left"), without_time(&desk)), (None, before));
    assert_eq!(desk.waiting(), waiting);
    desk.apply("orders", &self::old(&["Target"]));
    assert_eq!(desk.order("NUM-1001")["payout"], json!("9.00"));
}

#[test]
fn a_sheet_that_changes_nothing_but_notes_is_undone_and_can_be_brought_again() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let before = without_time(&desk);
    let sheet = "Order,Store,Notes\nA-1001,Target,hello\n";
    let options = ["--apply", "--map", "Order=order_number", "--map", "Notes=notes"];
    for _ in 0..2 {
        let batch = desk.bulk("orders", sheet, &options);
        assert_eq!(desk.columns("A-1001", &["notes"]), [json!("hello")], "{batch}");
        desk.undo(&batch);
        assert_eq!(without_time(&desk), before);
        desk.run(&["reparse"]);
        assert_eq!(without_time(&desk), before);
    }
}

#[test]
fn an_order_that_stays_for_a_parcel_goes_with_it() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let before = without_time(&desk);
    let old = desk.apply("orders", &old(&["Target"]));
    let track = desk.apply("track", "order,tracking\nNUM-1001,PK1001\n");
    let received = "tracking_number,total,qty,commission,status\nPK1001,9.00,1,1,VERIFIED\n";
    let received = desk.apply("received", received);
    desk.undo(&old);
    assert_eq!(desk.order("NUM-1001")["payout"], json!("9.00"));
    desk.undo(&track);
    assert_eq!(without_time(&desk), before);
    desk.undo(&received);
    assert_eq!(without_time(&desk), before);
}
