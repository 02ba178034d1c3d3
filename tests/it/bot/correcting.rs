//! What is doubtful, and what people say of it: one press counts both, a number joins two orders.

use discord_sandbox::Reply;
use refract_ledger::ids::MessageId;
use serde_json::{Value, json};

use super::changing::{NUMBER, card, press, the_order, with_order};
use crate::harness::World;

const WITHOUT: [(&str, &str); 3] =
    [("Product", "Example Blind Box"), ("Price", "$14.99"), ("Email", "a@example.com")];

fn second_notice(world: &World, product: &str, price: &str) -> MessageId {
    let fields = [("Product", product), ("Price", price), ("Order Number", NUMBER)];
    world.post_fields("Order Confirmed", &fields)
}

/// The card of an order without a number, by the link of its message.
async fn card_of(world: &World, message: MessageId) -> Reply {
    let link = format!("https://discord.com/channels/{}/{}/{message}", world.guild, world.channel);
    world.ask("order", json!({ "number": link })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_press_counts_both_and_undo_counts_once_again() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let fields =
        [("Product", "Example Booster Box"), ("Price", "$149.99"), ("Order Number", NUMBER)];
    let first = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(first, "✅").await;
    let again = second_notice(&world, "EXAMPLE Booster-Box®", "$149.99");
    world.sees(again, "✅").await;
    let doubtful = second_notice(&world, "Example Booster Box Case", "$899.99");
    world.sees(doubtful, "⚠️").await;
    assert_eq!(the_order(&world)["quantity"], 1);
    let log = world.ask("logs show", json!({ "message": doubtful.to_string() })).await.text();
    assert!(log.contains("Example Booster Box Case may be a product"), "{log}");

    let (shown, other) = (card(&world).await, card(&world).await);
    assert!(
        shown.text().contains("⚠️ Counted once: “Example Booster Box Case”"),
        "{}",
        shown.text()
    );
    let both = press(&world, world.owner, &shown, "Count both").await;
    assert_eq!(both.custom_id("Count both"), None, "{}", both.text());
    world.sees(doubtful, "✅").await;
    let order = the_order(&world);
    assert_eq!((&order["quantity"], &order["total"]), (&json!(2), &json!("1049.98")));
    // A card from before changes nothing.
    let late = press(&world, world.owner, &other, "Count both").await;
    assert!(late.text().contains("out of date"), "{}", late.text());

    let undone = world.ask("undo", json!({ "number": NUMBER })).await.text();
    assert_eq!(undone, "Undone: “Example Booster Box Case” is no longer counted twice.");
    world.sees(doubtful, "⚠️").await;
    assert_eq!(the_order(&world)["quantity"], 1);
    // Somebody looked at it, and it is one purchase.
    world.sandbox.react(world.owner, doubtful, "✅").expect("a reaction");
    world.sees(doubtful, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_without_a_number_gets_one_and_joins_the_order_of_that_number() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let without = world.post_fields("Successful Checkout | Target", &WITHOUT);
    world.sees(without, "⚠️").await;
    let shown = card_of(&world, without).await;
    assert!(shown.text().contains("⚠️ no number yet (`no:1`)"), "{}", shown.text());
    assert_eq!(the_order(&world)["order_number"], Value::Null);
    let found = world.ask("orders search", json!({"query": "a@example.com"})).await.text();
    assert!(found.contains("no:1"), "{found}");
    let marked = world.ask("mark", json!({"number": "no:1", "status": "processing"})).await.text();
    assert!(marked.starts_with("`no:1`: ✅ verified → ⏳ processing"), "{marked}");
    world.sees(without, "⏳").await;

    let fields = [("Product", "Example Blind Box"), ("Price", "$14.99"), ("Order Number", NUMBER)];
    let with = world.post_fields("Order Confirmed", &fields);
    world.sees(with, "✅").await;
    world.until_exported(|orders| orders.len() == 2).await;

    let shown = card_of(&world, without).await;
    let form = press(&world, world.owner, &shown, "Add number").await;
    let refused = world.sandbox.submit_modal(world.owner, &form, &[("value", "none yet")]).await;
    let refused = refused.expect("sent");
    assert!(refused.text().contains("`none yet` is not an order number."), "{}", refused.text());
    let form = press(&world, world.owner, &refused, "Add number").await;
    let joined = world.sandbox.submit_modal(world.owner, &form, &[("value", NUMBER)]).await;
    let joined = joined.expect("sent");
    assert_eq!(joined.custom_id("Add number"), None, "{}", joined.text());
    let orders = world.until_exported(|orders| orders.len() == 1).await;
    assert_eq!((&orders[0]["order_number"], &orders[0]["quantity"]), (&json!(NUMBER), &json!(1)));
    // The mark that was set on the one is set on both.
    world.sees(with, "⏳").await;

    let undone = press(&world, world.owner, &joined, "Undo").await.text();
    let said = format!("Undone: removed the order number `{NUMBER}`.");
    assert!(undone.contains(&said), "{undone}");
    let orders = world.until_exported(|orders| orders.len() == 2).await;
    assert_eq!(orders.iter().filter(|order| order["order_number"].is_null()).count(), 1);
    world.sees(with, "✅").await;
    world.sees(without, "⏳").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decline_that_names_an_order_is_shown_and_told() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let plain = world.post_fields("Checkout Failed | Target", &[("Reason", "Card declined")]);
    let fields = [("Product", "Example"), ("Order Number", NUMBER)];
    let named = world.post_fields("Checkout Failed | Target", &fields);
    world.sees(named, "⚠️").await;
    world.until_noticed("reads like a failed checkout, but may be an order").await;
    assert_eq!(world.sandbox.reactions(plain).len(), 0);
    world.sandbox.react(world.owner, named, "❌").expect("a reaction");
    let gone = async || {
        let own = world.sandbox.bot();
        !world.sandbox.reactions(named).iter().any(|(emoji, by)| emoji == "⚠️" && by.contains(&own))
    };
    world.until("somebody has looked at it", gone).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_corrected_by_a_command_and_by_the_cards_form_and_the_card_says_so() {
    let (world, _bot, _message) = with_order().await;
    let corrected = json!({"number": NUMBER, "field": "price", "value": "12.50"});
    let said = world.ask("correct", corrected).await.text();
    assert_eq!(said, format!("✅ {NUMBER} price: $10.00 → $12.50"));
    let order = the_order(&world);
    assert_eq!((&order["price"], &order["corrected"]), (&json!("12.50"), &json!(["price"])));
    let shown = card(&world).await;
    for part in ["✎ Price", "price: the messages say $10.00"] {
        assert!(shown.text().contains(part), "{part} in {}", shown.text());
    }
    let wrong = json!({"number": NUMBER, "field": "date", "value": "soon"});
    let wrong = world.ask("correct", wrong).await.text();
    assert!(wrong.contains("is not a date") && wrong.contains("Nothing was changed"), "{wrong}");

    let menu = press(&world, world.owner, &shown, "Correct…").await;
    let id = menu.custom_id("What is wrong?").expect("a menu");
    let message = menu.message.expect("a message");
    let form = world.sandbox.select(world.owner, message, &id, &["price", "sold_price"]).await;
    let form = form.expect("a form");
    let typed = [("price", ""), ("sold_price", "15")];
    let done = world.sandbox.submit_modal(world.owner, &form, &typed).await.expect("sent");
    assert!(done.text().contains("price: $12.50 → $10.00"), "{}", done.text());
    assert!(done.text().contains("sold price: nothing → $15.00"), "{}", done.text());
    let order = the_order(&world);
    assert_eq!((&order["price"], &order["sold_price"]), (&json!("10.00"), &json!("15.00")));
    assert_eq!(order["corrected"], json!(["sold_price"]));
    let undone = world.ask("undo", json!({"number": NUMBER})).await.text();
    assert!(undone.contains("sold"), "{undone}");
    assert_eq!(the_order(&world)["sold_price"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_touched_in_the_form_is_no_correction_however_long_it_is() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let product = "Example 😀 Booster Box ".repeat(13);
    let fields = [("Product", product.as_str()), ("Price", "$10.00"), ("Order Number", NUMBER)];
    let message = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(message, "✅").await;
    assert!(the_order(&world)["product"].as_str().expect("a product").len() > 200);
    let menu = press(&world, world.owner, &card(&world).await, "Correct…").await;
    let id = menu.custom_id("What is wrong?").expect("a menu");
    let message = menu.message.expect("a message");
    let chosen = ["product", "price"];
    let form = world.sandbox.select(world.owner, message, &id, &chosen).await.expect("a form");
    let done = world.sandbox.submit_modal(world.owner, &form, &[("price", "12.50")]).await;
    let done = done.expect("sent");
    assert!(done.text().contains("price: $10.00 → $12.50"), "{}", done.text());
    assert_eq!(the_order(&world)["corrected"], json!(["price"]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_added_by_hand() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let order = json!({"number": NUMBER, "store": "Target", "product": "Example", "price": "$10", "quantity": 2});
    let said = world.ask("orders add", order.clone()).await.text();
    assert_eq!(said, format!("✅ Added `{NUMBER}`. `/order` shows it, `/undo` takes it back."));
    let exported = the_order(&world);
    assert_eq!((&exported["source"], &exported["total"]), (&json!("hand"), &json!("20.00")));
    let again = world.ask("orders add", order).await.text();
    assert!(again.contains("already"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn clearing_the_last_that_is_known_of_an_order_says_that_it_is_gone() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let guild = world.guild.to_string();
    let sheet = format!(
        "Date,Store,Currency,Product,Price,Quantity,Order Number,Server\n\
         2026-01-05,Target,USD,Example,10.00,1,{NUMBER},\n"
    );
    std::fs::write(world.folder.path().join("old.csv"), sheet).expect("write a sheet");
    for by_form in [true, false] {
        let output = world.call(&["bulk", "orders", "old.csv", "--guild", &guild, "--apply"]);
        assert!(output.status.success(), "{output:?}");
        let corrected = json!({"number": NUMBER, "field": "price", "value": "12.50"});
        let said = world.ask("correct", corrected).await.text();
        assert!(said.contains("$10.00 → $12.50"), "{said}");
        let batch = world.rows("SELECT max(id) FROM batches").remove(0);
        assert!(world.call(&["bulk", "undo", &batch]).status.success());
        let said = if by_form {
            let menu = press(&world, world.owner, &card(&world).await, "Correct…").await;
            let id = menu.custom_id("What is wrong?").expect("a menu");
            let message = menu.message.expect("a message");
            let form = world.sandbox.select(world.owner, message, &id, &["price"]).await;
            let form = form.expect("a form");
            world.sandbox.submit_modal(world.owner, &form, &[("price", "")]).await.expect("sent")
        } else {
            world.ask("correct", json!({"number": NUMBER, "field": "price"})).await
        };
        let said = said.text();
        assert!(said.contains("price: $12.50 → $10.00"), "{said}");
        assert!(said.contains("The order is gone as well"), "{said}");
        assert_eq!(world.rows("SELECT count(*) FROM orders"), ["0"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_found_by_the_number_that_it_had_before_it_joined_another() {
    let (world, _bot, _message) = with_order().await;
    let other = "102003000000025";
    let fields = [("Product", "Example"), ("Price", "$10.00"), ("Order Number", other)];
    let second = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(second, "✅").await;
    let said = world.ask("correct", json!({"number": other, "field": "number", "value": NUMBER}));
    let said = said.await.text();
    assert!(said.contains("the two are one order now"), "{said}");
    for former in [other, "no:2"] {
        let shown = world.ask("order", json!({ "number": former })).await;
        let now = format!("Order `{former}` is `{NUMBER}` now.");
        assert!(shown.text().contains(&now), "{}", shown.text());
        assert!(shown.custom_id("Set the status").is_some(), "{}", shown.text());
        let marked = world.ask("mark", json!({"number": former, "status": "shipped"})).await.text();
        assert_eq!(marked, format!("{now} It was not changed: use that number."));
    }
    let forgotten = world.ask("forget", json!({ "order": other })).await.text();
    assert!(forgotten.contains(&format!("is `{NUMBER}` now")), "{forgotten}");
    assert!(world.ask("order", json!({"number": "404"})).await.text().contains("I can't find"));
    let undone = world.ask("undo", json!({ "number": NUMBER })).await.text();
    assert!(undone.contains(other), "{undone}");
    let apart = world.ask("order", json!({ "number": other })).await.text();
    assert!(!apart.contains("now."), "{apart}");
}

/// The form that corrects the price, as somebody opens it now.
async fn price_form(world: &World) -> Reply {
    let menu = press(world, world.owner, &card(world).await, "Correct…").await;
    let id = menu.custom_id("What is wrong?").expect("a menu");
    let message = menu.message.expect("a message");
    world.sandbox.select(world.owner, message, &id, &["price"]).await.expect("a form")
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_edit_the_same_order_the_second_overwrites_nothing_and_keeps_what_was_typed() {
    let (world, _bot, _message) = with_order().await;
    let [first, second] = [price_form(&world).await, price_form(&world).await];
    let send = async |form: &Reply, field: &str, typed: &str| {
        world.sandbox.submit_modal(world.owner, form, &[(field, typed)]).await.expect("sent").text()
    };
    assert!(send(&first, "price", "12.50").await.contains("$10.00 → $12.50"));
    let late = send(&second, "price", "11.75").await;
    for part in ["has changed since this form was opened", "You had typed: `price: 11.75`"] {
        assert!(late.contains(part), "{part} in {late}");
    }
    assert_eq!(the_order(&world)["price"], json!("12.50"));

    let shown = card(&world).await;
    let [first, second, third] = [
        press(&world, world.owner, &shown, "Note").await,
        press(&world, world.owner, &shown, "Note").await,
        press(&world, world.owner, &shown, "Add tracking").await,
    ];
    send(&first, "value", "a gift").await;
    let late = send(&second, "value", "for resale").await;
    assert!(late.contains("You had typed: `for resale`"), "{late}");
    assert_eq!(the_order(&world)["notes"], json!("a gift"));
    // Tracking numbers are added to those that are there.
    send(&third, "value", "X200").await;
    assert_eq!(the_order(&world)["tracking_number"], json!("X200"));
    // Opened again, the form shows the present, and can be sent.
    let again = press(&world, world.owner, &card(&world).await, "Note").await;
    send(&again, "value", "for resale").await;
    assert_eq!(the_order(&world)["notes"], json!("for resale"));
}
