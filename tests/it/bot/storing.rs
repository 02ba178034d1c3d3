//! From Refract's message to the row, the reaction and the answer.

use serde_json::{Value, json};

use crate::harness::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_is_stored_acknowledged_and_answered() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.post_fields(
        "Successful Checkout | Best Buy US",
        &[
            ("Product", "[Example Router (White)](https://www.bestbuy.com/site/-/6600001.p)"),
            ("Price", "$299.99"),
            ("Profile", "|| Demo #8 ||"),
            ("Proxy Details", "|| Demo Resi | http://user:secret@resi.example.net:5959/ ||"),
            ("Order Number", "|| #BBY01-807100000011 ||"),
            ("Email", "|| woolly.demo@example.com ||"),
        ],
    );
    world.sees(message, "✅").await;

    let orders = world.exported();
    assert_eq!(orders.len(), 1);
    let order = &orders[0];
    for (key, value) in [
        ("order_number", "BBY01-807100000011"),
        ("store", "Best Buy US"),
        ("product", "Example Router (White)"),
        ("price", "299.99"),
        ("total", "299.99"),
        ("currency", "USD"),
        ("status", "verified"),
        ("source", "webhook"),
        ("email", "woolly.demo@example.com"),
        ("profile", "Demo #8"),
        ("proxy_list", "Demo Resi | http://resi.example.net:5959/"),
    ] {
        assert_eq!(order[key], json!(value), "{key}");
    }
    assert_eq!(order["message_id"], json!(message.to_string()));
    assert_eq!(order["quantity"], json!(1));

    let recent = world.ask("orders recent", json!({})).await;
    assert!(recent.ephemeral);
    for part in ["Example Router", "$299.99", "BBY01-807100000011", "Best Buy US", "1 order"] {
        assert!(recent.text().contains(part), "{part} in:\n{}", recent.text());
    }
    let card = world.ask("order", json!({"number": "#bby01-807100000011"})).await;
    for part in ["Example Router", "✅ verified", "woolly.demo@example.com", "resi.example.net"] {
        assert!(card.text().contains(part), "{part} in:\n{}", card.text());
    }
    assert!(!card.text().contains("secret"));
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_message_ends_in_the_log_with_its_outcome() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let other_webhook = world.sandbox.add_webhook(world.channel, "Somebody");
    world.configure("");
    let fields =
        [("Product", "Example"), ("Price", "$10.00"), ("Order Number", "#102003000000017")];

    let stored = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(stored, "✅").await;
    let duplicate = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(duplicate, "✅").await;
    let updated = world.post(json!({
        "content": "Order Number\n#102003000000017\nStatus\nshipped\nTracking Number\n1Z999AA10123456784"
    }));
    world.sees(updated, "📦").await;
    world.sees(stored, "📦").await;
    let rejected = world.post_fields(
        "Successful Checkout | Target",
        &[("Price", "$10.00"), ("Order Number", "N/A")],
    );
    world.sees(rejected, "⚠️").await;
    let test = world.post(json!({"embeds": [{"author": {"name": "Test Notification"},
        "description": "Your webhook is working!"}]}));
    world.sees(test, "🧪").await;
    world.post_fields(
        "Card Declined | Target",
        &[("Product", "Example"), ("Reason", "Card Declined")],
    );
    world.sandbox.say(world.owner, world.channel, "hello").expect("the owner may speak");
    world.sandbox
        .say(world.owner, world.channel, json!({"content":
            "Successful Checkout | Target\nProduct\nForged\nPrice\n$1.00\nOrder Number\n#102003000000999"}))
        .expect("the owner may speak");
    let last = world.sandbox.post(&other_webhook, json!({"content": "done"})).expect("posted");

    let mut log = String::new();
    let last_is_logged = async || {
        log = world.ask("logs recent", json!({"limit": 25})).await.text();
        log.contains(&last.to_string())
    };
    world.until("the last message is in the log", last_is_logged).await;
    for outcome in [
        "stored",
        "nothing new",
        "updated",
        "not stored",
        "test",
        "declined",
        "ignored",
        "untrusted",
    ] {
        assert!(log.contains(&format!("**{outcome}**")), "{outcome} in:\n{log}");
    }
    let orders = world.exported();
    assert_eq!(orders.len(), 1, "{orders:#?}");
    assert_eq!(orders[0]["status"], json!("shipped"));
    assert_eq!(orders[0]["tracking_number"], json!("1Z999AA10123456784"));

    let show = world.ask("logs show", json!({"message": rejected.to_string()})).await.text();
    assert!(show.contains("order number"), "{show}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_named_webhooks_make_orders() {
    let world = World::new().await;
    let foreign = world.sandbox.add_webhook(world.channel, "Refract");
    world.trust(&[world.webhook.id]);
    let _bot = world.start_bot().await;
    let payload = |number: &str| json!({"content": format!("Successful Checkout | Target\nProduct\nExample\nPrice\n$5.00\nOrder Number\n#{number}")});
    world.sandbox.post(&foreign, payload("102003000000001")).expect("posted");
    let genuine = world.post(payload("102003000000002"));
    world.sees(genuine, "✅").await;
    let numbers: Vec<_> =
        world.exported().iter().map(|order| order["order_number"].clone()).collect();
    assert_eq!(numbers, [json!("102003000000002")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_read_again() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let body = |price: &str| {
        json!({"embeds": [{"author": {"name": "Successful Checkout | Target"}, "fields": [
            {"name": "Product", "value": "Example"}, {"name": "Price", "value": price},
            {"name": "Order Number", "value": "#102003000000017"}]}]})
    };
    let message = world.post(body("$10.00"));
    world.sees(message, "✅").await;
    world.sandbox.edit(message, &body("$12.50")).expect("edited");
    let prices = "SELECT price_minor FROM orders";
    world.promptly("it is read again", async || world.rows(prices) == ["1250"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_serenity_cannot_parse_is_salvaged() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let parts = json!({
        "webhook_id": world.webhook.id.to_string(),
        "embeds": [{"type": "rich", "color": "red", "author": {"name": "Successful Checkout | Target"},
            "fields": [{"name": "Checkout Proxy", "value": null},
                {"name": "Product", "value": "Example"},
                {"name": "Order Number", "value": "#102003000000017"}]}],
    });
    let parts = parts.as_object().expect("an object").clone();
    let author = UserOfWebhook::of(&world);
    let message = world.sandbox.insert(author, world.channel, parts).expect("inserted");
    world.sees(message, "✅").await;
    assert_eq!(world.exported().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_message_that_serenity_cannot_parse_costs_no_order() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    world.sandbox.send_raw(
        &json!({"op": 0, "s": 1, "t": "MESSAGE_UPDATE", "d": {
            "id": message.to_string(), "channel_id": world.channel.to_string(),
            "guild_id": world.guild.to_string(), "edited_timestamp": "2030-01-01T00:00:00Z",
            "embeds": [{"type": "rich", "color": "red"}]}})
        .to_string(),
    );
    // The message is fetched, and stays what it was.
    let asked = async || world.sandbox.count("GET", &format!("/messages/{message}")) > 0;
    world.until("the message is fetched", asked).await;
    let next = world.checkout(4);
    world.sees(next, "✅").await;
    assert_eq!(world.exported().len(), 2);
}

/// A webhook's messages carry its id as the author's.
struct UserOfWebhook;

impl UserOfWebhook {
    fn of(world: &World) -> refract_ledger::ids::UserId {
        refract_ledger::ids::UserId(world.webhook.id.0)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn messages_of_components_are_read_live() {
    const ROW: &str = r#"{"type": 1, "components": [
        {"type": 2, "style": 5, "label": "Shop", "url": "https://shop.example.com"}]}"#;
    let world = World::new().await;
    let _bot = world.start_bot().await;
    world.until_told("health", json!({}), "Up to date as of").await;
    let case = include_str!("../../data/layouts/components-in-a-container.json");
    let case: Value = serde_json::from_str(case).expect("JSON");
    let parts = case["message"].as_object().expect("a message");
    let message = world.sandbox.post_unchecked(&world.webhook, parts.clone()).expect("posted");
    // Buttons beside the container are all that serenity gives of this one.
    let mut other = Value::from(parts.clone()).to_string().replace("30030001", "30030002");
    other = other.replacen(r#""components":["#, &format!(r#""components":[{ROW},"#), 1);
    let other: Value = serde_json::from_str(&other).expect("JSON");
    let other = other.as_object().expect("a message").clone();
    let other = world.sandbox.post_unchecked(&world.webhook, other).expect("posted");
    for message in [message, other] {
        let shown = async || world.sandbox.bot_reactions(message) == ["✅"];
        world.promptly("it is stored", shown).await;
    }
    let numbers = world.rows("SELECT order_number FROM orders ORDER BY order_number");
    assert_eq!(numbers, ["30030001", "30030002"]);
    assert!(!world.log().contains("hides the content"), "{}", world.log());
}
