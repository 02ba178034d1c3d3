//! `/setup`: from a token to "Refract can post to this channel".

use discord_sandbox::{Answer, Failure, Whom, permission};
use refract_ledger::ids::WebhookId;
use refract_ledger::refract::{self, Event};
use serde_json::json;

use crate::harness::World;

const REACHES: &str = "Refract can post to this channel";

#[tokio::test(flavor = "multi_thread")]
async fn with_a_token_alone_setup_watch_makes_it_work() {
    let world = World::unconfigured().await;
    let bot = world.start_bot_with_log_level("debug").await;
    let log = world.log();
    assert!(log.contains("/setup watch") && log.contains("oauth2/authorize?client_id="), "{log}");

    let reply = world.ask("setup watch", json!({})).await;
    let own = world.sandbox.webhooks(world.channel).into_iter().find(|webhook| webhook.own);
    let own = own.expect("a webhook of the bot's");
    assert_eq!(own.name, "Refract");
    assert!(reply.ephemeral);
    let text = reply.text();
    for part in [own.url.as_str(), "Add Webhook", "Successful Checkout", "Test Notification", "🧪"]
    {
        assert!(text.contains(part), "{part} in:\n{text}");
    }

    let message = world.checkout_by(&own, 1);
    world.sees(message, "✅").await;
    world.until_noticed(REACHES).await;
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
    let second = world.checkout_by(&own, 2);
    world.sees(second, "✅").await;
    assert_eq!(world.notices(world.channel).len(), 1);
    assert_eq!(bot.stop().await, Some(0));
    assert!(!world.log().contains(&own.token), "{}", world.log());
    assert!(!world.rows("SELECT * FROM watches").concat().contains(&own.token));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_channel_survives_a_restart_and_announces_what_came_meanwhile() {
    let world = World::unconfigured().await;
    let bot = world.start_bot().await;
    let own = world.set_up().await;
    world.stop_bot(bot).await;
    let test = refract::payload(Event::Test, 1, chrono::Utc::now());
    let meanwhile = world.sandbox.post(&own, test).expect("posted");
    let bot = world.start_bot().await;
    world.sees(meanwhile, "🧪").await;
    world.until_noticed("test notification has arrived").await;
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let next = world.checkout_by(&own, 2);
    world.sees(next, "✅").await;
    assert_eq!(world.notices(world.channel).len(), 1);
    assert_eq!(world.log().matches("no channel is watched").count(), 1, "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_webhook_of_the_set_up_is_trusted() {
    let world = World::unconfigured().await;
    let _bot = world.start_bot().await;
    let before = world.checkout(1);
    let reply = world.ask("setup watch", json!({})).await.text();
    assert!(
        reply.contains("Other webhooks that can post here, but are not trusted: Refract"),
        "{reply}"
    );
    let foreign = world.checkout(2);
    let own = world.set_up().await;
    let genuine = world.checkout_by(&own, 3);
    world.sees(genuine, "✅").await;
    for message in [before, foreign] {
        let options = json!({"message": message.to_string()});
        let told = world.until_told("logs show", options, "is not trusted in this channel").await;
        assert!(told.contains("/setup watch"), "{told}");
    }
    assert_eq!(world.stored(), [genuine]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_there_is_already_is_taken_by_its_url() {
    let world = World::unconfigured().await;
    world.sandbox.set_bot_permissions(world.channel, 0, permission::MANAGE_WEBHOOKS);
    let bot = world.start_bot_with_log_level("debug").await;
    let old = world.checkout(1);
    let refused = world.ask("setup watch", json!({})).await.text();
    for part in ["Manage Webhooks", "Edit Channel", "Copy Webhook URL", "/setup watch webhook:"] {
        assert!(refused.contains(part), "{part} in: {refused}");
    }
    let reply = world.ask("setup watch", json!({"webhook": world.webhook.url})).await;
    assert!(!reply.text().contains(&world.webhook.token), "{}", reply.text());
    world.sees(old, "✅").await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.until_noticed(REACHES).await;
    assert_eq!(world.sandbox.webhooks(world.channel).len(), 1);
    assert_eq!(bot.stop().await, Some(0));
    assert!(!world.log().contains(&world.webhook.token), "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_url_that_is_of_no_use_is_refused_in_words() {
    let world = World::unconfigured().await;
    let other = world.sandbox.add_channel(world.guild, "elsewhere");
    let elsewhere = world.sandbox.add_webhook(other, "Refract");
    let mut bot = world.start_bot().await;
    let gone = world.webhook.url.replace(&world.webhook.id.to_string(), "1290000000000000009");
    let guessed = world.webhook.url.replace(&world.webhook.token, "guessed");
    for (url, part) in [
        ("https://example.com/api/webhooks/1/a".to_owned(), "not a webhook URL"),
        (gone, "doesn't know this webhook"),
        (guessed, "doesn't know this webhook"),
        (elsewhere.url, "posts to"),
    ] {
        let told = world.ask("setup watch", json!({"webhook": url})).await.text();
        assert!(told.contains(part), "{part} in: {told}");
    }
    assert!(bot.has_ended().is_none(), "{}", world.log());
    assert_eq!(world.rows("SELECT * FROM watches"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_permissions_are_told_with_the_way_to_give_them() {
    let world = World::unconfigured().await;
    world.sandbox.set_bot_permissions(world.channel, 0, permission::READ_MESSAGE_HISTORY);
    let _bot = world.start_bot().await;
    let told = world.ask("setup watch", json!({})).await.text();
    for part in ["I'm missing Read Message History", "Edit Channel → Permissions"] {
        assert!(told.contains(part), "{part} in: {told}");
    }
    assert!(world.sandbox.webhooks(world.channel).iter().all(|webhook| !webhook.own));
    let deny = permission::ADD_REACTIONS | permission::SEND_MESSAGES;
    world.sandbox.set_bot_permissions(world.channel, 0, deny);
    let told = world.ask("setup watch", json!({})).await.text();
    for part in ["Add Reactions (to show", "Send Messages (to tell", "webhooks/"] {
        assert!(told.contains(part), "{part} in: {told}");
    }
    let checked = world.ask("setup check", json!({})).await.text();
    assert!(checked.contains("I'm missing Add Reactions"), "{checked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_makes_no_second_webhook() {
    let world = World::unconfigured().await;
    let _bot = world.start_bot().await;
    let path = format!("/channels/{}/webhooks", world.channel);
    world.sandbox.fail("POST", &path, 1, Answer::DoneButLost);
    let first = world.ask("setup watch", json!({})).await.text();
    let again = world.ask("setup watch", json!({})).await.text();
    let webhooks = world.sandbox.webhooks(world.channel);
    let own: Vec<_> = webhooks.iter().filter(|webhook| webhook.own).collect();
    assert_eq!(own.len(), 1, "{own:?}");
    assert!(first.contains(&own[0].url) && again.contains(&own[0].url), "{first}\n{again}");
    assert_eq!(world.sandbox.count("POST", &path), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_channel_is_refused_in_words() {
    let world = World::unconfigured().await;
    let _bot = world.start_bot().await;
    let place = world.sandbox.add_channel_of_kind(world.guild, "odd", 2);
    let reply = world.sandbox.command(world.owner, place, "setup watch", &[]).await;
    let text = reply.expect("an answer").text();
    assert!(text.contains("a voice channel"), "{text}");
    let chosen = [("channel", json!(place.to_string()))];
    let reply = world.sandbox.command(world.owner, world.channel, "setup watch", &chosen).await;
    assert!(matches!(reply, Err(Failure::Refused(_))), "{reply:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn backfill_reads_as_much_of_the_past_as_is_asked_for() {
    let world = World::unconfigured().await;
    let old = world.checkout(1);
    let _bot = world.start_bot().await;
    let options = json!({"webhook": world.webhook.url, "backfill": "none"});
    let told = world.ask("setup watch", options).await.text();
    assert!(told.contains("without its history"), "{told}");
    let new = world.checkout(2);
    world.sees(new, "✅").await;
    assert_eq!(world.stored(), [new]);
    let link = format!("https://discord.com/channels/{}/{}/{old}", world.guild, world.channel);
    let why = world.until_told("setup check", json!({"message": link}), "older than").await;
    assert!(why.contains("backfill:all"), "{why}");
    world.ask("setup watch", json!({"webhook": world.webhook.url, "backfill": "all"})).await;
    world.sees(old, "✅").await;
    let told = world.ask("setup watch", json!({"backfill": "some"})).await.text();
    assert!(told.contains("is not valid here"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn list_and_check_tell_of_both_ways_to_watch() {
    let world = World::new().await;
    let other = world.sandbox.add_channel(world.guild, "more");
    let _bot = world.start_bot().await;
    let more = [("channel", json!(other.to_string()))];
    let reply = world.sandbox.command(world.owner, world.channel, "setup watch", &more).await;
    assert!(reply.expect("an answer").text().contains("webhooks/"));
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    let second = world.sandbox.webhooks(other).remove(0);
    let list = world.until_told("setup list", json!({}), "Last message").await;
    for part in [
        "from `config.toml`",
        "from `/setup`",
        "Any webhook",
        "Still waiting for the first message",
    ] {
        assert!(list.contains(part), "{part} in:\n{list}");
    }
    let check = world.until_told("setup check", json!({}), "Up to date as of").await;
    for part in ["I have all the permissions", "Message Content Intent is on", "is in place."] {
        assert!(check.contains(part), "{part} in:\n{check}");
    }
    let taken = world.ask("setup unwatch", json!({})).await.text();
    assert!(taken.contains(&format!("channel_id = \"{}\"", world.channel)), "{taken}");
    let there = world.checkout_by(&second, 2);
    world.sees(there, "✅").await;
    assert_eq!(world.stored(), [message, there]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_of_the_configuration_stays_the_configurations() {
    let world = World::new().await;
    world.trust(&[WebhookId(world.webhook.id.0)]);
    let other = world.sandbox.add_webhook(world.channel, "Another");
    let _bot = world.start_bot().await;
    let told = world.ask("setup watch", json!({"backfill": "7"})).await.text();
    let trusted = format!("Trusted webhook: {}", world.webhook.id);
    for part in [
        trusted.as_str(),
        "`webhook_ids` there",
        "I did not create another one",
        "read its full history (`backfill`)",
    ] {
        assert!(told.contains(part), "{part} in: {told}");
    }
    let others = format!("Another ({}). If Refract already uses one of them, add its id", other.id);
    assert!(told.contains(&others) && !told.contains("webhook:…"), "{told}");
    assert!(world.sandbox.webhooks(world.channel).iter().all(|webhook| !webhook.own));
    let told = world.ask("setup watch", json!({"webhook": other.url})).await.text();
    assert!(told.contains(&format!("add \"{}\" to `webhook_ids`", other.id)), "{told}");
    let told = world.ask("setup watch", json!({"webhook": world.webhook.url})).await.text();
    assert!(told.contains("This webhook is trusted."), "{told}");
    let untrusted = world.checkout_by(&other, 1);
    let trusted = world.checkout(2);
    world.sees(trusted, "✅").await;
    let options = json!({"message": untrusted.to_string()});
    world.until_told("logs show", options, "is not trusted in this channel").await;
    assert_eq!(world.stored(), [trusted]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_configuration_that_names_no_webhook_trusts_the_one_that_is_made() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let told = world.ask("setup watch", json!({})).await.text();
    let own = world.sandbox.webhooks(world.channel).into_iter().find(|webhook| webhook.own);
    let own = own.expect("a webhook");
    let alone = format!("webhook_ids = [\"{}\"]", own.id);
    for part in ["any webhook in this channel is trusted", alone.as_str(), own.url.as_str()] {
        assert!(told.contains(part), "{part} in: {told}");
    }
    world.stop_bot(bot).await;
    world.trust(&[own.id]);
    let _bot = world.start_bot().await;
    let told = world.ask("setup watch", json!({})).await.text();
    assert!(told.contains("This webhook is trusted.") && told.contains(&own.url), "{told}");
    world.sandbox.remove_webhook(own.id);
    let told = world.until_told("setup check", json!({}), "was deleted").await;
    assert!(
        told.contains("webhook_ids in config.toml") && !told.contains("/setup watch"),
        "{told}"
    );
    let checked = world.call(&["check"]);
    let told = String::from_utf8_lossy(&checked.stdout);
    assert!(told.contains("into webhook_ids in config.toml"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn unwatch_asks_once_and_keeps_the_orders() {
    let world = World::unconfigured().await;
    let bot = world.start_bot().await;
    let own = world.set_up().await;
    let message = world.checkout_by(&own, 1);
    world.sees(message, "✅").await;
    world.until_noticed(REACHES).await;

    let question = world.ask("setup unwatch", json!({})).await;
    let button = question.custom_id("Stop watching and delete my webhook").expect("a button");
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    let shown = question.message.expect("a message");
    assert!(world.sandbox.press(stranger, shown, &button).await.is_err());
    let done = world.sandbox.press(world.owner, shown, &button).await.expect("an answer");
    assert!(done.text().contains("I no longer watch"), "{}", done.text());
    assert!(world.sandbox.webhooks(world.channel).iter().all(|webhook| !webhook.own));
    assert_eq!(world.stored(), [message]);
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    world.checkout(2);
    let list = world.ask("setup list", json!({})).await.text();
    assert!(list.contains("I don't watch any channel"), "{list}");
    let again = world.ask("setup unwatch", json!({})).await.text();
    assert!(again.contains("I don't watch <#"), "{again}");
    assert_eq!(world.stored(), [message]);
}

#[tokio::test(flavor = "multi_thread")]
async fn setup_is_for_those_who_manage_the_server() {
    let world = World::unconfigured().await;
    let staff = world.sandbox.add_role(world.guild, "Staff", permission::MANAGE_MESSAGES);
    let clerk = world.sandbox.add_member(world.guild, "clerk", &[staff]);
    let _bot = world.start_bot().await;
    let commands = ["setup watch", "setup list", "setup check", "setup unwatch"];
    for command in commands {
        let refused = world.sandbox.command(clerk, world.channel, command, &[]).await;
        assert!(matches!(refused, Err(Failure::Refused(_))), "/{command}: {refused:?}");
    }
    // Integrations may show the command to anybody: the bot asks again.
    world.sandbox.allow_command(world.guild, "setup", Whom::Role(staff), true);
    for command in commands {
        let told = world.ask_as(clerk, command, json!({})).await.text();
        assert!(told.contains("Manage Server"), "/{command}: {told}");
    }
    assert!(world.sandbox.webhooks(world.channel).iter().all(|webhook| !webhook.own));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_guilds_that_set_channels_up_never_mix() {
    let world = World::unconfigured().await;
    let bot = world.start_bot().await;
    let own = world.set_up().await;
    let other = world.sandbox.add_guild("Others");
    let channel = world.sandbox.add_channel(other, "drops");
    let owner = world.sandbox.owner(other);
    let theirs = world.sandbox.command(owner, channel, "setup watch", &[]).await;
    assert!(theirs.expect("an answer").text().contains("webhooks/"));
    let webhook = world.sandbox.webhooks(channel).remove(0);

    let ours = world.checkout_by(&own, 1);
    let message = world.checkout_by(&webhook, 2);
    world.sees(ours, "✅").await;
    world.sees(message, "✅").await;
    let list = world.ask("setup list", json!({})).await.text();
    assert!(!list.contains(&channel.to_string()), "{list}");
    let taken = world.ask("setup unwatch", json!({"id": channel.to_string()})).await.text();
    assert!(taken.contains("I don't watch <#"), "{taken}");
    let link = format!("https://discord.com/channels/{other}/{channel}/{message}");
    let why = world.ask("setup check", json!({"message": link})).await.text();
    assert!(why.contains("don't watch this channel"), "{why}");
    world.stop_bot(bot).await;
    let guilds = "SELECT guild_id FROM orders ORDER BY message_id";
    assert_eq!(world.rows(guilds), [world.guild.to_string(), other.to_string()]);
}
