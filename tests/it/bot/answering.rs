//! What the commands answer.

use refract_ledger::ledger::Ledger;
use serde_json::json;

use crate::harness::World;

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_turned_by_whoever_asked_and_nobody_else() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let posted: Vec<_> = (1..=12).map(|number| world.checkout(number)).collect();
    world.sees_all(&posted, "✅").await;
    let page = world.ask("orders recent", json!({"limit": 5})).await;
    assert!(page.text().contains("12 orders"), "{}", page.text());
    assert!(page.text().contains("page 1 of 3"), "{}", page.text());
    let older = page.custom_id("Older ▶").expect("a button");
    let message = page.message.expect("a message");
    let next = world.sandbox.press(world.owner, message, &older).await.expect("pressed");
    assert!(next.updated && next.text().contains("page 2 of 3"), "{}", next.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_number_gets_the_closest_ones_offered() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    let number = world.exported()[0]["order_number"].as_str().expect("a number").to_owned();
    let typed = format!("{}9", number.strip_suffix('2').expect("the number that was posted"));
    let reply = world.ask("order", json!({"number": typed})).await;
    assert!(reply.ephemeral);
    assert!(reply.text().contains(&format!("Did you mean `{number}`")), "{}", reply.text());
    let nothing = world.ask("order", json!({"number": "zzz"})).await;
    assert!(nothing.text().contains("I can't find order `zzz`."), "{}", nothing.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_completed_as_they_are_typed() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    for number in [2, 4, 5] {
        let message = world.checkout(number);
        world.sees(message, "✅").await;
    }
    let choices = world
        .sandbox
        .autocomplete(world.owner, world.channel, "order", "number", "bby01-8")
        .await
        .expect("completed");
    let names: Vec<_> = choices.iter().map(|choice| choice.name.as_str()).collect();
    assert_eq!(names, ["BBY01-807000000004", "BBY01-807000000002"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_that_are_set_are_the_only_ones_that_see() {
    let world = World::new().await;
    let role = world.sandbox.add_role(world.guild, "Buyers", 1 << 13);
    let buyer = world.sandbox.add_member(world.guild, "buyer", &[role]);
    world.configure(&format!("[access]\nview_roles = [\"{role}\"]"));
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    let seen = world.ask_as(buyer, "orders recent", json!({})).await.text();
    assert!(seen.contains("1 order"), "{seen}");
    for command in ["orders recent", "logs recent"] {
        let refused = world.ask(command, json!({})).await;
        assert!(refused.ephemeral && refused.text().contains("view_roles"), "{}", refused.text());
    }
    let choices = world
        .sandbox
        .autocomplete(world.owner, world.channel, "order", "number", "")
        .await
        .expect("completed");
    assert_eq!(choices, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn public_replies_mask_what_is_personal() {
    let world = World::new().await;
    world.configure("[privacy]\nreplies = \"public\"");
    let _bot = world.start_bot().await;
    let message = world.checkout(2);
    world.sees(message, "✅").await;
    let number = world.exported()[0]["order_number"].clone();
    let card = world.ask("order", json!({"number": number})).await;
    assert!(!card.ephemeral);
    let text = card.text();
    assert!(text.contains("bu•••3@example.com"), "{text}");
    assert!(!text.contains("buyer3@") && !text.contains("resi.example.net"), "{text}");
    world.ask("note", json!({"number": number, "text": "for woolly.demo8@icloud.com"})).await;
    for (command, options) in [
        ("note", json!({"number": number, "text": "for woolly.demo8@icloud.com, again"})),
        ("undo", json!({ "number": number })),
        ("orders search", json!({"query": "woolly.demo8@icloud.com"})),
        ("orders recent", json!({"profile": "woolly.demo8@icloud.com"})),
        ("orders stats", json!({"profile": "woolly.demo8@icloud.com"})),
    ] {
        let reply = world.ask(command, options).await;
        assert!(!reply.ephemeral, "{command}");
        let text = reply.text().replace('\u{200b}', "");
        assert!(text.contains("wo•••8@icloud.com"), "{command}: {text}");
        assert!(!text.contains("woolly.demo8"), "{command}: {text}");
    }
    // A public card can be reacted to, as Refract's own message, once the bot has noted it.
    let card = card.message.expect("a message");
    let ledger = Ledger::open_read_only(&world.database()).await.expect("open the database");
    let noted = async || !ledger.orders_of_message(card).await.expect("orders").is_empty();
    world.until("the card is noted", noted).await;
    world.sandbox.react(world.owner, card, "💰").expect("react");
    world.sees(message, "💰").await;
}
