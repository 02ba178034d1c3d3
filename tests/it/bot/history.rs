//! Reading a channel's history: where it begins, and what must not stop it.

use discord_sandbox::{Answer, Sandbox};
use refract_ledger::ids::MessageId;
use serde_json::json;

use crate::harness::World;

/// A new database finds the bot's own reactions on all messages, and doubts them, page after page.
#[tokio::test(flavor = "multi_thread")]
async fn no_page_keeps_the_writer_for_which_the_cursor_waits() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let posted: Vec<_> = (1..=1_500).map(|number| world.checkout(number)).collect();
    for message in &posted {
        world.sandbox.react(world.sandbox.bot(), *message, "✅").expect("react");
    }
    let _bot = world.spawn_bot();
    world.until("all are stored", async || world.stored() == posted).await;
    assert!(!world.log().contains("timed out"), "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn without_backfill_only_what_comes_after_the_first_contact_counts() {
    let world = World::new().await;
    world.backfill("none");
    let before = world.checkout(1);
    // Ids tell time by the millisecond.
    let is_over = async || MessageId::at(chrono::Utc::now()) > before;
    world.until("its millisecond is over", is_over).await;
    let bot = world.start_bot().await;
    world.until_told("health", json!({}), "Up to date as of").await;
    world.stop_bot(bot).await;
    world.checkout(2);
    let _bot = world.start_bot().await;
    let orders = world.until_exported(|orders| !orders.is_empty()).await;
    assert_eq!(orders.len(), 1);
    world.until_told("health", json!({}), "Last gap filled").await;
    assert_eq!(world.exported().len(), 1);
}

/// Where the history begins is a moment of Discord's clock.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_an_hour_ahead_of_discords_costs_no_message() {
    let world = World::with(Sandbox::builder().clock_ahead_seconds(-3_600)).await;
    world.backfill("none");
    let bot = world.start_bot().await;
    world.until_told("health", json!({}), "Up to date as of").await;
    world.stop_bot(bot).await;
    let missed = world.checkout(1);
    let bot = world.start_bot().await;
    world.sees(missed, "✅").await;
    world.until_told("health", json!({}), "1 missed message").await;
    world.stop_bot(bot).await;
    // What comes by its event is not missed.
    let _bot = world.start_bot().await;
    let next = world.checkout(2);
    world.sees(next, "✅").await;
    let told = world.until_told("health", json!({}), "Last gap filled").await;
    assert!(told.contains("1 missed message"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_message_does_not_cost_its_page() {
    let world = World::new().await;
    let parts = json!({"embeds": [{"type": "rich", "color": "red",
        "author": {"name": "Successful Checkout | Target"},
        "fields": [{"name": "Product", "value": null}, {"name": "Order Number", "value": "#102003000000017"}]}]});
    let odd = parts.as_object().expect("an object").clone();
    world.checkout(1);
    world.sandbox.post_unchecked(&world.webhook, odd).expect("inserted");
    world.checkout(2);
    let _bot = world.start_bot().await;
    assert_eq!(world.until_exported(|orders| orders.len() >= 3).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_hour_of_discord_delays_and_loses_nothing() {
    let world = World::new().await;
    for number in 1..=150 {
        world.checkout(number);
    }
    let messages = format!("/channels/{}/messages", world.channel);
    for answer in [Answer::Status(500, "{}".to_owned()), Answer::Html(502)] {
        world.sandbox.fail("GET", &messages, 4, answer);
    }
    let _bot = world.start_bot().await;
    assert_eq!(world.until_exported(|orders| orders.len() >= 150).await.len(), 150);
}
