//! Purchases without a number that a sheet brought, and the orders with one that they are.

pub(super) mod any_order;
mod parting;
mod renamed;

use refract_ledger::ids::OrderId;
use refract_ledger::ledger::{
    Addition, AmendRequest, Bulk, BulkRequest, Correct, CorrectRequest, MarkRequest, MarkSource,
    MarkTarget, OrderField, SetRequest, SheetFile, Undoing,
};
use refract_ledger::order::Status;
use refract_ledger::sheet::{self, Kind, Options};
use refract_ledger::verdict::Incoming;

use super::by_hand::USER;
use crate::fresh::{Fresh, GUILD, assert_findable, checkout, edited, rows};

/// A purchase without a number, as the export of another ledger has it, and its message.
const PURCHASE: &str = r#"[{"message_id": "901", "product": "Example Pen", "price": "10.00", "currency": "USD",
    "quantity": 1, "store": "Target", "profile": "Main", "ordered_at": "2025-11-03T12:00:00Z"}]"#;
const FIELDS: [(&str, &str); 3] =
    [("Product", "Example Pen"), ("Price", "$10.00"), ("Profile", "Main")];

pub(super) async fn bring_json(fresh: &Fresh, text: &str) -> Bulk {
    let (kind, options) = (Kind::Orders, Options::default());
    let sheet = sheet::read(kind, "a.json", text.as_bytes().to_vec(), &options).expect("a sheet");
    let files = vec![SheetFile { name: "a.json".to_owned(), sha256: String::new(), sheet }];
    let (guild, zone) = (GUILD, chrono_tz::Tz::UTC);
    let request = BulkRequest { guild, kind, files, status: None, anyway: false, user: None, zone };
    fresh.ledger.apply_sheet(&request).await.expect("applied")
}

#[tokio::test]
async fn what_people_did_to_a_purchase_of_a_sheet_goes_with_it_into_its_number_and_out_again() {
    let fresh = Fresh::new().await;
    bring_json(&fresh, PURCHASE).await;
    let order = OrderId(rows(&fresh.path(), "SELECT id FROM orders")[0].parse().expect("an id"));
    let (source, user) = (MarkSource::Command, USER);
    let at = Some(chrono::Utc::now());
    let mark = MarkRequest {
        guild: GUILD,
        target: MarkTarget::Order(order),
        user,
        status: Status::Shipped,
        emoji: None,
        source,
        at,
    };
    fresh.ledger.mark(mark).await.unwrap();
    let amend =
        AmendRequest { guild: GUILD, order, user, source, addition: Addition::note("gift") };
    fresh.ledger.amend(amend).await.unwrap();
    let values = vec![(OrderField::Buyer, "Kim".to_owned())];
    let zone = chrono_tz::Tz::UTC;
    let set = SetRequest { guild: GUILD, order, user, source, values, zone };
    fresh.ledger.set_values(&set).await.unwrap().expect("an order").expect("a value");

    let number = [("Order Number", "A-9005")];
    let numbered = checkout(905, "Target", &[FIELDS.as_slice(), &number].concat());
    fresh.take(numbered.clone()).await;
    fresh.take(checkout(901, "Target", &FIELDS)).await;
    let shown =
        "SELECT order_number, status, notes, buyer FROM orders ORDER BY order_number IS NULL";
    assert_eq!(rows(&fresh.path(), shown), ["A-9005|shipped|gift|Kim"]);
    assert_eq!(bring_json(&fresh, PURCHASE).await.batch, None, "it is in the ledger");

    // Another price parts them.
    let other = [("Product", "Example Pen"), ("Price", "$99.00"), ("Profile", "Main"), number[0]];
    fresh.take(edited(9, checkout(905, "Target", &other))).await;
    let parted = ["A-9005|verified|-|-", "-|shipped|gift|Kim"];
    assert_eq!(rows(&fresh.path(), shown), parted);
    assert_eq!(bring_json(&fresh, PURCHASE).await.batch, None, "it is in the ledger");
    fresh.take(edited(10, numbered)).await;
    assert_eq!(rows(&fresh.path(), shown), ["A-9005|shipped|gift|Kim"]);
    assert_findable(&fresh.path());
    fresh.stop().await;
}

/// The same purchase by another witness, with its number; or another one.
fn told(id: i64, number: &str, minute: u32, fields: &[(&str, &str)]) -> Incoming {
    let number = Some(("Order Number", number)).filter(|_| !number.is_empty());
    let mut told = checkout(id, "Target", &[fields, number.as_slice()].concat());
    told.message.posted_at = format!("2025-11-03T12:{minute:02}:00Z").parse().ok();
    told
}

/// The same by a sheet.
fn sheet_of(number: &str, minute: u32, profile: &str) -> String {
    PURCHASE
        .replace("\"message_id\": \"901\"", &format!("\"order_number\": \"{number}\""))
        .replace("12:00:00", &format!("12:{minute:02}:00"))
        .replace("Main", profile)
}

const NUMBERS: &str = "SELECT order_number FROM orders ORDER BY order_number";

#[tokio::test]
async fn a_purchase_of_a_sheet_is_the_order_whose_number_another_witness_tells() {
    for comes_first in [false, true] {
        for by_message in [false, true] {
            let fresh = Fresh::new().await;
            let tell = async || {
                if by_message {
                    fresh.take(told(905, "A-9005", 20, &FIELDS)).await;
                    return None;
                }
                bring_json(&fresh, &sheet_of("A-9005", 20, "Main")).await.batch
            };
            let bring = async || bring_json(&fresh, PURCHASE).await.batch;
            let (purchase, number) = if comes_first {
                let number = tell().await;
                (bring().await, number)
            } else {
                let purchase = bring().await;
                (purchase, tell().await)
            };
            let case = format!("number first: {comes_first}, by a message: {by_message}");
            assert_eq!(rows(&fresh.path(), NUMBERS), ["A-9005"], "{case}");
            assert_eq!(bring_json(&fresh, PURCHASE).await.batch, None, "{case}");
            assert_eq!(tell().await, None, "{case}");
            assert_eq!(rows(&fresh.path(), NUMBERS), ["A-9005"], "{case}");
            // With a second purchase of the kind there is a choice, and what had joined parts.
            let second = PURCHASE.replace("901", "902");
            bring_json(&fresh, &second).await;
            let all = ["-", "-", "A-9005"];
            assert_eq!(rows(&fresh.path(), NUMBERS), all, "{case}");
            let watched = refract_ledger::reparse::Watched::default();
            refract_ledger::reparse::reparse(&fresh.ledger, &fresh.ingest, &watched, |_| ())
                .await
                .expect("reparse");
            assert_eq!(rows(&fresh.path(), NUMBERS), all, "{case}");
            let undo = async |batch: Option<i64>| {
                let batch = batch.expect("a batch");
                fresh.ledger.undo_batch(Some(GUILD), batch, Some(USER)).await.unwrap();
            };
            if by_message {
                undo(purchase).await;
                assert_eq!(rows(&fresh.path(), NUMBERS), ["A-9005"], "{case}");
            } else {
                undo(number).await;
                assert_eq!(rows(&fresh.path(), NUMBERS), ["-", "-"], "{case}");
                undo(purchase).await;
                assert_eq!(rows(&fresh.path(), NUMBERS), ["-"], "{case}");
            }
            assert_findable(&fresh.path());
            fresh.stop().await;
        }
    }
}

#[tokio::test]
async fn what_may_be_two_purchases_is_never_one_order() {
    let (a, b) = ("A-9005", "B-9005");
    let other_price = [("Product", "Example Pen"), ("Price", "$11.00"), ("Profile", "Main")];
    let other_buyer = [("Product", "Example Pen"), ("Price", "$10.00"), ("Profile", "Second")];
    for (why, coming) in [
        ("too late", vec![told(905, a, 31, &FIELDS)]),
        ("another price", vec![told(905, a, 1, &other_price)]),
        ("another buyer", vec![told(905, a, 1, &other_buyer)]),
    ] {
        let fresh = Fresh::new().await;
        bring_json(&fresh, PURCHASE).await;
        fresh.take_all(coming).await;
        assert_eq!(rows(&fresh.path(), NUMBERS), ["-", a], "{why}");
        fresh.stop().await;
    }
    // A preview points out what nobody but whoever brings it can tell.
    let fresh = Fresh::new().await;
    bring_json(&fresh, &sheet_of(a, 1, "Main")).await;
    let renamed = bring_json(&fresh, &sheet_of(b, 1, "Main")).await;
    let why = "a new order; A-9005 is the same product, bought in the same second";
    assert_eq!(renamed.lines[0].reason, why);
    let later = bring_json(&fresh, &sheet_of("C-9005", 2, "Main")).await;
    assert_eq!(later.lines[0].reason, "a new order");
    fresh.stop().await;
    // Both orders may be it, or neither.
    let fresh = Fresh::new().await;
    fresh.take_all(vec![told(905, a, 1, &FIELDS), told(906, b, 2, &FIELDS)]).await;
    bring_json(&fresh, PURCHASE).await;
    assert_eq!(rows(&fresh.path(), NUMBERS), ["-", a, b]);
    fresh.stop().await;
    // Whoever wrote one file with both knows them apart.
    let fresh = Fresh::new().await;
    let both = format!("{}{}", PURCHASE, sheet_of(a, 1, "Main")).replace("][", ",");
    bring_json(&fresh, &both).await;
    assert_eq!(rows(&fresh.path(), NUMBERS), ["-", a]);
    fresh.stop().await;
}

#[tokio::test]
async fn a_number_that_is_corrected_to_and_fro_is_one_purchase_of_its_sheet_and_its_message() {
    let fresh = Fresh::new().await;
    let shown =
        || rows(&fresh.path(), "SELECT order_number, status FROM orders ORDER BY order_number");
    bring_json(&fresh, &sheet_of("A-9005", 40, "Second")).await;
    let order = fresh.order("A-9005").await.id;
    let (source, user, at) = (MarkSource::Command, USER, Some(chrono::Utc::now()));
    let target = MarkTarget::Order(order);
    let mark = MarkRequest {
        guild: GUILD,
        target,
        user,
        status: Status::Shipped,
        emoji: None,
        source,
        at,
    };
    fresh.ledger.mark(mark).await.unwrap();
    fresh.take(checkout(901, "Target", &FIELDS)).await;
    assert_eq!(shown(), ["-|verified", "A-9005|shipped"]);
    let labels = fresh.ingest.labels();
    let of_message = "SELECT order_id FROM order_messages WHERE message_id = 901";
    let correct = async |number: &str| {
        let order = OrderId(rows(&fresh.path(), of_message)[0].parse().expect("an id"));
        let what = Correct::Number(number.to_owned());
        let request = CorrectRequest { guild: GUILD, order, user, source, what };
        fresh.ledger.correct(&request, labels).await.unwrap().expect("an order");
    };
    for _ in 0..2 {
        correct("A-9005").await;
        assert_eq!(shown(), ["A-9005|shipped"]);
        correct("B-9005").await;
        assert_eq!(shown(), ["A-9005|shipped", "B-9005|verified"]);
    }
    correct("A-9005").await;
    let undo = async || {
        let order = OrderId(rows(&fresh.path(), of_message)[0].parse().expect("an id"));
        fresh.ledger.undo(GUILD, order, user, source, labels).await.unwrap()
    };
    let both = ["A-9005|shipped", "B-9005|verified"];
    for left in [both.as_slice(), &["A-9005|shipped"], &both, &["A-9005|shipped"]] {
        let undone = undo().await.expect("an act");
        assert_eq!((undone.column.as_str(), undone.result), ("order_number", Undoing::Done));
        assert_eq!(shown(), left);
    }
    assert_eq!(undo().await.map(|undone| undone.column).as_deref(), Some("order_number"));
    assert_eq!(shown(), ["-|verified", "A-9005|shipped"]);
    assert_eq!(undo().await, None, "the mark is the other order's");
    assert_findable(&fresh.path());
    fresh.stop().await;
}
