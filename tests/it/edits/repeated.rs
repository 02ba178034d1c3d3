//! A message that is edited again and again.

use refract_ledger::reading::message::{Attachment, Unread};

use super::*;

const SHIPPED: (&str, &str) = ("Status", "Shipped");
const DELIVERED: (&str, &str) = ("Status", "Delivered");
const PARCEL: (&str, &str) = ("Tracking Number", "1Z999AA10123456784");
const OTHER_PARCEL: (&str, &str) = ("Tracking Number", "1Z999AA10123456793");
const LIFE: &str =
    "SELECT status, tracking_number, shipped_at, delivered_at, order_number, email FROM orders";

fn minute(minute: u32) -> String {
    format!("2025-11-03T12:{minute:02}:00.000Z")
}

/// What there is, whichever came first, apart, together and read again.
async fn always(copies: &[Incoming], columns: &str, expected: &[&str]) {
    for copies in orders_of(copies) {
        let fresh = Fresh::new().await;
        for copy in copies.clone() {
            fresh.take(copy).await;
        }
        assert_eq!(rows(&fresh.path(), columns), expected, "{copies:#?}");
        read_again(&fresh).await;
        let fresh = Fresh::new().await;
        fresh.ingest.submit_all(copies.clone()).await.unwrap();
        assert_eq!(rows(&fresh.path(), columns), expected, "together: {copies:#?}");
    }
}

#[tokio::test]
async fn what_each_edit_says_of_an_order_stays() {
    let copies = [
        announcement(),
        edited(2, message(1, "Order update", &[NUMBER, SHIPPED, PARCEL])),
        edited(4, message(1, "Order Delivered", &[])),
        edited(6, thanks()),
    ];
    let life = |status: &str, delivered: &str| {
        let (parcel, shipped) = (PARCEL.1, minute(2));
        format!("{status}|{parcel}|{shipped}|{delivered}|{}|{EMAIL}", NUMBER.1)
    };
    always(&copies, LIFE, &[&life("delivered", &minute(4))]).await;
    let cancelled = edited(8, message(1, "Order Cancelled", &[NUMBER]));
    let copies = [announcement(), copies[1].clone(), cancelled];
    always(&copies, LIFE, &[&life("cancelled", "-")]).await;
}

#[tokio::test]
async fn an_edit_takes_back_what_one_before_it_said_too_much() {
    let copies = [
        announcement(),
        edited(2, message(1, "Order Delivered", &[NUMBER])),
        edited(4, message(1, "Order update", &[NUMBER, SHIPPED, PARCEL])),
    ];
    let life = format!("shipped|{}|{}|-|{}|{EMAIL}", PARCEL.1, minute(4), NUMBER.1);
    always(&copies, LIFE, &[&life]).await;
}

#[tokio::test]
async fn an_order_that_several_edits_name_gets_what_each_of_them_says() {
    let fresh = Fresh::new().await;
    fresh.take(announcement()).await;
    fresh.take(edited(2, message(1, "Order update", &[OTHER, SHIPPED, PARCEL]))).await;
    fresh.take(edited(4, message(1, "Order update", &[OTHER, DELIVERED]))).await;
    fresh.take(checkout(2, "Target", &[OTHER])).await;
    let other = fresh.order(OTHER.1).await;
    assert_eq!(
        (other.status, other.details.tracking_number.as_deref()),
        (Status::Delivered, Some(PARCEL.1))
    );
    assert_eq!(
        other.shipped_at.map(|at| at.to_rfc3339()),
        Some("2025-11-03T12:02:00+00:00".to_owned())
    );
    assert_eq!(fresh.order(NUMBER.1).await.status, Status::Verified);
    read_again(&fresh).await;
}

#[tokio::test]
async fn an_order_that_somebody_removed_comes_back_as_it_was_beside_one_that_an_edit_names() {
    let fresh = Fresh::new().await;
    let order = fresh.take(announcement()).await.orders;
    fresh.take(edited(2, message(1, "Order update", &[OTHER, SHIPPED]))).await;
    let connection = rusqlite::Connection::open(fresh.path()).unwrap();
    connection.execute_batch("DELETE FROM orders").unwrap();
    drop(connection);
    let watched = [(CHANNEL, vec![WebhookId(99)])].into();
    reparse(&fresh.ledger, &fresh.ingest, &watched, |_| ()).await.unwrap();
    assert_eq!([fresh.order(NUMBER.1).await.id].as_slice(), order);
}

#[tokio::test]
async fn the_latest_edits_are_kept_and_the_announcement_always() {
    let edit = |minute: u32| {
        let parcel = format!("1Z999AA1012345{minute:04}");
        edited(minute, message(1, "Order update", &[NUMBER, ("Tracking Number", &parcel)]))
    };
    let copies: Vec<Incoming> = std::iter::once(announcement()).chain((1..30).map(edit)).collect();
    let backwards = copies.iter().rev().cloned().collect();
    let mixed = [&copies[15..], &copies[..15]].concat();
    for copies in [copies, backwards, mixed] {
        for together in [false, true] {
            let fresh = Fresh::new().await;
            if together {
                fresh.ingest.submit_all(copies.clone()).await.unwrap();
            } else {
                fresh.take_all(copies.clone()).await;
            }
            let order = fresh.order(NUMBER.1).await;
            assert_eq!(order.details.email.as_deref(), Some(EMAIL));
            // Eight, and the one that the message says by now.
            let parcels = order.details.tracking_number.unwrap();
            let parcels: Vec<&str> = parcels.split(", ").collect();
            assert_eq!(parcels.len(), 9, "{parcels:?}");
            assert_eq!(parcels[0], "1Z999AA10123450021");
            let payload = "SELECT max(length(payload)) < 4000 FROM deliveries";
            assert_eq!(rows(&fresh.path(), payload), ["1"]);
            read_again(&fresh).await;
        }
    }
}

#[tokio::test]
async fn an_announcement_that_leaves_the_number_out_keeps_the_one_known_before() {
    let told = [("Product", "Example Console"), ("Price", "$10.00"), ("Quantity", "3")];
    let shipped = edited(2, message(1, "Order update", &[NUMBER, PARCEL]));
    let columns = "SELECT order_number, product, quantity, email, tracking_number FROM orders";
    let kept = format!("{}|Example Console|3|{EMAIL}|{}", NUMBER.1, PARCEL.1);
    let copies = [announcement(), shipped, edited(4, checkout(1, "Target", &told))];
    always(&copies, columns, &[&kept]).await;
    // What is said of it later is said of the same order.
    let late = edited(6, message(1, "Order update", &[NUMBER, OTHER_PARCEL]));
    let kept = format!("{}|Example Console|3|{EMAIL}|{}", NUMBER.1, OTHER_PARCEL.1);
    always(&[copies[0].clone(), copies[2].clone(), late], columns, &[&kept]).await;
    // Another number takes its place, and another purchase has no number.
    let corrected = edited(4, checkout(1, "Target", &[OTHER, told[0], told[1]]));
    always(&[announcement(), corrected], "SELECT order_number FROM orders", &[OTHER.1]).await;
    for stranger in [
        checkout(1, "Target", &[("Product", "Example Kettle"), ("Price", "$10.00")]),
        checkout(1, "Best Buy US", &told),
        checkout(1, "Target", &[told[0], ("Email", "other@example.com")]),
    ] {
        let copies = [announcement(), edited(4, stranger)];
        let columns = "SELECT order_number IS NULL FROM orders";
        always(&copies, columns, &["1"]).await;
    }
}

#[tokio::test]
async fn what_an_untrusted_message_announced_comes_when_its_sender_is_trusted() {
    let untrusted = |mut copy: Incoming| {
        copy.trust = Err("webhook 99 is not trusted".to_owned());
        copy
    };
    let outcome = "SELECT outcome, reason FROM deliveries";
    for edit in calling_off().into_iter().skip(3).chain(saying_nothing().into_iter().take(2)) {
        let (first, edit) = (announcement(), edited(5, edit));
        for together in [false, true] {
            let fresh = Fresh::new().await;
            let copies = vec![untrusted(first.clone()), untrusted(edit.clone())];
            if together {
                fresh.ingest.submit_all(copies).await.unwrap();
            } else {
                fresh.take_all(copies).await;
            }
            let kept = rows(&fresh.path(), outcome);
            assert_eq!(kept, ["untrusted|webhook 99 is not trusted"], "{edit:?}");
            assert_eq!(numbers(&fresh).await, []);
            // A page of the history brings it as it stands.
            fresh.take(edit.clone()).await;
            assert_eq!(numbers(&fresh).await, [Some(NUMBER.1.to_owned())], "{edit:?}");
            read_again(&fresh).await;
            let fresh = Fresh::new().await;
            fresh.take_all(vec![untrusted(first.clone()), untrusted(edit.clone())]).await;
            let watched = [(CHANNEL, vec![WebhookId(99)])].into();
            reparse(&fresh.ledger, &fresh.ingest, &watched, |_| ()).await.unwrap();
            assert_eq!(numbers(&fresh).await, [Some(NUMBER.1.to_owned())], "{edit:?}");
        }
    }
}

#[tokio::test]
async fn what_a_member_wrote_and_took_back_is_not_kept() {
    let by_member = |mut copy: Incoming| {
        copy.message.webhook_id = None;
        copy.trust = Err("posted by a member, not by a webhook".to_owned());
        copy
    };
    let fresh = Fresh::new().await;
    fresh.take(by_member(announcement())).await;
    fresh.take(by_member(edited(5, thanks()))).await;
    assert_eq!(rows(&fresh.path(), "SELECT outcome, payload FROM deliveries"), ["ignored|-"]);
}

#[tokio::test]
async fn a_file_that_failed_is_asked_for_again_also_of_an_edited_message() {
    let fresh = Fresh::new().await;
    fresh.take(announcement()).await;
    let mut edit = edited(5, thanks());
    let file = Attachment::of("orders.txt".to_owned(), String::new(), 9, "text/plain").unwrap();
    edit.message.attachments = vec![Attachment { unread: Some(Unread::Failed), ..file }];
    let receipt = fresh.take(edit.clone()).await;
    assert_eq!(receipt.outcome, Outcome::Stored);
    assert!(receipt.reason.contains("It was edited"), "{}", receipt.reason);
    assert!(receipt.reason.contains("text file could not be fetched"), "{}", receipt.reason);
    let known = [(MessageId(1), edit.message.edited_at)];
    assert!(fresh.ledger.settled(&known).await.unwrap().is_empty());
    edit.message.attachments[0].unread = None;
    edit.message.attachments[0].take_in("nothing of it");
    fresh.take(edit).await;
    assert_eq!(fresh.ledger.settled(&known).await.unwrap().len(), 1);
}

#[tokio::test]
async fn whom_only_an_earlier_edit_names_is_forgotten_with_it() {
    for delete_orders in [false, true] {
        let fresh = Fresh::new().await;
        fresh.take(checkout(1, "Target", &WHOLE[..3])).await;
        fresh
            .take(edited(2, message(1, "Order update", &[NUMBER, PARCEL, ("Email", EMAIL)])))
            .await;
        fresh.take(edited(4, message(1, "Order Delivered", &[NUMBER]))).await;
        assert_eq!(fresh.order(NUMBER.1).await.details.email.as_deref(), Some(EMAIL));
        forget(&fresh, delete_orders).await;
        fresh.ledger.wipe_traces().await.unwrap();
        let kept = format!("{:?}", fresh.ledger.stored_messages(None, 9).await.unwrap());
        assert!(!kept.contains(MARKER), "{kept}");
        assert_eq!(markers(&fresh.path()), 0);
    }
}
