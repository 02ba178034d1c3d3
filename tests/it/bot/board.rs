//! The live board, as people in its channel see it.

use chrono::{TimeDelta, Utc};
use discord_sandbox::permission::SEND_MESSAGES;
use discord_sandbox::{Answer, Sandbox, Whom};
use refract_ledger::ids::{ChannelId, MessageId};
use refract_ledger::refract::{Event, payload};
use serde_json::{Value, json};

use crate::harness::{Bot, World};

const EVERY_SECOND: &str = "[board]\nevery_seconds = 1\n";

async fn with_board() -> (World, Bot, ChannelId) {
    let world = World::new().await;
    world.configure(EVERY_SECOND);
    let bot = world.start_bot().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    let reply = ask_for_board(&world, wall).await;
    assert!(reply.contains("Live board posted in"), "{reply}\n{}", world.log());
    (world, bot, wall)
}

async fn ask_for_board(world: &World, channel: ChannelId) -> String {
    world.ask("board", json!({"channel": channel.to_string()})).await.text()
}

/// The boards in a channel: id and whole text.
fn boards(world: &World, channel: ChannelId) -> Vec<(MessageId, String)> {
    let is_board = |message: &Value| message["embeds"][0]["title"] == "Live board";
    let messages = world.sandbox.messages(channel).into_iter().filter(is_board);
    messages
        .map(|message| {
            let id = message["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
            (id, message["embeds"].to_string())
        })
        .collect()
}

/// Waits until the only board of a channel shows this, and gives its id.
async fn shows(world: &World, channel: ChannelId, text: &str) -> MessageId {
    let shown =
        async || matches!(&boards(world, channel)[..], [(_, board)] if board.contains(text));
    world.until(&format!("one board shows {text}"), shown).await;
    boards(world, channel)[0].0
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_follows_orders_and_marks_and_stays_the_same_message() {
    let (world, bot, wall) = with_board().await;
    let first = shows(&world, wall, "No orders yet").await;
    let message = world.checkout(1);
    let second = shows(&world, wall, "**1 order**").await;
    world.sandbox.react(world.owner, message, "📦").expect("react");
    let third = shows(&world, wall, "📦 shipped — 1").await;
    world.stop_bot(bot).await;
    world.checkout(2);
    let _bot = world.start_bot().await;
    let fourth = shows(&world, wall, "**2 orders**").await;
    assert_eq!([second, third, fourth], [first; 3]);
    let board = &boards(&world, wall)[0].1;
    assert!(!board.contains('@'), "no address is shown: {board}");
    assert_eq!(world.violations_in(wall), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_that_somebody_deletes_is_posted_again() {
    let (world, bot, wall) = with_board().await;
    let first = shows(&world, wall, "No orders yet").await;
    world.sandbox.delete(first);
    let second = shows(&world, wall, "No orders yet").await;
    world.stop_bot(bot).await;
    world.sandbox.delete(second);
    let _bot = world.start_bot().await;
    let third = shows(&world, wall, "No orders yet").await;
    assert!(third != second && second != first);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_is_moved_made_anew_and_taken_down() {
    let (world, bot, wall) = with_board().await;
    let first = shows(&world, wall, "No orders yet").await;
    ask_for_board(&world, wall).await;
    assert_ne!(shows(&world, wall, "No orders yet").await, first);
    world.ask("board", json!({})).await;
    shows(&world, world.channel, "No orders yet").await;
    assert_eq!(boards(&world, wall), []);
    let noted = "SELECT board_channel_id FROM watches";
    assert_eq!(world.rows(noted), [world.channel.to_string()]);
    let down = world.ask("board", json!({"off": true})).await.text();
    assert!(down.contains("Board removed"), "{down}");
    assert_eq!(boards(&world, world.channel), []);
    // Nor does a restart bring it back.
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let down = world.ask("board", json!({"off": true})).await.text();
    assert!(down.contains("no board"), "{down}");
    assert_eq!(boards(&world, world.channel), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_move_is_stuck() {
    let (world, _bot, wall) = with_board().await;
    world.post(payload(Event::Checkout, 3, Utc::now() - TimeDelta::days(4)));
    shows(&world, wall, "**1 order** verified more than 3 days ago").await;
    world.post(payload(Event::Checkout, 4, Utc::now() - TimeDelta::days(2)));
    shows(&world, wall, "BBY01-807000000004").await;
    shows(&world, wall, "**1 order** verified more than 3 days ago").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_does_not_leave_two_boards() {
    let world = World::new().await;
    world.configure(EVERY_SECOND);
    let _bot = world.start_bot().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    world.sandbox.fail("POST", &format!("{wall}/messages"), 1, Answer::DoneButLost);
    let reply = ask_for_board(&world, wall).await;
    assert!(reply.contains("as soon as it does"), "{reply}");
    world.checkout(1);
    shows(&world, wall, "**1 order**").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_between_posting_and_noting_does_not_leave_two_boards() {
    let world = World::new().await;
    world.configure(EVERY_SECOND);
    let bot = world.start_bot().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    // The message stands, and the bot never hears of its id.
    world.sandbox.fail("POST", &format!("{wall}/messages"), 1, Answer::DoneButLost);
    ask_for_board(&world, wall).await;
    assert_eq!(boards(&world, wall).len(), 1);
    bot.kill();
    world.checkout(1);
    let _bot = world.start_bot().await;
    shows(&world, wall, "**1 order**").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn health_says_what_the_board_lacks_and_it_goes_on_when_that_is_given() {
    let (world, _bot, wall) = with_board().await;
    let first = shows(&world, wall, "No orders yet").await;
    world.sandbox.set_bot_permissions(wall, 0, u64::MAX);
    world.checkout(1);
    let health = world.until_told("health", json!({}), "the board cannot be shown").await;
    assert!(health.contains("Send Messages"), "{health}");
    world.sandbox.set_bot_permissions(wall, 0, 0);
    assert_eq!(shows(&world, wall, "**1 order**").await, first);
    world.until_told("health", json!({}), "All is well").await;
    // Where it may not post it says so at once, and the board stays where it is.
    let closed = world.sandbox.add_channel(world.guild, "closed");
    world.sandbox.set_bot_permissions(closed, 0, SEND_MESSAGES);
    let reply = ask_for_board(&world, closed).await;
    assert!(reply.contains("Give me Send Messages there"), "{reply}");
    assert_eq!(shows(&world, wall, "**1 order**").await, first);
    world.sandbox.remove_channel(wall);
    world.until_told("health", json!({}), "the channel of the board is gone").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_run_the_bot_put_a_board_up() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let role =
        world.sandbox.add_role(world.guild, "staff", discord_sandbox::permission::MANAGE_MESSAGES);
    let staff = world.sandbox.add_member(world.guild, "Sam", &[role]);
    // Let in by Server Settings > Integrations.
    world.sandbox.allow_command(world.guild, "board", Whom::Role(role), true);
    let reply = world.ask_as(staff, "board", json!({})).await.text();
    assert!(reply.contains("Manage Server"), "{reply}");
    assert_eq!(boards(&world, world.channel), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_changes_the_board_a_few_times_only() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    world.configure(EVERY_SECOND);
    let _bot = world.start_bot().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    ask_for_board(&world, wall).await;
    let begun = std::time::Instant::now();
    for number in 1..=500 {
        world.checkout(number);
    }
    shows(&world, wall, "**500 orders**").await;
    let edits = world.sandbox.count("PATCH", &format!("{wall}/messages")) as u64;
    assert!(edits <= 2 + begun.elapsed().as_secs(), "{edits} changes");
}
