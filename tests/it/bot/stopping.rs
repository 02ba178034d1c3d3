//! Stops of every kind: asked for, forced, and those that Discord causes.

use std::time::{Duration, Instant};

use discord_sandbox::{Answer, Content, Sandbox};
use serde_json::json;

use crate::harness::World;

/// What the bot has to end.
const PROMPTLY: Duration = Duration::from_secs(5);
/// Less than a locked database is waited for.
#[cfg(unix)]
const AT_ONCE: Duration = Duration::from_secs(2);

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_it_writes_what_it_has_and_exits_with_0() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let holder = world.lock_database();
    let message = world.checkout(2);
    // Its answer comes behind the message.
    world.ask("help", json!({})).await;
    assert_eq!(world.stored(), []);
    bot.ask_to_stop();
    let stops = async || world.sandbox.look(discord_sandbox::World::connected) == 0;
    world.until("it stops", stops).await;
    drop(holder);
    assert_eq!(bot.ended().await, Some(0), "{}", world.log());
    assert_eq!(world.stored(), [message]);
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_stop_in_a_flood_while_discord_hangs_it_ends_within_seconds() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let bot = world.start_bot().await;
    world.sandbox.fail("", "/channels/", 1_000, Answer::Hang(Duration::from_mins(1)));
    world.sandbox.hold();
    let posted: Vec<_> = (1..=2_000).map(|number| world.checkout(number)).collect();
    world.sandbox.release(|_| {});
    world.until("some are stored", async || !world.stored().is_empty()).await;
    let asked = Instant::now();
    assert_eq!(bot.stop().await, Some(0), "{}", world.log());
    assert!(asked.elapsed() < PROMPTLY, "{:?}", asked.elapsed());
    // What was not written comes from the history.
    world.sandbox.heal();
    let _bot = world.start_bot().await;
    world.until("all are stored", async || world.stored() == posted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_database_that_stays_locked_it_ends_within_seconds_and_loses_nothing() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let holder = world.lock_database();
    let message = world.checkout(2);
    world.until("it waits", async || world.log().contains("cannot be written")).await;
    let asked = Instant::now();
    assert_eq!(bot.stop().await, Some(0), "{}", world.log());
    assert!(asked.elapsed() < PROMPTLY, "{:?}", asked.elapsed());
    drop(holder);
    let _bot = world.start_bot().await;
    world.sees(message, "✅").await;
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn asked_twice_it_ends_at_once_and_loses_nothing() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let holder = world.lock_database();
    let message = world.checkout(2);
    world.until("it waits", async || world.log().contains("cannot be written")).await;
    bot.interrupt();
    // Both signals at once would be one.
    world
        .until("it stops", async || world.sandbox.look(discord_sandbox::World::connected) == 0)
        .await;
    let asked = Instant::now();
    bot.interrupt();
    assert_eq!(bot.ended().await, Some(0), "{}", world.log());
    assert!(asked.elapsed() < AT_ONCE, "{:?}", asked.elapsed());
    drop(holder);
    let _bot = world.start_bot().await;
    world.sees(message, "✅").await;
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
    let all_three = async || {
        let seen = world.ask("logs recent", json!({})).await.text();
        seen.matches("**ignored**").count() == 3 && seen.contains("Message Content Intent")
    };
    world.until("all three are in the log, and why", all_three).await;
    let alarms = || world.log().matches("turn on \"Message Content Intent\"").count();
    world.until("it is in the log", async || alarms() > 0).await;
    assert_eq!(alarms(), 1);
}
