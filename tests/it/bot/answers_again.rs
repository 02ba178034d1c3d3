//! An answer that Discord does not take at first is given again, whether something was changed or only looked at.

use std::time::Duration;

use discord_sandbox::{Answer, Reply};
use serde_json::{Value, json};

use super::changing::{NUMBER, card, press, with_order};
use crate::harness::World;

const WRONG: &str = "went wrong";

fn server_error() -> Answer {
    Answer::Status(500, json!({"code": 0, "message": "500: Internal Server Error"}).to_string())
}

fn too_many(milliseconds: u64) -> Answer {
    Answer::TooMany { wait: Duration::from_millis(milliseconds), global: false }
}

/// Where the bot adds to answers, and changes them.
fn answers(world: &World) -> String {
    format!("/webhooks/{}/", world.sandbox.bot())
}

/// Commands that change nothing and are answered at once.
fn looks() -> Vec<(&'static str, Value)> {
    vec![
        ("order", json!({"number": NUMBER})),
        ("order", json!({"number": "404"})),
        ("orders recent", json!({})),
        ("orders search", json!({"query": "Example"})),
        ("orders open", json!({})),
        ("logs recent", json!({})),
        ("health", json!({})),
        ("help", json!({})),
        ("trackings", json!({})),
        ("bulk list", json!({})),
        ("bulk waiting", json!({})),
        ("bulk status", json!({})),
        ("setup list", json!({})),
        ("setup check", json!({})),
        ("orders stats", json!({})),
        ("orders export", json!({})),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_is_answered_although_discord_fails_once() {
    let (world, _bot, _message) = with_order().await;
    for (command, options) in looks() {
        for fault in [Answer::Html(502), Answer::DoneButLost, too_many(300)] {
            world.sandbox.fail("POST", "/callback", 1, fault.clone());
            let reply = world.ask(command, options.clone()).await;
            assert!(!reply.text().contains(WRONG), "/{command} {fault:?}: {}", reply.text());
            let is_form = command == "bulk status";
            assert_eq!(reply.modal.is_some(), is_form, "/{command} {fault:?}");
            assert_eq!(world.sandbox.faults_left("/callback"), 0, "/{command}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_button_opens_comes_although_discord_fails_once() {
    let (world, _bot, _message) = with_order().await;
    let shown = card(&world).await;
    for label in ["History", "Correct…", "Note", "Add tracking"] {
        world.sandbox.fail("POST", "/callback", 1, Answer::Html(502));
        let opened = press(&world, world.owner, &shown, label).await;
        assert!(!opened.text().contains(WRONG), "{label}: {}", opened.text());
    }
    let list = world.ask("orders recent", json!({})).await;
    let menu = list.custom_id("Open one or more orders").expect("a menu");
    let (message, order) = (list.message.expect("a message"), world.rows("SELECT id FROM orders"));
    world.sandbox.fail("POST", "/callback", 1, Answer::Html(502));
    let opened = world.sandbox.select(world.owner, message, &menu, &[order[0].as_str()]).await;
    let text = opened.expect("opened").text();
    assert!(text.contains(NUMBER) && !text.contains(WRONG), "{text}");
    let asked = world.ask("forget", json!({"email": "nobody@example.com"})).await;
    world.sandbox.fail("POST", "/callback", 1, Answer::Html(502));
    let cancelled = press(&world, world.owner, &asked, "Cancel").await;
    assert!(cancelled.text().contains("Cancelled"), "{}", cancelled.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_off_is_answered_although_discord_fails_for_a_while() {
    let (world, _bot, _message) = with_order().await;
    let put_off = [
        ("orders export", json!({}), "1 order"),
        ("orders stats", json!({}), "1 order"),
        ("setup check", json!({}), "Up to date"),
        ("forget", json!({"email": "nobody@example.com"}), "nobody@example.com"),
    ];
    for (command, options, said) in put_off {
        for (fault, times) in [(server_error(), 1), (server_error(), 2), (too_many(200), 1)] {
            world.sandbox.fail("", &answers(&world), times, fault);
            let reply = world.ask(command, options.clone()).await;
            let reply = world.sandbox.with_follow_ups(reply).await;
            assert!(reply.text().contains(said), "/{command}: {}", reply.text());
            assert!(!reply.text().contains(WRONG), "/{command}: {}", reply.text());
            assert!(reply.follow_ups.is_empty(), "/{command}: {:?}", reply.follow_ups);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_came_although_discord_said_otherwise_comes_once_and_alone() {
    let (world, _bot, _message) = with_order().await;
    world.sandbox.fail("", &answers(&world), 1, Answer::DoneButLost);
    let reply = world.ask("orders export", json!({"format": "csv"})).await;
    // The second time changes the same answer.
    let again = async || {
        let requests = world.sandbox.requests();
        requests.iter().filter(|it| it.by_bot && it.path.contains(&answers(&world))).count() == 2
    };
    world.until("it was sent again", again).await;
    let reply: Reply = world.sandbox.with_follow_ups(reply).await;
    assert!(reply.follow_ups.is_empty(), "{:?}", reply.follow_ups);
    let reply = world.sandbox.followed(&reply);
    assert_eq!(reply.files.len(), 1, "{:?}", reply.files);
    assert!(reply.text().contains("1 order"), "{}", reply.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_made_although_discord_asks_to_wait_a_moment() {
    let (world, _bot, _message) = with_order().await;
    for (wait, status) in [(300, "shipped"), (1_000, "delivered")] {
        let until = std::time::Instant::now() + Duration::from_millis(wait);
        // Discord refuses until then, however often it is asked.
        world.sandbox.refuse_until("POST", "/callback", until);
        let reply = world.ask("mark", json!({"number": NUMBER, "status": status})).await;
        let told = async || world.sandbox.followed(&reply).text().contains(status);
        world.until("it is told", told).await;
        assert_eq!(world.rows("SELECT status FROM orders"), [status]);
    }
}
