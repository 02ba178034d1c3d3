//! People are answered in time and told the truth, and what they ask for is done once.

use std::time::Duration;

use discord_sandbox::{Answer, Reply, Whom};
use serde_json::{Value, json};

use super::changing::{NUMBER, card, press, with_order};
use crate::harness::{PATIENCE, World};

/// Discord waits no longer for an answer.
const PATIENCE_OF_DISCORD: Duration = Duration::from_secs(3);
const BUSY: &str =
    "The database is busy; your change is waiting. This reply changes when it is made.";

/// The statuses that the order got by what people did, oldest first.
fn changes(world: &World) -> Vec<String> {
    let query = "SELECT json_extract(details, '$.status[1]') FROM order_events
        WHERE user_id IS NOT NULL AND kind = 'status' ORDER BY id";
    world.rows(query)
}

fn status(world: &World) -> Vec<String> {
    world.rows("SELECT status FROM orders")
}

async fn mark(world: &World, status: &str) -> Reply {
    world.ask("mark", json!({"number": NUMBER, "status": status})).await
}

/// Discord's answer to an acknowledgement that comes too late.
fn unknown_interaction() -> Answer {
    let body = json!({"code": 10062, "message": "Unknown interaction"});
    Answer::Status(404, body.to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_discord_does_not_let_be_acknowledged_changes_nothing() {
    let (world, _bot, _message) = with_order().await;
    mark(&world, "shipped").await;
    let shown = card(&world).await;
    let note = press(&world, world.owner, &shown, "Note").await;
    let (menu, undo) = (shown.custom_id("Set the status"), shown.custom_id("Undo"));
    let (menu, undo) = (menu.expect("a menu"), undo.expect("a button"));
    let message = shown.message.expect("a message");
    world.sandbox.fail("POST", "/callback", 4, unknown_interaction());
    let options: [(&str, Value); 2] = [("number", json!(NUMBER)), ("status", json!("sold"))];
    let (sandbox, owner) = (&world.sandbox, world.owner);
    let unanswered = tokio::join!(
        sandbox.command(owner, world.channel, "mark", &options),
        sandbox.select(owner, message, &menu, &["sold"]),
        sandbox.press(owner, message, &undo),
        sandbox.submit_modal(owner, &note, &[("value", "a gift")]),
    );
    assert!(unanswered.0.is_err() && unanswered.1.is_err(), "{unanswered:?}");
    assert!(unanswered.2.is_err() && unanswered.3.is_err(), "{unanswered:?}");
    let refused = "so nothing was changed";
    world.until("all are refused", async || world.log().matches(refused).count() == 4).await;
    assert_eq!((status(&world), changes(&world)), (vec!["shipped".into()], vec!["shipped".into()]));
    assert_eq!(world.rows("SELECT count(*) FROM additions"), ["0"]);
    // The next is done as ever.
    mark(&world, "delivered").await;
    assert_eq!(status(&world), ["delivered"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_acknowledgement_that_got_lost_on_its_way_back_costs_nothing() {
    let (world, _bot, _message) = with_order().await;
    world.sandbox.fail("POST", "/callback", 1, Answer::DoneButLost);
    let reply = mark(&world, "shipped").await;
    assert!(reply.text().contains("shipped"), "{}", reply.text());
    assert_eq!(changes(&world), ["shipped"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_that_is_delivered_twice_is_done_once() {
    let (world, _bot, _message) = with_order().await;
    mark(&world, "shipped").await;
    mark(&world, "delivered").await;
    world.sandbox.repeat_events(2);
    let reply = world.ask("undo", json!({"number": NUMBER})).await;
    assert!(reply.text().contains("delivered"), "{}", reply.text());
    world.sandbox.repeat_events(1);
    world.sandbox.repeat_latest_interaction();
    let taken = "Discord delivered an interaction again";
    world.until("all came in", async || world.log().matches(taken).count() == 2).await;
    assert_eq!(status(&world), ["shipped"]);
    assert_eq!(changes(&world), ["shipped", "delivered", "shipped"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_that_a_killed_bot_has_done_is_not_done_by_the_next() {
    let (world, bot, _message) = with_order().await;
    mark(&world, "shipped").await;
    mark(&world, "delivered").await;
    world.sandbox.fail("PATCH", "/messages/@original", 9, Answer::Hang(PATIENCE));
    let options = [("number", json!(NUMBER))];
    let asked = world.sandbox.command(world.owner, world.channel, "undo", &options);
    let killed = async {
        world.until("it is done", async || status(&world) == ["shipped"]).await;
        bot.kill();
        let gone = world.sandbox.wait_until(|world| world.connected() == 0, PATIENCE).await;
        assert!(gone, "the bot is gone");
        world.sandbox.heal();
        let next = world.start_bot().await;
        world.sandbox.repeat_latest_interaction();
        next
    };
    let (reply, _bot) = tokio::join!(asked, killed);
    let reply = reply.expect("the next bot answers");
    assert_eq!(reply.text(), "This is done already, and was done only once.");
    assert_eq!(status(&world), ["shipped"]);
    assert_eq!(changes(&world), ["shipped", "delivered", "shipped"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn while_another_program_holds_the_database_looks_work_and_changes_wait() {
    let (world, _bot, _message) = with_order().await;
    let clerk = world.sandbox.add_member(world.guild, "clerk", &[]);
    world.sandbox.allow_command(world.guild, "order", Whom::Member(clerk), true);
    world.until_commands_changed(1).await;
    let first = card(&world).await;
    let holder = world.lock_database();

    let number = json!({"number": NUMBER});
    let looked = world.ask_as(clerk, "order", number).await;
    let history = press(&world, clerk, &looked, "History").await;
    assert!(!history.text().contains("You can't see"), "{}", history.text());
    let looks = [looked, history, world.ask("orders recent", json!({})).await, card(&world).await];
    for look in looks {
        assert!(look.elapsed < PATIENCE_OF_DISCORD, "{:?}: {}", look.elapsed, look.text());
    }

    let reply = mark(&world, "shipped").await;
    assert!(reply.elapsed < PATIENCE_OF_DISCORD, "{:?}", reply.elapsed);
    assert_eq!(reply.text(), BUSY);
    let menu = first.custom_id("Set the status").expect("a menu");
    let message = first.message.expect("a message");
    let chosen = world.sandbox.select(world.owner, message, &menu, &["sold"]);
    let chosen = chosen.await.expect("chosen");
    let said = async || world.sandbox.followed(&chosen).content == BUSY;
    world.promptly("the card says so", said).await;
    assert!(world.sandbox.followed(&chosen).acknowledged_after < PATIENCE_OF_DISCORD);

    // SQLite has given up more than once by now.
    let waits = "the database is busy; what is to be written waits";
    world.until("it waits", async || world.log().matches(waits).count() > 3).await;
    assert_eq!(status(&world), ["verified"]);
    drop(holder);
    let told = async || world.sandbox.followed(&reply).text().contains("shipped");
    world.until("it is told", told).await;
    let settled = async || !world.sandbox.followed(&chosen).text().contains(BUSY);
    world.until("the card is settled", settled).await;
    // Both were waiting. The card is out of date where the command came first.
    let mut done = changes(&world);
    done.sort_unstable();
    assert!(done == ["shipped"] || done == ["shipped", "sold"], "{done:?}");
    let seen = async || world.rows("SELECT count(*) FROM disclosures") == ["4"];
    world.until("the looks are noted", seen).await;
    assert!(!world.log().contains("a command failed"), "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_of_a_change_is_shown_although_discord_fails_for_a_while() {
    let (world, _bot, _message) = with_order().await;
    world.sandbox.fail("PATCH", "/messages/@original", 2, Answer::Html(502));
    let reply = mark(&world, "shipped").await;
    assert!(reply.text().contains("shipped"), "{}", reply.text());
    assert_eq!(changes(&world), ["shipped"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_change_waits_when_the_bot_stops_is_told() {
    let (world, bot, _message) = with_order().await;
    let holder = world.lock_database();
    let reply = mark(&world, "shipped").await;
    assert_eq!(reply.text(), BUSY);
    assert_eq!(bot.stop().await, Some(0), "{}", world.log());
    let told = world.sandbox.followed(&reply).text();
    assert!(told.contains("I was stopped while your change was waiting"), "{told}");
    drop(holder);
    assert_eq!(status(&world), ["verified"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_change_is_begun_when_the_database_becomes_busy_is_told_in_time() {
    let world = World::unconfigured().await;
    let _bot = world.start_bot().await;
    let list = format!("/channels/{}/webhooks", world.channel);
    world.sandbox.fail("GET", &list, 1, Answer::Hang(Duration::from_secs(1)));
    let locked = async {
        let noted = async || world.rows("SELECT count(*) FROM interactions") == ["1"];
        world.until("it is begun", noted).await;
        world.lock_database()
    };
    let (reply, holder) = tokio::join!(world.ask("setup watch", json!({})), locked);
    assert!(reply.elapsed < PATIENCE_OF_DISCORD, "{:?}", reply.elapsed);
    assert!(reply.text().contains("I'm still at it"), "{}", reply.text());
    drop(holder);
    let told = async || world.sandbox.followed(&reply).text().contains("/api/webhooks/");
    world.until("it is done", told).await;
    assert_eq!(world.sandbox.webhooks(world.channel).iter().filter(|it| it.own).count(), 1);
}

/// How many times the bot has changed what it answered.
fn edits(world: &World) -> usize {
    let requests = world.sandbox.requests();
    requests.iter().filter(|it| it.method == "PATCH" && it.path.ends_with("/@original")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_that_is_pressed_twice_while_the_database_is_busy_takes_one_change_back() {
    let (world, _bot, _message) = with_order().await;
    for text in ["one", "two"] {
        world.ask("note", json!({"number": NUMBER, "text": text})).await;
    }
    let (shown, before) = (card(&world).await, edits(&world));
    let holder = world.lock_database();
    press(&world, world.owner, &shown, "Undo").await;
    press(&world, world.owner, &shown, "Undo").await;
    drop(holder);
    // Each says first that it waits.
    world.until("both are answered", async || edits(&world) == before + 4).await;
    let kept = world.rows("SELECT value FROM additions WHERE kind = 'note'");
    assert_eq!(kept, ["one"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_choose_on_one_card_at_once_one_is_heard() {
    let (world, _bot, _message) = with_order().await;
    let (shown, before) = (card(&world).await, edits(&world));
    let menu = shown.custom_id("Set the status").expect("a menu");
    let message = shown.message.expect("a message");
    let choose = |status| world.sandbox.select(world.owner, message, &menu, status);
    let holder = world.lock_database();
    let (first, second) = tokio::join!(choose(&["shipped"]), choose(&["cancelled"]));
    assert!(first.is_ok() && second.is_ok(), "{first:?} {second:?}");
    drop(holder);
    world.until("both are answered", async || edits(&world) == before + 4).await;
    assert_eq!(changes(&world).len(), 1, "{:?}", changes(&world));
}
