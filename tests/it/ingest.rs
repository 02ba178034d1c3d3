//! What becomes of a message.

use refract_ledger::ids::{GuildId, MessageId};
use refract_ledger::ledger::DeliveryFilter;
use refract_ledger::order::Status;
use refract_ledger::verdict::{EMPTY_REASON, Incoming, Outcome, Via};
use serde_json::json;

use crate::fresh::{CHANNEL, Fresh, GUILD, checkout, edited, from_json, message, rows};

const CONSOLE: [(&str, &str); 4] = [
    ("Product", "Console"),
    ("Price", "$299.99"),
    ("Order Number", "|| #BBY01-807100000011 ||"),
    ("Email", "|| buyer@example.com ||"),
];

fn console(id: i64) -> Incoming {
    checkout(id, "Best Buy US", &CONSOLE)
}

#[tokio::test]
async fn a_checkout_becomes_an_order() {
    let fresh = Fresh::new().await;
    let receipt = fresh.take(console(1)).await;
    assert_eq!((receipt.outcome, receipt.known), (Outcome::Stored, false));
    let order = fresh.order("bby01-807100000011").await;
    assert_eq!(receipt.orders, [order.id]);
    assert_eq!(order.store.as_deref(), Some("Best Buy US"));
    assert_eq!((order.total_minor, order.quantity), (Some(29_999), 1));
    assert_eq!((order.status, order.source.as_str()), (Status::Verified, "webhook"));
    assert_eq!(order.items.len(), 1);
    let report = rows(&fresh.path(), "SELECT Date, Product, Total, Status FROM order_report");
    assert_eq!(report, ["2025-11-03|Console|299.99|verified"]);
}

#[tokio::test]
async fn the_same_message_again_touches_no_row() {
    let fresh = Fresh::new().await;
    fresh.take(console(1)).await;
    let all = "SELECT * FROM orders JOIN deliveries USING (message_id)";
    let before = rows(&fresh.path(), all);
    let again = fresh.take(console(1)).await;
    assert_eq!((again.outcome, again.known), (Outcome::Stored, true));
    assert_eq!(rows(&fresh.path(), all), before);
    let fresh = fresh.reopen().await;
    assert!(fresh.take(console(1)).await.known);
    assert_eq!(rows(&fresh.path(), all), before);
}

#[tokio::test]
async fn a_repost_leaves_the_order_as_it_is() {
    let fresh = Fresh::new().await;
    fresh.take(console(1)).await;
    let before = fresh.order("BBY01-807100000011").await;
    assert_eq!(fresh.take(console(2)).await.outcome, Outcome::Unchanged);
    assert_eq!(fresh.order("BBY01-807100000011").await, before);
}

#[tokio::test]
async fn messages_of_one_batch_may_speak_of_the_same_order() {
    let fresh = Fresh::new().await;
    let tracking =
        [("Order Number", "BBY01-807100000011"), ("Tracking Number", "1Z999AA10123456784")];
    let batch = vec![message(3, "Shipping notice", &tracking), console(2), console(1), console(1)];
    let receipts = fresh.ingest.submit_all(batch).await.unwrap();
    let outcomes: Vec<Outcome> = receipts.iter().map(|receipt| receipt.outcome).collect();
    let fold = [Outcome::Updated, Outcome::Unchanged, Outcome::Stored, Outcome::Stored];
    assert_eq!(outcomes, fold);
    let order = fresh.order("BBY01-807100000011").await;
    assert_eq!(order.message_id, Some(MessageId(1)));
    assert_eq!(order.details.tracking_number.as_deref(), Some("1Z999AA10123456784"));
}

#[tokio::test]
async fn an_update_before_its_checkout_waits_for_it() {
    let fresh = Fresh::new().await;
    let update = [("Order Number", "BBY01-807100000011"), ("Status", "Shipped")];
    let receipt = fresh.take(message(2, "Order update", &update)).await;
    assert_eq!(receipt.outcome, Outcome::Rejected);
    assert_eq!(
        receipt.reason,
        "It names order BBY01-807100000011, which is not in the ledger yet."
    );
    fresh.take(console(1)).await;
    assert_eq!(fresh.order("BBY01-807100000011").await.status, Status::Shipped);
    let delivery = fresh.ledger.delivery(GUILD, MessageId(2)).await.unwrap().unwrap().delivery;
    assert_eq!((delivery.outcome, delivery.reason.as_str()), (Outcome::Updated, ""));
    let pending = fresh.ledger.pending_reactions(9).await.unwrap();
    let wanted: Vec<_> = pending.iter().map(|one| one.wanted.as_deref()).collect();
    assert_eq!(wanted, [Some("📦"), Some("📦")]);
}

#[tokio::test]
async fn the_same_number_at_another_store_is_another_order() {
    let fresh = Fresh::new().await;
    let fields = [("Product", "Console"), ("Order Number", "1234567890")];
    let outcomes = fresh
        .take_all(vec![
            checkout(1, "Best Buy US", &fields),
            checkout(2, "Best Buy CA", &fields),
            message(3, "Successful Checkout", &fields),
        ])
        .await;
    assert_eq!(outcomes, [Outcome::Stored, Outcome::Stored, Outcome::Unchanged]);
    assert_eq!(fresh.ledger.orders_by_number(GUILD, "1234567890").await.unwrap().len(), 2);
}

#[tokio::test]
async fn guilds_never_share_an_order() {
    let fresh = Fresh::new().await;
    let mut elsewhere = console(2);
    elsewhere.guild_id = GuildId(5);
    assert_eq!(fresh.take_all(vec![console(1), elsewhere]).await, [Outcome::Stored; 2]);
    let order = fresh.order("BBY01-807100000011").await;
    assert_eq!(fresh.ledger.order(GuildId(5), order.id).await.unwrap(), None);
}

#[tokio::test]
async fn an_edit_is_read_again_and_an_older_one_is_dropped() {
    let fresh = Fresh::new().await;
    fresh.take(console(1)).await;
    let corrected = [("Product", "Console"), ("Price", "$349.99"), CONSOLE[2]];
    fresh.take(edited(5, checkout(1, "Best Buy US", &corrected))).await;
    let order = fresh.order("BBY01-807100000011").await;
    assert_eq!((order.total_minor, order.details.email.as_deref()), (Some(34_999), None));
    assert!(fresh.take(console(1)).await.known);
    assert!(fresh.take(edited(4, console(1))).await.known);
    assert_eq!(fresh.order("BBY01-807100000011").await, order);
}

#[tokio::test]
async fn a_webhook_that_is_replaced_and_embeds_that_are_hidden_take_no_order_away() {
    let fresh = Fresh::new().await;
    fresh.take(console(1)).await;
    let order = fresh.order("BBY01-807100000011").await;
    // Its webhook is not trusted any more, and it edits its message.
    let mut replaced = edited(4, console(1));
    replaced.trust = Err("webhook 99 is not trusted in this channel".to_owned());
    fresh.take(replaced.clone()).await;
    assert_eq!(fresh.order("BBY01-807100000011").await, order);
    // Somebody hides the embeds after an edit.
    let mut hidden = edited(6, console(1));
    (hidden.message.embeds, hidden.message.has_other_parts) = (Vec::new(), true);
    fresh.take(hidden.clone()).await;
    assert_eq!(fresh.order("BBY01-807100000011").await, order);
    // All of it in one drop.
    let batch = vec![
        console(2),
        Incoming { id: MessageId(2), ..replaced },
        Incoming { id: MessageId(2), ..hidden },
    ];
    let receipts = fresh.ingest.submit_all(batch).await.unwrap();
    assert!(receipts.iter().all(|receipt| receipt.outcome == Outcome::Unchanged), "{receipts:?}");
}

#[tokio::test]
async fn an_edit_that_names_another_number_moves_the_order() {
    let fresh = Fresh::new().await;
    fresh.take(console(1)).await;
    let other = [("Product", "Console"), ("Order Number", "BBY01-807100000099")];
    fresh.take(edited(5, checkout(1, "Best Buy US", &other))).await;
    fresh.order("BBY01-807100000099").await;
    let old = fresh.ledger.orders_by_number(GUILD, "BBY01-807100000011").await.unwrap();
    assert_eq!(old, []);
}

#[tokio::test]
async fn what_is_no_order_says_what_it_is() {
    let fresh = Fresh::new().await;
    let no_number = [("Price", "$1.00")];
    let declined = [("Product", "Console"), ("Reason", "Card declined")];
    let mut forged = console(5);
    forged.message.webhook_id = None;
    forged.trust = Err("A member posted it.".to_owned());
    let mut chat = from_json(6, &json!({"content": "hello there"}));
    chat.message.webhook_id = None;
    chat.trust = Err("A member posted it.".to_owned());
    let outcomes = fresh
        .take_all(vec![
            checkout(1, "Target", &no_number),
            message(2, "Checkout Failed | Target", &declined),
            message(3, "Test Notification", &[]),
            from_json(4, &json!({})),
            forged,
            chat,
        ])
        .await;
    assert_eq!(
        outcomes,
        [
            Outcome::Rejected,
            Outcome::Declined,
            Outcome::Test,
            Outcome::Ignored,
            Outcome::Untrusted,
            Outcome::Ignored
        ]
    );
    let kept = "SELECT message_id, payload IS NOT NULL, reaction_wanted FROM deliveries ORDER BY 1";
    let kept = rows(&fresh.path(), kept);
    assert_eq!(kept, ["1|1|⚠️", "2|1|-", "3|1|🧪", "4|1|-", "5|1|-", "6|0|-"]);
    let filter =
        DeliveryFilter { guild: GUILD, outcome: Some(Outcome::Ignored), limit: 9, before: None };
    let ignored = fresh.ledger.deliveries(&filter).await.unwrap();
    assert_eq!(ignored.iter().map(|one| one.message_id.0).collect::<Vec<_>>(), [6, 4]);
    assert_eq!(ignored[1].reason, EMPTY_REASON);
    assert_eq!(rows(&fresh.path(), "SELECT * FROM orders"), Vec::<String>::new());
}

#[tokio::test]
async fn an_empty_message_is_read_once_the_intent_is_on() {
    let fresh = Fresh::new().await;
    fresh.take(from_json(1, &json!({}))).await;
    let mut again = console(1);
    again.via = Via::Backfill;
    assert_eq!(fresh.take(again).await.outcome, Outcome::Stored);
}

#[tokio::test]
async fn a_deletion_keeps_the_order_also_when_it_comes_first() {
    let fresh = Fresh::new().await;
    fresh.ledger.set_deleted(GUILD, CHANNEL, &[MessageId(1)]).await.unwrap();
    assert_eq!(fresh.take(console(1)).await.outcome, Outcome::Stored);
    let delivery = fresh.ledger.delivery(GUILD, MessageId(1)).await.unwrap().unwrap().delivery;
    assert!(delivery.deleted_at.is_some());
    assert_eq!(fresh.ledger.pending_reactions(9).await.unwrap(), []);
}

#[tokio::test]
async fn a_kept_message_comes_back_as_it_was_read() {
    let fresh = Fresh::new().await;
    let incoming = console(1);
    fresh.take(incoming.clone()).await;
    let detail = fresh.ledger.delivery(GUILD, MessageId(1)).await.unwrap().unwrap();
    assert_eq!(detail.message.unwrap().embeds, incoming.message.embeds);
    assert_eq!(fresh.ledger.delivery(GuildId(5), MessageId(1)).await.unwrap(), None);
}

#[tokio::test]
async fn a_row_that_the_database_refuses_holds_up_no_other() {
    let fresh = Fresh::new().await;
    let trigger = "CREATE TRIGGER poison BEFORE INSERT ON orders WHEN new.order_number = 'POISON1'
                   BEGIN SELECT raise(ABORT, 'poison'); END";
    rusqlite::Connection::open(fresh.path()).unwrap().execute_batch(trigger).unwrap();
    let mut batch: Vec<_> = (1..40)
        .map(|id| checkout(id, "Target", &[("Order Number", &format!("10200300000{id:04}"))]))
        .collect();
    batch.push(checkout(40, "Target", &[("Order Number", "POISON1")]));
    let receipts = fresh.ingest.submit_all(batch).await.unwrap();
    let stored = receipts.iter().filter(|receipt| receipt.outcome == Outcome::Stored).count();
    assert_eq!(stored, 39);
    assert_eq!(receipts[39].outcome, Outcome::Rejected);
    assert!(receipts[39].reason.contains("could not be stored"));
}

#[tokio::test]
async fn a_locked_database_is_waited_for() {
    let fresh = Fresh::new().await;
    let other = rusqlite::Connection::open(fresh.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let ingest = fresh.ingest.clone();
    let waiting = tokio::spawn(async move { ingest.submit(console(1)).await });
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM deliveries"), ["0"]);
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(waiting.await.unwrap().unwrap().outcome, Outcome::Stored);
}

#[tokio::test]
async fn closing_drains_what_was_taken_and_takes_no_more() {
    let fresh = Fresh::new().await;
    for id in 1..=600 {
        let number = format!("10200300000{id:04}");
        fresh.ingest.offer(checkout(id, "Target", &[("Order Number", &number)])).unwrap();
    }
    fresh.ingest.close().await;
    assert_eq!(rows(&fresh.path(), "SELECT count(*) FROM orders"), ["600"]);
    assert!(fresh.ingest.offer(console(1)).is_err());
    assert!(fresh.ingest.submit(console(1)).await.is_err());
}

#[tokio::test]
async fn orders_of_one_batch_are_numbered_in_the_order_of_their_messages() {
    let fresh = Fresh::new().await;
    let numbers = ["102003000000099", "102003000000011", "102003000000055"];
    let order = |(id, number)| checkout(id, "Target", &[("Order Number", number)]);
    let batch = (1..).zip(numbers).map(order).collect();
    fresh.ingest.submit_all(batch).await.unwrap();
    assert_eq!(rows(&fresh.path(), "SELECT order_number FROM orders ORDER BY id"), numbers);
}
