//! A long day in short: checkouts, commands and reactions at a rate that no server has, and a kill every two minutes.
//!
//! `REFRACT_MIXED_MINUTES=60 cargo test --test it mixed_load -- --ignored --nocapture` plays an hour of it.

use std::cell::Cell;
use std::collections::HashSet;
use std::time::{Duration, Instant};

use discord_sandbox::Sandbox;
use refract_ledger::ids::MessageId;
use serde_json::{Value, json};
use tokio::time::{MissedTickBehavior, interval};

use crate::harness::{Bot, PATIENCE, World, eventually};
use crate::random::Random;
use crate::seeds::wished;

/// Each brings ten checkouts: 200 a second.
const POSTS: Duration = Duration::from_millis(50);
const AT_ONCE: u64 = 10;
const COMMANDS: Duration = Duration::from_millis(200);
const REACTIONS: Duration = Duration::from_millis(500);
const BETWEEN_KILLS: Duration = Duration::from_mins(2);
/// No answer may take longer.
const LATEST: Duration = Duration::from_secs(3);
/// From here on the memory may grow by a fifth.
const SETTLED: Duration = Duration::from_mins(5);
/// What is compared after a kill: the messages of fifteen seconds. Only in these the bot finds what was marked while it
/// was away; to compare all of an hour would take longer than it lives.
const COMPARED: &str = "[history]\nrecent_days = 0\nrecent_messages = 3000";
/// The messages that are marked while the bot is away: those of a second, so that it finds them also when it starts
/// slowly.
const RECENT: usize = 200;
/// How long all of it may take to be stored in the end.
const LONG: Duration = Duration::from_mins(10);

/// What has happened so far.
struct Day {
    end: Instant,
    /// How often the bot was killed.
    kills: Cell<u64>,
    /// Whether it takes commands.
    is_up: Cell<bool>,
    /// Whether it is away, or about to be killed.
    is_at_risk: Cell<bool>,
    posted: Cell<Vec<MessageId>>,
    marked: Cell<Vec<MessageId>>,
}

impl Day {
    fn is_over(&self) -> bool {
        Instant::now() >= self.end
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "it takes as many minutes as REFRACT_MIXED_MINUTES says, or 60"]
async fn mixed_load_is_answered_in_time_and_leaves_the_memory_as_it_was() {
    let minutes = wished("REFRACT_MIXED_MINUTES").unwrap_or(60);
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    world.configure(COMPARED);
    let begun = Instant::now();
    let day = Day {
        end: begun + Duration::from_secs(60 * minutes),
        kills: Cell::new(0),
        is_up: Cell::new(true),
        is_at_risk: Cell::new(false),
        posted: Cell::default(),
        marked: Cell::default(),
    };
    let bot = world.start_bot().await;
    let ((), answers, (), (_bot, memory)) = tokio::join!(
        post(&world, &day),
        ask(&world, &day),
        react(&world, &day),
        kill_again_and_again(&world, &day, bot, begun)
    );
    let (posted, marked) = (day.posted.take(), day.marked.take());
    println!("{} checkouts, {} marks, {} kills", posted.len(), marked.len(), day.kills.get());
    let slowest = answers.iter().max_by_key(|(took, _)| *took).expect("an answer");
    println!("{} answers, the slowest {slowest:?}; memory in kB: {memory:?}", answers.len());
    let all = async || world.rows("SELECT count(*) FROM orders") == [posted.len().to_string()];
    assert!(eventually(LONG, all).await, "all are stored\n{}", world.log());
    assert_eq!(world.stored(), posted);
    let shipped = "SELECT count(*) FROM orders WHERE status = 'shipped'";
    let counted = async || world.rows(shipped) == [marked.len().to_string()];
    assert!(eventually(LONG, counted).await, "all marks count: {:?}", world.rows(shipped));
    let created = world.rows("SELECT count(*) FROM order_events WHERE kind = 'created'");
    assert_eq!(created, [posted.len().to_string()], "nothing is there twice");
    assert!(slowest.0 <= LATEST, "{slowest:?}");
    let settled = memory.iter().find(|(at, _)| *at >= SETTLED).map_or(u64::MAX, |(_, kb)| *kb);
    let most = memory.iter().map(|(_, kb)| *kb).max().unwrap_or(0);
    assert!(most <= settled.saturating_mul(6) / 5, "{memory:?}");
}

/// A clock of so long a beat; what was missed is not made up for.
fn every(beat: Duration) -> tokio::time::Interval {
    let mut clock = interval(beat);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    clock
}

async fn post(world: &World, day: &Day) {
    let (mut clock, mut number) = (every(POSTS), 0);
    while !day.is_over() {
        clock.tick().await;
        let mut posted = day.posted.take();
        for _ in 0..AT_ONCE {
            number += 1;
            posted.push(world.checkout(number));
        }
        day.posted.set(posted);
    }
}

/// Every answer that came from a bot that was up all the while: how long it took, and to what.
async fn ask(world: &World, day: &Day) -> Vec<(Duration, &'static str)> {
    let (mut clock, mut answers, mut random) = (every(COMMANDS), Vec::new(), Random::new(7));
    let commands: [(&str, Value); 6] = [
        ("orders recent", json!({"limit": 25})),
        ("orders search", json!({"query": "console"})),
        ("orders stats", json!({"period": "month"})),
        ("order", json!({"number": "BBY01-807000000001"})),
        ("note", json!({"number": "BBY01-807000000001", "text": "seen"})),
        ("health", json!({})),
    ];
    while !day.is_over() {
        clock.tick().await;
        let index = usize::try_from(random.below(commands.len() as u64)).unwrap_or(0);
        let (name, options) = &commands[index];
        let options: Vec<(&str, Value)> = options
            .as_object()
            .expect("an object")
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        let (kills, was_up, begun) = (day.kills.get(), day.is_up.get(), Instant::now());
        let answer = world.sandbox.command(world.owner, world.channel, name, &options).await;
        if was_up && day.is_up.get() && day.kills.get() == kills {
            assert!(answer.is_ok(), "/{name}: {answer:?}\n{}", world.log());
            answers.push((begun.elapsed(), *name));
        }
    }
    answers
}

/// Marks checkouts as shipped, each of them once: any of them while the bot listens.
async fn react(world: &World, day: &Day) {
    let (mut clock, mut random) = (every(REACTIONS), Random::new(11));
    while !day.is_over() {
        clock.tick().await;
        let posted = day.posted.take();
        let from = if day.is_at_risk.get() { posted.len().saturating_sub(RECENT) } else { 0 };
        let message = random.pick(&posted[from..]);
        day.posted.set(posted);
        let mut marked = day.marked.take();
        if let Some(message) = message.filter(|message| !marked.contains(message)) {
            world.sandbox.react(world.owner, message, "📦").expect("react");
            marked.push(message);
        }
        day.marked.set(marked);
    }
}

/// Kills the bot every two minutes, and looks before each kill how much memory it takes. Marks of old messages are
/// stored by then; all else is under way.
async fn kill_again_and_again(
    world: &World,
    day: &Day,
    mut bot: Bot,
    begun: Instant,
) -> (Bot, Vec<(Duration, u64)>) {
    let mut memory = Vec::new();
    loop {
        let until = (Instant::now() + BETWEEN_KILLS).min(day.end);
        tokio::time::sleep_until(until.into()).await;
        memory.push((begun.elapsed(), bot.memory_kilobytes()));
        if day.is_over() {
            return (bot, memory);
        }
        day.is_at_risk.set(true);
        until_stored(world, day).await;
        day.is_up.set(false);
        day.kills.set(day.kills.get() + 1);
        bot.kill();
        bot = world.start_bot().await;
        day.is_up.set(true);
        day.is_at_risk.set(false);
    }
}

/// Waits until all marks count that are set by now.
async fn until_stored(world: &World, day: &Day) {
    let marked = day.marked.take();
    day.marked.set(marked.clone());
    let stored = async || {
        let shipped = world.rows("SELECT message_id FROM orders WHERE status = 'shipped'");
        let shipped: HashSet<String> = shipped.into_iter().collect();
        marked.iter().all(|message| shipped.contains(&message.to_string()))
    };
    assert!(eventually(PATIENCE, stored).await, "all marks count before a kill\n{}", world.log());
}
