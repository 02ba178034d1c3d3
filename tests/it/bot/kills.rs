//! kill -9 in the middle of a burst: nothing is lost, nothing is there twice.
//!
//! `REFRACT_KILL_TRIALS=50` makes so many trials instead of the few of an ordinary run.

use std::time::Duration;

use discord_sandbox::{Answer, Sandbox};
use refract_ledger::ids::MessageId;
use serde_json::json;
use tokio::runtime::Handle;

use crate::harness::{LITTLE_COMPARED, PATIENCE, World, eventually};
use crate::random::Random;
use crate::seeds::{play_all, wished};

const MESSAGES: u64 = 2_000;
/// Messages that come between two looks at the clock.
const STRIDE: u64 = 25;
const BETWEEN_STRIDES: Duration = Duration::from_millis(10);
/// Kills are not tied to a commit: they come up to so much later.
const MOMENT_MS: u64 = 20;
/// How long all of it may take in the end, on a machine that does much else.
const LONG: Duration = Duration::from_mins(3);

#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_two_thousand_survives_a_kill_at_any_moment() {
    let trials = wished("REFRACT_KILL_TRIALS").unwrap_or(3);
    play_all(1..=trials, 3, |seed| Handle::current().block_on(trial(seed))).await;
}

/// Kills the bot once, or twice in a row, at moments that the seed decides.
async fn trial(seed: u64) -> Result<(), String> {
    let mut random = Random::new(seed);
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    world.configure(LITTLE_COMPARED);
    let mut bot = world.start_bot().await;
    let posting = async {
        let mut ids = Vec::new();
        for number in 1..=MESSAGES {
            ids.push(world.checkout(number));
            if number.is_multiple_of(STRIDE) {
                tokio::time::sleep(BETWEEN_STRIDES).await;
            }
        }
        ids
    };
    let killing = async {
        for _ in 0..random.between(1, 2) {
            let moment = random.below(MESSAGES);
            eventually(PATIENCE, async || count(&world, "SELECT count(*) FROM orders") >= moment)
                .await;
            tokio::time::sleep(Duration::from_millis(random.below(MOMENT_MS))).await;
            bot.kill();
            only_stored_ones_are_acknowledged(&world)?;
            bot = world.spawn_bot();
        }
        Ok::<_, String>(bot)
    };
    let (ids, bot) = tokio::join!(posting, killing);
    let _bot = bot?;
    let all = async || world.stored().len() >= ids.len();
    if !eventually(LONG, all).await {
        let stored = world.stored().len();
        return Err(format!("seed {seed}: {stored} of {}\n{}", ids.len(), world.log()));
    }
    each_is_there_once(&world, &ids).map_err(|why| format!("seed {seed}: {why}"))
}

fn only_stored_ones_are_acknowledged(world: &World) -> Result<(), String> {
    let stored = world.stored();
    let bot = world.sandbox.bot();
    let acknowledged: Vec<MessageId> = world.sandbox.look(|here| {
        let all = here.messages(world.channel);
        let shown = all.filter(|message| {
            message.reactions.iter().any(|reaction| reaction.users().contains(&bot))
        });
        shown.map(|message| message.id).collect()
    });
    match acknowledged.iter().find(|id| !stored.contains(id)) {
        Some(id) => Err(format!("{id} was acknowledged and is not stored")),
        None => Ok(()),
    }
}

fn count(world: &World, query: &str) -> u64 {
    world.rows(query).first().and_then(|row| row.parse().ok()).unwrap_or(0)
}

fn each_is_there_once(world: &World, ids: &[MessageId]) -> Result<(), String> {
    if world.stored() != ids {
        return Err("the orders are not those of the messages".to_owned());
    }
    for query in [
        "SELECT count(DISTINCT order_number) FROM orders",
        "SELECT count(*) FROM deliveries WHERE outcome = 'stored'",
        "SELECT count(*) FROM order_events WHERE kind = 'created'",
        "SELECT count(*) FROM order_messages",
        "SELECT count(*) FROM order_items",
    ] {
        let found = count(world, query);
        if found != ids.len() as u64 {
            return Err(format!("{query}: {found}"));
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn kills_in_the_middle_of_the_history_leave_no_hole() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    world.configure(LITTLE_COMPARED);
    let posted: Vec<_> = (1..=1_500).map(|number| world.checkout(number)).collect();
    for stored in [1, 150, 400, 650, 900] {
        let bot = world.spawn_bot();
        let far = async || world.stored().len() >= stored;
        world.until(&format!("{stored} are stored"), far).await;
        bot.kill();
    }
    let _bot = world.spawn_bot();
    world.until("all are stored", async || world.stored() == posted).await;
    each_is_there_once(&world, &posted).expect("once");
}

#[tokio::test(flavor = "multi_thread")]
async fn live_messages_do_not_carry_the_cursor_over_a_hole() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    world.configure(LITTLE_COMPARED);
    let bot = world.start_bot().await;
    world.until_told("health", json!({}), "Up to date as of").await;
    world.sandbox.set_lossy(true);
    let missed = world.checkout(1);
    world.sandbox.set_lossy(false);
    let mut posted: Vec<_> = (2..=200).map(|number| world.checkout(number)).collect();
    posted.insert(0, missed);
    let last = async || world.stored().last() == posted.last();
    world.until("the last one is stored", last).await;
    bot.kill();
    let _bot = world.start_bot().await;
    world.until("all are stored", async || world.stored() == posted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_the_commit_and_the_reaction_costs_no_reaction() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    world.sandbox.fail("PUT", "/reactions/", 100, Answer::Html(502));
    let message = world.checkout(1);
    world.until("it tries", async || world.sandbox.count("PUT", "/reactions/") > 0).await;
    assert_eq!(world.stored(), [message]);
    bot.kill();
    world.sandbox.heal();
    let _bot = world.start_bot().await;
    world.sees(message, "✅").await;
    assert_eq!(world.stored(), [message]);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_kills_in_a_row_leave_what_the_channel_shows() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let mut ids = Vec::new();
    let mut bot = world.start_bot().await;
    for round in 0..10_u64 {
        for index in 0..60 {
            let number = round * 60 + index + 1;
            ids.push(world.checkout(number));
        }
        let last = ids[ids.len() - 1];
        world.sandbox.react(world.owner, last, "📦").expect("react");
        let known = world.stored().len();
        eventually(Duration::from_millis(round * 20), async || world.stored().len() > known).await;
        bot.kill();
        bot = world.spawn_bot();
    }
    assert!(world.sandbox.wait_for_bot(PATIENCE).await, "{}", world.log());
    world.until("all is stored", async || world.stored() == ids).await;
    let shipped = "SELECT count(*) FROM orders WHERE status = 'shipped'";
    world.until("all marks count", async || count(&world, shipped) == 10).await;
    each_is_there_once(&world, &ids).expect("once");
}
