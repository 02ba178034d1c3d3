//! What a sheet said that was undone says nothing once something else announces the order.

use serde_json::{Value, json};

use super::Desk;

const NAMES: [&str; 7] = ["product", "price", "quantity", "total", "payout", "charged", "refunded"];

fn sheet(product: &str, price: &str) -> String {
    json!([{"order_number": "A-2001", "store": "Target", "guild_id": "6", "currency": "USD",
        "ordered_at": "2025-12-03T15:46:00.000Z", "product": product, "price": price, "quantity": 2,
        "items": [{"product": product, "price": price, "quantity": 2}], "payout": "7.00",
        "qty_received": 2, "charged": "50.00", "refunded": "5.00"}])
    .to_string()
}

/// Later than any other row speaks of it.
fn tracked(desk: &Desk) -> Value {
    desk.apply("track", "order,tracking\nA-2001,PK1001\n")
}

fn shown(desk: &Desk) -> (Vec<Value>, Value) {
    (desk.columns("A-2001", &NAMES), desk.order("A-2001")["ordered_at"].clone())
}

#[test]
fn a_message_says_what_an_order_is_whose_sheet_was_undone_before_it_came() {
    let came = |is_first: bool| {
        let desk = Desk::new();
        desk.checkout("Target", "A-1001", 1);
        let wrong = desk.apply("orders", &sheet("Wrong sheet", "9.99"));
        let track = tracked(&desk);
        if is_first {
            desk.checkout("Target", "A-2001", 3);
            desk.undo(&wrong);
        } else {
            desk.undo(&wrong);
            desk.checkout("Target", "A-2001", 3);
        }
        (shown(&desk), desk, track)
    };
    let ((first, ..), (then, desk, track)) = (came(true), came(false));
    assert_eq!(then, first);
    assert_eq!(first.0[..4], [json!("Example Box"), json!("10.00"), json!(3), json!("30.00")]);
    desk.undo(&track);
    assert_eq!(shown(&desk), first, "no batch stands");
    desk.run(&["reparse"]);
    assert_eq!(shown(&desk), first);
    assert_eq!(desk.json(&["stats", "--period", "all"])["payout"], json!({}));
}

#[test]
fn another_sheet_says_what_an_order_is_whose_sheet_was_undone_before_it_came() {
    let right = "Date,Store,Currency,Product,Price,Quantity,Order Number,Server\n\
        2026-01-05,Target,USD,Right,3.00,1,A-2001,\n";
    let came = |is_first: bool| {
        let desk = Desk::new();
        desk.checkout("Target", "A-1001", 1);
        let wrong = desk.apply("orders", &sheet("Wrong sheet", "9.99"));
        tracked(&desk);
        if !is_first {
            desk.undo(&wrong);
        }
        let batch = desk.apply("orders", right);
        if is_first {
            desk.undo(&wrong);
        }
        (desk, batch)
    };
    let ((first, _), (then, batch)) = (came(true), came(false));
    assert_eq!(shown(&then), shown(&first));
    assert_eq!(shown(&first).0[..4], [json!("Right"), json!("3.00"), json!(1), json!("3.00")]);
    // Without it, the one that stayed for its parcel is what there is.
    then.undo(&batch);
    assert_eq!(shown(&then).0[0], json!("Wrong sheet"));
}
