//! A full disk: nothing is acknowledged that is not stored, and nothing is lost.
#![cfg(target_os = "linux")]

use std::time::Duration;

use refract_ledger::sandbox::Sandbox;

use crate::harness::{PATIENCE, World, eventually};

/// More than fit into the room that is left, one commit after the other.
const MESSAGES: u64 = 40;
const ROOM_KILOBYTES: u64 = 400;

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_while_the_disk_is_full_is_stored_when_there_is_room_again() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let bot = world.start_bot().await;
    let first = world.checkout(1);
    world.sees(first, "✅").await;
    world.stop_bot(bot).await;
    let mut bot = world.spawn_bot_with_room(ROOM_KILOBYTES);
    assert!(world.sandbox.wait_for_bot(PATIENCE).await, "{}", world.log());
    for number in 2..=MESSAGES {
        let stored = world.stored().len();
        world.checkout(number);
        // A commit for each, as long as there is room.
        eventually(Duration::from_millis(100), async || world.stored().len() > stored).await;
    }
    world.until("the log speaks of the disk", async || world.log().contains("disk")).await;
    let shown = |id: &&_| !world.sandbox.marks(**id).is_empty();
    let all: Vec<_> =
        world.sandbox.look(|here| here.messages(world.channel).map(|m| m.id).collect());
    let acknowledged: Vec<_> = all.iter().filter(shown).collect();
    let stored = world.stored();
    assert!(stored.len() < all.len(), "the disk was never full");
    assert!(acknowledged.iter().all(|id| stored.contains(id)), "{acknowledged:?} of {stored:?}");
    assert!(bot.has_ended().is_none(), "the bot goes on:\n{}", world.log());

    bot.make_room();
    world.until("all is stored", async || world.stored() == all).await;
    assert_eq!(world.exported().len(), all.len());
    let next = world.checkout(MESSAGES + 1);
    world.until("the next one, too", async || world.stored().contains(&next)).await;
}

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
