//! Frames that serenity refuses or does not understand: what they say is read if it can be, and is never logged.

use discord_sandbox::HALF_LETTER;
use serde_json::json;

use crate::harness::World;

/// Whatever somebody may set. The last one is what libraries are asked about when something is wrong.
const LEVELS: [&str; 4] = [
    "info",
    "debug,refract_ledger=trace",
    "trace",
    "warn,serenity=trace,serenity::gateway=trace,serenity::gateway::ws=trace,serenity::http=trace,poise=trace,\
     tungstenite=trace,tokio_tungstenite=trace,hyper=trace,hyper_util=trace,h2=trace,reqwest=trace,rustls=trace,\
     sqlx=trace,sqlx::query=trace,log=trace,refract_ledger=debug",
];
/// Is in every frame, statement and answer, and in no line.
const MARKER: &str = "leak4711";

/// Frames that are no JSON, no event, or one of another shape than serenity knows.
fn odd_frames(world: &World) -> Vec<String> {
    let message = json!({"id": "1300000000000000009", "channel_id": world.channel.to_string(),
        "guild_id": world.guild.to_string(), "content": MARKER, "author": {"id": MARKER, "username": MARKER}});
    let event = |name: &str, body: &serde_json::Value| {
        json!({"op": 0, "t": name, "s": 9000, "d": body}).to_string()
    };
    let whole = event("MESSAGE_CREATE", &message);
    let interaction = json!({"id": MARKER, "token": MARKER, "type": 2, "application_id": "1", "version": 1,
        "data": {"name": MARKER, "options": [{"name": "text", "type": 3, "value": MARKER}]}});
    vec![
        whole.clone(),
        event("MESSAGE_UPDATE", &message),
        event("INTERACTION_CREATE", &interaction),
        event("INTERACTION_CREATE", &interaction).replace("\"version\"", "\"\\ud83d\""),
        event("MESSAGE_REACTION_ADD", &json!({"emoji": {"name": MARKER}, "user_id": MARKER})),
        event("GUILD_ROLE_UPDATE", &json!({"role": MARKER})),
        event(MARKER, &json!(MARKER)),
        whole
            .replace(&format!("\"content\":\"{MARKER}"), &format!("\"content\":\"\\ud83d{MARKER}")),
        whole.replace("9000", MARKER),
        whole.replace("9000", "1e999"),
        whole.replace("\"op\":0", &format!("\"op\":\"{MARKER}\"")),
        whole.replace("\"op\":0", "\"op\":99"),
        whole.replace(MARKER, &format!("{MARKER}\u{1}")).replace("\\u0001", "\u{1}"),
        whole.replace('}', ""),
        format!("[\"{MARKER}\"]"),
        format!("\"{MARKER}\""),
        MARKER.to_owned(),
        format!("{}{}", "[".repeat(200), MARKER),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_a_library_was_given_is_logged_at_any_level() {
    for level in LEVELS {
        let world = World::new().await;
        let bot = world.start_bot_with_log_level(level).await;
        for frame in odd_frames(&world) {
            assert!(frame.contains(MARKER));
            world.sandbox.send_raw(&frame);
        }
        let note = format!("call {MARKER}");
        let message = world.post_fields(
            "Successful Checkout | Kith",
            &[("Product", MARKER), ("Order Number", "KT10017"), ("Price", "$1"), ("Notes", &note)],
        );
        world.sees(message, "✅").await;
        world.ask("note", json!({"number": "KT10017", "text": note})).await;
        world.ask("orders search", json!({ "query": MARKER })).await;
        world.stop_bot(bot).await;
        let log = world.log();
        assert!(log.contains("stopped") || level.starts_with("warn"), "{level}: {log}");
        assert!(!log.contains(MARKER), "{level}: {log}");
        let token = world.sandbox.requests().into_iter().find_map(|request| {
            let (_, rest) = request.path.split_once("/interactions/")?;
            rest.split('/').nth(1).map(str::to_owned)
        });
        let token = token.expect("an interaction was answered");
        assert!(!log.contains(&token), "{level}: {log}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_letter_costs_neither_an_order_nor_an_answer() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let product = format!("Example Tin {HALF_LETTER}");
    let message = world.post_fields(
        "Successful Checkout | Kith",
        &[("Product", &product), ("Order Number", "KT10018"), ("Price", "$1")],
    );
    let stored = async || world.sandbox.bot_reactions(message) == ["✅"];
    world.promptly("the event is read, and not the history", stored).await;
    let reply =
        world.ask("note", json!({"number": "KT10018", "text": format!("a {HALF_LETTER} b")}));
    assert!(reply.await.text().contains("a \u{fffd} b"));
    assert_eq!(world.exported()[0]["notes"], json!("a \u{fffd} b"));
    let found = world.ask("orders search", json!({"query": format!("tin {HALF_LETTER}")})).await;
    assert!(found.text().contains("KT10018"), "{}", found.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn half_a_letter_in_a_large_frame_which_discord_packs_costs_nothing_either() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    // Discord counts letters, and compresses by bytes.
    let notes = "äöü ".repeat(250);
    let long: Vec<_> = (0..5).map(|number| (format!("Remark {number}"), notes.clone())).collect();
    let product = format!("Example Tin {HALF_LETTER}");
    let mut fields =
        vec![("Product", product.as_str()), ("Order Number", "KT10019"), ("Price", "$1")];
    fields.extend(long.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    let message = world.post_fields("Successful Checkout | Kith", &fields);
    let stored = async || world.sandbox.bot_reactions(message) == ["✅"];
    world.promptly("the event is read, and not the history", stored).await;
}
