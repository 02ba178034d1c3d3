//! Stops of every kind: asked for, forced, and those that Discord causes.

use std::collections::BTreeSet;

use refract_ledger::sandbox::{Content, Sandbox};

use crate::harness::{PATIENCE, World};

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_doubled_when_it_is_killed_in_a_burst() {
    let world = World::new().await;
    let mut bot = world.start_bot().await;
    let mut sent = BTreeSet::new();
    for round in 0..5 {
        for index in 0..40 {
            sent.insert(world.checkout(round * 40 + index + 1));
        }
        bot.kill();
        assert!(world.sandbox.wait_until(|world| world.connected() == 0, PATIENCE).await);
        bot = world.start_bot().await;
    }
    let last = world.checkout(10_000);
    sent.insert(last);
    let all = async || world.exported().len() >= sent.len();
    world.until("all orders are stored", all).await;
    let stored = world.exported();
    let messages: BTreeSet<_> = stored
        .iter()
        .map(|order| order["message_id"].as_str().expect("a string").parse().expect("an id"))
        .collect();
    assert_eq!(messages, sent);
    assert_eq!(stored.len(), sent.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_it_writes_what_it_has_and_exits_with_0() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    assert_eq!(bot.stop().await, Some(0));
    assert_eq!(world.exported().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_token_ends_it_with_3_and_a_sentence() {
    let world = World::new().await;
    let output = world.program(&["run"]).env("DISCORD_TOKEN", "wrong").output().expect("run");
    assert_eq!(output.status.code(), Some(3));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("refuses the token"), "{said}");
    assert!(!said.contains("wrong"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_intent_ends_it_with_3_and_the_portal_hint() {
    let world = World::with(Sandbox::builder().message_content(Content::Disallowed)).await;
    let bot = world.spawn_bot();
    assert_eq!(bot.ended().await, Some(3));
    assert!(world.log().contains("Message Content Intent"), "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_content_raises_one_alarm() {
    let world = World::with(Sandbox::builder().message_content(Content::Hidden)).await;
    let _bot = world.start_bot().await;
    for number in 0..3 {
        world.checkout(number);
    }
    let mut seen = String::new();
    let all_three = async || {
        seen = world.ask("logs recent", serde_json::json!({})).await.text();
        seen.matches("**ignored**").count() == 3
    };
    world.until("all three are in the log", all_three).await;
    assert!(seen.contains("Message Content Intent"), "{seen}");
    assert_eq!(world.log().matches("switch \"Message Content Intent\" on").count(), 1);
}
