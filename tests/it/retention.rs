//! Kept messages that are old enough are dropped; what was made of them stays.

use chrono::{DateTime, Utc};
use refract_ledger::ids::MessageId;
use refract_ledger::order::Status;
use refract_ledger::retention;
use refract_ledger::verdict::{Outcome, Via};
use serde_json::json;

use crate::fresh::{Fresh, GUILD, checkout, edited, message, rows};
use crate::harness::{PATIENCE, World};

const NUMBER: (&str, &str) = ("Order Number", "102003000000017");
const KEPT: &str = "SELECT message_id FROM deliveries WHERE payload IS NOT NULL ORDER BY 1";
const ALL_ELSE: &str = "SELECT message_id, posted_at, edited_at, received_at, via, outcome, reason,
    order_ids, reaction_wanted FROM deliveries ORDER BY 1";

fn console(id: i64) -> refract_ledger::verdict::Incoming {
    checkout(id, "Target", &[("Product", "Console"), ("Price", "$10.00"), NUMBER])
}

async fn drop_all(fresh: &Fresh) {
    let dropped = fresh.ledger.drop_messages_before(Utc::now(), None, 1000).await.unwrap();
    assert!(dropped.messages > 0);
}

#[tokio::test]
async fn only_what_was_posted_before_is_dropped_in_pieces_that_end() {
    let fresh = Fresh::new().await;
    let now = Utc::now();
    for (id, hours) in [(1, 50), (2, 49), (3, 47), (-4, 50), (5, 0)] {
        let mut incoming = checkout(id, "Target", &[("Order Number", &format!("10200300000{id}"))]);
        incoming.message.posted_at = Some(now - chrono::TimeDelta::hours(hours));
        fresh.take(incoming).await;
    }
    let all_else = rows(&fresh.path(), ALL_ELSE);
    let orders = rows(&fresh.path(), "SELECT * FROM orders");
    let before = now - chrono::TimeDelta::hours(48);
    let (mut after, mut pieces) = (None, Vec::new());
    while let dropped = fresh.ledger.drop_messages_before(before, after, 2).await.unwrap()
        && dropped.last.is_some()
    {
        pieces.push(dropped.messages);
        after = dropped.last;
    }
    assert_eq!(pieces, [2, 1]);
    assert_eq!(rows(&fresh.path(), KEPT), ["3", "5"]);
    assert_eq!(rows(&fresh.path(), ALL_ELSE), all_else);
    assert_eq!(rows(&fresh.path(), "SELECT * FROM orders"), orders);
    let detail = fresh.ledger.delivery(GUILD, MessageId(1)).await.unwrap().unwrap();
    assert_eq!((detail.message, detail.delivery.outcome), (None, Outcome::Stored));
}

#[tokio::test]
async fn the_history_does_not_bring_a_dropped_message_back() {
    let fresh = Fresh::new().await;
    fresh.take_all(vec![edited(5, console(1)), console(2)]).await;
    drop_all(&fresh).await;
    let before = rows(&fresh.path(), "SELECT * FROM deliveries JOIN orders");
    let mut longer = console(2);
    longer.message.content = "more than was there".to_owned();
    let mut elsewhere = console(2);
    elsewhere.via = Via::Backfill;
    for again in [console(1), edited(4, console(1)), edited(5, console(1)), longer, elsewhere] {
        assert!(fresh.take(again).await.known);
    }
    assert_eq!(rows(&fresh.path(), "SELECT * FROM deliveries JOIN orders"), before);
}

#[tokio::test]
async fn an_edit_of_a_dropped_message_changes_what_stands() {
    let fresh = Fresh::new().await;
    let shipped = message(2, "Order update", &[NUMBER, ("Status", "Shipped")]);
    let tracked = [NUMBER, ("Tracking Number", "1Z999AA10123456784")];
    fresh.take_all(vec![console(1), shipped, message(3, "Order update", &tracked)]).await;
    drop_all(&fresh).await;
    let dearer = [("Product", "Console"), ("Price", "$12.00"), NUMBER];
    let receipt = fresh.take(edited(6, checkout(1, "Target", &dearer))).await;
    assert!(!receipt.known);
    let order = fresh.order(NUMBER.1).await;
    assert_eq!((order.total_minor, order.status), (Some(1200), Status::Shipped));
    assert_eq!(order.details.tracking_number.as_deref(), Some("1Z999AA10123456784"));
    assert_eq!(order.items.len(), 1);
    assert_eq!(rows(&fresh.path(), KEPT), ["1"]);
    let dropped = "SELECT message_id FROM deliveries WHERE dropped_at IS NOT NULL ORDER BY 1";
    assert_eq!(rows(&fresh.path(), dropped), ["2", "3"]);
    // It is old, and the next time it goes again.
    drop_all(&fresh).await;
    assert_eq!(rows(&fresh.path(), KEPT), Vec::<String>::new());
}

#[tokio::test]
async fn a_new_message_of_an_old_order_is_applied_to_it() {
    let fresh = Fresh::new().await;
    fresh.take(console(1)).await;
    drop_all(&fresh).await;
    let update = message(2, "Order update", &[NUMBER, ("Status", "Delivered")]);
    assert_eq!(fresh.take(update).await.outcome, Outcome::Updated);
    let order = fresh.order(NUMBER.1).await;
    assert_eq!((order.status, order.total_minor), (Status::Delivered, Some(1000)));
}

#[tokio::test]
async fn without_a_number_of_days_all_is_kept() {
    let fresh = Fresh::new().await;
    fresh.take(console(1)).await;
    let ended = tokio::time::timeout(PATIENCE, retention::run(fresh.ledger.clone(), 0)).await;
    assert_eq!(ended, Ok(()));
    assert_eq!(rows(&fresh.path(), KEPT), ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bot_drops_old_messages_when_it_starts() {
    let world = World::new().await;
    world.configure("[privacy]\nkeep_messages_days = 30\n");
    let posted: DateTime<Utc> = Utc::now() - chrono::TimeDelta::days(31);
    let old = MessageId::at(posted);
    let text = "Successful Checkout | Target\nProduct\nConsole\nOrder Number\n#102003000000017";
    let saved = json!({"id": old.to_string(), "channel_id": "5", "guild_id": world.guild.to_string(),
        "author": {"id": "7", "username": "Refract", "bot": true}, "content": text});
    std::fs::write(world.folder.path().join("old.json"), saved.to_string()).expect("write");
    assert!(world.call(&["import", "old.json"]).status.success());
    let _bot = world.start_bot().await;
    let new = world.checkout(1);
    world.sees(new, "✅").await;
    let database = world.folder.path().join("refract-ledger.db");
    for _ in 0..1000 {
        if rows(&database, KEPT) == [new.to_string()] {
            assert_eq!(world.exported().len(), 2, "orders stay");
            return;
        }
        world.ask("help", json!({})).await;
    }
    panic!("it is never dropped:\n{}", world.log());
}
