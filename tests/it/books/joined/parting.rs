//! Orders that were one and part: everything goes back to where it belongs.

use refract_ledger::ids::{OrderId, UserId};
use refract_ledger::ledger::{
    Addition, AmendRequest, Correct, CorrectRequest, MarkRequest, MarkSource, MarkTarget,
    OrderField, SetRequest,
};
use refract_ledger::order::Status;
use refract_ledger::sheet::Kind;
use refract_ledger::verdict::Incoming;

use super::{FIELDS, PURCHASE, USER, bring_json, sheet_of, told};
use crate::books::by_hand::bring;
use crate::fresh::{Fresh, GUILD, assert_findable, checkout, edited, rows};

const PAID: &str = "SELECT order_number, message_id, payout_minor FROM orders ORDER BY 1, 2";

#[tokio::test]
async fn every_name_of_a_purchase_goes_back_with_it() {
    let fresh = Fresh::new().await;
    // The older order, which the other one becomes a part of.
    let other = [("Product", "Example Pen"), ("Price", "$99.00"), ("Profile", "Main")];
    fresh.take(told(905, "A-9005", 20, &other)).await;
    fresh.take(told(901, "", 0, &FIELDS)).await;
    // Both rows mean the message: one by its id, the other by its second and its product.
    let by_words = PURCHASE.replace("\"message_id\": \"901\",", "\"payout\": \"7.00\",");
    bring_json(&fresh, &by_words).await;
    bring_json(&fresh, &PURCHASE.replace("\"901\",", "\"901\", \"notes\": \"gift\",")).await;
    assert_eq!(rows(&fresh.path(), PAID), ["-|901|700", "A-9005|905|-"]);
    fresh.take(edited(30, told(905, "A-9005", 20, &FIELDS))).await;
    assert_eq!(rows(&fresh.path(), PAID), ["A-9005|901|700"]);
    // There is a choice now.
    let second = told(903, "", 5, &FIELDS);
    fresh.take(second).await;
    let parted = ["-|901|700", "-|903|-", "A-9005|905|-"];
    assert_eq!(rows(&fresh.path(), PAID), parted);
    for sheet in [&by_words, PURCHASE] {
        assert_eq!(bring_json(&fresh, sheet).await.batch, None, "{sheet} again");
    }
    assert_eq!(rows(&fresh.path(), PAID), parted);
    assert_findable(&fresh.path());
    fresh.stop().await;
}

#[tokio::test]
async fn a_file_that_lists_both_parts_them_and_its_undoing_joins_them_again() {
    let both = format!("{}{}", PURCHASE, sheet_of("A-9005", 20, "Main")).replace("][", ",");
    for by_message in [false, true] {
        let fresh = Fresh::new().await;
        let numbers = || rows(&fresh.path(), super::NUMBERS);
        bring_json(&fresh, PURCHASE).await;
        if by_message {
            fresh.take(told(905, "A-9005", 20, &FIELDS)).await;
        } else {
            bring_json(&fresh, &sheet_of("A-9005", 20, "Main")).await;
        }
        assert_eq!(numbers(), ["A-9005"]);
        let brought = bring_json(&fresh, &both).await;
        assert_eq!(numbers(), ["-", "A-9005"], "{by_message}");
        let why = "an order of its own; the file lists A-9005 beside it";
        let lines: Vec<&str> = brought.lines.iter().map(|line| &*line.reason).collect();
        assert!(lines.contains(&why), "{lines:?}");
        assert_eq!(bring_json(&fresh, &both).await.batch, None, "twice is once");
        let batch = brought.batch.expect("a batch");
        fresh.ledger.undo_batch(Some(GUILD), batch, Some(USER)).await.unwrap();
        assert_eq!(numbers(), ["A-9005"], "{by_message}");
        assert_findable(&fresh.path());
        fresh.stop().await;
    }
}

pub(super) async fn mark(fresh: &Fresh, order: OrderId, status: Status) {
    let (target, source) = (MarkTarget::Order(order), MarkSource::Command);
    let at = Some(chrono::Utc::now());
    let mark = MarkRequest { guild: GUILD, target, user: USER, status, emoji: None, source, at };
    fresh.ledger.mark(mark).await.unwrap();
}

pub(super) async fn amend(fresh: &Fresh, order: OrderId, addition: Addition) {
    let source = MarkSource::Command;
    let amend = AmendRequest { guild: GUILD, order, user: USER, source, addition };
    fresh.ledger.amend(amend).await.unwrap();
}

async fn set(fresh: &Fresh, order: OrderId, field: OrderField, value: &str) {
    let (source, zone) = (MarkSource::Command, chrono_tz::Tz::UTC);
    let values = vec![(field, value.to_owned())];
    let set = SetRequest { guild: GUILD, order, user: USER, source, values, zone };
    fresh.ledger.set_values(&set).await.unwrap().expect("an order").expect("a value");
}

/// Takes the last back that was done to the order; `None`: there was nothing.
async fn undo(fresh: &Fresh, order: OrderId) -> Option<String> {
    let (labels, user) = (fresh.ingest.labels(), UserId(6));
    let undone = fresh.ledger.undo(GUILD, order, user, MarkSource::Command, labels).await.unwrap();
    undone.map(|undone| undone.column)
}

fn order_of(fresh: &Fresh, condition: &str) -> OrderId {
    let ids = rows(&fresh.path(), &format!("SELECT id FROM orders WHERE {condition}"));
    OrderId(ids[0].parse().expect("an id"))
}

/// A purchase of a sheet, with a buyer that a person set, which has joined the order of a message.
struct Joined {
    fresh: Fresh,
    numbered: Incoming,
    /// The message, edited into another product.
    other: Incoming,
    order: OrderId,
}

async fn joined_with_its_buyer() -> Joined {
    let fresh = Fresh::new().await;
    let number = ("Order Number", "A-9005");
    let numbered = checkout(905, "Target", &[FIELDS.as_slice(), &[number]].concat());
    let other = [("Product", "Example Pen"), ("Price", "$99.00"), ("Profile", "Main"), number];
    let other = checkout(905, "Target", &other);
    bring_json(&fresh, PURCHASE).await;
    set(&fresh, order_of(&fresh, "true"), OrderField::Buyer, "Kim").await;
    fresh.take(numbered.clone()).await;
    let order = order_of(&fresh, "order_number = 'A-9005'");
    Joined { fresh, numbered, other, order }
}

const BUYERS: &str = "SELECT order_number, buyer, status FROM orders ORDER BY order_number IS NULL";

#[tokio::test]
async fn a_value_that_was_set_over_another_orders_leaves_that_one_its_own() {
    let Joined { fresh, numbered, other, order } = joined_with_its_buyer().await;
    set(&fresh, order, OrderField::Buyer, "Lee").await;
    assert_eq!(rows(&fresh.path(), BUYERS), ["A-9005|Lee|verified"]);
    // They part: each has what was set of it.
    fresh.take(edited(9, other)).await;
    assert_eq!(rows(&fresh.path(), BUYERS), ["A-9005|Lee|verified", "-|Kim|verified"]);
    // What was taken back of one stays so when the other's is taken back.
    let lone = order_of(&fresh, "order_number IS NULL");
    assert_eq!(undo(&fresh, lone).await.as_deref(), Some("buyer"));
    assert_eq!(undo(&fresh, lone).await, None);
    fresh.take(edited(10, numbered)).await;
    assert_eq!(rows(&fresh.path(), BUYERS), ["A-9005|Lee|verified"]);
    assert_eq!(undo(&fresh, order).await.as_deref(), Some("buyer"));
    assert_eq!(rows(&fresh.path(), BUYERS), ["A-9005|-|verified"]);
    assert_eq!(undo(&fresh, order).await, None);
    assert_findable(&fresh.path());
    fresh.stop().await;
}

#[tokio::test]
async fn a_value_that_was_taken_back_stays_so_when_what_had_cleared_it_is_taken_back() {
    let Joined { fresh, numbered, other, order } = joined_with_its_buyer().await;
    set(&fresh, order, OrderField::Buyer, "").await;
    assert_eq!(rows(&fresh.path(), BUYERS), ["A-9005|-|verified"]);
    fresh.take(edited(9, other)).await;
    let lone = order_of(&fresh, "order_number IS NULL");
    assert_eq!(undo(&fresh, lone).await.as_deref(), Some("buyer"));
    fresh.take(edited(10, numbered)).await;
    assert_eq!(undo(&fresh, order).await.as_deref(), Some("buyer"));
    assert_eq!(rows(&fresh.path(), BUYERS), ["A-9005|-|verified"], "it was taken back");
    fresh.stop().await;
}

/// All that is shown of orders.
const ALL: &str = "SELECT id, order_number, message_id, product, quantity, total_minor, status, tracking_number, notes,
    buyer, fees_minor, sold_price_minor, charged_minor, refunded_minor, reference_number, charge_posted_on,
    qty_received, payout_minor, group_status, group_order_id, (
        SELECT group_concat(kind || coalesce(user_id, '-') || details, ' ')
        FROM (SELECT * FROM order_events WHERE order_id = orders.id ORDER BY id)
    ), (SELECT group_concat(number, ' ') FROM parcels WHERE order_id = orders.id)
    FROM orders ORDER BY id";
const MARKS: &str = "SELECT order_id, status, row_id, home_id FROM marks ORDER BY 1, 2, 3, 4";

#[tokio::test]
async fn all_that_is_known_of_two_orders_goes_back_when_the_number_that_joined_them_is_taken_back()
{
    for is_numbered_first in [false, true] {
        let fresh = Fresh::new().await;
        let product = |id, number: &'static [(&str, &str)]| {
            checkout(
                id,
                "Target",
                &[&[("Product", "Console"), ("Price", "$50.00")], number].concat(),
            )
        };
        let number = &[("Order Number", "A-9005")];
        let (first, second) = if is_numbered_first { (905, 901) } else { (901, 905) };
        for id in [first, second] {
            fresh.take(product(id, if id == 905 { number } else { &[] })).await;
        }
        let lone = order_of(&fresh, "order_number IS NULL");
        let numbered = order_of(&fresh, "order_number = 'A-9005'");
        for (order, status, parcel, note, buyer) in [
            (lone, Status::Processing, "1Z999AA10123456784", "gift", "Kim"),
            (numbered, Status::Shipped, "1Z999AA10123456793", "loan", "Lee"),
        ] {
            mark(&fresh, order, status).await;
            amend(&fresh, order, Addition::tracking(parcel).expect("a parcel")).await;
            amend(&fresh, order, Addition::note(note)).await;
            set(&fresh, order, OrderField::Buyer, buyer).await;
        }
        set(&fresh, lone, OrderField::Fees, "1.00").await;
        let charge = "Extended Details,Reference,Date,Amount\n\
            \"Description : A-9005 Price : 1\",77,01/31/2026,50.00\n";
        bring(&fresh, Kind::Charges, charge, &[]).await.expect("a batch");
        let received = "tracking_number,qty,total,status,order_number\n\
            1Z999AA10123456793,1,60.00,VERIFIED,G-1\n1Z999AA10123456784,1,30.00,UNVERIFIED,G-2\n";
        bring(&fresh, Kind::Received, received, &[]).await.expect("a batch");
        bring(&fresh, Kind::Track, "order,tracking\nA-9005,1Z999AA1012345675\n", &[]).await;
        let before = (rows(&fresh.path(), ALL), rows(&fresh.path(), MARKS));

        let what = Correct::Number("A-9005".to_owned());
        let (user, source) = (USER, MarkSource::Command);
        let request = CorrectRequest { guild: GUILD, order: lone, user, source, what };
        fresh.ledger.correct(&request, fresh.ingest.labels()).await.unwrap().expect("an order");
        let joined = order_of(&fresh, "true");
        assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM orders"), ["1"]);
        // While they are one, more is said of that one.
        mark(&fresh, joined, Status::Delivered).await;
        set(&fresh, joined, OrderField::Buyer, "Max").await;
        amend(&fresh, joined, Addition::note("both")).await;
        let mut columns = Vec::new();
        for _ in 0..4 {
            columns.extend(undo(&fresh, joined).await);
        }
        assert_eq!(columns, ["notes", "buyer", "status", "order_number"]);
        let after = (rows(&fresh.path(), ALL), rows(&fresh.path(), MARKS));
        let told = |shown: &str| shown.split("created").next().unwrap_or_default().to_owned();
        let values = |shown: &[String]| shown.iter().map(|row| told(row)).collect::<Vec<_>>();
        assert_eq!(values(&after.0), values(&before.0), "{is_numbered_first}");
        assert_eq!(after.1, before.1, "{is_numbered_first}");
        // Each has its own to take back, and nothing else.
        for (order, own) in [(lone, 5), (numbered, 4)] {
            let mut columns = Vec::new();
            while let Some(column) = undo(&fresh, order).await {
                columns.push(column);
                assert!(columns.len() < 9, "{columns:?}");
            }
            assert_eq!(columns.len(), own, "{is_numbered_first} {columns:?}");
            assert_eq!(columns.last().map(String::as_str), Some("status"));
        }
        assert_findable(&fresh.path());
        fresh.stop().await;
    }
}
