//! Words in the tables that this version does not know: they fail, and never become another word.

use refract_ledger::config::Backfill;
use refract_ledger::ids::{MessageId, OrderId, UserId, WebhookId};
use refract_ledger::ledger::{
    DeliveryFilter, Ledger, MarkRequest, MarkSource, MarkTarget, OrderFilter, SetUp,
};
use refract_ledger::order::Status;

use crate::fresh::{CHANNEL, Fresh, GUILD, checkout};
use crate::ledger::NUMBER;

/// What of the ledger reads each column, as the error that it gives.
async fn error_of(ledger: &Ledger, reads: &str) -> String {
    let by_guild = OrderFilter { guild: Some(GUILD), ..OrderFilter::default() };
    let latest = DeliveryFilter { guild: GUILD, outcome: None, limit: 9, before: None };
    let mark = MarkRequest {
        guild: GUILD,
        target: MarkTarget::Order(OrderId(1)),
        user: UserId(1),
        status: Status::Shipped,
        emoji: None,
        source: MarkSource::Menu,
        at: None,
    };
    let error = match reads {
        "order" => ledger.order(GUILD, OrderId(1)).await.map(drop),
        "sum" => ledger.count_and_sum(&by_guild).await.map(drop),
        "figures" => ledger.figures(GUILD, &by_guild, chrono_tz::UTC).await.map(drop),
        "deliveries" => ledger.deliveries(&latest).await.map(drop),
        "kept" => ledger.stored_messages(None, 9).await.map(drop),
        "watches" => ledger.watches().await.map(drop),
        "feed" => ledger.feed_place(CHANNEL).await.map(drop),
        "mark" => ledger.mark(mark).await.map(drop),
        other => panic!("{other}"),
    };
    let Err(error) = error else { panic!("{reads} was read") };
    format!("{error:#}")
}

#[tokio::test]
async fn an_unknown_word_fails_with_its_column() {
    for (column, reads) in [
        ("orders.status", "order"),
        ("orders.status", "figures"),
        ("orders.currency", "order"),
        ("orders.currency", "sum"),
        ("orders.said_status", "mark"),
        ("order_messages.outcome", "mark"),
        ("deliveries.outcome", "deliveries"),
        ("deliveries.via", "deliveries"),
        ("deliveries.order_ids", "deliveries"),
        ("deliveries.outcome", "kept"),
        ("watches.backfill", "watches"),
        ("feeds.summarised_day", "feed"),
    ] {
        let fresh = Fresh::new().await;
        let price = ("Price", "$10.00");
        fresh.take(checkout(1, "Best Buy US", &[("Product", "Console"), price, NUMBER])).await;
        let set_up = SetUp { backfill: Backfill::All, awaited: None };
        fresh.ledger.set_up_watch(CHANNEL, GUILD, &[WebhookId(9)], &set_up).await.unwrap();
        fresh.ledger.feed_place(CHANNEL).await.unwrap();
        let (table, name) = column.split_once('.').unwrap();
        let database = rusqlite::Connection::open(fresh.path()).unwrap();
        let changed = database.execute(&format!("UPDATE {table} SET {name} = 'odd'"), ()).unwrap();
        assert!(changed > 0, "{column}");
        let error = error_of(&fresh.ledger, reads).await;
        assert!(error.contains(column) && error.contains("\"odd\""), "{column}: {error}");
    }
}

#[tokio::test]
async fn an_unknown_word_of_one_message_stops_no_other() {
    let fresh = Fresh::new().await;
    fresh.take(checkout(1, "Best Buy US", &[NUMBER])).await;
    let database = rusqlite::Connection::open(fresh.path()).unwrap();
    database.execute("UPDATE deliveries SET via = 'odd'", ()).unwrap();
    let again = checkout(1, "Best Buy US", &[NUMBER]);
    let other = checkout(2, "Target", &[("Order Number", "102000000000002")]);
    let together =
        tokio::join!(fresh.ingest.submit_all(vec![again]), fresh.ingest.submit_all(vec![other]));
    together.0.unwrap_err();
    together.1.unwrap();
    let stored = fresh.ledger.orders_by_number(GUILD, "102000000000002").await.unwrap();
    assert_eq!(stored[0].message_id, Some(MessageId(2)));
}
