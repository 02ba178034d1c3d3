//! An import beside the running bot.

use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::harness::World;

/// A message of a file, of a channel that nobody watches.
fn saved(world: &World, id: u64, content: &str) -> Value {
    json!({"id": id.to_string(), "channel_id": "5", "guild_id": world.guild.to_string(),
        "timestamp": chrono::Utc::now(), "content": content,
        "author": {"id": "7", "username": "Refract", "bot": true}})
}

fn checkout(world: &World, number: u64) -> Value {
    let order = format!("1029900000{number:05}");
    let text = format!(
        "Successful Checkout | Walmart\nProduct\nExample Box\nPrice\n$5.00\nOrder Number\n#{order}\n"
    );
    saved(world, 1_200_000_000_000_000_000 + number, &text)
}

fn write(world: &World, name: &str, messages: impl IntoIterator<Item = Value>) {
    let lines: Vec<String> = messages.into_iter().map(|message| message.to_string()).collect();
    std::fs::write(world.folder.path().join(name), lines.join("\n")).expect("write");
}

/// A long import that has begun to write.
async fn running_import(world: &World) -> Child {
    write(world, "long.jsonl", (0..50_000).map(|number| checkout(world, number)));
    let mut import = world.program(&["import", "long.jsonl"]);
    let import = import.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("start");
    let imported = async || world.rows("SELECT id FROM orders LIMIT 1").len() == 1;
    world.until("the import has begun", imported).await;
    import
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_import_changes_is_shown_by_the_bot() {
    let world = World::new().await;
    world.configure("[board]\nevery_seconds = 1\n");
    let _bot = world.start_bot().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    world.ask("board", json!({"channel": wall.to_string()})).await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    let number = world.exported()[0]["order_number"].as_str().expect("a number").to_owned();
    let shipped = format!("Order Number\n{number}\nStatus\nshipped\n");
    let of_file = [checkout(&world, 1), saved(&world, 1_200_000_000_000_000_099, &shipped)];
    write(&world, "saved.jsonl", of_file);
    let output = world.call(&["import", "saved.jsonl"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with("2 messages: 1 new order, 1 changed"), "{said}");
    let marked = async || world.sandbox.bot_reactions(message).contains(&"📦".to_owned());
    world.promptly("the bot's reaction follows", marked).await;
    let counted = async || world.sandbox.messages(wall)[0].to_string().contains("**2 orders**");
    world.promptly("the board follows", counted).await;
    // And the bot goes on as before.
    let next = world.checkout(2);
    world.sees(next, "✅").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn checkouts_are_acknowledged_and_marks_answered_while_a_long_import_runs() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let mut import = running_import(&world).await;
    let message = world.checkout(90_001);
    let shown = async || world.sandbox.bot_reactions(message).contains(&"✅".to_owned());
    world.promptly("a checkout is acknowledged", shown).await;
    let number = "102000000090001";
    let reply = world.ask("mark", json!({"number": number, "status": "shipped"})).await.text();
    assert!(reply.contains("shipped"), "{reply}\n{}", world.log());
    assert_eq!(import.try_wait().expect("look"), None, "the import still runs");
    import.kill().expect("kill the import");
    import.wait().expect("the import ends");
    assert!(!world.log().contains("cannot be written"), "{}", world.log());
    // What a killed import left is taken up by the next one.
    write(&world, "first.jsonl", (0..300).map(|number| checkout(&world, number)));
    let output = world.call(&["import", "first.jsonl"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("0 could not be stored"), "{said}");
    let first = "SELECT count(DISTINCT order_number) FROM orders \
        WHERE order_number BETWEEN '102990000000000' AND '102990000000299'";
    assert_eq!(world.rows(first), ["300"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_may_start_while_an_import_runs_and_what_must_be_alone_may_not() {
    let world = World::new().await;
    let mut import = running_import(&world).await;
    assert!(world.call(&["backup", "copy.db"]).status.success());
    for arguments in [["reparse"].as_slice(), &["restore", "copy.db"]] {
        let output = world.call(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("An import is running on the database"), "{arguments:?}: {said}");
    }
    let _bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    import.kill().expect("kill the import");
    import.wait().expect("the import ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_sheet_changes_is_shown_by_the_bot_and_taken_back_with_it() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.checkout(1);
    world.sees(message, "✅").await;
    let number = world.exported()[0]["order_number"].as_str().expect("a number").to_owned();
    std::fs::write(world.folder.path().join("shipped.txt"), format!("{number}\n")).expect("write");
    let said = |arguments: &[&str]| {
        let output = world.call(arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    said(&["bulk", "status", "shipped.txt", "--status", "shipped", "--apply"]);
    let shows = async |emoji: &str| world.sandbox.bot_reactions(message) == [emoji.to_owned()];
    world.promptly("the bot's reaction follows", async || shows("📦").await).await;
    // A person's mark is later, and stays when the sheet is taken back.
    let reply = world.ask("mark", json!({"number": number, "status": "delivered"})).await.text();
    assert!(reply.contains("delivered"), "{reply}");
    said(&["bulk", "undo", "1"]);
    world.promptly("the mark shows", async || shows("🏠").await).await;
    let taken_back = world.rows("SELECT count(*) FROM marks WHERE source = 'sheet'");
    assert_eq!(taken_back, ["0"]);
}
