//! Finding orders: searching, turning pages, opening and marking what was found.

use discord_sandbox::Reply;
use refract_ledger::ids::UserId;
use serde_json::{Value, json};

use crate::harness::{Bot, World};

const PUBLIC: &str = "[privacy]\nreplies = \"public\"";
const MANAGE_MESSAGES: u64 = 1 << 13;
const MENU: &str = "Open one or more orders";
const STATUS: &str = "Set the status of all of these";

/// A world with twelve orders, and a running bot.
async fn with_orders(configuration: &str) -> (World, Bot) {
    let world = World::new().await;
    world.configure(configuration);
    let bot = world.start_bot().await;
    let messages: Vec<_> = (1..=12).map(|number| world.checkout(number)).collect();
    world.until("all are stored", async || world.stored() == messages).await;
    (world, bot)
}

async fn choose(world: &World, user: UserId, on: &Reply, menu: &str, values: &[&str]) -> Reply {
    let id = on.custom_id(menu).unwrap_or_else(|| panic!("{menu} on {on:?}"));
    let message = on.message.expect("a message");
    let chosen = world.sandbox.select(user, message, &id, values).await;
    chosen.unwrap_or_else(|failure| panic!("{failure:?}\n{}", world.log()))
}

/// The values of a menu's choices.
fn values(on: &Reply, menu: &str) -> Vec<String> {
    let part = on.parts().find(|part| part["placeholder"] == menu).expect("a menu");
    let options = part["options"].as_array().expect("options");
    options.iter().map(|option| option["value"].as_str().expect("a value").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_a_part_of_a_number_and_counts_what_it_cost() {
    let (world, _bot) = with_orders("").await;
    let one = world.ask("orders search", json!({"query": "#0000007"})).await;
    assert!(one.ephemeral && one.text().contains("102000000000007"), "{}", one.text());
    assert!(one.text().contains("1 order · "), "{}", one.text());
    let none = world.ask("orders search", json!({"query": "100% nothing"})).await;
    assert!(none.text().contains("No orders found"), "{}", none.text());
    let some = world.ask("orders search", json!({"query": "example box"})).await;
    assert!(some.text().contains("Orders matching “example box”"), "{}", some.text());
    let store = json!({"query": "example", "store": "Target", "period": "today", "status": "sold"});
    let none = world.ask("orders search", store).await;
    assert!(none.text().contains("No orders found"), "{}", none.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pages_of_a_long_question_turn_after_a_restart() {
    let (world, bot) = with_orders(PUBLIC).await;
    let profile =
        "a profile with a name that leaves no room in any button, however hard one tries to";
    for number in 0..11 {
        let order = format!("1029900000000{number:02}");
        world.post_fields(
            "Successful Checkout | Target",
            &[("Product", "Example | Box ~1"), ("Order Number", &order), ("Profile", profile)],
        );
    }
    world.until("all are stored", async || world.stored().len() == 23).await;
    let asked = json!({"query": "example | box ~1", "profile": profile, "store": "Target", "period": "year"});
    let first = world.ask("orders search", asked).await;
    assert!(first.text().contains("11 orders"), "{}", first.text());
    let older = first.custom_id("Older ▶").expect("a button");
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let message = first.message.expect("a message");
    let next = world.sandbox.press(world.owner, message, &older).await.expect("pressed");
    assert!(next.text().contains("page 2 of 2"), "{}", next.text());
    assert!(next.text().contains("102990000000000"), "{}", next.text());
    let elsewhere = world.sandbox.add_guild("Elsewhere");
    let place = world.sandbox.add_channel(elsewhere, "general");
    let owner = world.sandbox.owner(elsewhere);
    let theirs = world.sandbox.command(owner, place, "help", &[]).await.expect("answered");
    let forged = older.replace(&world.owner.to_string(), &owner.to_string());
    let told = world.sandbox.use_part(owner, theirs.message.expect("one"), &forged, 2, &[]).await;
    let told = told.expect("answered").text();
    assert!(told.contains("too old") && !told.contains("hard one tries"), "{told}");
    let stranger = moderator(&world);
    let newer = next.custom_id("◀ Newer").expect("a button");
    let refused = world.sandbox.press(stranger, message, &newer).await.expect("pressed");
    assert!(refused.text().contains("somebody else"), "{}", refused.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_several_products_is_told_as_such() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.post_fields(
        "Successful Checkout | Pokemon Center",
        &[
            ("Product (1)", "Example Booster Bundle"),
            ("Price (1)", "$29.99"),
            ("Quantity (1)", "2"),
            ("Product (2)", "Example Plush"),
            ("Price (2)", "$19.83"),
            ("Quantity (2)", "1"),
            ("Order Number", "P0039000001"),
        ],
    );
    world.sees(message, "✅").await;
    let listed = world.ask("orders recent", json!({})).await;
    let line = "**Example Booster Bundle and 1 more product** · 3 units — $79.81";
    assert!(listed.text().contains(line), "{}", listed.text());
    let menu = listed.parts().find(|part| part["placeholder"] == MENU).expect("a menu");
    assert_eq!(menu["options"][0]["label"], "Example Booster Bundle and 1 more product");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_whose_price_is_unknown_shows_no_money() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let number = "102003000000017";
    let fields = [("Product", "Example"), ("Order Number", number)];
    let message = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(message, "✅").await;
    let card = world.ask("order", json!({ "number": number })).await.text();
    assert!(card.contains("Units: 1 unit\n") && !card.contains("Price"), "{card}");
    let listed = world.ask("orders recent", json!({})).await.text();
    assert!(listed.ends_with("\n1 order"), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_copied_from_a_reply_is_found() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.post_fields(
        "Successful Checkout | Shop: Example",
        &[
            ("Product", "Example: The Box"),
            ("Order Number", "102003000000017"),
            ("Profile", "VCC: Main @ 7"),
        ],
    );
    world.sees(message, "✅").await;
    for (option, shown) in [
        ("query", "Example:\u{200b} The"),
        ("query", "#10200300\u{200b}0000017"),
        ("profile", "VCC:\u{200b} Main @\u{200b} 7"),
        ("store", "Shop:\u{200b} Example"),
    ] {
        let mut asked = json!({ "query": "example" });
        asked[option] = json!(shown);
        let listed = world.ask("orders search", asked).await.text();
        assert!(listed.contains("\n1 order"), "{option}: {listed}");
    }
    let number = "10200300\u{200b}0000017";
    let card = world.ask("order", json!({ "number": number })).await.text();
    assert!(card.contains("VCC:\u{200b} Main @\u{200b} 7"), "{card}");
}

/// Another person who may use the commands.
fn moderator(world: &World) -> UserId {
    let role = world.sandbox.add_role(world.guild, "Moderators", MANAGE_MESSAGES);
    world.sandbox.add_member(world.guild, "moderator", &[role])
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_a_page_opens_as_its_card() {
    let (world, _bot) = with_orders("").await;
    let page = world.ask("orders recent", json!({"limit": 5})).await;
    let ids = values(&page, MENU);
    assert_eq!(ids.len(), 5);
    let card = choose(&world, world.owner, &page, MENU, &[&ids[1]]).await;
    assert!(card.ephemeral && !card.updated, "{card:?}");
    assert!(card.custom_id("Set the status").is_some(), "{card:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reaction_on_a_card_opened_in_public_marks_its_order() {
    let world = World::new().await;
    world.configure(PUBLIC);
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    let page = world.ask("orders recent", json!({})).await;
    let card = choose(&world, world.owner, &page, MENU, &[&values(&page, MENU)[0]]).await;
    assert!(!card.ephemeral && !card.text().contains("buyer3@"), "{}", card.text());
    let stranger = moderator(&world);
    let refused = choose(&world, stranger, &page, MENU, &[&values(&page, MENU)[0]]).await;
    assert!(refused.text().contains("somebody else"), "{}", refused.text());
    world.sandbox.react(world.owner, card.message.expect("a card"), "📦").expect("react");
    world.sees(message, "📦").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn several_orders_of_a_page_are_marked_at_once_after_a_restart_too() {
    let (world, bot) = with_orders("").await;
    let page = world.ask("orders recent", json!({"limit": 25})).await;
    let ids = values(&page, MENU);
    let chosen: Vec<&str> = ids.iter().map(String::as_str).collect();
    let several = choose(&world, world.owner, &page, MENU, &chosen).await;
    assert!(several.ephemeral && several.text().contains("12 orders"), "{}", several.text());
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let shipped = &values(&several, STATUS)[2];
    let done = choose(&world, world.owner, &several, STATUS, &[shipped]).await;
    assert!(done.text().contains("12 orders are now 📦 shipped."), "{}", done.text());
    let again = choose(&world, world.owner, &several, STATUS, &[shipped]).await;
    assert!(again.text().contains("All of them were already 📦 shipped"), "{}", again.text());
    let orders = world.exported();
    assert!(orders.iter().all(|order| order["status"] == "shipped"), "{orders:#?}");
    let events = world.rows("SELECT source, user_id FROM order_events WHERE kind = 'status'");
    assert_eq!(events, vec![format!("menu|{}", world.owner); 12]);
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_that_are_gone_or_of_others_are_not_marked() {
    const VIEW: u64 = 1 << 10;
    let (world, bot) = with_orders(PUBLIC).await;
    let page = world.ask("orders recent", json!({"limit": 3})).await;
    let message = page.message.expect("a message");
    let ids: Vec<String> = values(&page, MENU);
    let chosen: Vec<&str> = ids.iter().map(String::as_str).collect();
    let several = choose(&world, world.owner, &page, MENU, &chosen).await;
    let menu = several.custom_id(STATUS).expect("a menu");
    let on = several.message.expect("a message");
    let elsewhere = world.sandbox.add_guild("Others");
    let channel = world.sandbox.add_channel(elsewhere, "checkouts");
    let stranger = world.sandbox.owner(elsewhere);
    let foreign =
        world.sandbox.command(stranger, channel, "orders recent", &[]).await.expect("asked");
    assert!(foreign.text().contains("No orders yet"), "{}", foreign.text());
    let theirs = foreign.message.expect("a message");
    for (id, values) in [(menu.as_str(), vec!["shipped|"]), (&format!("open1|{stranger}"), chosen)]
    {
        let tried =
            world.sandbox.use_part(stranger, theirs, id, 3, &values).await.expect("answered");
        assert!(tried.text().contains("no longer exists"), "{}", tried.text());
    }
    let viewers = world.sandbox.add_role(world.guild, "Viewers", VIEW);
    let viewer = world.sandbox.add_member(world.guild, "viewer", &[viewers]);
    // Let in by Server Settings > Integrations.
    let whom = discord_sandbox::Whom::Role(viewers);
    world.sandbox.allow_command(world.guild, "orders", whom, true);
    // So that the news of that is surely behind us: it ends what was noted of whom Discord lets in.
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    world.ask_as(viewer, "orders recent", json!({})).await;
    let tried =
        world.sandbox.use_part(viewer, message, &menu, 3, &["shipped|"]).await.expect("answered");
    assert!(tried.text().contains("not change them"), "{}", tried.text());
    let odd =
        world.sandbox.use_part(world.owner, on, &menu, 3, &["eaten|"]).await.expect("answered");
    assert!(odd.text().contains("not a choice"), "{}", odd.text());
    let orders = world.exported();
    assert!(orders.iter().all(|order| order["status"] == "verified"), "{orders:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_and_profiles_are_completed_as_people_type() {
    let (world, _bot) = with_orders("").await;
    let typed = async |command, option, typed: &str| {
        let choices =
            world.sandbox.autocomplete(world.owner, world.channel, command, option, typed);
        let choices = choices.await.expect("choices");
        choices.into_iter().map(|choice| choice.value).collect::<Vec<Value>>()
    };
    assert_eq!(typed("order", "number", "0000009").await, ["102000000000009"]);
    // The twelve came at once, in any order; this one is the latest.
    let latest = world.checkout(14);
    world.sees(latest, "✅").await;
    let begun = typed("order", "number", "bby01").await;
    assert_eq!((begun.len(), &begun[0]), (7, &json!("BBY01-807000000014")));
    let profiles = typed("orders search", "profile", "vcc").await;
    assert!(profiles.contains(&json!("VCC Demo 2")), "{profiles:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_names_orders_and_is_turned_to_its_end() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let messages: Vec<_> = (1..=7).map(|number| world.checkout(number)).collect();
    world.until("all are stored", async || world.stored() == messages).await;
    let first = world.ask("logs recent", json!({"limit": 3})).await;
    let is_off = |page: &Reply, label: &str| {
        page.parts().any(|part| part["label"] == label && part["disabled"] == true)
    };
    let mut seen = first.text();
    assert!(seen.contains("`BBY01-80700000000"), "{seen}");
    assert!(is_off(&first, "◀◀ Newest"), "nothing is newer");
    let message = first.message.expect("a message");
    let mut page = first;
    for _ in 0..2 {
        let older = page.custom_id("Older ▶").expect("an older page");
        page = world.sandbox.press(world.owner, message, &older).await.expect("pressed");
        seen.push_str(&page.text());
    }
    assert!(is_off(&page, "Older ▶"), "nothing is older");
    let links: Vec<_> = messages.iter().filter(|id| seen.contains(&id.to_string())).collect();
    assert_eq!(links.len(), 7, "{seen}");
    let newest = page.custom_id("◀◀ Newest").expect("a way back");
    let back = world.sandbox.press(world.owner, message, &newest).await.expect("pressed");
    assert!(is_off(&back, "◀◀ Newest") && !is_off(&back, "Older ▶"), "{}", back.text());
}
