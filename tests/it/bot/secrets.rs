//! What must reach neither the log nor the database.

use std::time::Duration;

use discord_sandbox::Answer;
use refract_ledger::ids::MessageId;
use refract_ledger::ledger::{DeliveryFilter, Ledger};
use serde_json::json;

use crate::harness::{PATIENCE, World};

/// Never kept, never logged.
const SECRETS: [&str; 13] = [
    "proxyuser",
    "proxypass",
    "hunter2",
    "c2VjcmV0",
    "shopkey123",
    "hooktoken456",
    "4242424242424242",
    "4242 4242 4242 4242",
    "cookie4711",
    "session4711",
    "token4711",
    "onetime4711",
    "recovery4711",
];
/// Kept, and never logged.
const PERSONAL: [&str; 5] =
    ["buyer@example.com", "Example Hoodie", "Wanda Example", "1 Sheepfold", "call her"];

fn post(world: &World) -> MessageId {
    world.post_fields(
        "Successful Checkout | Kith",
        &[
            ("Product", "Example Hoodie"),
            ("Price", "$120.00"),
            ("Customer Name", "Wanda Example"),
            ("Shipping Address", "1 Sheepfold Lane"),
            ("Proxy Details", "|| Pool | http://proxyuser:proxypass@host.example:8080/ ||"),
            ("Checkout Proxy", "203.0.113.7:8080:proxyuser:proxypass"),
            ("Share Link", "[Click Here](https://share.refractbot.com/setup/c2VjcmV0)"),
            (
                "Order Number",
                "[#KT10017](https://shop.example.com/1/orders/ab/authenticate?key=shopkey123)",
            ),
            ("Email", "|| buyer@example.com:hunter2 ||"),
            ("Card Number", "4242424242424242"),
            ("Paid with", "4242 4242 4242 4242 12/28 987"),
            ("Cookie", "sid=cookie4711; Path=/"),
            ("Session", "session4711"),
            ("Info", "auth_token: token4711 | OTP: onetime4711"),
            ("Recovery Codes", "recovery4711\nrecovery4711"),
            (
                "Notes",
                "posted by https://discord.com/api/webhooks/1290000000000000001/hooktoken456",
            ),
        ],
    )
}

/// All commands, and what goes wrong with them: answers that come too late, are refused, get lost.
async fn use_everything(world: &World, message: MessageId) {
    let number = json!({"number": "KT10017"});
    let card = world.ask("order", number.clone()).await;
    for part in ["Note", "History", "Undo"] {
        let id = card.custom_id(part).expect("a button");
        world.sandbox.press(world.owner, card.message.expect("shown"), &id).await.expect("pressed");
    }
    world.ask("logs show", json!({"message": message.to_string()})).await;
    world.ask("note", json!({"number": "KT10017", "text": "call her"})).await;
    world.ask("mark", json!({"number": "KT10017 buyer@example.com", "status": "shipped"})).await;
    world.ask("order", json!({"number": "buyer@example.com"})).await;
    for command in
        ["orders recent", "orders stats", "orders export", "logs recent", "logs retry", "health"]
    {
        world.ask(command, json!({})).await;
    }
    world.ask("forget", json!({"email": "buyer@example.com"})).await;
    let callback = |answer| world.sandbox.fail("POST", "/callback", 1, answer);
    for answer in [Answer::Status(500, "{}".to_owned()), Answer::Html(502), Answer::BrokenOff] {
        callback(answer);
        world.sandbox.command(world.owner, world.channel, "help", &[]).await.ok();
    }
    world.sandbox.fail("", "/webhooks/", 9, Answer::Status(500, "{}".to_owned()));
    let asked = world.sandbox.command(world.owner, world.channel, "orders export", &[]);
    let told = async || world.log().contains("could not send a reply");
    tokio::select! {
        _ = asked => {}
        () = world.until("it is logged", told) => {}
    }
    world.sandbox.heal();
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_reach_neither_log_nor_database() {
    let world = World::new().await;
    let bot = world.start_bot_with_log_level("trace").await;
    let message = post(&world);
    world.sees(message, "✅").await;
    use_everything(&world, message).await;
    // Payloads that serenity cannot read, and a connection that breaks.
    world
        .sandbox
        .send_raw(r#"{"op":0,"t":"MESSAGE_CREATE","s":9000,"d":{"content":"buyer@example.com"}}"#);
    world.sandbox.cut();
    assert!(world.sandbox.wait_for_bot(PATIENCE).await);
    world.sandbox.set_latency(Duration::from_millis(50));
    world.stop_bot(bot).await;

    let ledger = Ledger::open_read_only(&world.database()).await.expect("open the database");
    let filter = DeliveryFilter { guild: world.guild, outcome: None, limit: 10, before: None };
    let mut kept = format!("{:?}", ledger.deliveries(&filter).await.expect("deliveries"));
    let detail = ledger.delivery(world.guild, message).await.expect("a delivery");
    kept = format!("{kept}{detail:?}");
    kept.push_str(&serde_json::to_string(&world.exported()).expect("JSON"));
    kept.push_str(&String::from_utf8_lossy(&std::fs::read(world.database()).expect("the file")));
    assert!(kept.contains("buyer@example.com"), "the address itself is kept");
    let log = world.log();
    let (token, hook) = (world.sandbox.token(), world.webhook.token.clone());
    for secret in SECRETS.iter().copied().chain([token.as_str(), hook.as_str()]) {
        assert!(!kept.contains(secret), "{secret} is kept");
        assert!(!log.contains(secret), "{secret} in:\n{log}");
    }
    for personal in PERSONAL {
        assert!(!log.contains(personal), "{personal} in the log:\n{log}");
    }
    let interaction = world.sandbox.requests().into_iter().find_map(|request| {
        let (_, rest) = request.path.split_once("/interactions/")?;
        rest.split('/').nth(1).map(str::to_owned)
    });
    let interaction = interaction.expect("an interaction was answered");
    assert!(!log.contains(&interaction), "the token of an interaction in:\n{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn errors_of_the_command_line_quote_no_secret() {
    let world = World::new().await;
    for url in [
        "http://127.0.0.1:1/api/webhooks/1290000000000000001/hooktoken456",
        "hooktoken456",
        "https://proxyuser:proxypass@127.0.0.1:1/webhooks/1/hooktoken456",
    ] {
        let output = world.call(&["post", "--webhook", url]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && !said.is_empty());
        for secret in ["hooktoken456", "proxypass"] {
            assert!(!said.contains(secret), "{said}");
        }
    }
}
