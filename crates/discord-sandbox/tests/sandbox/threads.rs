//! Threads and forums, as webhooks, people and the bot see them.

use discord_sandbox::ids::ChannelId;
use discord_sandbox::{Answer, permission};
use serde_json::{Value, json};

use super::raw::{Http, INTENTS, Socket};
use super::world::World;

const FORUM: u64 = 15;

fn ids(answer: &Value) -> Vec<ChannelId> {
    let id = |thread: &Value| thread["id"].as_str().unwrap().parse().unwrap();
    answer["threads"].as_array().unwrap().iter().map(id).collect()
}

#[tokio::test]
async fn a_webhook_posts_into_threads_of_its_channel_and_opens_them() {
    let world = World::new().await;
    let other = world.sandbox.add_channel(world.guild, "elsewhere");
    let owner = world.sandbox.owner(world.guild);
    let thread = world.sandbox.add_thread(owner, world.channel, "drop");
    let foreign = world.sandbox.add_thread(owner, other, "foreign");
    let (mut socket, _) = Socket::ready(&world.sandbox, INTENTS).await;
    let listed = socket.event("GUILD_CREATE").await;
    assert_eq!(ids(&listed), [thread, foreign]);
    assert_eq!(listed["channels"].as_array().unwrap().len(), 2);

    world.sandbox.set_archived(thread, true);
    assert_eq!(socket.event("THREAD_UPDATE").await["thread_metadata"]["archived"], json!(true));
    let client = reqwest::Client::new();
    let url = format!("{}?wait=true&thread_id={thread}", world.webhook.url);
    let posted = client.post(&url).json(&json!({"content": "hello"})).send().await.unwrap();
    let posted: Value = posted.json().await.unwrap();
    assert_eq!(posted["channel_id"], json!(thread.to_string()));
    let opened = socket.event("THREAD_UPDATE").await;
    assert_eq!(opened["thread_metadata"]["archived"], json!(false));
    assert_eq!(opened["parent_id"], json!(world.channel.to_string()));
    assert_eq!(socket.event("MESSAGE_CREATE").await["channel_id"], json!(thread.to_string()));

    let refused = world.sandbox.post_in(&world.webhook, foreign, json!({"content": "hello"}));
    assert_eq!(refused.unwrap_err().code, 10003);
    world.sandbox.set_locked(thread, true);
    world.sandbox.post_in(&world.webhook, thread, json!({"content": "hello"})).unwrap();
    world.sandbox.set_archived(thread, true);
    let refused = world.sandbox.post_in(&world.webhook, thread, json!({"content": "hello"}));
    assert_eq!(refused.unwrap_err().code, 50083);
}

#[tokio::test]
async fn a_forum_holds_posts_alone() {
    let world = World::new().await;
    let forum = world.sandbox.add_channel_of_kind(world.guild, "forum", FORUM);
    let webhook = world.sandbox.add_webhook(forum, "Newsroom");
    let http = Http::new(&world.sandbox);
    let refused = |result: Result<_, discord_sandbox::Refusal>| result.unwrap_err().code;
    assert_eq!(refused(world.sandbox.post(&webhook, json!({"content": "a"}))), 220_001);
    let named = json!({"content": "a", "thread_name": "drop"});
    assert_eq!(refused(world.sandbox.post(&world.webhook, named.clone())), 220_003);

    let first = world.sandbox.post(&webhook, named.clone()).unwrap();
    let post = ChannelId(first.0);
    assert_eq!(refused(world.sandbox.post_in(&webhook, post, named)), 220_002);
    let second = world.sandbox.post_in(&webhook, post, json!({"content": "b"})).unwrap();
    let (_, shown) = http.get(&format!("/channels/{post}")).await;
    assert_eq!(
        (&shown["name"], &shown["last_message_id"], &shown["owner_id"]),
        (&json!("drop"), &json!(second.to_string()), &json!(webhook.id.to_string()))
    );
    let (_, shown) = http.get(&format!("/channels/{forum}")).await;
    assert_eq!(shown["last_message_id"], json!(first.to_string()));
    assert_eq!(http.get(&format!("/channels/{forum}/messages")).await.1["code"], 50024);
    assert_eq!(http.get(&format!("/channels/{post}/webhooks")).await.1["code"], 50024);
    let body = json!({"content": "c", "allowed_mentions": {"parse": []}});
    let (_, answer) = http.ask("POST", &format!("/channels/{forum}/messages"), body).await;
    assert_eq!(answer["code"], 40058);
}

#[tokio::test]
async fn closed_threads_are_listed_by_pages_and_nothing_in_them_changes() {
    let world = World::new().await;
    let http = Http::new(&world.sandbox);
    let owner = world.sandbox.owner(world.guild);
    let threads: Vec<ChannelId> = (0..5)
        .map(|number| world.sandbox.add_thread(owner, world.channel, &number.to_string()))
        .collect();
    let message = world.sandbox.post_in(&world.webhook, threads[0], json!({"content": "a"}));
    let message = message.unwrap();
    for thread in &threads {
        world.sandbox.set_archived(*thread, true);
    }
    world.sandbox.set_archived(threads[4], false);
    let active = http.get(&format!("/guilds/{}/threads/active", world.guild)).await.1;
    assert_eq!(ids(&active), [threads[4]]);

    let path = format!("/channels/{}/threads/archived/public", world.channel);
    let (_, first) = http.get(&format!("{path}?limit=2")).await;
    assert_eq!((ids(&first), &first["has_more"]), (vec![threads[3], threads[2]], &json!(true)));
    let before = first["threads"][1]["thread_metadata"]["archive_timestamp"].as_str().unwrap();
    let before = before.replace('+', "%2B");
    let (_, second) = http.get(&format!("{path}?limit=2&before={before}")).await;
    assert_eq!((ids(&second), &second["has_more"]), (vec![threads[1], threads[0]], &json!(false)));

    let refused = world.sandbox.react(owner, message, "📦").unwrap_err();
    assert_eq!((refused.status, refused.code), (400, 50083));
    assert_eq!(world.sandbox.edit(message, &json!({"content": "b"})).unwrap_err().code, 50083);
    world.sandbox.delete(message);
    assert_eq!(world.sandbox.message(message), None);
    // It is still told as the last one.
    let (_, shown) = http.get(&format!("/channels/{}", threads[0])).await;
    assert_eq!(shown["last_message_id"], json!(message.to_string()));
}

#[tokio::test]
async fn threads_are_seen_by_whom_their_channel_lets_in() {
    let world = World::new().await;
    let owner = world.sandbox.owner(world.guild);
    let thread = world.sandbox.add_thread(owner, world.channel, "drop");
    let private = world.sandbox.add_private_thread(owner, world.channel, "quiet");
    let http = Http::new(&world.sandbox);
    let active = format!("/guilds/{}/threads/active", world.guild);
    assert_eq!(ids(&http.get(&active).await.1), [thread]);
    assert_eq!(http.get(&format!("/channels/{private}")).await.1["code"], 50001);

    let (mut socket, _) = Socket::ready(&world.sandbox, INTENTS).await;
    let bot = world.sandbox.bot();
    world.sandbox.add_to_thread(private, bot);
    assert_eq!(socket.event("THREAD_CREATE").await["id"], json!(private.to_string()));
    world.sandbox.set_archived(private, true);
    let joined = format!("/channels/{}/users/@me/threads/archived/private", world.channel);
    assert_eq!(ids(&http.get(&joined).await.1), [private]);
    let all = format!("/channels/{}/threads/archived/private", world.channel);
    assert_eq!(http.get(&all).await.1["code"], 50013);
    world.sandbox.remove_from_thread(private, bot);
    let gone = socket.event("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(gone["removed_member_ids"], json!([bot.to_string()]));

    world.sandbox.set_bot_permissions(world.channel, 0, permission::VIEW_CHANNEL);
    assert_eq!(ids(&http.get(&active).await.1), []);
    world.sandbox.set_bot_permissions(world.channel, permission::VIEW_CHANNEL, 0);
    assert_eq!(ids(&socket.event("THREAD_LIST_SYNC").await), [thread]);
    world.sandbox.remove_channel(thread);
    assert_eq!(socket.event("THREAD_DELETE").await["id"], json!(thread.to_string()));
}

#[tokio::test]
async fn files_are_given_out_to_who_knows_their_whole_address() {
    let world = World::new().await;
    let message = world.sandbox.post_files(&world.webhook, json!({}), &[("a.txt", b"hello")]);
    let file = world.sandbox.message(message.unwrap()).unwrap()["attachments"][0].clone();
    assert_eq!((&file["size"], &file["filename"]), (&json!(5), &json!("a.txt")));
    assert!(file["content_type"].as_str().unwrap().starts_with("text/plain"));
    let url = file["url"].as_str().unwrap();
    assert_eq!(reqwest::get(url).await.unwrap().text().await.unwrap(), "hello");
    let (bare, _) = url.split_once('?').unwrap();
    assert_eq!(reqwest::get(bare).await.unwrap().status().as_u16(), 404);

    let elsewhere = Answer::Redirect("http://127.0.0.1:9/".to_owned());
    world.sandbox.fail("GET", "/attachments/", 1, elsewhere);
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let answer = client.build().unwrap().get(url).send().await.unwrap();
    assert_eq!(answer.headers()["location"], "http://127.0.0.1:9/");
}
