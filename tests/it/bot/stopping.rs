//! Stops of every kind: asked for, forced, and those that Discord causes.

use refract_ledger::sandbox::{Content, Sandbox};

use crate::harness::World;

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
