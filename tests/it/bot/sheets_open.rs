//! What is not finished, parcels to hand in, and what is late.

use discord_sandbox::{Reply, permission};
use serde_json::json;

use crate::harness::World;

/// A checkout of a product at this price, so many days ago.
fn checkout(world: &World, number: &str, price: &str, days: i64) -> refract_ledger::ids::MessageId {
    let at = chrono::Utc::now() - chrono::TimeDelta::days(days);
    world.post(json!({"embeds": [{
        "author": {"name": "Successful Checkout | Target"}, "timestamp": at.to_rfc3339(),
        "fields": [
            {"name": "Product", "value": "Console"}, {"name": "Price", "value": price},
            {"name": "Order Number", "value": number}, {"name": "Profile", "value": "Demo"}]}]}))
}

async fn choose(world: &World, reply: &Reply, menu: &str, value: &str) -> Reply {
    let id = reply.custom_id(menu).unwrap_or_else(|| panic!("no {menu} in {reply:?}"));
    let message = reply.message.expect("a message");
    world.sandbox.select(world.owner, message, &id, &[value]).await.expect("chosen")
}

/// Brings a file by the command line, beside the bot.
fn bring(world: &World, kind: &str, text: &str) {
    std::fs::write(world.folder.path().join("sheet.csv"), text).expect("write");
    let output = world.call(&["bulk", kind, "sheet.csv", "--apply"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Brings a statement with the charge of this order.
fn charge(world: &World, number: &str) {
    let row = format!("\"Description : {number} Price : 10.00\",R-1,01/31/2026,10.00");
    bring(world, "charges", &format!("Extended Details,Reference,Date,Amount\n{row}\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_is_counted_and_its_orders_are_listed() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers: Vec<String> = (10..23).map(|number| format!("1020030000000{number}")).collect();
    let messages: Vec<_> =
        numbers.iter().map(|number| checkout(&world, number, "$10.00", 3)).collect();
    world.until("all are stored", async || world.stored() == messages).await;
    bring(&world, "track", &format!("order,tracking\n{},1Z999AA10123456784\n", numbers[0]));
    let open = world.ask("orders open", json!({})).await;
    let text = open.text();
    assert!(text.contains("**No tracking number** — 12 orders · 12 units · $120.00"), "{text}");
    assert!(text.contains("**On the way** — 1 order · 1 unit · $10.00"), "{text}");
    let list = choose(&world, &open, "Show the orders of a line", "no_tracking").await;
    assert!(list.text().contains("12 orders, the oldest first · page 1 of 2"), "{}", list.text());
    let message = list.message.expect("a message");
    let newer = list.custom_id("Newer ▶").expect("a button");
    let next = world.sandbox.press(world.owner, message, &newer).await.expect("pressed");
    assert!(next.text().contains("page 2 of 2"), "{}", next.text());
    // Those of one millisecond stand in the order in which they were stored.
    let pages = format!("{}{}", list.text(), next.text());
    assert!(numbers[1..].iter().all(|number| pages.contains(number)), "{pages}");
    let gone = newer.replace("|10|", "|990|");
    assert_ne!(gone, newer);
    let turned = world.sandbox.use_part(world.owner, message, &gone, 2, &[]).await;
    assert!(turned.is_ok_and(|turned| turned.text().contains("page 2 of 2")));
    let none =
        world.ask("orders open", json!({"store": "Target", "profile": "Other"})).await.text();
    assert!(none.contains("Nothing is open") && none.contains("Target · Other"), "{none}");
    let stranger = world.sandbox.add_member(world.guild, "stranger", &[]);
    let id = open.custom_id("Show the orders of a line").expect("a menu");
    let shown = world.sandbox.use_part(stranger, message, &id, 3, &["no_tracking"]).await;
    if let Ok(reply) = shown {
        assert!(!reply.text().contains(&numbers[1]), "{}", reply.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn parcels_are_handed_in_once_and_due_again_when_a_number_changes() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let numbers = ["102003000000017", "102003000000025"];
    let messages = numbers.map(|number| checkout(&world, number, "$10.00", 3));
    world.until("both are stored", async || world.stored() == messages).await;
    let [first, second] = numbers;
    bring(
        &world,
        "track",
        &format!("order,tracking\n{first},PARCEL1\n{second},PARCEL1\n{second},X200\n"),
    );
    let list = world.ask("trackings", json!({"template": "{tracking}${payout}"})).await;
    assert!(list.text().contains("```\nPARCEL1$15.00\nX200$5.00\n```"), "{}", list.text());
    let unknown = world.ask("trackings", json!({"template": "{Tracking} {total}"})).await.text();
    assert!(unknown.contains("does not know `{total}`: there are {tracking}"), "{unknown}");
    let message = list.message.expect("a message");
    let mark = list.custom_id("Mark as handed in").expect("a button");

    // A button that asks for what nobody can read asks for nothing.
    let unread = mark.replace("=|", "=never|");
    let pressed = world.sandbox.use_part(world.owner, message, &unread, 2, &[]).await;
    let pressed = pressed.expect("answered");
    assert!(pressed.text().contains("too old to be used"), "{}", pressed.text());
    assert_eq!(world.rows("SELECT count(*) FROM hand_ins"), ["0"]);

    world.ask("track", json!({"number": first, "tracking": "X300"})).await;
    let marked = world.sandbox.press(world.owner, message, &mark).await.expect("pressed");
    assert!(marked.text().contains("has changed since"), "{}", marked.text());
    let list = world.ask("trackings", json!({})).await;
    let (message, mark) =
        (list.message.expect("a message"), list.custom_id("Mark as handed in").expect("a button"));
    let (one, other) = tokio::join!(
        world.sandbox.use_part(world.owner, message, &mark, 2, &[]),
        world.sandbox.use_part(world.owner, message, &mark, 2, &[])
    );
    one.and(other).expect("answered");
    assert_eq!(world.rows("SELECT count(*) FROM hand_ins"), ["1"]);
    let due = async |options| world.ask("trackings", options).await.text();
    assert!(due(json!({})).await.contains("No parcel is due"));
    assert!(due(json!({"handed_in": true})).await.contains("3 parcels handed in"));
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;

    world.ask("track", json!({"number": first, "tracking": "X400"})).await;
    let again = due(json!({})).await;
    assert!(again.contains("1 parcel to hand in") && again.contains("X400"), "{again}");
    let undo = format!("books1|unhand|{}", world.rows("SELECT id FROM hand_ins")[0]);
    let undone = world.sandbox.use_part(world.owner, message, &undo, 2, &[]).await;
    undone.expect("answered");
    world.until_told("trackings", json!({}), "4 parcels to hand in").await;
    let later = due(json!({"since": "2099-01-01"})).await;
    assert!(later.contains("No parcel is due"), "{later}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_at_length_is_kept_without_secrets_and_never_waited_for() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    // Discord counts each of them double.
    let profile = "😀".repeat(25);
    let fields = [("Product", "Console"), ("Price", "$10.00"), ("Profile", &profile)];
    let fields = [&fields[..], &[("Order Number", "102003000000017")]].concat();
    let message = world.post_fields("Successful Checkout | Target", &fields);
    world.sees(message, "✅").await;
    let menu = "Show the orders of a line";
    let asked = async |profile: &str| world.ask("orders open", json!({"profile": profile})).await;

    let holder = world.lock_database();
    let open = asked(&profile).await;
    assert!(open.text().contains("**No tracking number** — 1 order"), "{}", open.text());
    assert!(open.elapsed < std::time::Duration::from_secs(3), "{:?}", open.elapsed);
    assert_eq!(open.custom_id(menu), None);
    drop(holder);
    let open = asked(&profile).await;
    assert!(open.custom_id(menu).is_some_and(|id| id.contains('#')), "{open:?}");
    let list = choose(&world, &open, menu, "no_tracking").await;
    assert!(list.text().contains("1 order, the oldest first"), "{}", list.text());

    asked(&format!("pw: hunter2 {}", "x".repeat(60))).await;
    let kept = world.rows("SELECT filter FROM kept_lists").join("\n");
    assert!(kept.contains("pw: removed") && !kept.contains("hunter2"), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_is_told_once() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let (old, new, charged) = ("102003000000017", "102003000000025", "102003000000033");
    let messages = [(old, 20), (charged, 20), (new, 1)]
        .map(|(number, days)| checkout(&world, number, "$10.00", days));
    world.until("all are stored", async || world.stored() == messages).await;
    charge(&world, charged);
    world.stop_bot(bot).await;
    let bot = world.start_bot().await;
    world.until_noticed("1 order is older than 7 days, and was not charged to the card").await;
    let told = || world.notices(world.channel).join("\n");
    assert!(
        told().contains(old) && !told().contains(new) && !told().contains(charged),
        "{}",
        told()
    );
    let another = "102003000000041";
    let late = checkout(&world, another, "$10.00", 21);
    world.sees(late, "✅").await;
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    // It is told of in the look in which the first would be told again.
    world.until_noticed(another).await;
    assert_eq!(told().matches(old).count(), 1, "{}", told());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_is_told_when_the_bot_may_post_again() {
    let world = World::new().await;
    let bot = world.start_bot().await;
    let (old, charged) = ("102003000000017", "102003000000033");
    let messages = [old, charged].map(|number| checkout(&world, number, "$10.00", 20));
    world.until("both are stored", async || world.stored() == messages).await;
    charge(&world, charged);
    world.stop_bot(bot).await;
    let late = "1 order is older than 7 days, and was not charged to the card";
    world.sandbox.set_bot_permissions(world.channel, 0, permission::SEND_MESSAGES);
    let bot = world.start_bot().await;
    let refused = async || world.log().contains(late);
    world.until("it could not be posted", refused).await;
    let noted = async || world.rows("SELECT count(*) FROM late_orders") == ["0"];
    world.until("it is taken back", noted).await;
    world.stop_bot(bot).await;
    world.sandbox.set_bot_permissions(world.channel, 0, 0);
    let _bot = world.start_bot().await;
    world.until_noticed(late).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_is_told_in_a_channel_in_which_the_bot_may_post() {
    let world = World::new().await;
    let other = world.sandbox.add_channel(world.guild, "more");
    let bot = world.start_bot().await;
    let watch = [("channel", json!(other.to_string()))];
    let watched = world.sandbox.command(world.owner, world.channel, "setup watch", &watch).await;
    watched.expect("watched");
    let charged = "102003000000033";
    let messages = [charged, "102003000000017"].map(|of| checkout(&world, of, "$10.00", 20));
    world.until("both are stored", async || world.stored() == messages).await;
    charge(&world, charged);
    world.stop_bot(bot).await;
    world.sandbox.set_bot_permissions(world.channel, 0, permission::SEND_MESSAGES);
    let _bot = world.start_bot().await;
    let late = "was not charged to the card";
    let told = async || world.notices(other).join("\n").contains(late);
    world.until("it is told in the other channel", told).await;
    assert!(!world.log().contains("could not post an alert"), "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_late_where_that_is_switched_off() {
    let world = World::new().await;
    world.configure("[books]\ncharge_days = 0\n");
    let bot = world.start_bot().await;
    let (old, charged) = ("102003000000017", "102003000000033");
    let messages = [old, charged].map(|number| checkout(&world, number, "$10.00", 20));
    world.until("both are stored", async || world.stored() == messages).await;
    charge(&world, charged);
    world.stop_bot(bot).await;
    world.configure("[books]\ncharge_days = 0\nrefund_days = 1\n");
    // The refund that is missing is told, and the charge would have been told before it.
    bring(&world, "status", &format!("{charged}\n"));
    let cancelled = rusqlite::Connection::open(world.database()).expect("open");
    let before = "UPDATE order_events SET at = '2020-01-01T00:00:00.000Z'";
    cancelled.execute(before, []).expect("backdate");
    drop(cancelled);
    let _bot = world.start_bot().await;
    world.until_noticed("and its money is not back").await;
    assert_eq!(world.rows("SELECT kind FROM late_orders"), ["refund"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn stats_say_what_was_kept_and_what_it_came_to() {
    let world = World::new().await;
    let _bot = world.start_bot().await;
    let numbers = ["102003000000017", "102003000000025", "102003000000033"];
    let messages = numbers.map(|number| checkout(&world, number, "$10.00", 0));
    world.until("all are stored", async || world.stored() == messages).await;
    let [first, second, third] = numbers;
    bring(&world, "track", &format!("order,tracking\n{first},PARCEL1\n{second},PARCEL2\n"));
    bring(
        &world,
        "received",
        "tracking_number,total,qty,commission,status\nPARCEL1,$12.50,1,$1.00,VERIFIED\n",
    );
    bring(&world, "status", &format!("{third}\n"));
    let told = world.ask("orders stats", json!({"period": "today"})).await;
    let told = world.sandbox.with_follow_ups(told).await.text();
    for said in [
        "**2 of 3 placed, 66.67%**",
        "Cost: **$20.00**",
        "Payout: **$12.50**",
        "Commission: **$1.00**",
        "Profit of what is settled: **$2.50**",
        "Cost of what is not settled: **$10.00**",
    ] {
        assert!(told.contains(said), "{said} in {told}");
    }
    let into_last_month = i64::from(chrono::Datelike::day(&chrono::Utc::now()));
    let last_month = checkout(&world, "102003000000041", "$10.00", into_last_month);
    world.sees(last_month, "✅").await;
    let month = world.ask("orders stats", json!({})).await;
    let month = world.sandbox.with_follow_ups(month).await.text();
    assert!(month.contains("the month before: 1 of 1 placed, 100.00%"), "{month}");
    assert!(month.contains("Cost: **$20.00** (the month before: $10.00)"), "{month}");
    let shipped = world.ask("orders stats", json!({"status": "cancelled"})).await;
    let shipped = world.sandbox.with_follow_ups(shipped).await.text();
    assert!(!shipped.contains("placed"), "{shipped}");
}
