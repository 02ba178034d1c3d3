//! Sheets that people bring in Discord: looked at, applied, taken back.

use std::time::Duration;

use discord_sandbox::{Answer, Reply};
use refract_ledger::ids::{MessageId, UserId};
use serde_json::{Value, json};

use crate::harness::World;

const FILES: &str = "/ephemeral-attachments/";

impl World {
    /// What somebody sees who brings a file.
    async fn bring_as(&self, user: UserId, kind: &str, text: &str) -> Reply {
        let file = self.sandbox.upload("sheet.csv", text.as_bytes()).expect("uploaded");
        let command = format!("bulk {kind}");
        let reply = self.ask_as(user, &command, json!({"file": file})).await;
        self.sandbox.with_follow_ups(reply).await
    }

    async fn bring(&self, kind: &str, text: &str) -> Reply {
        self.bring_as(self.owner, kind, text).await
    }

    /// What the owner sees after pressing a button of a reply.
    async fn press(&self, reply: &Reply, label: &str) -> Reply {
        let id = reply.custom_id(label).unwrap_or_else(|| panic!("no {label} in {reply:?}"));
        let message = reply.message.expect("a message");
        let pressed = self.sandbox.press(self.owner, message, &id).await.expect("pressed");
        self.settled(pressed).await
    }

    /// The reply once its message says what came of it.
    async fn settled(&self, reply: Reply) -> Reply {
        let reply = self.sandbox.with_follow_ups(reply).await;
        let shown = reply.message.map(|message| self.shown(message));
        shown.unwrap_or(reply)
    }

    /// A message of the bot as it looks now.
    fn shown(&self, message: MessageId) -> Reply {
        let value = self.sandbox.message(message).expect("there");
        let list = |name: &str| value[name].as_array().cloned().unwrap_or_default();
        Reply {
            message: Some(message),
            content: value["content"].as_str().unwrap_or_default().to_owned(),
            embeds: list("embeds"),
            components: list("components"),
            ..Reply::default()
        }
    }

    /// Numbers of two stored checkouts.
    async fn two_orders(&self) -> [String; 2] {
        let messages = [self.checkout(1), self.checkout(2)];
        self.until("both are stored", async || self.stored() == messages).await;
        let numbers = self.rows("SELECT order_number FROM orders ORDER BY message_id");
        numbers.try_into().expect("two numbers")
    }

    fn changes_of_sheets(&self) -> Vec<String> {
        self.rows(
            "SELECT order_id, details FROM order_events WHERE batch_id IS NOT NULL ORDER BY id",
        )
    }
}

fn tracking(numbers: &[String; 2]) -> String {
    let [first, second] = numbers;
    format!(
        "Order Number,Tracking Number\n{first},1Z999AA10123456784\n{second},X-200 X201\nA-9999,LATER1\n,\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_looked_at_applied_and_taken_back() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers = world.two_orders().await;
    let preview = world.bring("track", &tracking(&numbers)).await;
    assert!(preview.ephemeral);
    let text = preview.text();
    for said in
        ["4 rows", "sheet.csv", "**2** would change", "**1** would wait", "**1** without content"]
    {
        assert!(text.contains(said), "{said} in {text}");
    }
    let file = preview.files.first().expect("a file with every row");
    let rows = String::from_utf8(file.bytes.to_vec()).expect("text");
    assert!(rows.lines().count() == 5 && rows.contains("LATER1"), "{rows}");
    assert_eq!(world.changes_of_sheets(), Vec::<String>::new());

    let applied = world.press(&preview, "Apply").await;
    assert!(applied.text().contains("applied as batch 1"), "{}", applied.text());
    assert_eq!(applied.components, Vec::<Value>::new());
    let message = preview.message.expect("a message");
    let files = world.sandbox.message(message).expect("there")["attachments"].clone();
    assert_eq!(files.as_array().map(Vec::len), Some(1), "the file of the preview goes");
    let parcels = "SELECT tracking_number FROM orders ORDER BY message_id";
    assert_eq!(world.rows(parcels), ["1Z999AA10123456784", "X-200, X201"]);
    let history = world.ask("order", json!({"number": numbers[0]})).await;
    let history = world.press_here(&history, "History").await;
    assert!(history.contains(&format!("<@{}> (sheet, batch 1)", world.owner)), "{history}");

    let list = world.ask("bulk list", json!({})).await.text();
    assert!(
        list.contains("**1** · Tracking numbers · `sheet.csv`") && list.contains("1 waiting"),
        "{list}"
    );
    let again = world.bring("track", &tracking(&numbers)).await;
    assert!(
        again.text().contains("Nothing to change, unless") && again.custom_id("Apply").is_none(),
        "{}",
        again.text()
    );

    let undone = world.ask("bulk undo", json!({"batch": 1})).await;
    assert!(undone.ephemeral && undone.text().contains("is undone"), "{}", undone.text());
    assert_eq!(world.rows(parcels), ["-", "-"]);
    let undone = world.ask("bulk undo", json!({"batch": 1})).await.text();
    assert!(undone.contains("undone before"), "{undone}");
    let unknown = world.ask("bulk undo", json!({"batch": 7})).await.text();
    assert!(unknown.contains("no batch 7"), "{unknown}");
}

impl World {
    /// What is read after a button that answers with a message of its own.
    async fn press_here(&self, reply: &Reply, label: &str) -> String {
        let id = reply.custom_id(label).expect("a button");
        let message = reply.message.expect("a message");
        self.sandbox.press(self.owner, message, &id).await.expect("pressed").text()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_works_after_a_restart_and_the_reactions_follow() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let messages = [world.checkout(1), world.checkout(2)];
    world.until("both are stored", async || world.stored() == messages).await;
    let numbers = world.rows("SELECT order_number FROM orders ORDER BY message_id");
    let numbers = numbers.try_into().expect("two numbers");
    let preview = world.bring("track", &tracking(&numbers)).await;
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let applied = world.press(&preview, "Apply and mark shipped").await;
    assert!(applied.text().contains("applied as batch 1"), "{}", applied.text());
    world.sees(messages[0], "📦").await;
    world.sees(messages[1], "📦").await;
    let second = world.press_again(&preview, "Apply and mark shipped").await;
    assert!(second.contains("applied already, as batch 1"), "{second}");
}

impl World {
    /// Presses a button that is not there any more, as an old client could.
    async fn press_again(&self, reply: &Reply, label: &str) -> String {
        let id = reply.custom_id(label).expect("a button");
        let message = reply.message.expect("a message");
        let used = self.sandbox.use_part(self.owner, message, &id, 2, &[]).await.expect("answered");
        self.settled(used).await.text()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pressed_twice_at_the_same_moment_it_is_applied_once() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers = world.two_orders().await;
    let statement = format!(
        "Extended Details,Reference,Date,Amount\n\
         \"Description : {} Price : 10.00\",'320260310001,01/31/2026,10.00\n",
        numbers[0]
    );
    let preview = world.bring("charges", &statement).await;
    let (id, message) =
        (preview.custom_id("Apply").expect("a button"), preview.message.expect("there"));
    let press = || world.sandbox.use_part(world.owner, message, &id, 2, &[]);
    let (one, other) = tokio::join!(press(), press());
    one.and(other).expect("both are answered");
    world.until("it is applied", async || world.rows("SELECT id FROM batches") == ["1"]).await;
    let text = || world.shown(message).text();
    world.until("both have ended", async || text().contains("batch 1")).await;
    assert_eq!(world.rows("SELECT count(*) FROM batch_rows"), ["1"]);
    assert_eq!(
        world.rows("SELECT charged_minor FROM orders WHERE charged_minor IS NOT NULL"),
        ["1000"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_neither_brings_nor_applies_anything() {
    let world = World::new().await;
    let marks = world.sandbox.add_role(world.guild, "Marks", 0);
    let runs = world.sandbox.add_role(world.guild, "Runs", 0);
    let marker = world.sandbox.add_member(world.guild, "marker", &[marks]);
    let admin = world.sandbox.add_member(world.guild, "admin", &[runs]);
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    world.configure(&format!("[access]\nmark_roles = [\"{marks}\"]\nadmin_roles = [\"{runs}\"]\n"));
    let _bot = world.start_bot().await;
    for user in [marker, admin, stranger] {
        world.sandbox.allow_command(world.guild, "bulk", discord_sandbox::Whom::Member(user), true);
    }
    let numbers = world.two_orders().await;
    for (user, kind, may) in [
        (marker, "track", true),
        (marker, "charges", false),
        (admin, "charges", true),
        (admin, "track", false),
        (stranger, "track", false),
        (stranger, "status", false),
        (stranger, "received", false),
    ] {
        let reply = world.bring_as(user, kind, &tracking(&numbers)).await;
        let refused =
            reply.text().contains("You can see the orders") || reply.text().contains("You need");
        assert_eq!(refused, !may, "{kind}: {}", reply.text());
    }
    assert_eq!(world.sandbox.count("GET", FILES), 2, "what nobody may bring is not fetched");

    let preview = world.bring_as(marker, "track", &tracking(&numbers)).await;
    let (message, id) =
        (preview.message.expect("there"), preview.custom_id("Apply").expect("a button"));
    world.sandbox.set_member(world.guild, marker, &[]);
    let pressed = world.sandbox.use_part(marker, message, &id, 2, &[]).await.expect("answered");
    assert!(pressed.text().contains("can"), "{}", pressed.text());
    // A tampered client presses on a message that it sees.
    let shown =
        world.sandbox.command(world.owner, world.channel, "bulk list", &[]).await.expect("a list");
    let pressed =
        world.sandbox.use_part(world.owner, shown.message.expect("there"), &id, 2, &[]).await;
    let pressed = pressed.expect("answered").text();
    assert!(pressed.contains("Somebody else brought this file"), "{pressed}");
    assert_eq!(world.rows("SELECT count(*) FROM batches"), ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_end_otherwise_by_now_is_shown_again() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers = world.two_orders().await;
    let preview = world.bring("track", &tracking(&numbers)).await;
    world.ask("track", json!({"number": numbers[0], "tracking": "1Z999AA10123456784"})).await;
    let shown = world.press(&preview, "Apply").await;
    let text = shown.text();
    assert!(
        text.contains("Something has changed") && text.contains("**1** would change"),
        "{text}"
    );
    assert_eq!(world.rows("SELECT count(*) FROM batches"), ["0"]);
    let applied = world.press(&shown, "Apply").await;
    assert!(applied.text().contains("applied as batch 1"), "{}", applied.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_are_typed_or_pasted_and_what_is_shipped_takes_another_button() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let [first, second] = world.two_orders().await;
    world.ask("mark", json!({"number": first, "status": "shipped"})).await;
    let numbers = format!("{first}, {second}");
    let reply = world.ask("bulk status", json!({"numbers": numbers})).await;
    let preview = world.sandbox.with_follow_ups(reply).await;
    let text = preview.text();
    assert!(text.contains("**1** refused") && text.contains("**Apply anyway**"), "{text}");
    let cancelled = world.press(&preview, "Cancel").await;
    assert!(cancelled.text() == "Cancelled. Nothing was changed.", "{}", cancelled.text());

    let form = world.ask("bulk status", json!({"status": "cancelled"})).await;
    let refused = world.sandbox.submit_modal(world.owner, &form, &[("numbers", "please cancel")]);
    let refused = world.sandbox.with_follow_ups(refused.await.expect("answered")).await.text();
    assert!(refused.contains("`please` is not an order number"), "{refused}");
    let pasted = format!("{first}\n{second}");
    let sent = world.sandbox.submit_modal(world.owner, &form, &[("numbers", &pasted)]).await;
    let preview = world.sandbox.with_follow_ups(sent.expect("answered")).await;
    let applied = world.press(&preview, "Apply anyway").await;
    assert!(applied.text().contains("applied as batch 1"), "{}", applied.text());
    assert_eq!(world.rows("SELECT DISTINCT status FROM orders"), ["cancelled"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_headings_are_asked_for_once() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let [first, second] = world.two_orders().await;
    let asked = world.bring("track", &format!("Beleg,Paket\n{first},PK1001\n")).await;
    assert!(asked.text().contains("order number"), "{}", asked.text());
    let message = asked.message.expect("there");
    for (field, place) in [("order number", "0"), ("tracking number", "1")] {
        let menu = asked.custom_id(&format!("Column of the {field}")).expect("a menu");
        world.sandbox.select(world.owner, message, &menu, &[place]).await.expect("chosen");
    }
    let preview = world.press(&asked, "Read the file").await;
    assert!(preview.text().contains("**1** would change"), "{}", preview.text());
    let applied = world.press(&preview, "Apply").await;
    assert!(applied.text().contains("applied as batch 1"), "{}", applied.text());
    let next = world.bring("track", &format!("Beleg,Paket\n{second},PK1002\n")).await;
    assert!(next.text().contains("**1** would change"), "{}", next.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn named_columns_are_shown_and_remembered_only_once_they_are_applied() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let [first, _] = world.two_orders().await;
    let sheet = format!("Beleg,Paket\n{first},PK1001\n");
    let mut asked = world.bring("track", &sheet).await;
    for (number, parcel) in [("1", "0"), ("0", "1")] {
        let message = asked.message.expect("there");
        for (field, place) in [("order number", number), ("tracking number", parcel)] {
            let menu = asked.custom_id(&format!("Column of the {field}")).expect("a menu");
            world.sandbox.select(world.owner, message, &menu, &[place]).await.expect("chosen");
        }
        let preview = world.press(&asked, "Read the file").await;
        assert!(preview.text().contains("Columns, as somebody chose them"), "{}", preview.text());
        // Nobody has applied it yet.
        asked = world.bring("track", &sheet).await;
        assert!(asked.custom_id("Read the file").is_some(), "{}", asked.text());
        if number == "0" {
            let applied = world.press(&preview, "Apply").await;
            assert!(applied.text().contains("applied as batch 1"), "{}", applied.text());
        }
    }
    let next = world.bring("track", &sheet).await;
    assert!(next.text().contains("Paket is the tracking number"), "{}", next.text());
    let cancelled = world.press(&next, "Cancel").await;
    assert!(cancelled.text().contains("Nothing was changed"), "{}", cancelled.text());
    let asked = world.bring("track", &sheet).await;
    assert!(asked.custom_id("Read the file").is_some(), "{}", asked.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn days_and_months_are_asked_for() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers = world.two_orders().await;
    let statement = format!("Date,Amount,Memo\n03/04/2026,10.00,Shop {}\n", numbers[0]);
    let asked = world.bring("charges", &statement).await;
    let menu = asked.custom_id("Column of the text with the order number").expect("a menu");
    let message = asked.message.expect("there");
    world.sandbox.select(world.owner, message, &menu, &["2"]).await.expect("chosen");
    let asked = world.press(&asked, "Read the file").await;
    assert!(asked.text().contains("03/04/2026"), "{}", asked.text());
    let preview = world.press(&asked, "Day first").await;
    world.press(&preview, "Apply").await;
    let day = "SELECT charge_posted_on FROM orders WHERE charge_posted_on IS NOT NULL";
    assert_eq!(world.rows(day), ["2026-04-03"]);
    assert_eq!(world.rows("SELECT count(*) FROM sheet_columns"), ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_listed_and_taken_away() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    world.two_orders().await;
    let later: Vec<String> =
        (1..=12).map(|number| format!("A-20{number:02},PK10{number:02}")).collect();
    let later = later.join("\n");
    let preview = world.bring("track", &format!("order,tracking\n{later}")).await;
    world.press(&preview, "Apply").await;
    let list = world.ask("bulk waiting", json!({})).await;
    assert!(list.text().contains("12 rows · page 1 of 2"), "{}", list.text());
    let older = world.press(&list, "Newer ▶").await;
    assert!(
        older.text().contains("PK1012") && !older.text().contains("PK1001"),
        "{}",
        older.text()
    );
    let (message, menu) =
        (older.message.expect("there"), older.custom_id("Take away what waits").expect("a menu"));
    let dropped = world.sandbox.select(world.owner, message, &menu, &["row:12"]).await;
    let dropped = dropped.expect("chosen");
    let dropped = world.settled(dropped).await.text();
    assert!(dropped.contains("Taken away: 1 row") && dropped.contains("11 rows"), "{dropped}");
    let all = world.sandbox.select(world.owner, message, &menu, &["1"]).await.expect("chosen");
    assert!(world.settled(all).await.text().contains("Nothing waits"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_only_fetched_from_discord_and_its_address_is_kept_nowhere() {
    let world = World::new().await;
    let elsewhere = discord_sandbox::Sandbox::start().await.expect("another host");
    let _bot = world.start_bot_with_log_level("debug").await;
    let numbers = world.two_orders().await;
    let target = format!("{}/attachments/1/2/a.csv", elsewhere.api_url());
    world.sandbox.fail("GET", FILES, 100, Answer::Redirect(target));
    let refused = world.bring("track", &tracking(&numbers)).await;
    assert!(refused.text().contains("couldn't get `sheet.csv`"), "{}", refused.text());
    assert_eq!(elsewhere.requests().len(), 0);
    world.sandbox.heal();
    let large = vec![b'x'; 8 * 1024 * 1024 + 1];
    let file = world.sandbox.upload("large.csv", &large).expect("uploaded");
    let refused = world.ask("bulk track", json!({"file": file})).await;
    let refused = world.sandbox.with_follow_ups(refused).await;
    assert!(refused.text().contains("larger than 8 MB"), "{}", refused.text());

    world.bring("track", &tracking(&numbers)).await;
    let requests = world.sandbox.requests();
    let fetched = requests.iter().find(|one| one.path.contains(FILES)).expect("fetched");
    let id = fetched.path.split('/').nth(3).expect("an id").to_owned();
    assert!(!world.log().contains(&id), "the address is not logged");
    let kept = std::fs::read(world.database()).expect("the database");
    assert!(!kept.windows(FILES.len()).any(|it| it == FILES.as_bytes()));
    assert!(
        requests.iter().all(|one| !one.path.contains(FILES) || !one.by_bot),
        "no token goes there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_file_is_acknowledged_at_once() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers = world.two_orders().await;
    world.sandbox.fail("GET", FILES, 1, Answer::Hang(Duration::from_secs(4)));
    let preview = world.bring("track", &tracking(&numbers)).await;
    assert!(
        preview.acknowledged_after < Duration::from_secs(3),
        "{:?}",
        preview.acknowledged_after
    );
    assert!(preview.text().contains("**2** would change"), "{}", preview.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_somebody_drops_what_nobody_has_applied() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers = world.two_orders().await;
    let preview = world.bring("track", &tracking(&numbers)).await;
    assert_eq!(world.rows("SELECT count(*) FROM previews"), ["1"]);
    let asked = world.ask("forget", json!({"order": numbers[0]})).await;
    world.press(&asked, "Erase for good").await;
    assert_eq!(world.rows("SELECT count(*) FROM previews"), ["0"]);
    let gone = world.press_again(&preview, "Apply").await;
    assert!(gone.contains("Bring the file again"), "{gone}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_of_yesterday_is_gone() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let numbers = world.two_orders().await;
    let preview = world.bring("track", &tracking(&numbers)).await;
    let age = |days: i64| {
        let at = chrono::Utc::now() - chrono::TimeDelta::hours(24 * days + 1);
        let at = at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        let database = rusqlite::Connection::open(world.database()).expect("open");
        database.execute("UPDATE previews SET created_at = ?", [at]).expect("backdate");
    };
    age(1);
    let gone = world.press_again(&preview, "Apply").await;
    assert!(gone.contains("more than a day old"), "{gone}");
    assert_eq!(world.rows("SELECT count(*) FROM batches"), ["0"]);
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    world
        .until("it is dropped", async || world.rows("SELECT count(*) FROM previews") == ["0"])
        .await;
}

/// Where the bot changes what it answered.
const ANSWER: &str = "/messages/@original";

/// Presses a button twice, and shows last what came of the second press.
async fn press_twice(world: &World, reply: &Reply, label: &str) -> [Reply; 2] {
    let (id, message) = (reply.custom_id(label).expect("a button"), reply.message);
    let message = message.expect("a message");
    let press = || world.sandbox.press(world.owner, message, &id);
    let (soon, later) = (Duration::from_millis(500), Duration::from_millis(1_500));
    world.sandbox.fail("PATCH", ANSWER, 1, Answer::Hang(soon));
    world.sandbox.fail("PATCH", ANSWER, 1, Answer::Hang(later));
    let second = async {
        world.until("it is pressed", async || world.sandbox.faults_left(ANSWER) == 1).await;
        press().await
    };
    let (first, second) = tokio::join!(press(), second);
    [first.expect("pressed"), second.expect("pressed again")]
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_applied_stays_to_be_read_where_somebody_presses_twice() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers = world.two_orders().await;
    let preview = world.bring("track", &tracking(&numbers)).await;
    press_twice(&world, &preview, "Apply").await;
    let shown = || world.shown(preview.message.expect("a message"));
    let told = async || shown().content.contains("This was applied already, as batch 1");
    world.until("the second is told", told).await;
    let text = shown().text();
    assert!(text.contains("applied as batch 1") && text.contains("**2** changed"), "{text}");
    assert_eq!(shown().components, Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn handing_in_can_be_taken_back_where_somebody_presses_twice() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers = world.two_orders().await;
    let preview = world.bring("track", &tracking(&numbers)).await;
    world.press(&preview, "Apply").await;
    let list = world.ask("trackings", json!({})).await;
    let pressed = press_twice(&world, &list, "Mark as handed in").await;
    let told = async || {
        let told = pressed.each_ref().map(|reply| world.sandbox.followed(reply).follow_ups.len());
        told.iter().sum::<usize>() == 1
    };
    world.until("the second is told", told).await;
    let undo = async || world.shown(list.message.expect("a message")).custom_id("Undo").is_some();
    world.until("it can be taken back", undo).await;
}
