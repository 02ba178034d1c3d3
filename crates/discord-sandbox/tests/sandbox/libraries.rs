//! The libraries of real bots live in it.

use discord_sandbox::{Content, Failure, Sandbox};
use serde_json::json;

use super::bot::{self, Bot};
use super::raw;
use super::world::{SOON, World};

#[tokio::test]
async fn a_poise_bot_connects_hears_a_webhook_reacts_and_answers() {
    let world = World::new().await;
    let bot = Bot::start(&world.sandbox).await;
    let person = world.sandbox.add_member(world.guild, "Ada", &[]);

    let message = world.post("hello");
    assert!(world.sandbox.wait_for_bot_reaction(message, "👋").await);
    assert_eq!(bot.heard(), ["hello"]);

    assert!(world.sandbox.wait_for_commands(SOON).await);
    let reply = world.sandbox.command(person, world.channel, "ping", &[]).await.unwrap();
    assert_eq!(reply.content, "pong");
    assert!(reply.ephemeral);

    let typed = world.sandbox.autocomplete(person, world.channel, "echo", "text", "ab").await;
    assert_eq!(typed.unwrap()[0].value, json!("ab!"));
    let slow = [("text", json!("later"))];
    let reply = world.sandbox.command(person, world.channel, "echo", &slow).await.unwrap();
    assert_eq!(reply.content, "later");
    assert_eq!(reply.embeds[0]["title"], json!("echoed"));
    assert_eq!(reply.files[0].name, "echo.txt");
    assert!(!reply.ephemeral);

    let nobody = world.sandbox.command(person, world.channel, "nothing", &[]).await;
    assert!(matches!(nobody, Err(Failure::Refused(_))));
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
    bot.stop().await;
}

#[tokio::test]
async fn a_bot_with_a_wrong_token_or_without_the_intent_is_turned_away() {
    let world = World::new().await;
    let wrong = Bot::start_with(&world.sandbox.api_url(), "wrong", bot::intents()).await;
    assert!(wrong.ended().await.is_err());

    let sandbox = Sandbox::builder().message_content(Content::Disallowed);
    let sandbox = sandbox.start().await.unwrap();
    let bot = Bot::start_with(&sandbox.api_url(), &sandbox.token(), bot::intents()).await;
    let error = bot.ended().await.unwrap_err().to_string();
    assert!(error.to_lowercase().contains("disallowed"), "{error}");
}

#[tokio::test]
async fn a_serenity_bot_resumes_and_misses_nothing() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let bot = Bot::start(&world.sandbox).await;
    let first = world.post("before");
    assert!(world.sandbox.wait_for_bot_reaction(first, "👋").await);

    world.sandbox.cut();
    let second = world.post("meanwhile");
    assert!(world.sandbox.wait_for_bot_reaction(second, "👋").await);

    world.sandbox.ask_to_reconnect();
    let third = world.post("again");
    assert!(world.sandbox.wait_for_bot_reaction(third, "👋").await);
    assert_eq!(bot.heard(), ["before", "meanwhile", "again"]);
    bot.stop().await;
}

#[tokio::test]
async fn what_serenity_cannot_read_comes_all_the_same() {
    let world = World::new().await;
    let (mut socket, _) = raw::Socket::ready(&world.sandbox, raw::INTENTS).await;
    let odd = json!({"embeds": [{"fields": [{"name": "Price", "value": null}], "color": "red"}]});
    let parts = odd.as_object().unwrap().clone();
    world.sandbox.post_unchecked(&world.webhook, parts).unwrap();

    let told = socket.event("MESSAGE_CREATE").await;
    assert_eq!(told["embeds"], odd["embeds"]);
    assert_eq!(told["webhook_id"], json!(world.webhook.id.to_string()));
}

#[tokio::test]
async fn it_ends_when_it_is_dropped() {
    let world = World::new().await;
    let (mut socket, _) = raw::Socket::ready(&world.sandbox, raw::INTENTS).await;
    let url = format!("{}/api/v10/gateway", world.sandbox.api_url());
    let client = reqwest::Client::new();
    assert!(client.get(&url).send().await.is_ok());

    drop(world);
    assert!(socket.closing().await.is_none());
    assert!(client.get(&url).send().await.is_err());
}
