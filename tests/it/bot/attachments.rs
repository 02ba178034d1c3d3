//! Text files of a trusted webhook are read like its text.

use std::time::Duration;

use discord_sandbox::{Answer, Sandbox};
use refract_ledger::ids::MessageId;
use serde_json::json;

use crate::harness::World;

const FILES: &str = "/attachments/";

/// A checkout as text.
fn text(number: &str) -> String {
    format!(
        "Successful Checkout | Target\nProduct\nConsole\nPrice\n$10.00\nOrder Number\n#{number}\n"
    )
}

fn post(world: &World, files: &[(&str, &[u8])]) -> MessageId {
    world.sandbox.post_files(&world.webhook, json!({}), files).expect("the webhook takes it")
}

/// The comparison after a start reads files too: who counts requests, or lets some of them fail, waits for
/// its end.
async fn has_compared(world: &World) {
    world.until_told("health", json!({}), "Up to date as of").await;
}

fn numbers(world: &World) -> Vec<String> {
    world.rows("SELECT order_number FROM orders ORDER BY order_number")
}

#[tokio::test(flavor = "multi_thread")]
async fn text_and_json_are_read_live_and_from_the_history() {
    let world = World::new().await;
    let bot = world.start_bot_with_log_level("debug").await;
    has_compared(&world).await;
    let json = json!({"embeds": [{"author": {"name": "Successful Checkout | Target"}, "fields": [
        {"name": "Product", "value": "Console"},
        {"name": "Order Number", "value": "102003000000025"}]}]})
    .to_string();
    let first = text("102003000000017");
    let live = post(&world, &[("order.txt", first.as_bytes()), ("order.json", json.as_bytes())]);
    world.sees(live, "✅").await;
    assert_eq!(numbers(&world), ["102003000000017", "102003000000025"]);
    let picture = post(&world, &[("photo.png", b"no text")]);
    world.stop_bot(bot).await;

    let night = text("102003000000033");
    let night = post(&world, &[("ORDER.TXT", night.as_bytes())]);
    let bot = world.start_bot_with_log_level("debug").await;
    world.sees(night, "✅").await;
    let fetched = world.sandbox.count("GET", FILES);
    assert_eq!(fetched, 3, "each text once, and no picture");
    assert!(world.sandbox.bot_reactions(picture).is_empty());
    assert!(world.sandbox.requests().iter().all(|one| !one.path.contains(FILES) || !one.by_bot));
    world.stop_bot(bot).await;

    // Nothing that opens the file is kept or logged.
    let address = world.sandbox.message(live).expect("there")["attachments"][0]["url"].to_string();
    let key = address.split_once("hm=").expect("a key").1.trim_end_matches('"');
    let shown = world.call(&["parse"]).stdout;
    assert!(!world.log().contains(key) && !String::from_utf8_lossy(&shown).contains(key));
    assert!(
        !std::fs::read(world.database()).unwrap().windows(key.len()).any(|it| it == key.as_bytes())
    );
    assert!(world.call(&["reparse"]).status.success());
    assert_eq!(numbers(&world).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_that_windows_wrote_keep_their_accents() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let file = |number| text(number).replace("Console", "Pokémon");
    let one_byte: Vec<u8> = file("102003000000017").chars().map(|it| it as u8).collect();
    let two_bytes: Vec<u8> =
        file("102003000000025").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [one_byte, two_bytes] {
        let message = post(&world, &[("order.txt", bytes.as_slice())]);
        world.sees(message, "✅").await;
    }
    assert_eq!(world.rows("SELECT product FROM order_items"), ["Pokémon", "Pokémon"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_elses_file_is_fetched() {
    let world = World::new().await;
    world.trust(&[world.webhook.id]);
    let other = world.sandbox.add_webhook(world.channel, "Another");
    let _bot = world.start_bot().await;
    let file = text("102003000000017");
    world.sandbox.post_files(&other, json!({}), &[("a.txt", file.as_bytes())]).expect("posted");
    let next = world.checkout(2);
    world.sees(next, "✅").await;
    assert_eq!((world.sandbox.count("GET", FILES), world.stored()), (0, vec![next]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_fetched_is_shown_and_fetched_again_on_demand() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    world.sandbox.fail("GET", FILES, 100, Answer::Html(502));
    let file = text("102003000000017");
    let message = post(&world, &[("order.txt", file.as_bytes())]);
    world.sees(message, "⚠️").await;
    let options = json!({"message": message.to_string()});
    let told = world.until_told("logs show", options, "could not be fetched").await;
    assert!(told.contains("/logs retry"), "{told}");
    world.ask("logs retry", json!({})).await;
    assert_eq!(world.stored(), []);
    world.sandbox.heal();
    world.ask("logs retry", json!({})).await;
    world.sees(message, "✅").await;
    assert_eq!(numbers(&world), ["102003000000017"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_failed_is_fetched_when_the_bot_compares() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    world.sandbox.fail("GET", FILES, 100, Answer::Html(502));
    let file = text("102003000000017");
    let message = post(&world, &[("order.txt", file.as_bytes())]);
    world.sees(message, "⚠️").await;
    world.stop_bot(bot).await;
    world.sandbox.heal();
    let bot = world.start_bot().await;
    world.sees(message, "✅").await;
    world.stop_bot(bot).await;
    world.sandbox.clear_log();
    let _bot = world.start_bot().await;
    let next = world.checkout(2);
    world.sees(next, "✅").await;
    has_compared(&world).await;
    assert_eq!(world.sandbox.count("GET", FILES), 0, "what was read is not fetched again");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_led_elsewhere_and_nothing_large_is_fetched() {
    let world = World::new().await;
    let elsewhere = Sandbox::start().await.expect("another host");
    let _bot = world.start_bot().await;
    let large = vec![b' '; 1024 * 1024 + 1];
    let refused = post(&world, &[("large.txt", large.as_slice())]);
    world.sees(refused, "⚠️").await;
    let options = json!({"message": refused.to_string()});
    world.until_told("logs show", options, "larger than 1 MB").await;
    assert_eq!(world.sandbox.count("GET", FILES), 0);

    let target = format!("{}/attachments/1/2/a.txt", elsewhere.api_url());
    world.sandbox.fail("GET", FILES, 100, Answer::Redirect(target));
    let file = text("102003000000017");
    let led = post(&world, &[("order.txt", file.as_bytes())]);
    world.sees(led, "⚠️").await;
    assert_eq!(elsewhere.requests().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_comes_while_the_file_is_fetched_counts() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    has_compared(&world).await;
    world.sandbox.fail("GET", FILES, 1, Answer::Hang(Duration::from_secs(3)));
    let file = text("102003000000017");
    let payload = json!({"content": "Quantity: 1"});
    let posted = world.sandbox.post_files(&world.webhook, payload, &[("a.txt", file.as_bytes())]);
    let message = posted.expect("posted");
    world.until("it is being fetched", async || world.sandbox.faults_left(FILES) == 0).await;
    world.sandbox.edit(message, &json!({"content": "no order: a test"})).expect("edited");
    world.sees(message, "✅").await;
    world.until("both copies are fetched", async || world.sandbox.count("GET", FILES) == 2).await;
    let next = world.checkout(2);
    world.sees(next, "✅").await;
    let edited = "SELECT edited_at IS NOT NULL FROM deliveries ORDER BY message_id LIMIT 1";
    assert_eq!(world.rows(edited), ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deletion_that_comes_while_the_file_is_fetched_counts() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    has_compared(&world).await;
    world.sandbox.fail("GET", FILES, 1, Answer::Hang(Duration::from_secs(2)));
    let file = text("102003000000017");
    let message = post(&world, &[("order.txt", file.as_bytes())]);
    world.until("it is being fetched", async || world.sandbox.faults_left(FILES) == 0).await;
    world.sandbox.delete(message);
    let deleted = "SELECT deleted_at IS NOT NULL FROM deliveries";
    world.promptly("it is stored as deleted", async || world.rows(deleted) == ["1"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_a_file_is_fetched_loses_nothing() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    has_compared(&world).await;
    world.sandbox.fail("GET", FILES, 1, Answer::Hang(Duration::from_secs(30)));
    let file = text("102003000000017");
    let message = post(&world, &[("order.txt", file.as_bytes())]);
    world.until("it is being fetched", async || world.sandbox.faults_left(FILES) == 0).await;
    let next = world.checkout(2);
    world.sees(next, "✅").await;
    bot.kill();
    let _bot = world.start_bot().await;
    world.sees(message, "✅").await;
    assert_eq!(world.stored(), [message, next]);
}
