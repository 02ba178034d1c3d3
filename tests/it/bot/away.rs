//! What happens while the bot is away: it is all there when it is back.

use std::time::Duration;

use discord_sandbox::{Answer, Content, Sandbox};
use serde_json::{Value, json};

use crate::harness::{LITTLE_COMPARED, PATIENCE, World, eventually};

const VIEW_CHANNEL: u64 = 1 << 10;
const READ_MESSAGE_HISTORY: u64 = 1 << 16;
const MANAGE_MESSAGES: u64 = 1 << 13;

fn status(orders: &[Value], number: &str) -> Value {
    let order = orders.iter().find(|order| order["order_number"] == number);
    order.map(|order| order["status"].clone()).unwrap_or_default()
}

fn payload(number: &str, price: &str) -> Value {
    json!({"embeds": [{"author": {"name": "Successful Checkout | Target"}, "fields": [
        {"name": "Product", "value": "Example"}, {"name": "Price", "value": price},
        {"name": "Order Number", "value": format!("#{number}")}]}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn checkouts_of_the_night_are_there_in_the_morning() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let evening = world.checkout(1);
    world.sees(evening, "✅").await;
    world.until_told("health", json!({}), "Up to date as of").await;
    world.stop_bot(bot).await;
    let night: Vec<_> = (2..=250).map(|number| world.checkout(number)).collect();
    let _bot = world.start_bot().await;
    let orders = world.until_exported(|orders| orders.len() >= 250).await;
    assert_eq!(orders.len(), 250);
    world.sees(night[248], "✅").await;
    let gap = world.until_told("health", json!({}), "Last gap filled").await;
    assert!(gap.contains("249 missed messages"), "{gap}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_made_meanwhile_is_read() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.post(payload("102003000000017", "$10.00"));
    world.sees(message, "✅").await;
    world.stop_bot(bot).await;
    world.sandbox.edit(message, &payload("102003000000017", "$12.50")).expect("edited");
    let _bot = world.start_bot().await;
    let orders = world.until_exported(|orders| orders[0]["price"] == "12.50").await;
    assert_eq!(orders.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_made_meanwhile_is_noted_and_the_order_stays() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let gone = world.post(payload("102003000000017", "$10.00"));
    let stays = world.post(payload("102003000000025", "$10.00"));
    world.sees(gone, "✅").await;
    world.sees(stays, "✅").await;
    world.stop_bot(bot).await;
    world.sandbox.delete(gone);
    let _bot = world.start_bot().await;
    let log = world.until_told("logs recent", json!({}), "deleted in Discord").await;
    assert_eq!(log.matches("deleted in Discord").count(), 1, "{log}");
    assert_eq!(world.exported().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn reactions_made_meanwhile_count() {
    let world = World::new().await;
    let staff = world.sandbox.add_role(world.guild, "Staff", MANAGE_MESSAGES | VIEW_CHANNEL);
    let clerk = world.sandbox.add_member(world.guild, "clerk", &[staff]);
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    let bot = world.start_bot().await;
    let shipped = world.post(payload("102003000000017", "$10.00"));
    let undone = world.post(payload("102003000000025", "$10.00"));
    let forged = world.post(payload("102003000000033", "$10.00"));
    let several = world.post(payload("102003000000041", "$10.00"));
    world.sandbox.react(clerk, undone, "📦").expect("react");
    world.sees(undone, "📦").await;
    world.sees(several, "✅").await;
    world.stop_bot(bot).await;

    world.sandbox.react(clerk, shipped, "📦").expect("react");
    world.sandbox.unreact(clerk, undone, "📦").expect("unreact");
    world.sandbox.react(stranger, forged, "💰").expect("react");
    world.sandbox.react(world.owner, several, "🏠").expect("react");
    world.sandbox.burst(clerk, several, "📦").expect("react");

    let bot = world.start_bot().await;
    world.sees(shipped, "📦").await;
    world.sees(undone, "✅").await;
    world.sees(several, "🏠").await;
    world.sees(forged, "✅").await;
    let orders = world.exported();
    assert_eq!(status(&orders, "102003000000017"), "shipped");
    assert_eq!(status(&orders, "102003000000025"), "verified");
    assert_eq!(status(&orders, "102003000000033"), "verified");
    // Nobody knows which came first: the later stage of life wins.
    assert_eq!(status(&orders, "102003000000041"), "delivered");

    // What was learned is known at the next start: no question is asked twice.
    world.stop_bot(bot).await;
    world.sandbox.clear_log();
    let _bot = world.start_bot().await;
    world.until_told("health", json!({}), "Up to date as of").await;
    let new = world.checkout(9);
    world.sees(new, "✅").await;
    assert_eq!(world.sandbox.count("GET", "/reactions/"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_who_took_each_others_place_are_told_apart() {
    let world = World::new().await;
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    let bot = world.start_bot().await;
    let lost = world.post(payload("102003000000017", "$10.00"));
    let won = world.post(payload("102003000000025", "$10.00"));
    world.sandbox.react(world.owner, lost, "📦").expect("react");
    world.sandbox.react(stranger, won, "📦").expect("react");
    world.sees(lost, "📦").await;
    world.sees(won, "✅").await;
    world.stop_bot(bot).await;
    world.sandbox.unreact(world.owner, lost, "📦").expect("unreact");
    world.sandbox.react(stranger, lost, "📦").expect("react");
    world.sandbox.unreact(stranger, won, "📦").expect("unreact");
    world.sandbox.react(world.owner, won, "📦").expect("react");
    world.checkout(7);
    let _bot = world.start_bot().await;
    world.sees(won, "📦").await;
    world.sees(lost, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "where nothing else has changed nobody hurries: it takes more than a minute"]
async fn people_are_told_apart_also_where_nothing_else_has_changed() {
    let world = World::new().await;
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    let bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sees(message, "📦").await;
    world.stop_bot(bot).await;
    world.sandbox.unreact(world.owner, message, "📦").expect("unreact");
    world.sandbox.react(stranger, message, "📦").expect("react");
    let _bot = world.start_bot().await;
    let verified = async || world.rows("SELECT status FROM orders") == ["verified"];
    assert!(eventually(PATIENCE * 2, verified).await, "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn cleared_reactions_of_the_bot_come_back() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sees(message, "📦").await;
    world.stop_bot(bot).await;
    world.sandbox.clear_reactions(message).expect("cleared");
    let _bot = world.start_bot().await;
    world.sees(message, "✅").await;
    assert_eq!(world.exported()[0]["status"], "verified");
}

/// The outbox still holds 📦 at the start, and puts it there while the channel is compared.
#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_that_was_on_its_way_does_not_stay_beside_the_right_one() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    world.sandbox.fail("PUT", "/reactions/", 100, Answer::Html(502));
    world.sandbox.react(world.owner, message, "📦").expect("react");
    let wanted = "SELECT reaction_wanted FROM deliveries";
    world.until("it is wanted", async || world.rows(wanted) == ["📦"]).await;
    world.stop_bot(bot).await;
    world.sandbox.heal();
    world.sandbox.clear_reactions(message).expect("cleared");
    world.sandbox.fail("PUT", "/reactions/", 1, Answer::Hang(Duration::from_secs(2)));
    let _bot = world.start_bot().await;
    world.sees(message, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_nothing_missed_a_start_asks_three_times_for_messages_and_once_for_closed_threads() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let mut last = world.checkout(1);
    for number in 2..=20 {
        last = world.checkout(number);
    }
    world.sandbox.react(world.owner, last, "📦").expect("react");
    world.sees(last, "📦").await;
    let all_shown = |world: &discord_sandbox::World| {
        let bot = world.bot();
        world.messages(world_channel(world)).all(|message| {
            world.reactions(message.id).iter().any(|(_, users)| users.contains(&bot))
        })
    };
    assert!(world.sandbox.wait_until(all_shown, PATIENCE).await);
    world.stop_bot(bot).await;
    world.sandbox.clear_log();
    let _bot = world.start_bot().await;
    let next = world.checkout(30);
    world.sees(next, "✅").await;
    let asked = |what: &str| world.sandbox.count("GET", what);
    world.until("threads were listed", async || asked("/threads/archived/public") > 0).await;
    let messages = asked(&format!("/channels/{}/messages", world.channel));
    let threads = [asked("/threads/active"), asked("/threads/archived/")];
    let all: Vec<_> =
        world.sandbox.requests().into_iter().map(|one| (one.method, one.path, one.query)).collect();
    assert!((1..=3).contains(&messages), "{messages} questions: {all:#?}");
    assert_eq!(threads, [1, 1], "{all:#?}");
}

/// Nobody knows who may set a status while the guild is unavailable, nor what Cloudflare's word means.
#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_made_meanwhile_waits_until_it_is_known_who_may_react() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.post(payload("102003000000017", "$10.00"));
    world.sees(message, "✅").await;
    world.stop_bot(bot).await;
    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sandbox.fail("GET", "/members/", 1, Answer::Html(403));
    world.sandbox.fail("GET", "/members/", 1, Answer::Hang(Duration::from_secs(2)));
    let _bot = world.start_bot().await;
    world.until("it asks", async || world.sandbox.count("GET", "/members/") > 0).await;
    world.sandbox.set_available(world.guild, false);
    world.until("it does not know", async || world.log().contains("who may set a status")).await;
    world.sandbox.set_available(world.guild, true);
    world.sees(message, "📦").await;
}

/// The only channel of the small world of a test.
fn world_channel(world: &discord_sandbox::World) -> refract_ledger::ids::ChannelId {
    world.all_channels().next().expect("a channel")
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_messages_are_read_when_the_intent_is_switched_on() {
    let world = World::with(Sandbox::builder().message_content(Content::Hidden)).await;
    world.configure(LITTLE_COMPARED);
    let bot = world.start_bot().await;
    let posted: Vec<_> = (1..=250).map(|number| world.checkout(number)).collect();
    world.until_told("health", json!({}), "Message Content Intent").await;
    world.stop_bot(bot).await;
    assert_eq!(world.exported().len(), 0);
    world.sandbox.set_message_content(Content::Granted);
    let _bot = world.start_bot().await;
    world.until("all are stored", async || world.stored() == posted).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hidden_content_never_wipes_what_was_read() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.post(payload("102003000000017", "$10.00"));
    world.sees(message, "✅").await;
    world.stop_bot(bot).await;
    world.sandbox.set_message_content(Content::Hidden);
    let bot = world.start_bot().await;
    world.sandbox.edit(message, &payload("102003000000017", "$12.50")).expect("edited");
    world.until_told("health", json!({}), "Message Content Intent").await;
    assert_eq!(world.exported()[0]["price"], "10.00");
    world.stop_bot(bot).await;
    world.sandbox.set_message_content(Content::Granted);
    let _bot = world.start_bot().await;
    world.until_exported(|orders| orders[0]["price"] == "12.50").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_permission_is_told_and_moves_nothing_until_it_is_back() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let first = world.checkout(1);
    world.sees(first, "✅").await;
    world.stop_bot(bot).await;
    world.sandbox.set_bot_permissions(world.channel, 0, READ_MESSAGE_HISTORY);
    let missed = world.checkout(2);
    let bot = world.start_bot().await;
    let told = world.until_told("health", json!({}), "Read Message History").await;
    assert!(told.contains("Needs attention"), "{told}");
    let log = world.ask("logs recent", json!({})).await.text();
    assert!(!log.contains("deleted"), "{log}");
    assert_eq!(world.log().matches("may not read the history").count(), 1, "{}", world.log());
    world.sandbox.set_bot_permissions(world.channel, READ_MESSAGE_HISTORY, 0);
    world.sees(missed, "✅").await;
    drop(bot);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_hidden_and_shown_again_is_read_on() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let first = world.checkout(1);
    world.sees(first, "✅").await;
    world.sandbox.set_bot_permissions(world.channel, 0, VIEW_CHANNEL | READ_MESSAGE_HISTORY);
    world.sandbox.set_lossy(true);
    let missed = world.checkout(2);
    world.sandbox.set_lossy(false);
    world.sandbox.remove_bot(world.guild);
    world.sandbox.invite_bot(world.guild);
    world.sandbox.set_bot_permissions(world.channel, VIEW_CHANNEL | READ_MESSAGE_HISTORY, 0);
    world.sees(missed, "✅").await;
    assert_eq!(world.exported().len(), 2);
}
