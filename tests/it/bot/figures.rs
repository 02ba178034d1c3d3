//! What people see of figures and files.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use discord_sandbox::{Answer, Sandbox};
use refract_ledger::refract::{Event, payload};
use serde_json::json;

use crate::harness::World;

async fn with_orders() -> (World, crate::harness::Bot) {
    let world = World::new().await;
    world.configure("[stats]\ntime_zone = \"Europe/Berlin\"");
    let bot = world.start_bot().await;
    for number in 1..=5 {
        world.checkout(number);
    }
    world.until("all are stored", async || world.stored().len() == 5).await;
    (world, bot)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_show_orders_spend_and_declines_to_the_asker_alone() {
    let (world, _bot) = with_orders().await;
    let declined = world.post(payload(Event::Decline, 3, chrono::Utc::now()));
    let seen = format!("SELECT outcome FROM deliveries WHERE message_id = {declined}");
    world.until("the decline is noted", async || world.rows(&seen) == ["declined"]).await;
    let cents: i64 = world.rows("SELECT sum(total_minor) FROM orders")[0].parse().expect("a sum");
    let reply = world.ask("orders stats", json!({"period": "all"})).await;
    assert!(reply.ephemeral);
    let text = reply.text().replace(',', "");
    assert!(text.contains("**5 orders**"), "{text}");
    assert!(text.contains("1 declined checkout"), "{text}");
    assert!(text.contains(&format!("**${}.{:02}** USD", cents / 100, cents % 100)), "{text}");
    let [chart] = reply.files.as_slice() else { panic!("{text}") };
    assert!(chart.bytes.starts_with(b"\x89PNG"));
    assert_eq!(reply.embeds[0]["image"]["url"], "attachment://stats.png");
    let nothing = world.ask("orders stats", json!({"until": "2020-01-01"})).await.text();
    assert!(nothing.contains("No orders up to 2020-01-01."), "{nothing}");
    let slip = world.ask("orders stats", json!({"store": "targt", "period": "all"})).await.text();
    assert!(slip.contains("There is no store \"targt\". Did you mean Target?"), "{slip}");
    let part = world.ask("orders stats", json!({"store": "est bu", "period": "all"})).await.text();
    assert!(part.contains("Best Buy US") && !part.contains("There is no store"), "{part}");
    let target = json!({"store": "Target", "period": "last year"});
    let none = world.ask("orders stats", target).await.text();
    assert!(none.contains("No orders last year for Target. Try a longer period"), "{none}");
    let two = world.ask("orders stats", json!({"since": "11/01/2026"})).await.text();
    assert!(two.contains("`11/01/2026` can be `2026-11-01` or `2026-01-11`. Write it"), "{two}");
    let days = world.ask("orders stats", json!({"period": "7d"})).await.text();
    assert!(days.contains("last 7 days") && days.contains("5 orders"), "{days}");
    let yesterday = world.ask("orders stats", json!({"since": "yesterday"})).await.text();
    assert!(yesterday.contains("5 orders"), "{yesterday}");
    let wrong = world.ask("orders stats", json!({"since": "gestern"})).await.text();
    assert!(wrong.contains("can't read `gestern` as a date"), "{wrong}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_workbook_in_the_reply_holds_what_the_ledger_holds() {
    let (world, _bot) = with_orders().await;
    let reply = world.ask("orders export", json!({})).await;
    assert!(reply.ephemeral && reply.text().contains("5 orders"), "{}", reply.text());
    let [file] = reply.files.as_slice() else { panic!("{:?}", reply.files.len()) };
    let ending = file.name.strip_prefix("orders-").and_then(|rest| rest.split_once('.'));
    assert_eq!(ending.map(|(_, ending)| ending), Some("xlsx"), "{}", file.name);
    let column = |name: &str| column_of(&file.bytes, name);
    let exported = world.exported();
    let numbers: Vec<_> = exported.iter().map(|order| order["order_number"].as_str()).collect();
    let found = column("Order Number");
    assert_eq!(found.iter().map(|number| Some(number.as_str())).collect::<Vec<_>>(), numbers);
    for (cell, order) in column("Total").iter().zip(&exported) {
        let total: f64 = order["total"].as_str().expect("a total").parse().expect("a number");
        assert_eq!(*cell, total.to_string());
    }
    assert!(world.log().contains("orders were exported"), "{}", world.log());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_holds_what_was_asked_for_and_says_so() {
    let (world, _bot) = with_orders().await;
    let berlin: chrono_tz::Tz = "Europe/Berlin".parse().unwrap();
    let today = chrono::Utc::now().with_timezone(&berlin).date_naive();
    let yesterday = today.pred_opt().expect("a day");
    for (options, said, name) in [
        (json!({"period": "year"}), "5 orders, this year".to_owned(), format!("-to-{today}")),
        (
            json!({"since": yesterday, "until": today, "status": "verified"}),
            format!("orders, {yesterday} to {today}, status verified"),
            format!("orders-{yesterday}-to-{today}"),
        ),
        (json!({"since": today}), format!("since {today}"), format!("orders-since-{today}")),
        (json!({"until": today}), format!("up to {today}"), format!("orders-up-to-{today}")),
        (json!({}), "5 orders, all time. ⚠️ The file".to_owned(), format!("orders-all-{today}")),
    ] {
        let mut asked = options.clone();
        asked["format"] = json!("csv");
        let reply = world.ask("orders export", asked).await;
        assert!(reply.text().contains(&said), "{options}: {said} in: {}", reply.text());
        let [file] = reply.files.as_slice() else { panic!("{options}: {}", reply.text()) };
        assert!(file.name.ends_with(&format!("{name}-Europe-Berlin.csv")), "{}", file.name);
        let text = String::from_utf8(file.bytes.to_vec()).expect("UTF-8");
        assert!(text.starts_with("\u{feff}Date,Time,Product"), "{text}");
        assert_eq!(text.lines().count(), 6, "{options}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_of_nothing_says_what_matches_nothing() {
    let (world, _bot) = with_orders().await;
    for (options, part) in [
        (json!({"store": "nope_"}), "No orders found (all time, store nope\\_)"),
        (json!({"store": "nope_"}), "There is no store \"nope\\_\". There are orders of"),
        (json!({"period": "last month", "status": "shipped"}), "last month, status shipped"),
        (json!({"until": "2020-01-01", "profile": "x"}), "up to 2020-01-01, profile x"),
        (json!({"since": "soon"}), "can't read `soon` as a date"),
        (json!({"since": "2026-02-01", "until": "2026-01-01"}), "put the earlier day"),
        (json!({"since": "2026-02-01", "period": "month"}), "either a `period` or days"),
    ] {
        let reply = world.ask("orders export", options).await;
        assert!(reply.text().contains(part) && reply.ephemeral, "{part} in: {}", reply.text());
        assert!(reply.files.is_empty(), "{part}");
    }
    assert_eq!(world.rows("SELECT * FROM disclosures"), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_into_one_file_comes_in_several() {
    // 16,384 bytes are kept free for the rest of the answer.
    let world = World::with(Sandbox::builder().file_bytes_max(16_384 + 11_000)).await;
    let _bot = world.start_bot().await;
    for number in 1..=60 {
        world.checkout(number);
    }
    world.until("all are stored", async || world.stored().len() == 60).await;
    for format in ["csv", "json", "xlsx"] {
        let reply = world.ask("orders export", json!({"format": format})).await;
        let all = async || {
            let reply = world.sandbox.followed(&reply);
            let parts = std::iter::once(&reply).chain(&reply.follow_ups);
            parts.flat_map(|part| part.files.clone()).collect::<Vec<_>>()
        };
        let numbers = async || {
            let files = all().await;
            let numbers = files.iter().flat_map(|file| numbers_in(&file.name, &file.bytes));
            numbers.collect::<Vec<_>>()
        };
        world.until("all parts are there", async || numbers().await.len() == 60).await;
        let exported = world.exported();
        let wanted: Vec<_> = exported.iter().map(|order| order["order_number"].clone()).collect();
        assert_eq!(numbers().await, wanted, "{format}");
        let files = all().await;
        assert!(files.len() > 1, "{format}");
        for (number, file) in (1..).zip(&files) {
            assert!(file.name.ends_with(&format!("-part{number}.{format}")), "{}", file.name);
        }
        assert!(reply.text().contains("Part 1"), "{}", reply.text());
    }
    assert_eq!(world.sandbox.violations(), Vec::<String>::new());
}

/// The order numbers that a file holds.
fn numbers_in(name: &str, bytes: &[u8]) -> Vec<serde_json::Value> {
    match name.rsplit_once('.').expect("an ending").1 {
        "json" => {
            let orders: Vec<serde_json::Value> = serde_json::from_slice(bytes).expect("JSON");
            orders.iter().map(|order| order["order_number"].clone()).collect()
        }
        "csv" => {
            let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("a mark");
            let mut rows = csv::Reader::from_reader(bytes);
            let column = rows.headers().expect("headings").iter().position(|h| h == "Order Number");
            let column = column.expect("a heading");
            let number = |row: csv::StringRecord| row[column].trim_start_matches('\'').into();
            rows.records().map(|row| number(row.expect("a row"))).collect()
        }
        _ => column_of(bytes, "Order Number").into_iter().map(Into::into).collect(),
    }
}

/// A column of a workbook.
fn column_of(bytes: &[u8], heading: &str) -> Vec<String> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let sheet = book.worksheet_range("Orders").expect("a sheet");
    let headings = sheet.rows().next().expect("headings");
    let column = headings.iter().position(|cell| cell == &Data::String(heading.to_owned()));
    let column = column.expect("a heading");
    sheet.rows().skip(1).map(|row| row[column].to_string()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_exports_are_made_at_once_and_the_next_is_told_that_it_waits() {
    let (world, _bot, _message) = super::changing::with_order().await;
    // The files of two are on their way for a while.
    let files = format!("/webhooks/{}/", world.sandbox.bot());
    let slow = Answer::Hang(std::time::Duration::from_secs(4));
    world.sandbox.fail("POST", &files, 2, slow);
    let export = |_| world.ask("orders export", json!({"format": "csv"}));
    let replies = futures::future::join_all((0..3).map(export)).await;
    let waits =
        |text: &str| text.contains("Your export is waiting: 1 export has to be made before it.");
    let waited = replies.iter().filter(|reply| waits(&reply.text())).count();
    let texts: Vec<String> = replies.iter().map(discord_sandbox::Reply::text).collect();
    assert_eq!(waited, 1, "{texts:?}");
    let all =
        async || world.rows("SELECT count(*) FROM disclosures WHERE kind = 'export'") == ["3"];
    world.until("all are made", all).await;
}
