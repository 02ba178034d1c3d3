//! Odd answers of Discord, and what the log says of them: never the opposite in turns.

use std::time::Duration;

use discord_sandbox::{Answer, permission};
use serde_json::{Value, json};

use crate::harness::{LITTLE_COMPARED, World};

fn payload(number: &str, price: &str) -> Value {
    json!({"embeds": [{"author": {"name": "Successful Checkout | Target"}, "fields": [
        {"name": "Product", "value": "Example"}, {"name": "Price", "value": price},
        {"name": "Order Number", "value": format!("#{number}")}]}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_answer_about_one_message_costs_the_others_nothing() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let numbers = ["102003000000017", "102003000000025", "102003000000033", "102003000000041"];
    let [gone, odd, edited, marked] = numbers.map(|number| world.post(payload(number, "$10.00")));
    world.sees(marked, "✅").await;
    world.until("all are stored", async || world.stored().len() == 4).await;
    world.stop_bot(bot).await;
    world.sandbox.delete(gone);
    world.sandbox.react(world.owner, odd, "📦").expect("react");
    world.sandbox.edit(edited, &payload(numbers[2], "$12.50")).expect("edit");
    world.sandbox.react(world.owner, marked, "🏠").expect("react");
    let other = json!({"code": 50001, "message": "Missing Access"}).to_string();
    world.sandbox.fail("GET", &format!("/messages/{gone}"), 10_000, Answer::Status(404, other));
    let page = Answer::Status(200, "an odd page".to_owned());
    world.sandbox.fail("GET", &format!("/messages/{odd}/reactions"), 10_000, page);
    world.sandbox.clear_log();

    let bot = world.start_bot().await;
    let prices = "SELECT price_minor FROM orders ORDER BY order_number";
    world
        .until("the edit", async || world.rows(prices).get(2).is_some_and(|it| it == "1250"))
        .await;
    world.sees(marked, "🏠").await;
    let doubt = "not all of the recent history could be compared; trying again";
    world.until("it is logged", async || world.log().contains(doubt)).await;
    // The history is read on without a fault, which says nothing about the comparison.
    world.until_told("health", json!({}), "Not all of the recent history").await;
    let log = world.log();
    assert_eq!(
        (log.matches(doubt).count(), log.matches(" again channel").count()),
        (1, 0),
        "{log}"
    );
    assert_eq!(world.rows("SELECT count(*) FROM deliveries WHERE deleted_at IS NOT NULL"), ["0"]);
    // Some servers refuse an id that nothing has.
    let asked = world.sandbox.requests();
    let made_up = asked.iter().filter(|asked| asked.query.contains("9223372036854775807"));
    assert_eq!(made_up.count(), 0);

    // When Discord answers as ever, the rest is made up for.
    world.sandbox.heal();
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    world.sees(odd, "📦").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_discord_did_not_tell_is_asked_for_again_however_old_its_message_is() {
    let world = World::new().await;
    world.configure(LITTLE_COMPARED);
    let odd = world.checkout(1);
    // As many as would count as an outage, were they of as many messages.
    for emoji in ["📦", "🏠", "❌"] {
        world.sandbox.react(world.owner, odd, emoji).expect("react");
    }
    let later: Vec<_> = (2..=130).map(|number| world.checkout(number)).collect();
    let page = Answer::Status(200, "an odd page".to_owned());
    world.sandbox.fail("GET", &format!("/messages/{odd}/reactions"), 10_000, page);
    let bot = world.start_bot().await;
    world.sees(later[128], "✅").await;
    let kept = "SELECT DISTINCT message_id, count(*) FROM uncompared_reactions";
    world.until("they are kept", async || world.rows(kept) == [format!("{odd}|3")]).await;
    world.until_told("health", json!({}), "Not all of the recent history").await;
    bot.kill();
    world.sandbox.heal();
    // Nor is a refusal that says nothing about the message an answer.
    let other = json!({"code": 50001, "message": "Missing Access"}).to_string();
    let path = format!("/messages/{odd}/reactions");
    world.sandbox.fail("GET", &path, 10_000, Answer::Status(404, other));
    let attempts = "SELECT min(attempts), count(*) FROM uncompared_reactions";
    let before = world.rows(attempts);
    let bot = world.start_bot().await;
    world.until("they are asked for again", async || world.rows(attempts) != before).await;
    assert!(world.rows(attempts)[0].ends_with("|3"), "{:?}", world.rows(attempts));
    bot.kill();
    world.sandbox.heal();
    let _bot = world.start_bot().await;
    let marks = "SELECT count(*) FROM marks";
    world.until("the marks are read", async || world.rows(marks) == ["3"]).await;
    let left = "SELECT count(*) FROM uncompared_reactions";
    world.until("nothing is left to ask for", async || world.rows(left) == ["0"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_right_is_there_again_only_when_all_are_that_it_takes() {
    let world = World::new().await;
    let (history, reactions) = (permission::READ_MESSAGE_HISTORY, permission::ADD_REACTIONS);
    world.sandbox.set_bot_permissions(world.channel, 0, history | reactions);
    let _bot = world.start_bot().await;
    let missing = "the bot may not react here";
    world.until("it is logged", async || world.log().contains(missing)).await;
    let again = "the bot can react again";
    world.sandbox.set_bot_permissions(world.channel, 0, history);
    // Its answer comes behind the change.
    world.ask("help", json!({})).await;
    world.until_told("health", json!({}), "may not react here").await;
    assert!(!world.log().contains(again), "{}", world.log());
    world.sandbox.set_bot_permissions(world.channel, 0, 0);
    world.until("it is over", async || world.log().contains(again)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_may_be_missing_only_where_something_is_in_the_way_of_reading() {
    let world = World::new().await;
    let first = world.checkout(1);
    let _bot = world.start_bot().await;
    world.sees(first, "✅").await;
    world.until_told("health", json!({}), "Up to date as of").await;
    let (history, reactions) = (permission::READ_MESSAGE_HISTORY, permission::ADD_REACTIONS);
    world.sandbox.set_bot_permissions(world.channel, 0, reactions);
    world.checkout(2);
    let told = world.until_told("health", json!({}), "may not react here").await;
    assert!(!told.contains("may be missing"), "{told}");
    for command in ["setup list", "setup check"] {
        let told = world.ask(command, json!({})).await.text();
        assert!(told.contains("may not react here"), "/{command}: {told}");
        assert!(!told.contains("may be missing"), "/{command}: {told}");
    }
    world.sandbox.set_bot_permissions(world.channel, 0, history | reactions);
    world.until_told("health", json!({}), "may be missing").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stopping_in_a_comparison_is_no_error() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    world.until_told("health", json!({}), "Up to date as of").await;
    world.stop_bot(bot).await;
    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sandbox.fail("GET", "/reactions/", 100, Answer::Hang(Duration::from_mins(1)));
    let bot = world.start_bot().await;
    let asked = async || world.sandbox.faults_left("/reactions/") < 100;
    world.until("it compares", asked).await;
    world.stop_bot(bot).await;
    let log = world.log();
    assert!(!log.contains(" WARN ") && !log.contains("ERROR"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_outage_is_told_once_with_since_when_and_shown_by_health() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    world.sandbox.set_turning_away(Some(4000));
    world.sandbox.cut();
    let since = "no connection to Discord's gateway since 20";
    world.until("it is logged", async || world.log().contains(since)).await;
    world.sandbox.set_turning_away(None);
    let over = "connected to Discord's gateway again, after ";
    world.until("it is over", async || world.log().contains(over)).await;
    let health = world.until_told("health", json!({}), "Last outage of the connection").await;
    assert!(health.contains("(1 minute)"), "{health}");
    let log = world.log();
    assert_eq!(log.matches(since).count(), 1, "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_is_reported_as_gone_is_never_trusted_again() {
    let world = World::unconfigured().await;
    let _bot = world.start_bot().await;
    let own = world.set_up().await;
    world.sandbox.remove_webhook(own.id);
    world.until_noticed("was deleted").await;
    // Discord's list is older than its word.
    let stale = json!([{"id": own.id.to_string(), "type": 1, "name": "Refract", "avatar": null,
        "channel_id": world.channel.to_string(), "guild_id": world.guild.to_string(),
        "application_id": world.sandbox.bot().to_string(), "token": own.token, "url": own.url}]);
    let list = format!("/channels/{}/webhooks", world.channel);
    world.sandbox.fail("GET", &list, 1, Answer::Status(200, stale.to_string()));
    let next = world.set_up().await;
    assert_ne!(next.id, own.id);
    let trusted = world.rows("SELECT webhook_ids FROM watches");
    assert_eq!(trusted, [format!("[{}]", next.id)]);
    let message = world.checkout_by(&next, 1);
    world.sees(message, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_reading_of_a_history_logs_a_sum_of_its_marks() {
    let world = World::new().await;
    let messages: Vec<_> = (1..=5).map(|number| world.checkout(number)).collect();
    for message in &messages {
        world.sandbox.react(world.owner, *message, "📦").expect("react");
    }
    let _bot = world.start_bot().await;
    let sum = "read the whole history: 5 messages, 5 statuses set by reactions";
    world.until("the sum", async || world.log().contains(sum)).await;
    assert!(!world.log().contains("→ shipped"), "{}", world.log());
    // What somebody does from now on has a line of its own.
    world.sandbox.react(world.owner, messages[0], "🏠").expect("react");
    world.sees(messages[0], "🏠").await;
    assert!(world.log().contains("shipped → delivered"), "{}", world.log());
}
