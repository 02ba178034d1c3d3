//! Statuses that sheets set as a person would: only where they change something, and the last row counts.

use serde_json::{Value, json};

use super::{Desk, outcomes};

/// Imports a message about an order.
fn says(desk: &Desk, id: u64, number: &str, status: &str) {
    let text =
        format!("Order Number: {number}\nStatus: {status}\nTracking Number: 1Z999AA10123456784\n");
    let message = json!({"id": id.to_string(), "channel_id": "5", "guild_id": "6",
        "timestamp": format!("2026-02-{:02}T12:00:00Z", id - 900), "content": text,
        "author": {"id": "7", "username": "Refract", "bot": true}});
    desk.write("status.json", &json!([message]).to_string());
    desk.run(&["import", "status.json"]);
}

fn status(desk: &Desk, number: &str) -> Value {
    desk.order(number)["status"].clone()
}

#[test]
fn a_status_that_an_order_has_already_hides_no_later_message() {
    let track = "order,tracking\nA-1001,1Z999AA10123456784\nA-1002,PK1002\n";
    for (kind, sheet, options) in [
        ("status", "order,status\nA-1001,shipped\nA-1002,shipped\n", ["--apply"].as_slice()),
        ("status", "order,qty,status\nA-1001,4,shipped\nA-1002,4,shipped\n", &["--apply"]),
        ("track", track, &["--apply", "--status", "shipped"]),
    ] {
        let desk = Desk::new();
        desk.checkout("Target", "A-1001", 4);
        desk.checkout("Target", "A-1002", 4);
        says(&desk, 901, "A-1001", "Shipped");
        let batch = desk.bulk(kind, sheet, options);
        assert_eq!(outcomes(&batch), ["already", "changed"], "{sheet}: {batch}");
        says(&desk, 902, "A-1001", "Delivered");
        assert_eq!(status(&desk, "A-1001"), json!("delivered"), "{sheet}");
        desk.run(&["reparse"]);
        assert_eq!(status(&desk, "A-1001"), json!("delivered"), "{sheet}");
        assert_eq!(status(&desk, "A-1002"), json!("shipped"), "{sheet}");
        desk.undo(&batch);
        assert_eq!(status(&desk, "A-1001"), json!("delivered"), "{sheet}");
        assert_eq!(status(&desk, "A-1002"), json!("verified"), "{sheet}");
    }
}

#[test]
fn a_status_that_two_sheets_set_holds_until_both_are_undone() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.checkout("Target", "A-1002", 1);
    let first = desk.apply("status", "order,status\nA-1001,shipped\n");
    let shipped_at = desk.order("A-1001")["shipped_at"].clone();
    let second = desk.apply("status", "order,status\nA-1001,shipped\nA-1002,shipped\n");
    assert_eq!(outcomes(&second), ["already", "changed"]);
    desk.undo(&first);
    assert_eq!(desk.columns("A-1001", &["status", "shipped_at"]), [json!("shipped"), shipped_at]);
    desk.undo(&second);
    assert_eq!(status(&desk, "A-1001"), json!("verified"));
}

#[test]
fn of_rows_of_one_order_the_last_sets_its_status() {
    let sheet = "order,status\nA-1001,delivered\nA-1001,shipped\n";
    for waits in [false, true] {
        let desk = Desk::new();
        desk.checkout("Target", "A-1002", 1);
        if !waits {
            desk.checkout("Target", "A-1001", 1);
        }
        desk.apply("status", sheet);
        if waits {
            desk.checkout("Target", "A-1001", 1);
        }
        assert_eq!(status(&desk, "A-1001"), json!("shipped"), "waits: {waits}");
        let again = desk.apply("status", sheet);
        assert_eq!(outcomes(&again), ["already", "already"], "waits: {waits}");
        assert_eq!(again["batch"], Value::Null, "waits: {waits}");
        // Its last row is new: it says what the first one said before.
        desk.apply("status", &format!("{sheet}A-1001,delivered\n"));
        assert_eq!(status(&desk, "A-1001"), json!("delivered"), "waits: {waits}");
    }
}
