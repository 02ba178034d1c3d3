//! Purchases without a number of which sheets speak, and which are a part of an order by now.

use refract_ledger::ids::OrderId;
use refract_ledger::ledger::{Correct, CorrectRequest, Corrected, MarkSource};
use refract_ledger::verdict::Incoming;

use super::by_hand::USER;
use super::joined::bring_json;
use crate::fresh::{Fresh, GUILD, checkout, rows};

const NUMBER: &str = "A-9005";
const SHOWN: &str = "SELECT order_number, quantity, total_minor, notes, payout_minor FROM orders";
/// Both purchases, and what the sheet says beside what they come to.
const BOTH: [&str; 1] = ["A-9005|2|1400|gift|700"];

/// A pen without a number, or a box with one.
fn bought(id: i64, what: &str, price: &str, number: Option<&str>) -> Incoming {
    let mut fields = vec![("Product", what), ("Price", price), ("Profile", "Main")];
    fields.extend(number.map(|number| ("Order Number", number)));
    checkout(id, "Target", &fields)
}

fn pen() -> Incoming {
    bought(901, "Example Pen", "$5.00", None)
}

/// The pen as its own export has it, with what a person wrote into it.
const SHEET: &str = r#"[{"message_id": "901", "product": "Example Pen", "price": "5.00", "total": "5.00",
    "currency": "USD", "quantity": 1, "store": "Target", "profile": "Main", "ordered_at": "2025-11-03T12:00:00Z",
    "notes": "gift", "payout": "7.00"}]"#;

async fn give_number(fresh: &Fresh, order: OrderId) {
    let what = Correct::Number(NUMBER.to_owned());
    let request =
        CorrectRequest { guild: GUILD, order, user: USER, source: MarkSource::Command, what };
    let corrected = fresh.ledger.correct(&request, fresh.ingest.labels()).await.expect("corrected");
    assert!(matches!(corrected, Some(Corrected::Done(_))), "{corrected:?}");
}

#[tokio::test]
async fn a_row_of_a_purchase_never_makes_less_of_the_order_that_it_is_a_part_of() {
    let others: fn() -> Incoming = || bought(905, "Example Box", "$9.00", Some(NUMBER));
    let mut found = Vec::new();
    for case in ["there before", "there after", "by its message", "by the sheet alone"] {
        let fresh = Fresh::new().await;
        if case == "by the sheet alone" {
            bring_json(&fresh, SHEET).await;
            fresh.take(bought(906, "Example Pen", "$5.00", Some(NUMBER))).await;
            fresh.take(others()).await;
        } else {
            let order = fresh.take(pen()).await.orders[0];
            bring_json(&fresh, SHEET).await;
            match case {
                "there before" => {
                    fresh.take(others()).await;
                    give_number(&fresh, order).await;
                }
                "there after" => {
                    give_number(&fresh, order).await;
                    fresh.take(others()).await;
                }
                _ => {
                    fresh.take(bought(906, "Example Pen", "$5.00", Some(NUMBER))).await;
                    fresh.take(others()).await;
                }
            }
        }
        found.push((case, rows(&fresh.path(), SHOWN)));
        assert_eq!(bring_json(&fresh, SHEET).await.batch, None, "{case}: it is in the ledger");
        found.push((case, rows(&fresh.path(), SHOWN)));
        fresh.stop().await;
    }
    let wrong: Vec<_> = found.iter().filter(|(_, shown)| *shown != BOTH).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn what_a_sheet_corrects_stays_when_the_notice_with_the_number_comes() {
    let fresh = Fresh::new().await;
    let of = |id: i64, number: &[(&'static str, &'static str)]| {
        let fields = [
            ("Product", "Example Pen"),
            ("Price", "$5.00"),
            ("Quantity", "2"),
            ("Profile", "Main"),
        ];
        checkout(id, "Target", &[&fields, number].concat())
    };
    fresh.take(of(901, &[])).await;
    bring_json(&fresh, SHEET).await;
    fresh.take(of(906, &[("Order Number", NUMBER)])).await;
    assert_eq!(rows(&fresh.path(), SHOWN), ["A-9005|1|500|gift|700"]);
    fresh.stop().await;
}

#[tokio::test]
async fn what_a_sheet_says_counts_once_when_its_purchase_is_an_order_again() {
    let fresh = Fresh::new().await;
    let shown = || {
        let all = "SELECT coalesce(order_number, '-'), payout_minor FROM orders ORDER BY 1";
        rows(&fresh.path(), all)
    };
    bring_json(&fresh, SHEET).await;
    fresh.take(bought(902, "Example Pen", "$5.00", Some("A-9001"))).await;
    assert_eq!(shown(), ["A-9001|700"]);
    fresh.take(bought(903, "Example Pen", "$5.00", Some("A-9002"))).await;
    fresh.take(pen()).await;
    let payouts = shown().iter().filter(|row| row.ends_with("|700")).count();
    assert_eq!(payouts, 1, "{:?}", shown());
    fresh.stop().await;
}
