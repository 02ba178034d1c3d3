//! Lists that are narrowed and sorted, and several numbers at once.

use serde_json::{Value, json};

use crate::harness::World;

const PUBLIC: &str = "[privacy]\nreplies = \"public\"";

async fn with_orders(configuration: &str) -> World {
    let world = World::new().await;
    world.configure(configuration);
    for number in 1..=12 {
        world.checkout(number);
    }
    let lamp = [("Product", "Zebra Lamp"), ("Price", "$7.00"), ("Order Number", "L-70001")];
    world.post_fields("Successful Checkout | Lamp Shop", &lamp);
    world
}

async fn are_stored(world: &World) {
    world.until("all are stored", async || world.stored().len() == 13).await;
}

/// The numbers of a list, in its order.
fn numbers(text: &str, orders: &[Value]) -> Vec<String> {
    let all = orders.iter().filter_map(|order| order["order_number"].as_str());
    let mut placed: Vec<_> = all
        .filter_map(|number| Some((text.find(&format!("`{number}`"))?, number.to_owned())))
        .collect();
    placed.sort();
    placed.into_iter().map(|(_, number)| number).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_narrow_list_keeps_its_filters_and_its_order_over_pages_and_a_restart() {
    let world = with_orders("").await;
    let bot = world.start_bot().await;
    are_stored(&world).await;
    let tracked = json!({"number": "L-70001", "tracking": "1Z999AA10123456784"});
    world.ask("track", tracked).await;
    let recent = async |options: Value| world.ask("orders recent", options).await;
    let with = recent(json!({"tracking": true})).await.text();
    assert!(with.contains("L-70001") && with.contains("\n1 order · $7.00"), "{with}");
    assert!(recent(json!({"open": "on_the_way"})).await.text().contains("\n1 order"));
    let lamp = recent(json!({"product": "zEBra lam"})).await.text();
    assert!(lamp.contains("L-70001") && lamp.contains("\n1 order"), "{lamp}");
    let here = recent(json!({"channel": world.channel.to_string()})).await.text();
    assert!(here.contains(&format!("<#{}>", world.channel)), "{here}");
    assert!(here.contains("13 orders"), "{here}");
    let other = world.sandbox.add_channel(world.guild, "other");
    let there = recent(json!({"channel": other.to_string()})).await.text();
    assert!(there.contains("No orders found"), "{there}");
    let of_order = json!({"format": "csv", "tracking": true, "open": "on_the_way", "product": "zEBra lam",
        "channel": world.channel.to_string()});
    let file = world.ask("orders export", of_order).await;
    assert!(
        file.text().contains("1 order, all time, product zEBra lam, with tracking"),
        "{}",
        file.text()
    );
    let rows = String::from_utf8(file.files[0].bytes.to_vec()).expect("UTF-8");
    assert!(rows.contains("L-70001") && rows.lines().count() == 2, "{rows}");
    let none = json!({"format": "csv", "channel": other.to_string()});
    let none = world.ask("orders export", none).await;
    assert!(none.files.is_empty(), "{}", none.text());

    let asked = json!({"limit": 5, "tracking": false, "open": "no_tracking", "sort": "total",
        "channel": world.channel.to_string()});
    let first = recent(asked).await;
    let mut shown = numbers(&first.text(), &world.exported());
    let next = first.custom_id("Next ▶").expect("a button");
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let message = first.message.expect("a message");
    let second = world.sandbox.press(world.owner, message, &next).await.expect("pressed");
    assert!(second.text().contains("page 2 of 3"), "{}", second.text());
    shown.extend(numbers(&second.text(), &world.exported()));
    let next = second.custom_id("Next ▶").expect("a button");
    let last = world.sandbox.press(world.owner, message, &next).await.expect("pressed");
    assert!(last.custom_id("◀ Previous").is_some(), "{last:?}");
    shown.extend(numbers(&last.text(), &world.exported()));

    let mut right: Vec<_> = world.exported();
    right.retain(|order| order["order_number"] != "L-70001");
    let total = |order: &Value| order["total"].as_str().map(|total| total.parse::<f64>().unwrap());
    let place = |order: &Value| {
        let number = order["order_number"].as_str();
        shown.iter().position(|shown| Some(shown.as_str()) == number).expect("it is shown")
    };
    right.sort_by_key(place);
    assert_eq!(right.len(), 12);
    assert!(right.is_sorted_by(|one, other| total(one) >= total(other)), "{shown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn oldest_and_last_changed_come_first_where_that_is_asked_for() {
    let world = with_orders("").await;
    let _bot = world.start_bot().await;
    are_stored(&world).await;
    let all = world.exported();
    let newest = world.ask("orders recent", json!({"limit": 25})).await.text();
    let oldest = world.ask("orders recent", json!({"limit": 25, "sort": "oldest"})).await.text();
    let mut backwards = numbers(&newest, &all);
    assert_eq!(backwards.len(), 13);
    backwards.reverse();
    assert_eq!(numbers(&oldest, &all), backwards);
    world.ask("note", json!({"number": backwards[0], "text": "look at this"})).await;
    let changed = world.ask("orders recent", json!({"sort": "changed"})).await.text();
    assert!(changed.starts_with("Orders by last change"), "{changed}");
    assert_eq!(numbers(&changed, &all)[0], backwards[0]);
    let noted = world.ask("orders search", json!({"query": "at this"})).await.text();
    assert_eq!(numbers(&noted, &all), [backwards[0].clone()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_numbers_are_found_and_those_that_are_not_are_named() {
    let world = with_orders(PUBLIC).await;
    let bot = world.start_bot().await;
    are_stored(&world).await;
    world.ask("track", json!({"number": "L-70001", "tracking": "1Z999AA10123456784"})).await;
    let all = world.exported();
    let known = all.iter().filter_map(|order| order["order_number"].as_str());
    let known: Vec<&str> = known.filter(|number| *number != "L-70001").collect();
    let query = format!(
        "#{}, A-404\n1Z999AA10123456784 A-405 A-406-of-nothing-that-is-known",
        known.join(" ")
    );
    let first = world.ask("orders search", json!({ "query": query })).await;
    let told = first.text();
    assert!(told.contains("Orders of 16 numbers"), "{told}");
    assert!(told.contains("`A-404`, `A-405`"), "{told}");
    assert!(told.contains("13 orders"), "{told}");
    let mut shown = numbers(&told, &all);
    let older = first.custom_id("Older ▶").expect("a button");
    assert!(older.contains("|#"), "it is kept: {older}");
    world.stop_bot(bot).await;
    let _bot = world.start_bot().await;
    let message = first.message.expect("a message");
    let next = world.sandbox.press(world.owner, message, &older).await.expect("pressed").text();
    assert!(next.contains("`A-404`, `A-405`"), "{next}");
    shown.extend(numbers(&next, &all));
    shown.sort_unstable();
    shown.dedup();
    assert_eq!(shown.len(), 13, "{shown:?}");

    let none = world.ask("orders search", json!({"query": "A-404 A-405"})).await.text();
    assert!(none.contains("No order has any of these 2 numbers: `A-404`, `A-405`"), "{none}");
    // Parts of one number are words as before.
    let parts = world.ask("orders search", json!({"query": "70001 L-70"})).await.text();
    assert!(parts.contains("Orders matching") && parts.contains("\n1 order"), "{parts}");
    let both = json!({"query": "L-70001 A-404", "store": "Target"});
    let filtered = world.ask("orders search", both).await.text();
    assert!(filtered.contains("No orders found"), "{filtered}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_buttons_of_a_search_for_an_address_do_not_hold_it() {
    let world = World::new().await;
    world.configure(PUBLIC);
    let number = |n: u32| format!("L-7000{n}");
    for number in (1..=12).map(number) {
        let lamp = [("Product", "Lamp"), ("Email", "buyer@example.com"), ("Order Number", &number)];
        world.post_fields("Successful Checkout | Lamp Shop", &lamp);
    }
    let _bot = world.start_bot().await;
    world.until("all are stored", async || world.stored().len() == 12).await;
    let first = world.ask("orders search", json!({"query": "buyer@example.com"})).await;
    let next = first.custom_id("Older ▶").expect("a button");
    assert!(!format!("{first:?}").contains("buyer@example.com"), "{first:?}");
    let message = first.message.expect("a message");
    let second = world.sandbox.press(world.owner, message, &next).await.expect("pressed");
    assert!(second.text().contains("matching"), "{}", second.text());
}
