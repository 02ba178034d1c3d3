//! A checkout that is edited into something else keeps its order.

mod repeated;

use chrono::Utc;
use refract_ledger::ids::{MessageId, UserId, WebhookId};
use refract_ledger::ledger::{
    Correct, CorrectRequest, ForgetRequest, Forgettable, MarkSource, MarkTarget, OrderFilter,
};
use refract_ledger::order::Status;
use refract_ledger::reparse::reparse;
use refract_ledger::verdict::{Incoming, Outcome};
use serde_json::json;

use crate::erasing::{MARKER, markers};
use crate::fresh::{CHANNEL, Fresh, GUILD, checkout, dump, edited, from_json, message, rows};
use crate::ledger::{MESSAGE, reaction};

const NUMBER: (&str, &str) = ("Order Number", "102003000000017");
const OTHER: (&str, &str) = ("Order Number", "102003000000018");
const EMAIL: &str = "marker4711@example.com";
const CANCELLED: (&str, &str) = ("Status", "Cancelled");
const WHOLE: [(&str, &str); 6] = [
    NUMBER,
    ("Product", "Example Console"),
    ("Price", "$10.00"),
    ("Quantity", "2"),
    ("Email", EMAIL),
    CANCELLED,
];
const ROWS: &str = "SELECT order_number, store, product, price_minor, quantity, total_minor, currency, email, said_status,
    status, message_id, (SELECT outcome FROM deliveries) FROM orders";

fn row(number: &str, said: &str, status: &str) -> String {
    format!(
        "{number}|Target|Example Console|1000|2|2000|USD|marker4711@example.com|{said}|{status}|1|stored"
    )
}

fn announcement() -> Incoming {
    checkout(1, "Target", &WHOLE[..5])
}

fn thanks() -> Incoming {
    from_json(1, &json!({"content": "Thanks for shopping with us!"}))
}

/// Edits that call the order off: all of it again, its number alone, and without the number.
fn calling_off() -> [Incoming; 5] {
    [
        checkout(1, "Target", &WHOLE),
        message(1, "Order update", &[NUMBER, CANCELLED]),
        message(1, "Order Cancelled", &[NUMBER]),
        message(1, "Order Cancelled", &[]),
        message(1, "Order update", &[CANCELLED]),
    ]
}

/// Edits that say nothing of it.
fn saying_nothing() -> [Incoming; 5] {
    [
        thanks(),
        message(1, "Test Notification", &[]),
        message(1, "Checkout Failed | Target", &[("Reason", "Card declined")]),
        checkout(1, "Target", &[]),
        message(1, "Picks of the day", &[("Product", "Example Kettle"), ("Price", "$99.00")]),
    ]
}

async fn mark(fresh: &Fresh) {
    fresh.ledger.mark(reaction(MESSAGE, 1, "📦", Status::Shipped)).await.unwrap();
}

/// Reading all again changes nothing.
async fn read_again(fresh: &Fresh) {
    let before = dump(&fresh.path());
    let watched = [(CHANNEL, vec![WebhookId(99)])].into();
    reparse(&fresh.ledger, &fresh.ingest, &watched, |_| ()).await.unwrap();
    assert_eq!(dump(&fresh.path()), before);
}

async fn numbers(fresh: &Fresh) -> Vec<Option<String>> {
    let filter = OrderFilter::default();
    let mut orders = fresh.ledger.list_orders(GUILD, None, &filter, 9, 0).await.unwrap().orders;
    orders.sort_by_key(|order| order.id);
    orders.into_iter().map(|order| order.order_number).collect()
}

#[tokio::test]
async fn an_order_that_an_edit_calls_off_stays_with_its_money_and_its_marks() {
    let said = [(calling_off(), "cancelled"), (saying_nothing(), "verified")];
    for (edit, said) in said.into_iter().flat_map(|(edits, said)| edits.map(|edit| (edit, said))) {
        let fresh = Fresh::new().await;
        let order = fresh.take(announcement()).await.orders;
        mark(&fresh).await;
        let receipt = fresh.take(edited(5, edit.clone())).await;
        assert_eq!((receipt.outcome, receipt.orders), (Outcome::Stored, order.clone()), "{edit:?}");
        assert!(receipt.reason.contains("It was edited"), "{edit:?}: {}", receipt.reason);
        assert_eq!(rows(&fresh.path(), ROWS), [row(NUMBER.1, said, "shipped")], "{edit:?}");
        let receipts = [fresh.take(edited(5, edit)).await, fresh.take(announcement()).await];
        assert!(receipts.iter().all(|receipt| receipt.known));
        read_again(&fresh).await;
        let last = edited(6, message(1, "Order Refunded", &[NUMBER]));
        assert_eq!(fresh.take(last).await.orders, order);
        assert_eq!(rows(&fresh.path(), ROWS), [row(NUMBER.1, "refunded", "shipped")]);
    }
}

/// All orders in which these can come.
fn orders_of(copies: &[Incoming]) -> Vec<Vec<Incoming>> {
    if copies.len() < 2 {
        return vec![copies.to_vec()];
    }
    let first = |at: usize| {
        let mut rest = copies.to_vec();
        let first = rest.remove(at);
        orders_of(&rest).into_iter().map(move |rest| [vec![first.clone()], rest].concat())
    };
    (0..copies.len()).flat_map(first).collect()
}

#[tokio::test]
async fn it_is_the_same_order_in_whichever_order_the_copies_come() {
    let mut fields = WHOLE[..5].to_vec();
    fields[0] = OTHER;
    let cancelled = edited(2, message(1, "Order Cancelled", &[NUMBER]));
    let corrected = edited(4, checkout(1, "Target", &fields));
    let delivered = edited(6, message(1, "Order Delivered", &[]));
    let mut hidden = edited(8, announcement());
    (hidden.message.embeds, hidden.message.hides_embeds) = (Vec::new(), true);
    let cases = [
        (vec![announcement(), cancelled.clone(), thanks()], row(NUMBER.1, "cancelled", "shipped")),
        (vec![announcement(), cancelled.clone(), hidden], row(NUMBER.1, "cancelled", "shipped")),
        (
            vec![announcement(), cancelled.clone(), delivered.clone()],
            row(NUMBER.1, "delivered", "shipped"),
        ),
        (
            vec![announcement(), cancelled.clone(), corrected.clone()],
            row(OTHER.1, "verified", "shipped"),
        ),
        (
            vec![announcement(), cancelled, corrected, delivered],
            row(OTHER.1, "delivered", "shipped"),
        ),
    ];
    for (copies, expected) in cases {
        for copies in orders_of(&copies) {
            let fresh = Fresh::new().await;
            for copy in copies.clone() {
                fresh.take(copy).await;
            }
            mark(&fresh).await;
            assert_eq!(rows(&fresh.path(), ROWS), [expected.as_str()], "{copies:?}");
            read_again(&fresh).await;
            fresh.ingest.submit_all(copies.clone()).await.unwrap();
            assert_eq!(rows(&fresh.path(), ROWS), [expected.as_str()], "once more: {copies:?}");
            let fresh = Fresh::new().await;
            fresh.ingest.submit_all(copies).await.unwrap();
            mark(&fresh).await;
            assert_eq!(rows(&fresh.path(), ROWS), [expected.as_str()], "together");
        }
    }
}

#[tokio::test]
async fn an_edit_that_names_another_order_is_a_notice_of_that_one() {
    let fresh = Fresh::new().await;
    let kept = fresh.take(announcement()).await.orders;
    let notice = edited(5, message(1, "Order update", &[OTHER, CANCELLED]));
    let receipt = fresh.take(notice.clone()).await;
    assert_eq!((receipt.outcome, &receipt.orders), (Outcome::Stored, &kept));
    assert!(receipt.reason.contains(OTHER.1), "{}", receipt.reason);
    assert_eq!(rows(&fresh.path(), ROWS), [row(NUMBER.1, "verified", "verified")]);
    fresh.take(checkout(2, "Target", &[OTHER])).await;
    assert_eq!(fresh.order(OTHER.1).await.status, Status::Cancelled);
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Verified);
    read_again(&fresh).await;
}

#[tokio::test]
async fn all_orders_of_a_message_stay_and_each_edit_is_of_those_that_it_names() {
    let embed = |number: &str| {
        json!({"author": {"name": "Successful Checkout | Target"}, "fields": [
            {"name": "Product", "value": "Example Console"}, {"name": "Order Number", "value": number}]})
    };
    let both = from_json(1, &json!({"embeds": [embed(NUMBER.1), embed(OTHER.1)]}));
    let statuses = "SELECT order_number, status FROM orders ORDER BY 1";
    let of_each = |first: &str, second: &str| {
        [format!("{}|{first}", NUMBER.1), format!("{}|{second}", OTHER.1)]
    };
    let fresh = Fresh::new().await;
    fresh.take(both).await;
    fresh.take(edited(2, message(1, "Order Shipped", &[OTHER]))).await;
    assert_eq!(rows(&fresh.path(), statuses), of_each("verified", "shipped"));
    fresh.take(edited(3, message(1, "Order Cancelled", &[]))).await;
    assert_eq!(rows(&fresh.path(), statuses), of_each("cancelled", "cancelled"));
    fresh.take(edited(4, thanks())).await;
    assert_eq!(rows(&fresh.path(), statuses), of_each("cancelled", "cancelled"));
    fresh.take(edited(5, message(1, "Order Shipped", &[NUMBER]))).await;
    assert_eq!(rows(&fresh.path(), statuses), of_each("shipped", "cancelled"));
    read_again(&fresh).await;
}

#[tokio::test]
async fn a_purchase_without_a_number_stays_and_gets_the_one_that_an_edit_names() {
    for given in ["by the edit", "by a person"] {
        let fresh = Fresh::new().await;
        let order = fresh.take(checkout(1, "Target", &WHOLE[1..5])).await.orders[0];
        mark(&fresh).await;
        let shipped = edited(2, message(1, "Order Shipped", &[]));
        assert_eq!(fresh.take(shipped).await.orders, [order]);
        assert_eq!(numbers(&fresh).await, [None]);
        if given == "by a person" {
            let (user, source) = (UserId(5), MarkSource::Menu);
            let what = Correct::Number(NUMBER.1.to_owned());
            let request = CorrectRequest { guild: GUILD, order, user, source, what };
            fresh.ledger.correct(&request, fresh.ingest.labels()).await.unwrap();
            fresh.take(edited(3, message(1, "Order update", &[CANCELLED]))).await;
        } else {
            fresh.take(edited(3, message(1, "Order update", &[NUMBER, CANCELLED]))).await;
        }
        assert_eq!(rows(&fresh.path(), ROWS), [row(NUMBER.1, "cancelled", "shipped")], "{given}");
        assert_eq!(fresh.order(NUMBER.1).await.id, order);
        read_again(&fresh).await;
    }
}

#[tokio::test]
async fn a_success_that_becomes_a_failure_asks_for_a_person_and_keeps_its_order() {
    let fresh = Fresh::new().await;
    fresh.take(announcement()).await;
    let failed = message(1, "Checkout Failed | Target", &[("Reason", "Card declined")]);
    fresh.take(edited(5, failed)).await;
    let wanted = "SELECT reaction_wanted FROM deliveries";
    assert_eq!(rows(&fresh.path(), wanted), ["⚠️"]);
    read_again(&fresh).await;
    mark(&fresh).await;
    assert_eq!(rows(&fresh.path(), wanted), ["📦"]);
    read_again(&fresh).await;
}

#[tokio::test]
async fn where_age_or_a_person_has_dropped_what_was_announced_the_order_stays_all_the_same() {
    for is_forgotten in [false, true] {
        for edit in calling_off().into_iter().chain(saying_nothing()) {
            let fresh = Fresh::new().await;
            fresh.take(announcement()).await;
            mark(&fresh).await;
            if is_forgotten {
                forget(&fresh, false).await;
            } else {
                fresh.ledger.drop_messages_before(Utc::now(), None, 9).await.unwrap();
            }
            let before = rows(&fresh.path(), ROWS);
            fresh.take(edited(5, edit.clone())).await;
            assert_eq!(rows(&fresh.path(), ROWS), before, "{is_forgotten}: {edit:?}");
            assert_eq!(rows(&fresh.path(), "SELECT status FROM orders"), ["shipped"]);
            if is_forgotten {
                fresh.ledger.wipe_traces().await.unwrap();
                assert_eq!(markers(&fresh.path()), 0, "{edit:?}");
            }
        }
    }
    // An announcement of another order takes its place, as it does while all is kept.
    let fresh = Fresh::new().await;
    fresh.take(announcement()).await;
    fresh.ledger.drop_messages_before(Utc::now(), None, 9).await.unwrap();
    fresh.take(edited(5, checkout(1, "Target", &[OTHER]))).await;
    assert_eq!(numbers(&fresh).await, [Some(OTHER.1.to_owned())]);
}

#[tokio::test]
async fn an_edit_that_speaks_of_something_else_changes_nothing() {
    for edit in [
        message(1, "Monitor stopped", &[("Reason", "Cancelled by user")]),
        message(1, "Refract Status", &[("Running tasks", "12"), CANCELLED]),
        message(1, "Order Cancelled", &[("Product", "Example Kettle")]),
        message(1, "Order Cancelled | Best Buy", &[("Site", "Best Buy")]),
        message(1, "Order Shipped", &[("Email", "other@example.com")]),
    ] {
        let fresh = Fresh::new().await;
        fresh.take(announcement()).await;
        fresh.take(edited(5, edit.clone())).await;
        assert_eq!(rows(&fresh.path(), ROWS), [row(NUMBER.1, "verified", "verified")], "{edit:?}");
        read_again(&fresh).await;
    }
}

#[tokio::test]
async fn what_age_has_dropped_of_a_second_message_stays_when_it_is_edited() {
    let fresh = Fresh::new().await;
    fresh.take(announcement()).await;
    let second = MessageId(2);
    fresh.take(Incoming { id: second, ..announcement() }).await;
    fresh
        .ledger
        .mark(reaction(MarkTarget::Message(second), 1, "📦", Status::Shipped))
        .await
        .unwrap();
    let all = "SELECT order_number, quantity, total_minor, said_status, status FROM orders";
    let before = rows(&fresh.path(), all);
    assert!(before[0].ends_with("shipped"), "{before:?}");
    fresh.ledger.drop_messages_before(Utc::now(), None, 9).await.unwrap();
    fresh.take(Incoming { id: second, ..edited(5, thanks()) }).await;
    assert_eq!(rows(&fresh.path(), all), before);
}

async fn forget(fresh: &Fresh, delete_orders: bool) {
    let what = Forgettable::email(EMAIL).unwrap();
    let request = ForgetRequest { guild: GUILD, what, delete_orders, user: UserId(5) };
    let found = fresh.ledger.forget(&request, |_| String::new()).await.unwrap();
    assert_eq!(found.messages, [MessageId(1)]);
}

#[tokio::test]
async fn a_new_purchase_of_somebody_who_was_forgotten_is_one_although_it_is_edited_at_once() {
    let copies = [announcement(), edited(5, thanks())];
    for (first, together) in [(0, false), (1, false), (0, true), (1, true)] {
        let fresh = Fresh::new().await;
        fresh.take(announcement()).await;
        forget(&fresh, true).await;
        let copy = |at: usize| {
            let mut copy = copies[at].clone();
            copy.id = MessageId(2);
            copy.message.posted_at = Some(Utc::now() + chrono::TimeDelta::minutes(1));
            let fields = copy.message.embeds.iter_mut().flat_map(|embed| &mut embed.fields);
            for number in fields.filter(|field| field.value == NUMBER.1) {
                OTHER.1.clone_into(&mut number.value);
            }
            copy
        };
        let both = vec![copy(first), copy(1 - first)];
        if together {
            fresh.ingest.submit_all(both).await.unwrap();
        } else {
            fresh.take_all(both).await;
        }
        assert_eq!(numbers(&fresh).await, [Some(OTHER.1.to_owned())], "{first} {together}");
        fresh.ledger.wipe_traces().await.unwrap();
        assert_eq!(markers(&fresh.path()), 0);
    }
}

#[tokio::test]
async fn whom_only_the_announcement_names_is_forgotten_with_it() {
    for delete_orders in [false, true] {
        for edit in [message(1, "Order Cancelled", &[NUMBER]), thanks()] {
            let fresh = Fresh::new().await;
            fresh.take(announcement()).await;
            fresh.take(edited(5, edit.clone())).await;
            forget(&fresh, delete_orders).await;
            assert_eq!(numbers(&fresh).await.len(), usize::from(!delete_orders));
            fresh.ledger.wipe_traces().await.unwrap();
            let kept = format!("{:?}", fresh.ledger.stored_messages(None, 9).await.unwrap());
            assert!(!kept.contains(MARKER), "{kept}");
            assert_eq!(markers(&fresh.path()), 0);
            // Nor do older copies bring it back.
            fresh.take(announcement()).await;
            fresh.take(edited(5, edit)).await;
            assert_eq!(numbers(&fresh).await.len(), usize::from(!delete_orders));
            assert_eq!(markers(&fresh.path()), 0);
        }
    }
}
