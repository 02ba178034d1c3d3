//! A database that an earlier version of the program has written, and the way back to it.

use rusqlite::Connection;

use crate::fresh::rows;
use crate::harness::World;

/// As `sqlite3 .dump` gives it: what the demo of that version has left.
const VERSION_3: &str = include_str!("../data/old/version-3.sql");
const ORDERS: &str = "SELECT order_number, store, product, total_minor, status, email, created_at
    FROM orders ORDER BY id";
const DELIVERIES: &str = "SELECT message_id, outcome, reason, payload FROM deliveries ORDER BY 1";

#[tokio::test(flavor = "multi_thread")]
async fn the_orders_of_the_version_before_are_all_there_and_can_be_worked_with() {
    let world = World::new().await;
    let old = Connection::open(world.database()).expect("create");
    old.execute_batch(VERSION_3).expect("the dump is whole");
    drop(old);
    let before = [ORDERS, DELIVERIES].map(|query| rows(&world.database(), query));
    assert!(before[0].len() > 5 && before[1].len() > 5, "{before:?}");
    assert!(world.call(&["backup", "before-update.db"]).status.success());

    let bot = world.start_bot().await;
    // The copy that the update made goes when all that is stored was read again for secrets.
    let copy = world.folder.path().join("refract-ledger.db.version-3");
    world.until("it is clean", async || !copy.exists()).await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.stop_bot(bot).await;
    let mut after = [ORDERS, DELIVERIES].map(|query| rows(&world.database(), query));
    for rows in &mut after {
        rows.pop();
    }
    assert_eq!(after, before);
    // Everything kept can still be read by this version.
    assert!(world.call(&["reparse"]).status.success());
    // That version stored no checkout without an order number; read again it is an order.
    let orders = world.exported();
    let numbered = orders.iter().filter(|order| !order["order_number"].is_null()).count();
    assert_eq!((numbered, orders.len()), (before[0].len() + 1, before[0].len() + 2));

    // The way back: the backup is what the older version left.
    let copy = world.folder.path().join("before-update.db");
    assert_eq!([ORDERS, DELIVERIES].map(|query| rows(&copy, query)), before);
    assert_eq!(rows(&copy, "SELECT max(version) FROM _sqlx_migrations"), ["3"]);
    // And a later start brings it up to date again.
    assert!(world.call(&["restore", "before-update.db"]).status.success());
    let _bot = world.start_bot().await;
    world.until_exported(|orders| orders.len() == before[0].len() + 1).await;
}
