//! What the bot says of its own accord: the feed, and what it notices.

use chrono::{TimeDelta, Utc};
use discord_sandbox::Answer;
use discord_sandbox::permission::SEND_MESSAGES;
use refract_ledger::ids::{ChannelId, MessageId};
use refract_ledger::refract::{Event, payload};
use serde_json::{Value, json};

use crate::harness::World;

/// The bot's own messages in a channel.
fn spoken(world: &World, channel: ChannelId) -> Vec<Value> {
    let bot = world.sandbox.bot().to_string();
    let all = world.sandbox.messages(channel).into_iter();
    all.filter(|message| message["author"]["id"] == bot.as_str()).collect()
}

fn said(world: &World, channel: ChannelId) -> String {
    spoken(world, channel).iter().map(|message| message["content"].to_string()).collect()
}

async fn is_said(world: &World, channel: ChannelId, text: &str) -> String {
    let there = async || said(world, channel).contains(text);
    world.until(&format!("{text} is said"), there).await;
    said(world, channel)
}

/// A world with a feed of these settings.
async fn with_feed(settings: &str) -> (World, ChannelId) {
    let world = World::new().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    world.configure(&format!("[feed]\nchannel_id = \"{wall}\"\n{settings}"));
    (world, wall)
}

/// The number of an order that `world.checkout` posts: odd ones are Target's.
fn order_number(number: u64) -> String {
    if number.is_multiple_of(2) {
        format!("BBY01-807{number:09}")
    } else {
        format!("10200{number:010}")
    }
}

fn times(text: &str, number: u64) -> usize {
    text.matches(&format!("`{}`", order_number(number))).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_tells_what_is_new_and_not_what_is_history() {
    let (world, wall) = with_feed("").await;
    let mut old = payload(Event::Checkout, 1, Utc::now());
    old["timestamp"] = json!(Utc::now() - TimeDelta::days(2));
    let old = old.as_object().cloned().expect("an object");
    world.sandbox.post_unchecked(&world.webhook, old).expect("posted");
    let bot = world.start_bot().await;
    for number in 2..=12 {
        world.checkout(number);
    }
    is_said(&world, wall, &order_number(12)).await;
    world.stop_bot(bot).await;
    world.checkout(13);
    let _bot = world.start_bot().await;
    let said = is_said(&world, wall, &order_number(13)).await;
    assert!((2..=13).all(|number| times(&said, number) == 1), "{said}");
    assert_eq!((world.stored().len(), times(&said, 1)), (13, 0), "{said}");
    assert!(spoken(&world, wall).len() < 8, "lines share a message: {said}");
    assert!(!said.contains('@'), "no address is told: {said}");
    assert_eq!(world.violations_in(wall), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_told_once_whatever_becomes_of_the_bot() {
    let (world, wall) = with_feed("").await;
    let mut bot = world.start_bot().await;
    let path = format!("{wall}/messages");
    for number in 1..=6 {
        if number % 2 == 0 {
            world.sandbox.fail("POST", &path, 1, Answer::DoneButLost);
        }
        world.checkout(number);
        is_said(&world, wall, &order_number(number)).await;
        bot.kill();
        bot = world.start_bot().await;
    }
    // Nor where it lives on after the lost answer.
    world.sandbox.fail("POST", &path, 1, Answer::DoneButLost);
    world.checkout(7);
    is_said(&world, wall, &order_number(7)).await;
    world.checkout(8);
    let said = is_said(&world, wall, &order_number(8)).await;
    assert!((1..=8).all(|number| times(&said, number) == 1), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_show_no_address_and_the_day_is_summed_up_once() {
    let (world, wall) = with_feed("style = \"card\"\ndaily_summary = true\nsummary_hour = 0").await;
    let bot = world.start_bot().await;
    let summaries = || {
        let title = |message: &Value| message["embeds"][0]["title"].to_string();
        spoken(&world, wall).iter().filter(|message| title(message).contains("Stats")).count()
    };
    world.until("yesterday is summed up", async || summaries() == 1).await;
    world.checkout(1);
    let shown = || spoken(&world, wall).iter().map(Value::to_string).collect::<String>();
    world.until("a card is there", async || shown().contains(&order_number(1))).await;
    assert!(!shown().contains("buyer2@"), "{}", shown());
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    world.checkout(2);
    world.until("a card is there", async || shown().contains(&order_number(2))).await;
    assert_eq!(summaries(), 1);
}

/// The cards of a feed, once there are so many.
async fn cards(world: &World, wall: ChannelId, count: usize) -> Vec<Value> {
    let there = async || spoken(world, wall).len() == count;
    world.until(&format!("{count} cards are there"), there).await;
    spoken(world, wall)
}

fn id_of(message: &Value) -> MessageId {
    message["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_of_the_feed_takes_reactions_and_presses_like_any_other() {
    let (world, wall) = with_feed("style = \"card\"").await;
    let bot = world.start_bot().await;
    let message = world.checkout(2);
    let card = cards(&world, wall, 1).await.remove(0);
    world.sandbox.react(world.owner, id_of(&card), "📦").expect("react");
    world.sees(message, "📦").await;
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let menu = card["components"][0]["components"][0]["custom_id"].as_str().expect("a menu");
    let select = || world.sandbox.select(world.owner, id_of(&card), menu, &["sold"]);
    let stale = select().await.expect("chosen");
    assert!(stale.text().contains("out of date"), "{}", stale.text());
    let menu = stale.custom_id("Set the status").expect("a menu");
    let chosen = world.sandbox.select(world.owner, id_of(&card), &menu, &["sold"]).await;
    assert!(chosen.expect("chosen").text().contains("💰 sold"));
    world.sees(message, "💰").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_whose_posting_was_not_answered_takes_reactions_too() {
    let (world, wall) = with_feed("style = \"card\"").await;
    let bot = world.start_bot().await;
    world.sandbox.fail("POST", &format!("{wall}/messages"), 1, Answer::DoneButLost);
    let message = world.checkout(2);
    let card = cards(&world, wall, 1).await.remove(0);
    bot.kill();
    let _bot = world.start_bot().await;
    world.checkout(4);
    assert_eq!(id_of(&cards(&world, wall, 2).await[0]), id_of(&card));
    world.sandbox.react(world.owner, id_of(&card), "📦").expect("react");
    world.sees(message, "📦").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_number_of_another_store_is_told_after_a_restart() {
    let (world, wall) = with_feed("").await;
    let bot = world.start_bot().await;
    let sold_by = |store: &str| {
        let fields = [("Product", "Example"), ("Order Number", "102000000000999")];
        world.post_fields(&format!("Successful Checkout | {store}"), &fields)
    };
    sold_by("Target");
    is_said(&world, wall, "Target").await;
    world.stop_bot(bot).await;
    sold_by("Walmart");
    let _bot = world.start_bot().await;
    let said = is_said(&world, wall, "Walmart").await;
    assert_eq!(said.matches("`102000000000999`").count(), 2, "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_notification_is_answered_once_and_an_old_one_never() {
    let world = World::new().await;
    let test = || world.post(payload(Event::Test, 1, Utc::now()));
    let bot = world.start_bot().await;
    let message = test();
    is_said(&world, world.channel, "The connection works: Refract can post to this channel.").await;
    let reply = &spoken(&world, world.channel)[0];
    assert_eq!(reply["message_reference"]["message_id"], message.to_string());
    let second = test();
    world.sees(second, "🧪").await;
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let last = world.checkout(1);
    world.sees(last, "✅").await;
    assert_eq!(spoken(&world, world.channel).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_that_pile_up_are_spoken_of_once() {
    let world = World::new().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    world.configure(&format!("[alerts]\nchannel_id = \"{wall}\"\nunreadable = 3\nuntrusted = 4"));
    let bot = world.start_bot().await;
    let forged = "Successful Checkout | Target\nOrder Number\n#102000000000999";
    let other = world.sandbox.add_other_bot(world.guild, "other bot");
    world.sandbox.say(other, world.channel, forged).expect("said");
    for _ in 0..3 {
        world.post_fields("Successful Checkout | Target", &[("Price", "$10.00")]);
        world.sandbox.say(world.owner, world.channel, forged).expect("said");
    }
    is_said(&world, wall, "3 messages in").await;
    let said = is_said(&world, wall, "3 posted by a member").await;
    assert!(said.contains("outcome:not stored"), "{said}");
    assert!(said.contains("1 posted by a bot"), "{said}");
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let last = world.checkout(1);
    world.sees(last, "✅").await;
    assert_eq!(spoken(&world, wall).len(), 2, "{}", self::said(&world, wall));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_bot_may_not_speak_health_says_so() {
    let world = World::new().await;
    world.configure("[alerts]\nunreadable = 1");
    world.sandbox.set_bot_permissions(world.channel, 0, SEND_MESSAGES);
    let _bot = world.start_bot().await;
    world.post_fields("Successful Checkout | Target", &[("Price", "$10.00")]);
    world.until_told("health", json!({}), "give it Send Messages").await;
    assert_eq!(spoken(&world, world.channel), Vec::<Value>::new());
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn silence_on_a_usual_day_is_spoken_of() {
    let world = World::new().await;
    let long_ago = |weeks: i64| Utc::now() - TimeDelta::weeks(weeks);
    for week in 1..=4 {
        let number = u64::try_from(week).expect("positive");
        world.post(payload(Event::Checkout, number, long_ago(week)));
    }
    world.configure("[alerts]\nsilence_hours = 6");
    let bot = world.start_bot().await;
    world.until("all are stored", async || world.stored().len() == 4).await;
    // The messages were posted today, so the day is not silent yet.
    assert_eq!(said(&world, world.channel), "");
    world.stop_bot(bot).await;
    let database = rusqlite::Connection::open(world.database()).expect("open");
    database
        .execute_batch(
            "UPDATE deliveries SET received_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-7 hours'),
                 posted_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-7 hours')",
        )
        .expect("make it longer ago");
    drop(database);
    let _bot = world.start_bot().await;
    is_said(&world, world.channel, "Nothing has been posted in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn more_orders_than_are_posted_one_by_one_are_all_named_in_digests() {
    let (world, wall) = with_feed("").await;
    let _bot = world.start_bot().await;
    world.until_told("health", json!({}), "Up to date as of").await;
    // They come into the database at once.
    let holder = world.lock_database();
    let number = |index: u64| format!("10200{index:010}");
    for index in 1..=75 {
        let number = number(index);
        let fields = [("Product", "Example"), ("Price", "$1.00"), ("Order Number", &*number)];
        world.post_fields("Successful Checkout | Target", &fields);
    }
    drop(holder);
    is_said(&world, wall, &number(75)).await;
    let said: String =
        spoken(&world, wall).iter().filter_map(|it| it["content"].as_str()).collect();
    let unnamed: Vec<u64> = (1..=75).filter(|index| !said.contains(&number(*index))).collect();
    assert_eq!(unnamed, Vec::<u64>::new(), "{said}");
    assert!(spoken(&world, wall).len() < 12, "digests: {said}");
}
