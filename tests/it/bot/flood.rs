//! A flood: a thousand messages in a second, and people still get their answers.

use std::time::{Duration, Instant};

use discord_sandbox::Sandbox;
use serde_json::json;

use crate::harness::World;

const MESSAGES: u64 = 1_000;
/// More than the queue holds, and what is in the writer's hands.
const MORE_THAN_FITS: u64 = 9_000;
/// What Discord gives a bot for its first answer.
const PATIENCE_OF_DISCORD: Duration = Duration::from_secs(3);
/// Far more than the program takes, far less than a flood kept in memory would.
const MEMORY_MAX_KILOBYTES: u64 = 300_000;

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_answered_while_a_thousand_messages_come_in_a_second() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let bot = world.start_bot().await;
    world.sandbox.hold();
    let posted: Vec<_> = (1..=MESSAGES).map(|number| world.checkout(number)).collect();
    world.sandbox.release(|_| {});
    let mut slowest = Duration::ZERO;
    let mut answers = 0;
    while world.stored().len() < posted.len() && answers < 1_000 {
        for command in ["orders recent", "logs recent"] {
            let begun = Instant::now();
            world.ask(command, json!({})).await;
            slowest = slowest.max(begun.elapsed());
            answers += 1;
        }
    }
    world.until("all are stored", async || world.stored() == posted).await;
    assert!(slowest < PATIENCE_OF_DISCORD, "{slowest:?}");
    assert!(answers > 0, "the flood was over before anybody asked");
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
    let memory = bot.memory_kilobytes();
    assert!(memory < MEMORY_MAX_KILOBYTES, "{memory} kB");
    world.ask("help", json!({})).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_into_the_queue_comes_from_the_history() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let bot = world.start_bot().await;
    let holder = world.lock_database();
    world.sandbox.hold();
    for _ in 0..MORE_THAN_FITS {
        world.post(json!({"content": "in stock"}));
    }
    let posted: Vec<_> = (1..=100).map(|number| world.checkout(number)).collect();
    world.sandbox.release(|_| {});
    let full = async || world.log().contains("more messages are coming in than can be stored");
    world.until("the queue is full", full).await;
    drop(holder);
    world.until("all orders are stored", async || world.stored() == posted).await;
    let all = (MORE_THAN_FITS + 100).to_string();
    let seen = async || world.rows("SELECT count(*) FROM deliveries") == [all.as_str()];
    world.until("all messages are", seen).await;
    let memory = bot.memory_kilobytes();
    assert!(memory < MEMORY_MAX_KILOBYTES, "{memory} kB");
}

/// A crowd that may set nothing: more than the queue holds.
const STRANGERS: usize = 6_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_of_strangers_reacting_takes_neither_memory_nor_the_log() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let bot = world.start_bot().await;
    let (crowded, other) = (world.checkout(1), world.checkout(2));
    world.sees(other, "✅").await;
    let before = bot.memory_kilobytes();
    let holder = world.lock_database();
    world.sandbox.hold();
    for number in 0..STRANGERS {
        let stranger = world.sandbox.add_member(world.guild, &format!("stranger {number}"), &[]);
        world.sandbox.react(stranger, crowded, "💰").expect("react");
    }
    world.sandbox.release(|_| {});
    let begun = Instant::now();
    let first = "ignored a reaction: the user may not set a status";
    world.until("it begins", async || world.log().contains(first)).await;
    drop(holder);
    world.sandbox.react(world.owner, other, "📦").expect("react");
    world.sees(other, "📦").await;
    let (log, memory) = (world.log(), bot.memory_kilobytes());
    let minutes = usize::try_from(begun.elapsed().as_secs() / 60).expect("a few");
    let lines = log.matches(first).count();
    assert!((1..=1 + minutes).contains(&lines), "{lines} lines in {minutes} minutes");
    assert!(memory < before + 60_000, "{before} kB, then {memory} kB");
    assert_eq!(
        world.rows("SELECT status FROM orders ORDER BY message_id"),
        ["verified", "shipped"]
    );
}
