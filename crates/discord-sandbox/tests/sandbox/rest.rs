//! The HTTP interface as Discord describes it.

use std::time::Duration;

use discord_sandbox::ids::{RoleId, WebhookId};
use discord_sandbox::{Answer, Content, Sandbox, permission};
use serde_json::{Value, json};

use super::raw::{Http, INTENTS, Socket};
use super::world::World;

fn ids(page: &Value) -> Vec<i64> {
    let id = |message: &Value| message["id"].as_str().unwrap().parse().unwrap();
    page.as_array().unwrap().iter().map(id).collect()
}

#[tokio::test]
async fn history_comes_newest_first_and_pages_both_ways() {
    let world = World::new().await;
    let http = Http::new(&world.sandbox);
    let posted: Vec<i64> = (0..10).map(|number| world.post(&number.to_string()).0).collect();
    let path = format!("/channels/{}/messages", world.channel);

    let newest = |range: std::ops::Range<usize>| -> Vec<i64> {
        posted[range].iter().rev().copied().collect()
    };
    let (_, page) = http.get(&format!("{path}?limit=3")).await;
    assert_eq!(ids(&page), newest(7..10));
    let (_, page) = http.get(&format!("{path}?limit=3&after={}", posted[2])).await;
    assert_eq!(ids(&page), newest(3..6));
    let (_, page) = http.get(&format!("{path}?limit=3&before={}", posted[2])).await;
    assert_eq!(ids(&page), newest(0..2));
    let (_, page) = http.get(&format!("{path}?limit=4&around={}", posted[5])).await;
    assert_eq!(ids(&page), newest(3..7));
    assert_eq!(http.get(&format!("{path}?limit=101")).await.0, 400);
    assert!(page[0].get("guild_id").is_none());
}

#[tokio::test]
async fn permissions_are_asked_for() {
    let world = World::new().await;
    let http = Http::new(&world.sandbox);
    let message = world.post("hello");
    let path = format!("/channels/{}/messages", world.channel);
    let emoji = format!("{path}/{message}/reactions/%F0%9F%93%A6/@me");
    let hello = json!({"content": "hi", "allowed_mentions": {"parse": []}});

    world.sandbox.set_bot_permissions(world.channel, 0, permission::READ_MESSAGE_HISTORY);
    assert_eq!(http.get(&path).await, (200, json!([])));
    world.sandbox.set_bot_permissions(world.channel, 0, permission::ADD_REACTIONS);
    assert_eq!(http.ask("PUT", &emoji, Value::Null).await.1["code"], 50013);
    world.sandbox.set_bot_permissions(world.channel, 0, permission::SEND_MESSAGES);
    assert_eq!(http.ask("POST", &path, hello).await.1["code"], 50013);
    let webhooks = format!("/channels/{}/webhooks", world.channel);
    assert_eq!(http.get(&webhooks).await.1[0]["name"], "Newsroom");
    world.sandbox.set_bot_permissions(world.channel, 0, permission::MANAGE_WEBHOOKS);
    assert_eq!(http.get(&webhooks).await.1["code"], 50013);
    world.sandbox.set_bot_permissions(world.channel, 0, permission::VIEW_CHANNEL);
    assert_eq!(http.get(&path).await.1["code"], 50001);
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn a_channel_takes_fifteen_webhooks_and_tells_of_each_change() {
    let world = World::new().await;
    let (mut socket, _) = Socket::ready(&world.sandbox, INTENTS | 1 << 5).await;
    let http = Http::new(&world.sandbox);
    let path = format!("/channels/{}/webhooks", world.channel);
    for name in ["Clyde", "my Discord", ""] {
        let (status, refusal) = http.ask("POST", &path, json!({ "name": name })).await;
        assert_eq!((status, &refusal["code"]), (400, &json!(50035)), "{name}");
    }
    let made = http.ask("POST", &path, json!({"name": "Newsroom"})).await.1;
    assert_eq!(made["application_id"], json!(world.sandbox.bot().to_string()));
    let event = socket.event("WEBHOOKS_UPDATE").await;
    let place = json!({"channel_id": world.channel.to_string(),
        "guild_id": world.guild.to_string()});
    assert_eq!(event, place);
    for _ in 2..15 {
        world.sandbox.add_webhook(world.channel, "more");
    }
    let (status, refusal) = http.ask("POST", &path, json!({"name": "one more"})).await;
    assert_eq!((status, &refusal["code"]), (400, &json!(30007)));
    let id: WebhookId = made["id"].as_str().unwrap().parse().unwrap();
    world.sandbox.move_webhook(id, world.sandbox.add_channel(world.guild, "elsewhere"));
    assert_eq!(http.get(&path).await.1.as_array().unwrap().len(), 14);
    assert_eq!(http.get(&format!("/webhooks/{id}")).await.0, 200);
}

#[tokio::test]
async fn reactions_have_users_counts_and_a_limit() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let http = Http::new(&world.sandbox);
    let message = world.post("hello");
    let people: Vec<_> =
        ["Ada", "Bea", "Cy"].map(|name| world.sandbox.add_member(world.guild, name, &[])).into();
    for person in &people {
        world.sandbox.react(*person, message, "❤️").unwrap();
    }
    let base = format!("/channels/{}/messages/{message}/reactions", world.channel);
    let heart = "%E2%9D%A4";
    let (_, users) = http.get(&format!("{base}/{heart}?limit=2&after={}", people[0])).await;
    assert_eq!(ids(&users), [people[1].0, people[2].0]);
    assert_eq!(http.ask("PUT", &format!("{base}/{heart}/@me"), Value::Null).await.0, 204);
    let shown = world.sandbox.message(message).unwrap();
    assert_eq!(shown["reactions"][0]["count"], 4);
    assert_eq!(shown["reactions"][0]["me"], true);
    assert_eq!(http.ask("PUT", &format!("{base}/abc/@me"), Value::Null).await.1["code"], 10014);

    for emoji in "🍏🍎🍐🍊🍋🍌🍉🍇🍓🍈🍒🍑🥭🍍🥥🥝🍅🍆🥑".chars()
    {
        world.sandbox.react(people[0], message, &emoji.to_string()).unwrap();
    }
    let refused = world.sandbox.react(people[0], message, "🥦").unwrap_err();
    assert_eq!(refused.code, 30010);
    world.sandbox.clear_emoji(message, "❤").unwrap();
    world.sandbox.react(people[0], message, "🥦").unwrap();
    world.sandbox.clear_reactions(message).unwrap();
    assert!(world.sandbox.reactions(message).is_empty());
}

#[tokio::test]
async fn pace_is_kept_and_too_much_is_counted_against_the_bot() {
    let world = World::new().await;
    let http = Http::new(&world.sandbox);
    let message = world.post("hello");
    let base = format!("/channels/{}/messages/{message}/reactions", world.channel);
    let first = http.send("PUT", &format!("{base}/%F0%9F%93%A6/@me"), Value::Null).await;
    assert_eq!(first.headers()["x-ratelimit-limit"], "1");
    assert_eq!(first.headers()["x-ratelimit-remaining"], "0");

    let second = http.send("DELETE", &format!("{base}/%F0%9F%93%A6/@me"), Value::Null).await;
    assert_eq!(second.status().as_u16(), 429);
    assert_eq!(second.headers()["x-ratelimit-scope"], "user");
    let wait = second.json::<Value>().await.unwrap()["retry_after"].as_f64().unwrap();
    assert!(wait > 0.0 && wait <= 0.25, "{wait}");
    assert_eq!(world.sandbox.violations().len(), 1);

    let mut statuses = Vec::new();
    for _ in 0..6 {
        let body = json!({"content": "x"});
        let sent = reqwest::Client::new().post(&world.webhook.url).json(&body).send().await;
        statuses.push(sent.unwrap().status().as_u16());
    }
    assert_eq!(statuses, [204, 204, 204, 204, 204, 429]);
}

#[tokio::test]
async fn bad_forms_and_missing_mentions_are_noted() {
    let sandbox = Sandbox::builder().require_allowed_mentions(true);
    let world = World::with(sandbox).await;
    let http = Http::new(&world.sandbox);
    let path = format!("/channels/{}/messages", world.channel);
    let (status, refusal) = http.ask("POST", &path, json!({"content": "x".repeat(2001)})).await;
    assert_eq!((status, &refusal["code"]), (400, &json!(50035)));
    assert_eq!(refusal["errors"]["content"]["_errors"][0]["code"], json!("BASE_TYPE_MAX_LENGTH"));
    let violations = world.sandbox.violations();
    assert!(violations[0].contains("allowed_mentions"), "{violations:?}");
    assert!(violations[1].contains("50035"), "{violations:?}");

    let world = World::new().await;
    let path = format!("/channels/{}/messages", world.channel);
    let sent = Http::new(&world.sandbox).ask("POST", &path, json!({"content": "x"})).await;
    assert_eq!((sent.0, world.sandbox.violations()), (200, Vec::new()));
}

#[tokio::test]
async fn the_bot_has_what_its_invitation_asks_for() {
    let only_view = Sandbox::builder().invitation(permission::VIEW_CHANNEL);
    for (options, status) in [(only_view, 403), (Sandbox::builder(), 200)] {
        let world = World::with(options).await;
        let everyone = RoleId(world.guild.0);
        world.sandbox.set_role(world.guild, everyone, 0);
        let path = format!("/channels/{}/webhooks", world.channel);
        let http = Http::new(&world.sandbox);
        assert_eq!(http.get(&path).await.0, status);
        assert_eq!(http.get(&format!("/channels/{}", world.channel)).await.0, 200);
    }
}

#[tokio::test]
async fn a_hidden_content_is_hidden_over_http_too() {
    let sandbox = Sandbox::builder().message_content(Content::Hidden);
    let world = World::with(sandbox).await;
    let http = Http::new(&world.sandbox);
    world.post("secret");
    let path = format!("/channels/{}/messages", world.channel);
    assert_eq!(http.get(&path).await.1[0]["content"], "");
    world.sandbox.set_message_content(Content::Granted);
    assert_eq!(http.get(&path).await.1[0]["content"], "secret");
}

#[tokio::test]
async fn only_the_author_changes_a_message_and_a_wrong_token_gets_nowhere() {
    let world = World::new().await;
    let http = Http::new(&world.sandbox);
    let message = world.post("hello");
    let path = format!("/channels/{}/messages/{message}", world.channel);
    assert_eq!(http.ask("PATCH", &path, json!({"content": "x"})).await.1["code"], 50005);
    assert_eq!(http.ask("DELETE", &path, Value::Null).await.1["code"], 50013);

    world.sandbox.set_token("another");
    assert_eq!(http.get(&path).await.0, 401);
    let other = world.webhook.url.replace(&world.webhook.token, "guess");
    let sent = reqwest::Client::new().post(other).json(&json!({"content": "x"})).send().await;
    assert_eq!(sent.unwrap().status().as_u16(), 401);
}

#[tokio::test]
async fn requests_fail_on_demand() {
    let world = World::new().await;
    let http = Http::new(&world.sandbox);
    let path = format!("/channels/{}/messages", world.channel);
    let hello = json!({"content": "hi", "allowed_mentions": {"parse": []}});

    world.sandbox.fail("POST", "/messages", 1, Answer::DoneButLost);
    assert_eq!(http.ask("POST", &path, hello).await.0, 502);
    assert_eq!(world.sandbox.messages(world.channel).len(), 1);

    world.sandbox.fail("", "/messages", 2, Answer::Html(503));
    let response = http.send("GET", &path, Value::Null).await;
    assert_eq!(response.status().as_u16(), 503);
    assert!(response.text().await.unwrap().contains("cloudflare"));
    world.sandbox.heal();
    let wait = Duration::from_millis(500);
    world.sandbox.fail("GET", "", 1, Answer::TooMany { wait, global: true });
    assert_eq!(http.get(&path).await.1["global"], true);
    assert_eq!(http.get(&path).await.0, 200);
    assert_eq!(world.sandbox.count("GET", "/messages"), 3);
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

#[tokio::test]
async fn commands_are_checked_as_discord_does() {
    let world = World::new().await;
    let http = Http::new(&world.sandbox);
    let path = format!("/applications/{}/commands", world.sandbox.bot());
    let good = json!([{"name": "notes", "description": "Notes", "options": [
        {"type": 1, "name": "recent", "description": "The latest"}]}]);
    let (status, list) = http.ask("PUT", &path, good.clone()).await;
    assert_eq!((status, &list[0]["type"]), (200, &json!(1)));
    let (_, again) = http.ask("PUT", &path, good).await;
    assert_eq!(list[0]["id"], again[0]["id"]);

    for bad in [
        json!([{"name": "Notes", "description": "upper case"}]),
        json!([{"name": "notes", "description": ""}]),
        json!([{"name": "notes", "description": "x".repeat(101)}]),
        json!([{"name": "a", "description": "a"}, {"name": "a", "description": "b"}]),
        json!([{"name": "a", "description": "a", "options": [
            {"type": 3, "name": "x", "description": "x"},
            {"type": 3, "name": "y", "description": "y", "required": true}]}]),
    ] {
        let (status, refusal) = http.ask("PUT", &path, bad).await;
        assert_eq!((status, &refusal["code"]), (400, &json!(50035)));
    }
}

/// discord.py sends ids as numbers, and Discord takes both.
#[tokio::test]
async fn an_id_in_a_body_is_a_text_or_a_number() {
    let world = World::with(Sandbox::builder().rate_limits(false)).await;
    let (sandbox, channel) = (&world.sandbox, world.channel);
    sandbox.set_bot_permissions(channel, permission::MANAGE_MESSAGES, 0);
    let ada = sandbox.add_member(world.guild, "Ada", &[]);
    let http = Http::new(sandbox);
    let path = format!("/channels/{channel}/messages");
    let said = sandbox.say(ada, channel, "hello").unwrap();

    let as_text = |id: i64| json!(id.to_string());
    for [message, person] in [[said.0, ada.0].map(as_text), [said.0, ada.0].map(Value::from)] {
        let reply = json!({"content": format!("hi <@{ada}>"),
            "message_reference": {"message_id": message}, "allowed_mentions": {"users": [person]}});
        let (status, reply) = http.ask("POST", &path, reply).await;
        assert_eq!((status, &reply["type"]), (200, &json!(19)), "{reply}");
        assert_eq!(reply["mentions"][0]["id"], as_text(ada.0));
        let direct = http.ask("POST", "/users/@me/channels", json!({"recipient_id": person})).await;
        assert_eq!(direct.0, 200, "{}", direct.1);
    }
    let [first, second] = ["a", "b"].map(|text| sandbox.say(ada, channel, text).unwrap());
    let gone = json!({"messages": [first.0, as_text(second.0)]});
    assert_eq!(http.ask("POST", &format!("{path}/bulk-delete"), gone).await.0, 204);
    assert_eq!([first, second].map(|id| sandbox.message(id)), [None, None]);
    assert_eq!(sandbox.violations(), Vec::<String>::new());
}
