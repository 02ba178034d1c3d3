//! Rows that waited are judged when their order comes, as they would have been had it been there: what is refused
//! then waits on, with its reason.

use serde_json::{Value, json};

use super::{Desk, outcomes};

fn status(desk: &Desk, number: &str) -> Value {
    desk.columns(number, &["status"])[0].clone()
}

/// The reason of the only row that waits.
fn reason(desk: &Desk) -> String {
    let waiting = desk.waiting();
    assert_eq!(waiting.len(), 1, "{waiting:?}");
    waiting[0]["reason"].as_str().expect("a reason").to_owned()
}

const SHIPPED: &str = "order,status\nA-1001,shipped\n";
const RECEIVED: &str = "tracking,qty,total\nPK1000001,2,30.00\n";

type Step<'a> = &'a dyn Fn(&Desk);

/// What speaks against a cancellation, and how it is named.
const AGAINST: [(&[(&str, &str)], &str); 3] = [
    (&[("status", SHIPPED)], "it is shipped"),
    (&[("track", "order,tracking\nA-1001,PK1000001\n"), ("received", RECEIVED)], "it was paid"),
    (&[("status", "order,status\nA-1001,delivered\n")], "it is delivered"),
];

#[test]
fn a_cancellation_that_waited_is_judged_when_its_order_comes() {
    for (sheets, why) in AGAINST {
        let desk = Desk::new();
        let guild = ["--apply", "--guild", "6"];
        for (kind, sheet) in sheets {
            desk.bulk(kind, sheet, &guild);
        }
        let cancelled = desk.bulk("status", "order\nA-1001\n", &guild);
        assert_eq!(outcomes(&cancelled), ["waiting"]);
        desk.checkout("Target", "A-1001", 2);
        assert_ne!(status(&desk, "A-1001"), json!("cancelled"), "{why}");
        assert!(reason(&desk).starts_with(why), "{}", reason(&desk));
        // As the same row is refused that comes now.
        let now = desk.apply("status", "order\nA-1001\n");
        assert_eq!(outcomes(&now), ["refused"], "{now}");
        // Without what speaks against it it takes effect.
        desk.run(&["reparse"]);
        assert!(reason(&desk).starts_with(why), "{}", reason(&desk));
        desk.json(&["bulk", "undo", "1"]);
        if sheets.len() == 2 {
            desk.json(&["bulk", "undo", "2"]);
        }
        assert_eq!(status(&desk, "A-1001"), json!("cancelled"), "{why}");
        assert_eq!(desk.waiting(), Vec::<Value>::new());
    }
}

#[test]
fn what_came_after_a_cancellation_that_waited_does_not_speak_against_it() {
    let desk = Desk::new();
    let guild = ["--apply", "--guild", "6"];
    desk.bulk("status", "order\nA-1001\n", &guild);
    desk.bulk("received", RECEIVED, &guild);
    desk.bulk("track", "order,tracking\nA-1001,PK1000001\n", &guild);
    desk.checkout("Target", "A-1001", 2);
    assert_eq!(status(&desk, "A-1001"), json!("cancelled"));
    assert_eq!(desk.columns("A-1001", &["payout"]), [json!("30.00")]);
    assert_eq!(desk.waiting(), Vec::<Value>::new());
}

#[test]
fn a_cancellation_that_waited_with_anyway_cancels() {
    let desk = Desk::new();
    let guild = ["--apply", "--guild", "6", "--anyway"];
    desk.bulk("status", SHIPPED, &guild);
    desk.bulk("status", "order\nA-1001\n", &guild);
    desk.checkout("Target", "A-1001", 2);
    assert_eq!(status(&desk, "A-1001"), json!("cancelled"));
}

#[test]
fn a_waiting_row_with_anyway_is_more_than_one_without() {
    let desk = Desk::new();
    let guild = ["--apply", "--guild", "6"];
    let anyway = ["--apply", "--guild", "6", "--anyway"];
    desk.bulk("status", SHIPPED, &guild);
    for sheet in ["order\nA-1001\n", "order,qty\nA-1001,2\n"] {
        assert_eq!(outcomes(&desk.bulk("status", sheet, &guild)), ["waiting"]);
        assert_eq!(outcomes(&desk.bulk("status", sheet, &anyway)), ["waiting"]);
        assert_eq!(outcomes(&desk.bulk("status", sheet, &anyway)), ["already"]);
        assert_eq!(outcomes(&desk.bulk("status", sheet, &guild)), ["already"]);
    }
    desk.json(&["bulk", "undo", "5"]);
    desk.checkout("Target", "A-1001", 2);
    assert_eq!(status(&desk, "A-1001"), json!("cancelled"));
}

#[test]
fn a_status_that_the_order_had_when_it_came_hides_nothing_that_messages_say_later() {
    let desk = Desk::new();
    desk.bulk("status", "order,status\nA-1001,verified\n", &["--apply", "--guild", "6"]);
    desk.checkout("Target", "A-1001", 2);
    assert_eq!(desk.waiting(), Vec::<Value>::new());
    desk.notice("Order Shipped", "A-1001");
    assert_eq!(status(&desk, "A-1001"), json!("shipped"));
    desk.run(&["reparse"]);
    assert_eq!(status(&desk, "A-1001"), json!("shipped"));
}

#[test]
fn what_messages_said_after_a_status_that_waited_is_later_than_it() {
    let desk = Desk::new();
    let shipped = desk.bulk("status", SHIPPED, &["--apply", "--guild", "6"]);
    desk.checkout("Target", "A-1001", 2);
    desk.notice_of("Order Shipped", "A-1001", "2026-01-03T12:00:00Z");
    for heading in ["Order Cancelled", "Order Refunded"] {
        desk.notice(heading, "A-1001");
        // It was shipped when the sheet said so, and the sheet has said nothing new.
        let said = heading.split_once(' ').expect("two words").1.to_lowercase();
        assert_eq!(status(&desk, "A-1001"), json!(said));
        desk.run(&["reparse"]);
        assert_eq!(status(&desk, "A-1001"), json!(said));
    }
    desk.undo(&shipped);
    assert_eq!(status(&desk, "A-1001"), json!("refunded"));
}

#[test]
fn what_is_held_back_can_be_taken_away_and_is_settled_by_the_status_itself() {
    let desk = Desk::new();
    let guild = ["--apply", "--guild", "6"];
    desk.bulk("status", SHIPPED, &guild);
    desk.bulk("status", "order,qty\nA-1001,5\n", &guild);
    desk.bulk("status", "order\nA-1001\n", &guild);
    desk.checkout("Target", "A-1001", 2);
    assert_eq!(desk.columns("A-1001", &["status", "quantity"]), [json!("shipped"), json!(2)]);
    let reasons: Vec<String> =
        desk.waiting().iter().map(|line| line["reason"].as_str().unwrap().to_owned()).collect();
    assert_eq!(reasons[0], "the order has 2 units, not 5");
    assert!(reasons[1].starts_with("it is shipped"), "{reasons:?}");
    desk.json(&["bulk", "waiting", "--drop", "2"]);
    assert_eq!(desk.waiting().len(), 1);
    // Cancelled all the same, there is nothing left to wait for.
    let anyway = desk.bulk("status", "order\nA-1001\n", &["--apply", "--anyway"]);
    assert_eq!(outcomes(&anyway), ["changed"]);
    assert_eq!(status(&desk, "A-1001"), json!("cancelled"));
    assert_eq!(desk.waiting(), Vec::<Value>::new());
    desk.undo(&anyway);
    assert_eq!((status(&desk, "A-1001"), desk.waiting().len()), (json!("shipped"), 1));
}

#[test]
fn a_payout_in_a_second_currency_waits_whatever_came_first() {
    let brought = "tracking,total,order_number\nPK1000001,12 EUR,G1\nPK1000001,9.00 USD,G2\n";
    let link = "order,tracking\nA-1001,PK1000001\n";
    let order = |desk: &Desk| desk.checkout("Target", "A-1001", 2);
    let sheet = |kind, text| {
        move |desk: &Desk| {
            desk.bulk(kind, text, &["--apply", "--guild", "6"]);
        }
    };
    let (received, linked) = (sheet("received", brought), sheet("track", link));
    let orders: [[Step<'_>; 3]; 4] = [
        [&received, &linked, &order],
        [&linked, &received, &order],
        [&order, &received, &linked],
        [&received, &order, &linked],
    ];
    for steps in orders {
        let desk = Desk::new();
        for step in steps {
            step(&desk);
        }
        let paid = desk.columns("A-1001", &["payout", "payout_currency"]);
        assert_eq!(paid, [json!("12.00"), json!("EUR")]);
        let why = "it pays in USD, and the order is paid in EUR: an order has one payout";
        assert_eq!(reason(&desk), why);
        desk.run(&["reparse"]);
        assert_eq!(reason(&desk), why);
    }
}

#[test]
fn a_payout_that_waits_takes_the_place_of_the_one_that_is_undone() {
    let desk = Desk::new();
    let guild = ["--apply", "--guild", "6"];
    let first = desk.bulk("received", "tracking,total\nPK1000001,12 EUR\n", &guild);
    desk.bulk("received", "tracking,total\nPK1000002,9.00 USD\n", &guild);
    desk.bulk("track", "order,tracking\nA-1001,PK1000001\nA-1001,PK1000002\n", &guild);
    desk.checkout("Target", "A-1001", 2);
    assert_eq!(
        desk.columns("A-1001", &["payout", "payout_currency"]),
        [json!("12.00"), json!("EUR")]
    );
    assert_eq!(desk.waiting().len(), 1);
    desk.undo(&first);
    assert_eq!(
        desk.columns("A-1001", &["payout", "payout_currency"]),
        [json!("9.00"), json!("USD")]
    );
    assert_eq!(desk.waiting(), Vec::<Value>::new());
}
