//! A log on a full disk.
#![cfg(target_os = "linux")]

use crate::harness::{PATIENCE, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_cannot_be_written_stops_nothing() {
    let world = World::new().await;
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a full device");
    let mut bot = world.spawn_bot_with_log(full);
    assert!(world.sandbox.wait_for_bot(PATIENCE).await);
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sees(message, "📦").await;
    assert!(bot.has_ended().is_none());
    assert_eq!(bot.stop().await, Some(0));
}
