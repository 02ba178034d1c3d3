//! REST's bad days: what Discord cannot do now is done later, and once.

use std::time::{Duration, Instant};

use discord_sandbox::{Answer, Request};
use serde_json::json;

use crate::harness::World;

fn broken() -> [Answer; 7] {
    [
        Answer::Status(500, r#"{"message": "500: Internal Server Error", "code": 0}"#.to_owned()),
        Answer::Html(502),
        Answer::Html(520),
        // Of Cloudflare; Discord's own word would be JSON.
        Answer::Html(403),
        Answer::DoneButLost,
        Answer::BrokenOff,
        Answer::Status(503, String::new()),
    ]
}

/// The bot's requests that match, in the order of their coming.
fn asked(world: &World, method: &str, path: &str) -> Vec<Request> {
    let mut requests = world.sandbox.requests();
    requests.retain(|request| {
        request.by_bot && request.method == method && request.path.contains(path)
    });
    requests.sort_by_key(|request| request.at);
    requests
}

#[tokio::test(flavor = "multi_thread")]
async fn reactions_are_put_up_after_every_kind_of_failure() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    for (number, answer) in (1..).zip(broken()) {
        world.sandbox.fail("PUT", "/reactions/", 2, answer.clone());
        let message = world.checkout(number);
        world.sees(message, "✅").await;
        let put = asked(&world, "PUT", &message.to_string());
        assert!(put.len() <= 3, "{answer:?}: {} attempts", put.len());
    }
    assert!(!world.log().contains("the bot may not"), "{}", world.log());
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_of_one_route_holds_up_that_route_and_no_other() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let wait = Duration::from_secs(3);
    world.sandbox.fail("PUT", "/reactions/", 1, Answer::TooMany { wait, global: false });
    let message = world.checkout(1);
    world.until("it was refused", async || !asked(&world, "PUT", "/reactions/").is_empty()).await;
    // A change of the message has to be fetched meanwhile.
    world.sandbox.send_raw(&partial_update(&world, message));
    world.sees(message, "✅").await;
    world.until("it is asked again", async || asked(&world, "PUT", "/reactions/").len() > 1).await;
    let put = asked(&world, "PUT", "/reactions/");
    assert!(put[1].at - put[0].at >= wait, "{:?}", put[1].at - put[0].at);
    let fetched = asked(&world, "GET", &format!("/messages/{message}"));
    assert!(fetched[0].at < put[1].at, "reading does not wait for reacting");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_global_limit_holds_up_everything_as_long_as_it_says() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let wait = Duration::from_secs(3);
    world.sandbox.fail("PUT", "/reactions/", 1, Answer::TooMany { wait, global: true });
    let message = world.checkout(1);
    world.until("it was refused", async || !asked(&world, "PUT", "/reactions/").is_empty()).await;
    world.sandbox.send_raw(&partial_update(&world, message));
    world.sees(message, "✅").await;
    let path = format!("/messages/{message}");
    world.until("it was fetched", async || !asked(&world, "GET", &path).is_empty()).await;
    let refused = asked(&world, "PUT", "/reactions/")[0].at;
    let free = |request: &Request| request.at <= refused || request.at - refused >= wait;
    // Answers to people have no limit.
    let held = |request: &&Request| request.by_bot && !request.path.contains("/interactions/");
    let early: Vec<_> =
        world.sandbox.requests().into_iter().filter(|one| held(&one) && !free(one)).collect();
    assert!(early.is_empty(), "{early:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_answered_while_a_reaction_hangs() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    world.sandbox.fail("PUT", "/reactions/", 1, Answer::Hang(Duration::from_secs(4)));
    let message = world.checkout(1);
    world.until("it is stored", async || world.stored() == [message]).await;
    let next = world.checkout(2);
    let begun = Instant::now();
    world.until("the next is stored", async || world.stored() == [message, next]).await;
    world.ask("orders recent", json!({})).await;
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    world.sees(message, "✅").await;
    world.sees(next, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "an answer is waited for 15 s"]
async fn an_answer_that_never_comes_is_asked_for_again() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    world.sandbox.fail("PUT", "/reactions/", 1, Answer::Hang(Duration::from_mins(5)));
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    // The hanging one has no end yet.
    world.until("once", async || asked(&world, "PUT", "/reactions/").len() == 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_history_that_breaks_off_moves_no_cursor_and_deletes_nothing() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let first = world.checkout(1);
    world.sees(first, "✅").await;
    world.stop_bot(bot).await;
    let mut all = vec![first];
    all.extend((2..=130).map(|number| world.checkout(number)));
    let page = format!("/channels/{}/messages", world.channel);
    world.sandbox.fail("GET", &page, 2, Answer::BrokenOff);
    for body in ["[", "[{\"id\": \"1\"", "{}", "null", "", "\"<html>\"", "[1, null, \"x\", {}]"] {
        world.sandbox.fail("GET", &page, 1, Answer::Status(200, body.to_owned()));
    }
    let _bot = world.start_bot().await;
    world.until("all are stored", async || world.stored() == all).await;
    let deleted = world.rows("SELECT message_id FROM deliveries WHERE deleted_at IS NOT NULL");
    assert_eq!(deleted, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_that_discord_may_have_are_not_registered_blindly() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    world.stop_bot(bot).await;
    world.sandbox.clear_log();
    world.sandbox.fail("GET", "/commands", 6, Answer::Html(503));
    let _bot = world.start_bot().await;
    let asked = async || world.sandbox.count("GET", "/commands") >= 7;
    world.until("Discord is asked until it answers", asked).await;
    assert_eq!(world.sandbox.count("PUT", "/commands"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_are_registered_when_discord_can_again() {
    let world = World::new().await;
    world.sandbox.fail("PUT", "/commands", 3, Answer::Html(503));
    let _bot = world.start_bot().await;
    world.ask("help", json!({})).await;
}

fn partial_update(world: &World, message: refract_ledger::ids::MessageId) -> String {
    json!({"op": 0, "s": 1, "t": "MESSAGE_UPDATE", "d": {
        "id": message.to_string(), "channel_id": world.channel.to_string(),
        "guild_id": world.guild.to_string(), "edited_timestamp": "2030-01-01T00:00:00Z",
        "embeds": [{"type": "rich", "color": "red"}]}})
    .to_string()
}
