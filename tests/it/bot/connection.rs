//! The gateway's bad days: closes with every code, sessions that end, silence.

use std::time::{Duration, Instant};

use discord_sandbox::Sandbox;
use futures::future::join_all;
use serde_json::json;

use crate::harness::{Bot, PATIENCE, World, eventually};

/// A connection that died unnoticed is noticed by the heartbeat: the shorter, the sooner.
const HEARTBEAT: Duration = Duration::from_secs(1);
/// Less than serenity takes by itself.
const SECONDS: Duration = Duration::from_secs(30);

async fn connected() -> (World, Bot) {
    let world = World::with(Sandbox::builder().heartbeat(HEARTBEAT)).await;
    let bot = world.start_bot().await;
    (world, bot)
}

/// What is posted while the connection is broken, and after it, is stored once.
async fn goes_on(world: &World, bot: &mut Bot, what: &str) {
    let known = world.stored().len();
    let meanwhile = world.checkout(known as u64 + 1);
    let stored = async || world.stored().contains(&meanwhile);
    world.until(&format!("after {what} the next is stored"), stored).await;
    assert!(bot.has_ended().is_none(), "after {what} it goes on:\n{}", world.log());
    assert_eq!(world.stored().len(), known + 1, "once");
}

/// Closes the connection and looks whether the bot goes on.
async fn closed_with(code: Option<u16>) {
    let (world, mut bot) = connected().await;
    world.sandbox.close(code);
    goes_on(&world, &mut bot, &format!("{code:?}")).await;
    // And is there for people again.
    assert!(world.sandbox.wait_for_bot(PATIENCE).await, "{}", world.log());
    let last = world.checkout(900);
    world.sees(last, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn closes_that_keep_the_session_cost_nothing() {
    let (world, mut bot) = connected().await;
    for code in [1000, 1001, 4000, 4001, 4002, 4005, 4008, 4012] {
        assert!(world.sandbox.wait_for_bot(PATIENCE).await, "{}", world.log());
        world.sandbox.close(Some(code));
        goes_on(&world, &mut bot, &code.to_string()).await;
    }
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn closes_that_cost_the_session_cost_no_message() {
    // Each takes serenity some seconds: all at the same time.
    let codes = [None, Some(4003), Some(4006), Some(4007), Some(4009), Some(4010), Some(4011)];
    join_all(codes.map(closed_with)).await;
}

/// serenity goes on reading after these, without a rest, until the next heartbeat: 41 s here.
#[tokio::test(flavor = "multi_thread")]
async fn closes_that_serenity_overlooks_are_noticed_within_seconds() {
    join_all([4003, 4010, 4011].map(async |code| {
        let world = World::new().await;
        let mut bot = world.start_bot().await;
        // Or reading the history would bring it.
        world.until_told("health", json!({}), "Up to date as of").await;
        world.sandbox.close(Some(code));
        let message = world.checkout(1);
        let stored = eventually(SECONDS, async || world.stored() == [message]).await;
        assert!(stored && bot.has_ended().is_none(), "{code}:\n{}", world.log());
    }))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_turns_the_bot_away_is_not_flooded() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let made = || world.sandbox.look(discord_sandbox::World::connections_made);
    world.sandbox.set_turning_away(Some(4000));
    let (begun, before) = (Instant::now(), made());
    world.sandbox.cut();
    world.until("it comes back and back", async || made() >= before + 4).await;
    assert!(begun.elapsed() >= Duration::from_secs(3), "four within {:?}", begun.elapsed());
    world.sandbox.set_turning_away(None);
    let message = world.checkout(1);
    world.sees(message, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_sessions_are_begun_than_discord_allows() {
    let world = World::new().await;
    let wait = Duration::from_secs(3);
    world.sandbox.use_up_sessions(wait);
    let begun = Instant::now();
    let _bot = world.start_bot().await;
    assert!(begun.elapsed() >= wait, "{:?}", begun.elapsed());
    assert!(world.log().contains("begins no session for"), "{}", world.log());
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

/// The codes after which connecting again is of no use.
#[tokio::test(flavor = "multi_thread")]
async fn what_discord_refuses_for_good_ends_it_with_3_and_a_sentence() {
    for (code, hint) in
        [(4004, "Reset Token"), (4013, "Message Content Intent"), (4014, "Message Content Intent")]
    {
        let (world, bot) = connected().await;
        let identified = world.log().matches("ready as").count();
        world.sandbox.close(Some(code));
        assert_eq!(bot.ended().await, Some(3), "{code}: {}", world.log());
        let log = world.log();
        assert!(log.contains(hint) && log.contains("developer portal"), "{code}: {log}");
        assert_eq!(log.matches("ready as").count(), identified, "no second try: {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_changed_while_it_runs_ends_it_with_3() {
    let (world, bot) = connected().await;
    world.sandbox.set_token("another");
    world.checkout(1);
    assert_eq!(bot.ended().await, Some(3), "{}", world.log());
    assert!(world.log().contains("refuses the token"), "{}", world.log());
    let refused = world.sandbox.requests().iter().filter(|request| request.status == 401).count();
    assert!(refused <= 2, "{refused} refusals, each of which leads towards a ban");
}

#[tokio::test(flavor = "multi_thread")]
async fn op_7_and_a_resumable_op_9_lose_nothing() {
    let (world, mut bot) = connected().await;
    for round in 0..3 {
        assert!(world.sandbox.wait_for_bot(PATIENCE).await, "{}", world.log());
        world.sandbox.ask_to_reconnect();
        goes_on(&world, &mut bot, &format!("op 7, {round}")).await;
        assert!(world.sandbox.wait_for_bot(PATIENCE).await, "{}", world.log());
        world.sandbox.invalidate(true);
        goes_on(&world, &mut bot, &format!("op 9, {round}")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_forgotten_is_begun_anew_and_the_gap_is_filled() {
    let (world, mut bot) = connected().await;
    world.sandbox.invalidate(false);
    goes_on(&world, &mut bot, "op 9 false").await;
    assert!(world.sandbox.wait_for_bot(PATIENCE).await, "{}", world.log());
    world.sandbox.forget_sessions();
    world.sandbox.cut();
    goes_on(&world, &mut bot, "a resume that is refused").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_break_again_and_again_lose_nothing() {
    let (world, mut bot) = connected().await;
    let mut posted = Vec::new();
    for round in 0..20 {
        world.sandbox.cut();
        posted.extend((0..5).map(|index| world.checkout(round * 5 + index + 1)));
        // Some in the middle of coming back, some after it.
        let back = Duration::from_millis(round * 10);
        world.sandbox.wait_until(|world| world.connected() > 0, back).await;
    }
    world.until("all are stored", async || world.stored() == posted).await;
    assert!(bot.has_ended().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_silently_dead_is_noticed() {
    let (world, mut bot) = connected().await;
    world.sandbox.set_deaf(true);
    world.sandbox.set_lossy(true);
    let missed = world.checkout(1);
    world
        .until("it says goodbye", async || {
            world.sandbox.look(discord_sandbox::World::connected) == 0
                || world.log().matches("ready as").count() > 1
        })
        .await;
    world.sandbox.set_lossy(false);
    world.sandbox.set_deaf(false);
    world.until("the missed one is stored", async || world.stored() == [missed]).await;
    assert!(bot.has_ended().is_none());
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "serenity waits 15 s for a HELLO"]
async fn a_gateway_without_a_hello_is_left_and_tried_again() {
    let world = World::with(Sandbox::builder().heartbeat(HEARTBEAT)).await;
    world.sandbox.set_silent(true);
    let mut bot = world.spawn_bot();
    let message = world.checkout(1);
    let made = || world.sandbox.look(discord_sandbox::World::connections_made);
    world.until("it gives up waiting", async || made() > 1).await;
    world.sandbox.set_silent(false);
    world.sees(message, "✅").await;
    assert!(bot.has_ended().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_cannot_be_reached_at_the_start_is_tried_again() {
    use discord_sandbox::Answer;

    let world = World::new().await;
    world.sandbox.fail("GET", "/gateway", 2, Answer::Html(503));
    world.sandbox.fail("GET", "/gateway", 2, Answer::BrokenOff);
    world.sandbox.fail("GET", "/gateway", 2, Answer::Status(200, "[]".to_owned()));
    let _bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
}
