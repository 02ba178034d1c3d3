//! A webhook that is deleted, replaced, moved or renamed; a channel that is deleted, made private; a
//! bot that is thrown out and invited again.

use discord_sandbox::permission;
use serde_json::json;

use crate::harness::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_webhook_is_told_once_and_replaced_by_setup_watch() {
    let world = World::unconfigured().await;
    let bot = world.start_bot().await;
    let own = world.set_up().await;
    let first = world.checkout_by(&own, 1);
    world.sees(first, "✅").await;
    world.until_noticed("Refract can post to").await;
    world.sandbox.remove_webhook(own.id);
    world.until_noticed("was deleted").await;
    let health = world.ask("health", json!({})).await.text();
    assert!(health.contains("was deleted") && health.contains("/setup watch"), "{health}");
    // The channel is read all the same.
    for command in ["health", "setup list", "setup check"] {
        let told = world.ask(command, json!({})).await.text();
        assert!(told.contains("was deleted") && !told.contains("may be missing"), "{told}");
    }
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    world.until_told("health", json!({}), "was deleted").await;
    assert_eq!(world.notices(world.channel).len(), 2, "{:?}", world.notices(world.channel));

    let next = world.set_up().await;
    assert_ne!(next.id, own.id);
    let health = world.ask("health", json!({})).await.text();
    assert!(!health.contains("was deleted"), "{health}");
    let message = world.checkout_by(&next, 2);
    world.sees(message, "✅").await;
    assert_eq!(world.stored(), [first, message]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_was_deleted_while_the_bot_was_away_is_told() {
    let world = World::new().await;
    world.trust(&[world.webhook.id]);
    let bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    world.stop_bot(bot).await;
    world.sandbox.remove_webhook(world.webhook.id);
    let rotated = world.sandbox.add_webhook(world.channel, "Refract 2");
    let _bot = world.start_bot().await;
    world.until_noticed("webhook_ids in config.toml").await;
    let notice = world.notices(world.channel).concat();
    assert!(notice.contains(&format!("Refract 2 ({})", rotated.id)), "{notice}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_is_moved_is_told_and_a_renamed_one_is_not() {
    let world = World::unconfigured().await;
    let elsewhere = world.sandbox.add_channel(world.guild, "elsewhere");
    let _bot = world.start_bot().await;
    let own = world.set_up().await;
    world.sandbox.rename_webhook(own.id, "Something else");
    let message = world.checkout_by(&own, 1);
    world.sees(message, "✅").await;
    world.until_noticed("Refract can post to").await;
    world.sandbox.move_webhook(own.id, elsewhere);
    world.until_noticed(&format!("now posts to <#{elsewhere}>")).await;
    world.sandbox.move_webhook(own.id, world.channel);
    let well = async || !world.ask("health", json!({})).await.text().contains("now posts to");
    world.until("the trouble is over", well).await;
    assert_eq!(world.notices(world.channel).len(), 2, "{:?}", world.notices(world.channel));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_webhook_is_trusted_beside_the_first() {
    let world = World::unconfigured().await;
    let _bot = world.start_bot().await;
    let own = world.set_up().await;
    let told = world.ask("setup watch", json!({"webhook": world.webhook.url})).await.text();
    assert!(told.contains("This webhook and 1 other are trusted"), "{told}");
    let first = world.checkout_by(&own, 1);
    let second = world.checkout(2);
    world.sees(first, "✅").await;
    world.sees(second, "✅").await;
    assert_eq!(world.stored(), [first, second]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_channel_is_told_and_taken_out_by_its_id() {
    let world = World::unconfigured().await;
    let office = world.sandbox.add_channel(world.guild, "office");
    let _bot = world.start_bot().await;
    let own = world.set_up().await;
    let message = world.checkout_by(&own, 1);
    world.sees(message, "✅").await;
    world.sandbox.remove_channel(world.channel);
    let ask = async |command: &'static str, options: &[(&str, serde_json::Value)]| {
        let reply = world.sandbox.command(world.owner, office, command, options).await;
        reply.unwrap_or_else(|failure| panic!("/{command}: {failure}\n{}", world.log()))
    };
    let told = async || ask("health", &[]).await.text().contains("no longer knows this channel");
    world.promptly("it is told", told).await;
    let id = [("id", json!(world.channel.to_string()))];
    let question = ask("setup unwatch", &id).await;
    let button = question.custom_id("Stop watching").expect("a button");
    let shown = question.message.expect("a message");
    let done = world.sandbox.press(world.owner, shown, &button).await.expect("an answer");
    assert!(done.text().contains("I no longer watch"), "{}", done.text());
    assert_eq!(world.stored(), [message]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_the_channel_was_private_is_fetched_when_it_is_open_again() {
    let world = World::unconfigured().await;
    let _bot = world.start_bot().await;
    let own = world.set_up().await;
    let first = world.checkout_by(&own, 1);
    world.sees(first, "✅").await;
    world.sandbox.set_bot_permissions(world.channel, 0, permission::VIEW_CHANNEL);
    let hidden = world.checkout_by(&own, 2);
    let office = world.sandbox.add_channel(world.guild, "office");
    let told = async || {
        let reply = world.sandbox.command(world.owner, office, "setup check", &[]).await;
        reply.expect("an answer").text().contains("I'm missing View Channel")
    };
    world.until("it is told", told).await;
    world.sandbox.set_bot_permissions(world.channel, 0, 0);
    world.sees(hidden, "✅").await;
    assert_eq!(world.stored(), [first, hidden]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_while_the_bot_was_thrown_out_is_fetched_when_it_is_invited_again() {
    let world = World::unconfigured().await;
    let _bot = world.start_bot().await;
    let own = world.set_up().await;
    let first = world.checkout_by(&own, 1);
    world.sees(first, "✅").await;
    world.sandbox.remove_bot(world.guild);
    let meanwhile = world.checkout_by(&own, 2);
    world.sandbox.invite_bot(world.guild);
    let fetched = async || world.stored() == [first, meanwhile];
    world.promptly("it is fetched", fetched).await;
    let after = world.checkout_by(&own, 3);
    world.sees(after, "✅").await;
    assert_eq!(world.stored(), [first, meanwhile, after]);
}
