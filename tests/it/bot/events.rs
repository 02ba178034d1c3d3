//! Events that come several times, in another order, or about what nobody knows.

use discord_sandbox::Sandbox;
use refract_ledger::ids::MessageId;
use serde_json::{Value, json};

use crate::harness::World;

const COUNTS: &str = "SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM deliveries),
    (SELECT count(*) FROM order_events WHERE kind = 'created'), (SELECT count(*) FROM order_items)";

fn body(price: &str) -> Value {
    json!({"embeds": [{"author": {"name": "Successful Checkout | Target"}, "fields": [
        {"name": "Product", "value": "Example"}, {"name": "Price", "value": price},
        {"name": "Order Number", "value": "#102003000000017"}]}]})
}

/// Lets events happen, and delivers them in the opposite order.
fn backwards(world: &World, happen: impl FnOnce(&Sandbox)) {
    world.sandbox.hold();
    happen(&world.sandbox);
    world.sandbox.release(|places| places.reverse());
}

fn deleted(world: &World) -> Vec<String> {
    world.rows("SELECT message_id FROM deliveries WHERE deleted_at IS NOT NULL ORDER BY message_id")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_comes_fifty_times_is_there_once() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    world.sandbox.repeat_events(50);
    let first = world.checkout(2);
    let second = world.checkout(4);
    world.sandbox.repeat_events(1);
    world.sees(first, "✅").await;
    world.sees(second, "✅").await;
    let last = world.checkout(6);
    world.sees(last, "✅").await;
    assert_eq!(world.rows(COUNTS), ["3|3|3|3"]);
    // Once more at the most: when the history is compared at the moment of the reaction.
    assert!(world.sandbox.count("PUT", &first.to_string()) <= 2);

    // Once more by the history, and by the gateway after a restart.
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    world.sandbox.repeat_events(20);
    world.sandbox.edit(first, &json!({"content": ""})).expect("edited");
    let next = world.checkout(8);
    world.sees(next, "✅").await;
    assert_eq!(world.rows(COUNTS), ["4|4|4|4"]);
    // The keys of the tables would have kept the copies out, too, but as errors.
    assert!(!world.log().contains("ERROR"), "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_comes_before_its_message_counts() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    backwards(&world, |sandbox| {
        let message = sandbox.post(&world.webhook, body("$10.00")).expect("posted");
        sandbox.edit(message, &body("$12.50")).expect("edited");
    });
    world.until("it is stored", async || world.stored().len() == 1).await;
    // Behind both of them.
    let last = world.checkout(2);
    world.sees(last, "✅").await;
    let prices = "SELECT price_minor FROM orders ORDER BY message_id";
    world.promptly("the edit stands", async || world.rows(prices)[0] == "1250").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_that_comes_before_its_message_is_noted() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let mut gone = MessageId(0);
    backwards(&world, |sandbox| {
        gone = sandbox.post(&world.webhook, body("$10.00")).expect("posted");
        sandbox.delete(gone);
    });
    world.until("the deletion is noted", async || deleted(&world) == [gone.to_string()]).await;
    // Its message came, too: what was seen is kept.
    world.until("the order is kept", async || world.stored() == [gone]).await;
    assert_eq!(deleted(&world), [gone.to_string()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn deletions_one_by_one_and_in_bulk_leave_the_orders() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let messages: Vec<_> = (1..=6).map(|number| world.checkout(number)).collect();
    world.until("all are stored", async || world.stored() == messages).await;
    world.sandbox.delete(messages[0]);
    world.sandbox.bulk_delete(&messages[2..5]);
    let gone: Vec<_> = [0, 2, 3, 4].map(|place: usize| messages[place].to_string()).into();
    world.until("all are noted", async || deleted(&world) == gone).await;
    assert_eq!(world.stored(), messages);
    let log = world.ask("logs recent", json!({"limit": 25})).await.text();
    assert_eq!(log.matches("deleted in Discord").count(), 4, "{log}");
    let orders = world.exported();
    assert_eq!(orders.len(), 6);
    // Nothing leads to what is gone.
    let list = world.ask("orders recent", json!({})).await.text();
    assert_eq!(list.matches("[message](").count(), 2, "{list}");
    for (order, is_gone) in [(&orders[0], true), (&orders[1], false)] {
        let card = world.ask("order", json!({"number": order["order_number"]})).await.text();
        assert_eq!(card.contains("Jump to message"), !is_gone, "{card}");
    }
    let told = world.ask("logs show", json!({"message": messages[0].to_string()})).await.text();
    assert!(!told.contains(&format!("{}/{}", world.channel, messages[0])), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_of_what_nobody_knows_disturbs_nothing() {
    let world = World::new().await;
    let mut bot = world.start_bot().await;
    for (name, key, value) in [
        ("MESSAGE_DELETE", "id", json!("1290000000000000001")),
        ("MESSAGE_DELETE_BULK", "ids", json!(["1290000000000000002", "1290000000000000003"])),
        ("MESSAGE_DELETE_BULK", "ids", json!([])),
    ] {
        let event = json!({"op": 0, "s": 1, "t": name, "d": {key: value,
            "channel_id": world.channel.to_string(), "guild_id": world.guild.to_string()}});
        world.sandbox.send_raw(&event.to_string());
    }
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    assert_eq!(world.stored(), [message]);
    assert!(bot.has_ended().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_that_comes_before_its_message_counts() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    backwards(&world, |sandbox| {
        let message = sandbox.post(&world.webhook, body("$10.00")).expect("posted");
        sandbox.react(world.owner, message, "📦").expect("react");
    });
    let status = "SELECT status FROM orders";
    world.promptly("it counts", async || world.rows(status) == ["shipped"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_addition_and_a_removal_that_are_swapped_end_in_what_stands() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    backwards(&world, |sandbox| {
        sandbox.react(world.owner, message, "📦").expect("react");
        sandbox.unreact(world.owner, message, "📦").expect("unreact");
    });
    // Behind them in the same queue.
    world.sandbox.react(world.owner, message, "⏳").expect("react");
    let marks = async || world.rows("SELECT emoji FROM marks");
    world.promptly("the removal counts", async || marks().await == ["⏳"]).await;
    world.sees(message, "⏳").await;
    world.sandbox.unreact(world.owner, message, "⏳").expect("unreact");
    world.sees(message, "✅").await;
    assert_eq!(marks().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn bursts_count_like_other_reactions_and_bots_never_do() {
    let world = World::new().await;
    let helper = world.sandbox.add_other_bot(world.guild, "helper");
    let role = world.sandbox.add_role(world.guild, "Bots", 1 << 3);
    world.sandbox.set_member(world.guild, helper, &[role]);
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.sandbox.react(helper, message, "❌").expect("react");
    world.sandbox.burst(world.owner, message, "📦").expect("react");
    world.sees(message, "📦").await;
    // The bot's own 📦 is no mark: without the owner's the order is what the message said.
    world.sandbox.unreact(world.owner, message, "📦").expect("unreact");
    world.sees(message, "✅").await;
    assert_eq!(world.exported()[0]["status"], "verified");
    assert_eq!(world.rows("SELECT * FROM marks"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mark_of_somebody_who_has_left_stays() {
    let world = World::new().await;
    let staff = world.sandbox.add_role(world.guild, "Staff", 1 << 13);
    let clerk = world.sandbox.add_member(world.guild, "clerk", &[staff]);
    let bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.sandbox.react(clerk, message, "📦").expect("react");
    world.sees(message, "📦").await;
    world.sandbox.remove_member(world.guild, clerk);
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let next = world.checkout(4);
    world.sees(next, "✅").await;
    world.until_told("health", json!({}), "Up to date as of").await;
    let status = "SELECT status FROM orders WHERE status <> 'verified'";
    assert_eq!(world.rows(status), ["shipped"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guild_that_is_unavailable_for_a_while_loses_nothing() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let first = world.checkout(2);
    world.sees(first, "✅").await;
    world.sandbox.set_available(world.guild, false);
    let meanwhile = world.checkout(4);
    world.sandbox.set_available(world.guild, true);
    world.sees(meanwhile, "✅").await;
    assert_eq!(world.stored(), [first, meanwhile]);
    assert_eq!(deleted(&world), Vec::<String>::new());
}
