//! Changing orders: the card's menu, buttons and forms, and the commands that do the same.

use refract_ledger::ids::UserId;
use refract_ledger::sandbox::Reply;
use serde_json::{Value, json};

use crate::harness::World;

const NUMBER: &str = "102003000000017";

/// A world with one order, and a running bot.
async fn with_order() -> (World, crate::harness::Bot, refract_ledger::ids::MessageId) {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = world.post_fields(
        "Successful Checkout | Target",
        &[("Product", "Example"), ("Price", "$10.00"), ("Order Number", NUMBER)],
    );
    world.sees(message, "✅").await;
    (world, bot, message)
}

async fn card(world: &World) -> Reply {
    world.ask("order", json!({"number": NUMBER})).await
}

async fn press(world: &World, user: UserId, on: &Reply, label: &str) -> Reply {
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

fn the_order(world: &World) -> Value {
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
async fn tracking_numbers_are_added_and_linked_to_their_carriers() {
    let (world, _bot, _) = with_order().await;
    let first = card(&world).await;
    let form = press(&world, world.owner, &first, "Add tracking").await;
    let value = [("value", "1z999aa10123456784 9400111899223197428490")];
    let shown = world.sandbox.submit_modal(world.owner, &form, &value).await.expect("sent");
    let typed = json!({"number": NUMBER, "tracking": "9505 5110 6960 5048 6006 24"});
    let said = world.ask("track", typed).await.text();
    assert!(said.contains("9505511069605048600624"), "a number printed in groups: {said}");
    world.ask("undo", json!({ "number": NUMBER })).await;
    for part in ["ups.com", "UPS", "usps.com", "Last change"] {
        assert!(shown.text().contains(part), "{part} in {}", shown.text());
    }
    world.ask("track", json!({"number": NUMBER, "tracking": "TBA123456789012"})).await;
    let all = "1Z999AA10123456784, 9400111899223197428490, TBA123456789012";
    assert_eq!(the_order(&world)["tracking_number"], all);
    // What Refract says later stands beside it.
    let update =
        format!("Order Number\n#{NUMBER}\nStatus\nshipped\nTracking Number\n1Z999AA10987654321");
    let message = world.post(json!({ "content": update }));
    world.sees(message, "📦").await;
    assert_eq!(the_order(&world)["tracking_number"], format!("1Z999AA10987654321, {all}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_note_is_written_replaced_and_taken_away() {
    let (world, _bot, _) = with_order().await;
    let first = card(&world).await;
    let form = press(&world, world.owner, &first, "Note").await;
    let shown = world.sandbox.submit_modal(world.owner, &form, &[("value", "gift for Ann")]).await;
    assert!(shown.expect("sent").text().contains("gift for Ann"));
    world.ask("note", json!({"number": NUMBER, "text": "sold to Bob"})).await;
    assert_eq!(the_order(&world)["notes"], "sold to Bob");
    world.ask("note", json!({"number": NUMBER, "text": "-"})).await;
    assert_eq!(the_order(&world)["notes"], Value::Null);
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
    assert!(undo().await.contains("tracking number is nothing again"));
    assert!(undo().await.contains("shipped"));
    world.sees(message, "📦").await;
    assert!(undo().await.contains("verified"));
    world.sees(message, "✅").await;
    assert!(undo().await.contains("nothing to undo"));
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
    assert_eq!(said.matches("🏠 delivered now").count(), 2, "{said}");
    assert!(said.contains("There are no orders `404`, `405` here."), "{said}");
    assert_eq!(said.lines().count(), 3, "each order once: {said}");
    assert_eq!(said.matches("/orders recent").count(), 1, "{said}");
    let again = world.ask("mark", json!({"number": other, "status": "delivered"})).await.text();
    assert!(again.contains("is 🏠 delivered already."), "{again}");
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
    assert!(said.contains("💰 sold now"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_tells_who_changed_what() {
    let (world, _bot, _) = with_order().await;
    world.ask("mark", json!({"number": NUMBER, "status": "shipped"})).await;
    world.ask("note", json!({"number": NUMBER, "text": "gift"})).await;
    world.ask("undo", json!({ "number": NUMBER })).await;
    let shown = card(&world).await;
    let undone = "undone: notes: `gift` → nothing";
    assert!(shown.text().contains(undone), "{}", shown.text());
    let history = press(&world, world.owner, &shown, "History").await;
    assert!(history.ephemeral);
    for part in
        ["stored", undone, "✅ verified → 📦 shipped", &format!("<@{}> (command)", world.owner)]
    {
        assert!(history.text().contains(part), "{part} in {}", history.text());
    }
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
            refract_ledger::sandbox::Whom::Role(viewers),
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

#[tokio::test(flavor = "multi_thread")]
async fn the_menus_of_a_message_show_its_order_and_why_there_is_none() {
    let (world, _bot, message) = with_order().await;
    let details = world.sandbox.message_command(world.owner, message, "Order details").await;
    assert!(details.expect("an answer").text().contains("Example"));
    let rejected = world.post_fields(
        "Successful Checkout | Target",
        &[("Product", "Example"), ("Order Number", "N/A")],
    );
    world.sees(rejected, "⚠️").await;
    let details = world.sandbox.message_command(world.owner, rejected, "Order details").await;
    assert!(details.expect("an answer").text().contains("has no order"));
    let why =
        world.sandbox.message_command(world.owner, rejected, "Why was this not stored?").await;
    assert!(why.expect("an answer").text().contains("order number"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_read_is_stored_on_demand_once_its_label_is_known() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let fields = [("Product", "Example"), ("Vorgangscode", NUMBER)];
    let first = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(first, "⚠️").await;
    let why = world.ask("logs show", json!({"message": first.to_string()})).await;
    for part in ["order number: **not found**", "product: Example", "not know: `Vorgangscode`"] {
        assert!(why.text().contains(part), "{part} in: {}", why.text());
    }
    let still = press(&world, world.owner, &why, "Try again").await;
    assert!(still.text().contains("rejected"), "{}", still.text());
    world.stop_bot(bot).await;
    world.configure("[labels]\n\"Vorgangscode\" = \"order_number\"");
    let _bot = world.start_bot().await;
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    let refused = world.sandbox.command(stranger, world.channel, "logs retry", &[]).await;
    assert!(refused.is_err(), "{refused:?}");
    let said = world.ask("logs retry", json!({})).await.text();
    assert!(said.contains("1 made or changed an order"), "{said}");
    world.sees(first, "✅").await;
    assert_eq!(world.exported().len(), 1);
}
