//! Changing orders: the card's menu, buttons and forms, and the commands that do the same.

use discord_sandbox::Reply;
use refract_ledger::ids::UserId;
use serde_json::{Value, json};

use crate::harness::World;

pub(super) const NUMBER: &str = "102003000000017";

/// A world with one order, and a running bot.
pub(super) async fn with_order() -> (World, crate::harness::Bot, refract_ledger::ids::MessageId) {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.post_fields(
        "Successful Checkout | Target",
        &[("Product", "Example"), ("Price", "$10.00"), ("Order Number", NUMBER)],
    );
    world.sees(message, "✅").await;
    (world, bot, message)
}

pub(super) async fn card(world: &World) -> Reply {
    world.ask("order", json!({"number": NUMBER})).await
}

pub(super) async fn press(world: &World, user: UserId, on: &Reply, label: &str) -> Reply {
    let id = on.custom_id(label).unwrap_or_else(|| panic!("{label} on {on:?}"));
    let message = on.message.expect("a message");
    let pressed = world.sandbox.press(user, message, &id).await;
    pressed.unwrap_or_else(|failure| panic!("{label}: {failure:?}\n{}", world.log()))
}

async fn choose(world: &World, user: UserId, on: &Reply, status: &str) -> Reply {
    let id = on.custom_id("Set the status").expect("a menu");
    let message = on.message.expect("a message");
    let chosen = world.sandbox.select(user, message, &id, &[status]).await;
    chosen.unwrap_or_else(|failure| panic!("{failure:?}\n{}", world.log()))
}

pub(super) fn the_order(world: &World) -> Value {
    world.exported().into_iter().next().expect("an order")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_sets_the_status_and_the_message_shows_it() {
    let (world, bot, message) = with_order().await;
    let first = card(&world).await;
    let shown = choose(&world, world.owner, &first, "shipped").await;
    assert!(shown.updated && shown.text().contains("📦 shipped"), "{}", shown.text());
    world.sees(message, "📦").await;
    // The same card goes on, also after a restart.
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    choose(&world, world.owner, &shown, "delivered").await;
    world.sees(message, "🏠").await;
    assert_eq!(the_order(&world)["status"], "delivered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_that_went_stale_changes_nothing_and_shows_the_present() {
    let (world, _bot, message) = with_order().await;
    let (old, other) = (card(&world).await, card(&world).await);
    world.ask("mark", json!({"number": NUMBER, "status": "delivered"})).await;
    world.sees(message, "🏠").await;
    let said = choose(&world, world.owner, &old, "processing").await;
    assert!(said.text().contains("out of date"), "{}", said.text());
    assert!(said.text().contains("🏠 delivered"), "{}", said.text());
    assert_eq!(the_order(&world)["status"], "delivered");
    choose(&world, world.owner, &said, "processing").await;
    world.sees(message, "⏳").await;
    // What Undo would take back now is not what the other card shows as the last change.
    let said = press(&world, world.owner, &other, "Undo").await;
    assert!(said.text().contains("out of date"), "{}", said.text());
    press(&world, world.owner, &said, "Undo").await;
    world.sees(message, "🏠").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_takes_one_change_after_the_other_back() {
    let (world, _bot, message) = with_order().await;
    world.ask("mark", json!({"number": NUMBER, "status": "shipped"})).await;
    world.ask("mark", json!({"number": NUMBER, "status": "delivered"})).await;
    world.ask("track", json!({"number": NUMBER, "tracking": "1Z999AA10123456784"})).await;
    world.sandbox.react(world.owner, message, "💰").expect("react");
    world.sees(message, "💰").await;

    let undo = async || world.ask("undo", json!({ "number": NUMBER })).await.text();
    assert!(undo().await.contains("delivered"));
    world.sees(message, "🏠").await;
    assert_eq!(undo().await, "Undone: removed tracking `1Z999AA10123456784`.");
    assert!(undo().await.contains("shipped"));
    world.sees(message, "📦").await;
    assert!(undo().await.contains("verified"));
    world.sees(message, "✅").await;
    assert!(undo().await.contains("Nothing to undo"));
    assert_eq!(the_order(&world)["tracking_number"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undone_reaction_stays_undone_although_it_still_stands() {
    let (world, bot, message) = with_order().await;
    world.sandbox.react(world.owner, message, "💰").expect("react");
    world.sees(message, "💰").await;
    world.ask("undo", json!({ "number": NUMBER })).await;
    world.sees(message, "✅").await;
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let next = world.checkout(5);
    world.sees(next, "✅").await;
    assert_eq!(the_order(&world)["status"], "verified");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_reaction_comes_back_by_undo() {
    let (world, _bot, message) = with_order().await;
    world.sandbox.react(world.owner, message, "📦").expect("react");
    world.sees(message, "📦").await;
    world.sandbox.unreact(world.owner, message, "📦").expect("unreact");
    world.sees(message, "✅").await;
    world.ask("undo", json!({ "number": NUMBER })).await;
    world.sees(message, "📦").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_orders_are_marked_at_once() {
    let (world, _bot, _) = with_order().await;
    let other = "102003000000025";
    let second = world.post_fields(
        "Successful Checkout | Target",
        &[("Product", "Example"), ("Price", "$10.00"), ("Order Number", other)],
    );
    world.sees(second, "✅").await;
    let numbers = format!("#{NUMBER}, {other} 404 {NUMBER} 405");
    let said = world.ask("mark", json!({"number": numbers, "status": "delivered"})).await.text();
    assert_eq!(said.matches(" → 🏠 delivered").count(), 2, "{said}");
    assert!(said.contains("I can't find orders `404`, `405`."), "{said}");
    assert_eq!(said.lines().count(), 3, "each order once: {said}");
    assert_eq!(said.matches("/orders recent").count(), 1, "{said}");
    let again = world.ask("mark", json!({"number": other, "status": "delivered"})).await.text();
    assert!(again.contains("is already 🏠 delivered."), "{again}");
    let statuses: Vec<_> = world.exported().iter().map(|order| order["status"].clone()).collect();
    assert_eq!(statuses, ["delivered", "delivered"]);
    let typed = format!("#{other}, 1020");
    let offered = world.sandbox.autocomplete(world.owner, world.channel, "mark", "number", &typed);
    let offered = offered.await.expect("completed");
    let both = format!("#{other}, {NUMBER}");
    assert!(offered.iter().any(|choice| choice.value == both.as_str()), "{offered:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn more_numbers_than_one_mark_takes_are_refused_and_none_is_marked() {
    let (world, _bot, _) = with_order().await;
    let others: Vec<String> = (1_000..1_025).map(|number| number.to_string()).collect();
    let mark = async |numbers: &[&str]| {
        let options = json!({"number": numbers.join(" "), "status": "sold"});
        world.ask("mark", options).await.text()
    };
    let many: Vec<&str> =
        std::iter::once(NUMBER).chain(others.iter().map(String::as_str)).collect();
    let said = mark(&many).await;
    assert!(said.contains("26 numbers") && said.contains("Nothing was changed"), "{said}");
    assert_eq!(the_order(&world)["status"], "verified");
    // What is said of so many does not fit into a message's text.
    let said = mark(&many[..25]).await;
    assert!(said.contains("`1000`") && said.contains("`1023`"), "{said}");
    assert!(said.contains("✅ verified → 💰 sold"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_tells_who_changed_what() {
    let (world, _bot, _) = with_order().await;
    world.ask("mark", json!({"number": NUMBER, "status": "shipped"})).await;
    world.ask("note", json!({"number": NUMBER, "text": "gift"})).await;
    world.ask("undo", json!({ "number": NUMBER })).await;
    let shown = card(&world).await;
    let undone = "note removed: `gift` (undo)";
    assert!(shown.text().contains(undone), "{}", shown.text());
    let history = press(&world, world.owner, &shown, "History").await;
    assert!(history.ephemeral);
    for part in [
        "order received · from Refract",
        undone,
        "✅ verified → 📦 shipped",
        &format!("<@{}> (command)", world.owner),
    ] {
        assert!(history.text().contains(part), "{part} in {}", history.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_history_shows_the_latest_and_counts_the_rest() {
    let (world, bot, _) = with_order().await;
    world.stop_bot(bot).await;
    let ledger = rusqlite::Connection::open(world.database()).expect("open");
    let marks =
        "WITH RECURSIVE mark (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM mark WHERE n < 600)
                 INSERT INTO order_events (order_id, at, kind, source, user_id, details)
                 SELECT 1, '2026-01-02T03:04:05.000Z', 'amended', 'command', 5,
                     json_object('notes', json_array(NULL, 'note ' || n)) FROM mark";
    assert_eq!(ledger.execute(marks, []).expect("insert"), 600);
    let _bot = world.start_bot().await;
    let shown = press(&world, world.owner, &card(&world).await, "History").await;
    let description = shown.embeds[0]["description"].as_str().expect("a text").to_owned();
    let lines: Vec<&str> = description.lines().collect();
    let older = format!("{} older entries not shown.", 601 - (lines.len() - 1));
    assert!(lines.len() > 30 && lines[0] == older, "{older} {description}");
    assert!(lines.last().is_some_and(|line| line.contains("`note 600`")), "{description}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_look_changes_nothing_by_any_way() {
    const VIEW: u64 = 1 << 10;
    let world = World::new().await;
    let viewers = world.sandbox.add_role(world.guild, "Viewers", VIEW);
    let viewer = world.sandbox.add_member(world.guild, "viewer", &[viewers]);
    world.configure(&format!(
        "[access]\nview_roles = [\"{viewers}\"]\n[privacy]\nreplies = \"public\""
    ));
    let _bot = world.start_bot().await;
    for command in ["order", "mark", "track", "note", "undo"] {
        world.sandbox.allow_command(
            world.guild,
            command,
            discord_sandbox::Whom::Role(viewers),
            true,
        );
    }
    let message = world.post_fields(
        "Successful Checkout | Target",
        &[("Product", "Example"), ("Price", "$10.00"), ("Order Number", NUMBER)],
    );
    world.sees(message, "✅").await;
    for (command, options) in [
        ("mark", json!({"number": NUMBER, "status": "sold"})),
        ("track", json!({"number": NUMBER, "tracking": "1Z999AA10123456784"})),
        ("note", json!({"number": NUMBER, "text": "mine"})),
        ("undo", json!({"number": NUMBER})),
    ] {
        let said = world.ask_as(viewer, command, options).await.text();
        assert!(said.contains("not change them"), "/{command}: {said}");
    }
    let shown = world.ask_as(viewer, "order", json!({"number": NUMBER})).await;
    for label in ["Add tracking", "Note", "Undo"] {
        let said = press(&world, viewer, &shown, label).await;
        assert!(said.text().contains("not change them"), "{label}: {}", said.text());
    }
    let said = choose(&world, viewer, &shown, "sold").await;
    assert!(said.text().contains("not change them"), "{}", said.text());
    assert_eq!(the_order(&world)["status"], "verified");
    assert_eq!(the_order(&world)["notes"], Value::Null);
}
