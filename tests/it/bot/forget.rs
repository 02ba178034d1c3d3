//! `/forget`: nothing of a buyer is left, and nothing brings it back.

use std::time::Duration;

use discord_sandbox::{Answer, Reply};
use refract_ledger::ids::MessageId;
use refract_ledger::ledger::Ledger;
use serde_json::{Value, json};

use crate::harness::World;

const EMAIL: &str = "woolly.demo8@icloud.com";
/// What tells who the buyer is, wherever it may stand.
const TRACES: [&str; 6] = ["woolly", "Wanda", "Sheepfold", "VCC Demo W", "gatehouse", "9911"];
const NUMBER: &str = "102003000000017";

fn fields<'a>(number: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("Product", "Example Console"),
        ("Price", "$100.00"),
        ("Order Number", number),
        ("Email", email),
        ("Customer Name", "Wanda Example"),
        ("Shipping Address", "1 Sheepfold Lane"),
        ("Profile", "VCC Demo W"),
        ("Payment Method", "Card 9911"),
    ]
}

async fn checkout(world: &World) -> MessageId {
    let message = world.post_fields("Successful Checkout | Target", &fields(NUMBER, EMAIL));
    world.sees(message, "✅").await;
    message
}

/// What is in the files, packed or not.
async fn assert_no_trace(world: &World) {
    for ending in ["", "-wal"] {
        let path = world.folder.path().join(format!("refract-ledger.db{ending}"));
        let bytes = std::fs::read(path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for trace in TRACES {
            assert!(!text.contains(&trace.to_lowercase()), "{trace} in the file{ending}");
        }
    }
    let ledger = Ledger::open_read_only(&world.database()).await.expect("open the database");
    let kept = format!("{:?}", ledger.stored_messages(None, 1_000).await.expect("kept messages"));
    for trace in TRACES {
        assert!(!kept.contains(trace), "{trace} in a kept message: {kept}");
    }
}

/// Forgets, and gives the question and what was done.
pub(super) async fn forget(world: &World, options: Value) -> (Reply, Reply) {
    let preview = world.ask("forget", options).await;
    let button = preview.parts().next().expect("a button")["custom_id"].clone();
    let button = button.as_str().expect("an id");
    let message = preview.message.expect("a message");
    let done = world.sandbox.press(world.owner, message, button).await.expect("pressed");
    (preview, done)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_buyer_leaves_no_trace() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    checkout(&world).await;
    let other = world.post_fields(
        "Successful Checkout | Target",
        &[("Order Number", "102003000000018"), ("Email", "somebody@example.com")],
    );
    world.sees(other, "✅").await;
    let declined =
        world.post_fields("Checkout Failed", &[("Reason", "Card declined"), ("Email", EMAIL)]);
    let logged = json!({"message": declined.to_string()});
    world.until_told("logs show", logged, "declined").await;
    world.ask("note", json!({"number": NUMBER, "text": "call Wanda at the gatehouse"})).await;
    let (preview, done) = forget(&world, json!({"email": " Woolly.Demo8@iCloud.com "})).await;
    assert!(preview.ephemeral, "nobody else sees whom");
    assert!(preview.text().contains("1 order, 2 kept messages"), "{}", preview.text());
    assert!(done.text().contains("Nothing of it is left in the database file"), "{}", done.text());
    assert_no_trace(&world).await;
    let orders = world.exported();
    assert_eq!((orders.len(), &orders[0]["email"]), (2, &Value::Null));
    assert_eq!(
        (&orders[0]["total"], &orders[0]["product"]),
        (&json!("100.00"), &json!("Example Console"))
    );
    assert_eq!(orders[1]["email"], json!("somebody@example.com"));
    let events =
        world.rows("SELECT kind FROM order_events WHERE details = '{}' ORDER BY id DESC LIMIT 1");
    assert_eq!(events, ["forgotten"]);
    let card = world.ask("order", json!({"number": NUMBER})).await.text();
    assert!(card.contains("personal data erased"), "{card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_press_leaves_what_the_first_has_shown() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    checkout(&world).await;
    let (preview, done) = forget(&world, json!({"email": EMAIL})).await;
    let button = preview.parts().next().expect("a button")["custom_id"].clone();
    let (message, button) = (preview.message.expect("a message"), button.as_str().expect("an id"));
    let again = world.sandbox.use_part(world.owner, message, button, 2, &[]).await;
    let again = world.sandbox.with_follow_ups(again.expect("answered")).await.text();
    assert!(again.contains("Nothing of it was left to erase."), "{again}");
    assert!(done.text().contains("Delete these messages in Discord"), "{}", done.text());
    for part in ["1 order, 1 kept message", "Delete these messages in Discord"] {
        assert!(again.contains(part), "{part} in {again}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_forgotten_wherever_an_order_or_its_history_names_it() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let mut first = fields(NUMBER, EMAIL);
    let product = format!("Gift card for {EMAIL}");
    first[0].1 = &product;
    first.push(("Reference #", EMAIL));
    let first = world.post_fields("Successful Checkout | Target", &first);
    world.sees(first, "✅").await;
    let update = [("Order Number", NUMBER), ("Status", "Shipped"), ("Email", "new@example.com")];
    let update = world.post_fields("Order update", &update);
    world.sees(update, "📦").await;
    let other =
        world.post_fields("Successful Checkout | Target", &fields("102003000000018", EMAIL));
    world.sees(other, "✅").await;
    let update = [("Order Number", "102003000000018"), ("Email", "new@example.com")];
    world.post_fields("Order update", &update);
    world.until_exported(|orders| orders[1]["email"] == json!("new@example.com")).await;
    let (preview, _) = forget(&world, json!({"email": EMAIL})).await;
    assert!(preview.text().contains("2 orders"), "{}", preview.text());
    assert_no_trace(&world).await;
    assert_eq!(world.exported()[0]["status"], json!("shipped"));
}

#[tokio::test(flavor = "multi_thread")]
async fn traces_in_a_log_that_somebody_still_reads_are_no_success() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    checkout(&world).await;
    world.stop_bot(bot).await;
    let ledger = Ledger::open(&world.database()).await.expect("open");
    let reader = rusqlite::Connection::open(world.database()).expect("open");
    reader.execute_batch("BEGIN; SELECT count(*) FROM orders").expect("read");
    let error = ledger.wipe_traces().await.expect_err("the log cannot be emptied");
    assert!(error.to_string().contains("being read"), "{error:#}");
    drop(reader);
    ledger.wipe_traces().await.expect("wiped");
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_an_edit_nor_a_later_message_nor_reading_again_brings_a_buyer_back() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let message = checkout(&world).await;
    forget(&world, json!({"email": EMAIL})).await;
    let mut edited = fields(NUMBER, EMAIL);
    edited.push(("Tracking Number", "1Z999AA10123456784"));
    let edited: Vec<Value> =
        edited.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let edited =
        json!({"embeds": [{"author": {"name": "Successful Checkout | Target"}, "fields": edited}]});
    world.sandbox.edit(message, &edited).expect("edit");
    let tracked = |orders: &[Value]| orders[0]["tracking_number"] == json!("1Z999AA10123456784");
    world.until_exported(tracked).await;
    let update =
        [("Order Number", NUMBER), ("Status", "Shipped"), ("Customer Name", "Wanda Example")];
    let update = world.post_fields("Order update", &update);
    world.sees(update, "📦").await;
    let again =
        world.post_fields("Successful Checkout | Target", &fields("102003000000019", EMAIL));
    world.sees(again, "✅").await;
    world.stop_bot(bot).await;
    assert!(world.call(&["reparse"]).status.success());
    let orders = world.exported();
    assert_eq!(orders.len(), 2, "a new order is stored, without its buyer");
    assert!(orders.iter().all(|order| order["email"] == Value::Null), "{orders:#?}");
    assert_no_trace(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_that_were_deleted_stay_away() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = checkout(&world).await;
    let (preview, done) = forget(&world, json!({"email": EMAIL, "orders": true})).await;
    assert!(
        preview.text().contains("The orders and their history will be deleted"),
        "{}",
        preview.text()
    );
    assert!(done.text().contains("were deleted"), "{}", done.text());
    world
        .until("the bot takes its reaction back", async || {
            world.sandbox.bot_reactions(message).is_empty()
        })
        .await;
    let edited = json!({"embeds": [{"author": {"name": "Successful Checkout | Target"},
        "fields": [{"name": "Order Number", "value": NUMBER}, {"name": "Email", "value": EMAIL}]}]});
    world.sandbox.edit(message, &edited).expect("edit");
    let logged = json!({"message": message.to_string()});
    world.until_told("logs show", logged, "not stored again").await;
    assert_eq!(world.exported(), Vec::<Value>::new());
    assert_no_trace(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_forgotten_by_its_number_and_the_others_of_the_buyer_stay() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    checkout(&world).await;
    let other =
        world.post_fields("Successful Checkout | Target", &fields("102003000000018", EMAIL));
    world.sees(other, "✅").await;
    forget(&world, json!({"order": NUMBER})).await;
    let orders = world.exported();
    assert_eq!((&orders[0]["email"], &orders[1]["email"]), (&Value::Null, &json!(EMAIL)));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_asked_and_may_can_confirm() {
    let world = World::new().await;
    let role = world.sandbox.add_role(world.guild, "Runs", 1 << 5 | 1 << 13);
    let other = world.sandbox.add_member(world.guild, "other", &[role]);
    let _bot = world.start_bot().await;
    checkout(&world).await;
    let list = world.ask_as(other, "orders recent", json!({})).await.message.expect("a message");
    let owner = world.owner;
    let forged = format!("forget1|{owner}|0|email|{EMAIL}");
    let pressed = world.sandbox.use_part(other, list, &forged, 2, &[]).await.expect("answered");
    assert!(pressed.text().contains("somebody else"), "{}", pressed.text());
    world.sandbox.set_role(world.guild, role, 1 << 13);
    let forged = format!("forget1|{other}|1|email|{EMAIL}");
    let pressed = world.sandbox.use_part(other, list, &forged, 2, &[]).await.expect("answered");
    assert!(pressed.text().contains("Manage Server"), "{}", pressed.text());
    assert_eq!(world.exported()[0]["email"], json!(EMAIL));
    for (options, text) in [
        (json!({}), "Tell me what to forget"),
        (json!({"email": "nobody"}), "not an e-mail address"),
        (json!({"email": EMAIL, "order": NUMBER}), "either"),
    ] {
        let told = world.ask("forget", options).await.text();
        assert!(told.contains(text), "{told}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn looks_and_exports_are_noted() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = checkout(&world).await;
    world.ask("order", json!({"number": NUMBER})).await;
    world.ask("orders export", json!({"format": "csv"})).await;
    world.ask("logs show", json!({"message": message.to_string()})).await;
    let list = world.ask("orders recent", json!({})).await;
    let (menu, place) = (list.custom_id("Open one or more orders").expect("a menu"), list.message);
    let place = place.expect("a message");
    world.sandbox.use_part(world.owner, place, &menu, 3, &["1"]).await.expect("answered");
    // Each is noted beside its answer: two of them may be written the other way round.
    let noted = "SELECT kind, order_id, details, user_id FROM disclosures ORDER BY kind";
    let owner = world.owner;
    let expected = [
        format!("export|-|{{\"format\":\"csv\",\"orders\":1}}|{owner}"),
        format!("look|1|{{}}|{owner}"),
        format!("look|1|{{}}|{owner}"),
        format!("message|-|{{\"message\":\"{message}\"}}|{owner}"),
    ];
    world.until("all are noted", async || world.rows(noted) == expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn restoring_a_backup_says_whether_it_may_hold_what_was_forgotten_since() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    checkout(&world).await;
    assert!(world.call(&["backup", "copy.db"]).status.success());
    forget(&world, json!({"email": EMAIL})).await;
    world.stop_bot(bot).await;
    let restore = || String::from_utf8(world.call(&["restore", "copy.db"]).stdout).expect("UTF-8");
    let said = restore();
    assert!(said.contains("it may hold what /forget erased"), "{said}");
    // The database of now knows of nothing that was forgotten.
    let said = restore();
    assert!(said.contains("1 order") && !said.contains("/forget"), "{said}");
    std::fs::write(world.database(), "not a database any more").expect("damage it");
    let said = restore();
    assert!(said.contains("1 order") && said.contains("it may be back"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_because_of_a_sheet_goes_too() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let mut named = fields(NUMBER, EMAIL);
    named.push(("Site", "shop of woolly.demo8@icloud.com"));
    let message = world.post_fields("Successful Checkout", &named);
    world.sees(message, "✅").await;
    let statement = format!(
        "Extended Details,Reference,Date,Amount\n\"Description : {NUMBER} Price : 1\",'77,01/31/2026,100.00\n"
    );
    std::fs::write(world.folder.path().join("card.csv"), statement).expect("write");
    let output = world.call(&["bulk", "charges", "card.csv", "--apply"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(world.rows("SELECT count(*) FROM amended_orders WHERE said_row IS NOT NULL"), ["1"]);
    forget(&world, json!({"email": EMAIL})).await;
    let wiped = async || {
        let left = "SELECT count(*) FROM amended_orders WHERE instr(said_row, 'woolly') OR instr(said_row, 'Wanda')";
        world.rows(left) == ["0"]
    };
    world.until("nothing is left of the row of before", wiped).await;
    assert_eq!(world.exported()[0]["charged"], json!("100.00"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_of_a_sheet_stays_where_the_sheet_named_the_buyer() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let sheet = format!(
        "Order Number,Date,Store,Product,Total,Email,Currency,Server\n{NUMBER},2026-01-31,Target,Tin for {EMAIL},$100.00,{EMAIL},USD,\n"
    );
    std::fs::write(world.folder.path().join("old.csv"), sheet).expect("write");
    let guild = world.guild.to_string();
    let output = world.call(&["bulk", "orders", "old.csv", "--guild", &guild, "--apply"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    std::fs::remove_file(world.folder.path().join("old.csv")).expect("remove");
    forget(&world, json!({"email": EMAIL})).await;
    world.ask("track", json!({"number": NUMBER, "tracking": "X300"})).await;
    world.stop_bot(bot).await;
    assert!(world.call(&["reparse"]).status.success());
    let orders = world.exported();
    assert_eq!(orders.len(), 1, "{orders:#?}");
    assert_eq!((&orders[0]["total"], &orders[0]["email"]), (&json!("100.00"), &Value::Null));
    assert_eq!(world.rows("SELECT count(*) FROM batch_rows"), ["1"]);
    assert_no_trace(&world).await;
}

/// An address in every text of an order that a message can fill.
const EVERYWHERE: [(&str, &str); 10] = [
    ("Product", "Tin for woolly.demo8@icloud.com"),
    ("Site", "shop of woolly.demo8@icloud.com"),
    ("Price", "$100.00"),
    ("SKU", "W/woolly.demo8@icloud.com"),
    ("Size", "woolly.demo8@icloud.com"),
    ("Order Number", NUMBER),
    ("Reference #", "woolly.demo8@icloud.com"),
    ("Shipping Method", "to woolly.demo8@icloud.com"),
    ("Product Link", "https://a.example/p?mail=%77oolly.demo8%40icloud%2Ecom"),
    ("Notes", "https://a.example/?next=%2Fl%3Fm%3Dwoolly%252Edemo8%2540icloud.com"),
];

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_found_in_every_text_and_link_of_an_order() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let message = world.post_fields("Successful Checkout", &EVERYWHERE);
    world.sees(message, "✅").await;
    // Nothing but one text names it any more: each is found by itself.
    for (column, value) in [
        ("store", "woolly.demo8@icloud.com"),
        ("reference_number", "woolly.demo8@icloud.com"),
        ("tracking_number", "woolly.demo8@icloud.com"),
        ("product_url", "https://a.example/?m=%77oolly.demo8%40icloud%2Ecom"),
        ("image_url", "https://a.example/?m=woolly.demo8%2540icloud.com"),
        ("buyer", "woolly.demo8@icloud.com"),
    ] {
        let connection = rusqlite::Connection::open(world.database()).expect("open");
        connection.busy_timeout(std::time::Duration::from_secs(5)).expect("wait");
        let statement = format!("UPDATE orders SET {column} = ?");
        connection.execute(&statement, [value]).expect("change a row by hand");
        drop(connection);
        let (_, done) = forget(&world, json!({"email": EMAIL})).await;
        assert!(done.text().contains("1 order"), "{column}: {}", done.text());
        let left = world.rows(&format!("SELECT {column} FROM orders"));
        assert_eq!(left, ["-"], "{column}");
    }
    // What a person set and took back is kept, and what was said when it was.
    for (value, said) in
        [("shop of woolly.demo8@icloud.com", None), ("Target", Some("woolly.demo8@icloud.com"))]
    {
        let connection = rusqlite::Connection::open(world.database()).expect("open");
        connection.busy_timeout(std::time::Duration::from_secs(5)).expect("wait");
        let statement = "INSERT INTO corrections (guild_id, order_id, kind, value, said, user_id, made_at, undone_at)
            SELECT guild_id, id, 'store', ?, ?, 1, '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.000Z' FROM orders";
        connection.execute(statement, (value, said)).expect("keep a value");
        drop(connection);
        let (_, done) = forget(&world, json!({"email": EMAIL})).await;
        assert!(done.text().contains("1 order"), "{value}: {}", done.text());
        assert_eq!(world.rows("SELECT count(*) FROM corrections"), ["0"]);
    }
    let items = world.rows("SELECT product, sku, size, product_url FROM order_items");
    assert_eq!(items, ["-|-|-|-"]);
    assert_no_trace(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_in_discord_is_named_and_the_posts_of_the_bot_are_edited() {
    for (style, deletes) in [("card", false), ("line", true), ("card", true)] {
        let world = World::new().await;
        let wall = world.sandbox.add_channel(world.guild, "wall");
        world.configure(&format!(
            "[privacy]\nreplies = \"public\"\n[feed]\nchannel_id = \"{wall}\"\nstyle = \"{style}\""
        ));
        let _bot = world.start_bot().await;
        let message = checkout(&world).await;
        let on_wall = || serde_json::to_string(&world.sandbox.messages(wall)).expect("JSON");
        world.until("it is in the feed", async || on_wall().contains(NUMBER)).await;
        let card = world.ask("order", json!({"number": NUMBER})).await.message.expect("a card");
        let cards = if style == "card" { "2" } else { "1" };
        let remembered = async || world.rows("SELECT count(*) FROM cards") == [cards];
        world.until("it is remembered", remembered).await;
        let (_, done) = forget(&world, json!({"email": EMAIL, "orders": deletes})).await;
        let told = done.text();
        let link = |channel, message| format!("/channels/{}/{channel}/{message}", world.guild);
        assert!(told.contains(&link(world.channel, message)), "{told}");
        assert!(told.contains(&link(world.channel, card)), "{told}");
        let shown = || {
            let all = world
                .sandbox
                .messages(world.channel)
                .into_iter()
                .filter(|one| one["id"] == json!(card.to_string()));
            format!("{}{}", json!(all.collect::<Vec<_>>()), on_wall())
        };
        let forgotten = async || {
            let shown = shown();
            if deletes {
                !shown.contains(NUMBER) && shown.contains("forgotten")
            } else {
                !shown.contains("VCC Demo W")
            }
        };
        world.until(&format!("{style}, {deletes}: {}", shown()), forgotten).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_are_edited_by_the_next_bot_where_this_one_is_killed_before() {
    let world = World::new().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    world.configure(&format!(
        "[privacy]\nreplies = \"public\"\n[feed]\nchannel_id = \"{wall}\"\nstyle = \"line\""
    ));
    let bot = world.start_bot().await;
    checkout(&world).await;
    let shown_in = |channel| serde_json::to_string(&world.sandbox.messages(channel)).expect("JSON");
    world.until("it is in the feed", async || shown_in(wall).contains(NUMBER)).await;
    let card = world.ask("order", json!({"number": NUMBER})).await.message.expect("a card");
    world
        .until("it is remembered", async || world.rows("SELECT count(*) FROM cards") == ["1"])
        .await;
    world.sandbox.fail("PATCH", "/channels/", 1, Answer::Hang(Duration::from_mins(10)));
    let (_, done) = forget(&world, json!({"email": EMAIL, "orders": true})).await;
    assert!(done.text().contains("I am editing now"), "{}", done.text());
    world.until("it is asked", async || world.sandbox.faults_left("/channels/") == 0).await;
    bot.kill();
    assert!(shown_in(wall).contains(NUMBER));
    assert_eq!(world.rows("SELECT count(*) FROM due_edits"), ["2"]);
    assert_no_trace(&world).await;
    let _bot = world.start_bot().await;
    let is_edited = async || world.rows("SELECT count(*) FROM due_edits") == ["0"];
    world.until("the posts are edited", is_edited).await;
    assert!(!shown_in(wall).contains(NUMBER), "{}", shown_in(wall));
    let shown = world.sandbox.messages(world.channel);
    let card = shown.iter().find(|message| message["id"] == json!(card.to_string()));
    let card = json!(card).to_string();
    assert!(card.contains("This order was forgotten.") && !card.contains(NUMBER), "{card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_are_edited_whatever_cannot_be_edited_in_other_servers() {
    let world = World::new().await;
    let wall = world.sandbox.add_channel(world.guild, "wall");
    world.configure(&format!("[feed]\nchannel_id = \"{wall}\"\nstyle = \"line\""));
    let other = world.sandbox.add_guild("Away for now");
    world.sandbox.set_available(other, false);
    let _bot = world.start_bot().await;
    checkout(&world).await;
    let on_wall = || serde_json::to_string(&world.sandbox.messages(wall)).expect("JSON");
    world.until("it is in the feed", async || on_wall().contains(NUMBER)).await;
    // More than are looked at together, in a server that Discord has not sent, and in one that the bot has left.
    let database = rusqlite::Connection::open(world.database()).expect("open");
    database.busy_timeout(Duration::from_secs(5)).expect("wait");
    for guild in [other.0, 4_242] {
        for order in 1..=150 {
            let due =
                "INSERT INTO due_edits (guild_id, order_id, deleted, line) VALUES (?, ?, 1, x'00')";
            database.execute(due, (guild, order)).expect("a due edit");
        }
    }
    drop(database);
    forget(&world, json!({"email": EMAIL, "orders": true})).await;
    world.until("the line is edited", async || !on_wall().contains(NUMBER)).await;
    let left = async || {
        world.rows("SELECT guild_id, count(*) FROM due_edits GROUP BY 1")
            == [format!("{other}|150")]
    };
    world.until("what waits for a server that was left is dropped", left).await;
    world.sandbox.remove_bot(other);
    let none = async || world.rows("SELECT count(*) FROM due_edits") == ["0"];
    world.promptly("so is what waited for this one", none).await;
}
