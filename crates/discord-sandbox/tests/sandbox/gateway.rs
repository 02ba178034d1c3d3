//! The gateway as Discord describes it.

use discord_sandbox::{Content, Sandbox};
use serde_json::json;

use super::raw::{INTENTS, Socket};
use super::world::World;

#[tokio::test]
async fn a_session_begins_with_ready_and_the_guilds() {
    let world = World::new().await;
    let (mut socket, ready) = Socket::ready(&world.sandbox, INTENTS).await;
    assert_eq!(ready["guilds"][0]["id"], json!(world.guild.to_string()));
    assert_eq!(ready["guilds"][0]["unavailable"], true);
    assert_eq!(ready["user"]["id"], ready["application"]["id"]);

    let guild = socket.event("GUILD_CREATE").await;
    assert_eq!(guild["channels"][0]["name"], "news");

    socket.say(json!({"op": 1, "d": 2})).await;
    assert_eq!(socket.next().await["op"], 11);
}

#[tokio::test]
async fn a_message_comes_as_the_webhook_sent_it() {
    let world = World::new().await;
    let (mut socket, _) = Socket::ready(&world.sandbox, INTENTS).await;
    let embed = json!({"author": {"name": "Release | Editor"}, "footer": null,
        "fields": [{"name": "Price", "value": " $1.00 "}]});
    let message = world.sandbox.post(&world.webhook, json!({ "embeds": [embed] })).unwrap();

    let told = socket.event("MESSAGE_CREATE").await;
    assert_eq!(told["id"], json!(message.to_string()));
    assert_eq!(told["guild_id"], json!(world.guild.to_string()));
    assert_eq!(told["webhook_id"], told["author"]["id"]);
    assert!(told.get("member").is_none());
    let embed = json!({"author": {"name": "Release | Editor"}, "type": "rich",
        "fields": [{"name": "Price", "value": "$1.00", "inline": false}]});
    assert_eq!(told["embeds"], json!([embed]));
}

#[tokio::test]
async fn without_the_content_intent_messages_are_empty_but_the_bots_own() {
    let world = World::new().await;
    let (mut socket, _) = Socket::ready(&world.sandbox, INTENTS & !(1 << 15)).await;
    world.post("secret");
    let told = socket.event("MESSAGE_CREATE").await;
    assert_eq!((&told["content"], &told["embeds"]), (&json!(""), &json!([])));

    let bot = world.sandbox.bot();
    world
        .sandbox
        .say(world.sandbox.owner(world.guild), world.channel, format!("<@{bot}> hi"))
        .unwrap();
    assert_ne!(socket.event("MESSAGE_CREATE").await["content"], "");
}

#[tokio::test]
async fn only_what_was_asked_for_and_may_be_seen_is_told() {
    let world = World::new().await;
    let person = world.sandbox.add_member(world.guild, "Ada", &[]);
    let private = world.sandbox.add_channel(world.guild, "private");
    let hidden = world.sandbox.add_webhook(private, "Newsroom");
    world.sandbox.set_bot_permissions(private, 0, discord_sandbox::permission::VIEW_CHANNEL);

    let (mut socket, _) = Socket::ready(&world.sandbox, 1 | 1 << 10).await;
    socket.event("GUILD_CREATE").await;
    world.sandbox.post(&hidden, json!({"content": "not to be seen"})).unwrap();
    let message = world.post("not asked for");
    world.sandbox.react(person, message, "📦").unwrap();

    let next = socket.next().await;
    assert_eq!(next["t"], "MESSAGE_REACTION_ADD");
    assert_eq!(next["d"]["member"]["user"]["id"], json!(person.to_string()));
    assert_eq!(next["d"]["emoji"], json!({"id": null, "name": "📦"}));
}

#[tokio::test]
async fn a_resume_repeats_in_order_what_was_missed() {
    let world = World::new().await;
    let (mut socket, ready) = Socket::ready(&world.sandbox, INTENTS).await;
    socket.event("GUILD_CREATE").await;
    world.sandbox.cut();
    assert!(socket.closing().await.is_none());
    for number in 0..100 {
        world.post(&number.to_string());
    }

    let mut socket = Socket::open(&world.sandbox).await;
    let resume = json!({"op": 6, "d": {"token": world.sandbox.token(), "seq": 2,
        "session_id": ready["session_id"]}});
    socket.say(resume.clone()).await;
    for number in 0..100 {
        let frame = socket.next().await;
        assert_eq!(frame["s"], number + 3);
        assert_eq!(frame["d"]["content"], number.to_string());
    }
    assert_eq!(socket.next().await["t"], "RESUMED");

    world.sandbox.forget_sessions();
    let mut socket = Socket::open(&world.sandbox).await;
    socket.say(resume).await;
    assert_eq!(socket.next().await, json!({"t": null, "s": null, "op": 9, "d": false}));
}

#[tokio::test]
async fn what_discord_does_not_let_in_is_closed_with_its_code() {
    let sandbox = Sandbox::builder().message_content(Content::Disallowed).start().await.unwrap();
    for (token, intents, code) in [
        ("wrong", 1, 4004),
        (sandbox.token().as_str(), 1 << 40, 4013),
        (sandbox.token().as_str(), INTENTS, 4014),
        (sandbox.token().as_str(), 1 << 1, 4014),
    ] {
        let mut socket = Socket::open(&sandbox).await;
        socket.identify(token, intents).await;
        assert_eq!(socket.close_code().await, code);
    }
    let mut socket = Socket::open(&sandbox).await;
    socket.say(json!({"op": 77})).await;
    assert_eq!(socket.close_code().await, 4001);
}

#[tokio::test]
async fn faults_of_the_gateway_come_on_demand() {
    let world = World::new().await;
    let (mut socket, _) = Socket::ready(&world.sandbox, INTENTS).await;
    socket.event("GUILD_CREATE").await;

    world.sandbox.hold();
    world.post("first");
    world.post("second");
    world.sandbox.release(|places| places.reverse());
    assert_eq!(socket.next().await["d"]["content"], "second");
    assert_eq!(socket.next().await["d"]["content"], "first");

    world.sandbox.repeat_events(2);
    world.post("twice");
    assert_eq!(socket.next().await["d"]["content"], "twice");
    assert_eq!(socket.next().await["d"]["content"], "twice");
    world.sandbox.repeat_events(1);

    world.sandbox.set_lossy(true);
    world.post("lost");
    world.sandbox.heal();
    world.post("found");
    assert_eq!(socket.next().await["d"]["content"], "found");

    world.sandbox.ask_to_reconnect();
    assert_eq!(socket.next().await["op"], 7);
    world.sandbox.close(None);
    assert!(socket.closing().await.is_none());
}
