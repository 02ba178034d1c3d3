//! What must reach neither the log nor the database.

use refract_ledger::ledger::{DeliveryFilter, Ledger};
use serde_json::json;

use crate::harness::World;

const SECRETS: [&str; 6] =
    ["proxyuser", "proxypass", "hunter2", "c2VjcmV0", "shopkey123", "hooktoken456"];

#[tokio::test(flavor = "multi_thread")]
async fn secrets_reach_neither_log_nor_database() {
    let world = World::new().await;
    let bot = world.start_bot_with_log_level("debug").await;
    let message = world.post_fields(
        "Successful Checkout | Kith",
        &[
            ("Product", "Example Hoodie"),
            ("Price", "$120.00"),
            ("Proxy Details", "|| Pool | http://proxyuser:proxypass@host.example:8080/ ||"),
            ("Checkout Proxy", "203.0.113.7:8080:proxyuser:proxypass"),
            ("Share Link", "[Click Here](https://share.refractbot.com/setup/c2VjcmV0)"),
            (
                "Order Number",
                "[#KT10017](https://shop.example.com/1/orders/ab/authenticate?key=shopkey123)",
            ),
            ("Email", "|| buyer@example.com:hunter2 ||"),
            (
                "Notes",
                "posted by https://discord.com/api/webhooks/1290000000000000001/hooktoken456",
            ),
        ],
    );
    world.sees(message, "✅").await;
    world.ask("order", json!({"number": "KT10017"})).await;
    world.ask("logs show", json!({"message": message.to_string()})).await;
    assert_eq!(bot.stop().await, Some(0));

    let ledger = Ledger::open_read_only(&world.folder.path().join("refract-ledger.db"))
        .await
        .expect("open the database");
    let filter = DeliveryFilter { guild: world.guild, outcome: None, limit: 10, before: None };
    let mut kept = format!("{:?}", ledger.deliveries(&filter).await.expect("deliveries"));
    let detail = ledger.delivery(world.guild, message).await.expect("a delivery");
    kept = format!("{kept}{detail:?}");
    kept.push_str(&serde_json::to_string(&world.exported()).expect("JSON"));
    kept.push_str(&world.log());
    assert!(kept.contains("buyer@example.com"), "the address itself is kept");
    let token = world.sandbox.token();
    for secret in SECRETS.iter().copied().chain([token.as_str()]) {
        assert!(!kept.contains(secret), "{secret} in:\n{kept}");
    }
    let log = world.log();
    for personal in ["buyer@example.com", "Example Hoodie"] {
        assert!(!log.contains(personal), "{personal} in the log:\n{log}");
    }
}
