//! Lists without headings against a ledger, and servers that only a slip has named.

use serde_json::{Value, json};

use super::{Desk, outcomes};
use crate::cli::{call, said};

const KNOWN: &str = "BBY01-807100000004";
const FOREIGN: &str = "JD014600003RU123456";

#[test]
fn the_ledger_tells_which_number_of_a_list_is_the_orders() {
    let desk = Desk::new();
    desk.checkout("Best Buy", KNOWN, 1);
    desk.checkout("Target", "102000000000005", 1);
    for list in [
        format!("{KNOWN} {FOREIGN}\n102000000000005,1Z12345E1305277940\n"),
        format!("{KNOWN},{FOREIGN}\n102000000000005 1Z12345E1305277940\n"),
        format!("{FOREIGN}\t{KNOWN}\n102000000000005 1Z12345E1305277940\n"),
    ] {
        let answer = desk.bulk("track", &list, &[]);
        assert_eq!(outcomes(&answer), ["changed", "changed"], "{list}");
        let numbers = ["order_number", "tracking_number"].map(|key| &answer["lines"][0][key]);
        assert_eq!(numbers, [&json!(KNOWN), &json!(FOREIGN)], "{list}");
    }
    // One line alone, either way round; and none of which the ledger knows a number.
    for list in [format!("{KNOWN} {FOREIGN}"), format!("{FOREIGN},{KNOWN}")] {
        assert_eq!(outcomes(&desk.bulk("track", &list, &[])), ["changed"], "{list}");
    }
    desk.write("sheet.csv", &format!("BBY01-807100000099 {FOREIGN}\n"));
    let (code, told) = desk.fails(&["bulk", "track", "sheet.csv"]);
    assert_eq!(code, 2);
    assert!(told.contains("--map \"column 1\"=order_number"), "{told}");
    // A short first number is a line, too.
    for first in ["A12", "12", "#99", "#98, #99", "order 12"] {
        let answer = desk.bulk("status", &format!("{first}\n{KNOWN}\n"), &[]);
        assert_eq!(outcomes(&answer), ["refused", "changed"], "{first}");
    }
}

#[test]
fn a_server_that_is_new_to_the_database_is_told_and_undoing_its_only_batch_takes_it_away() {
    let desk = Desk::new();
    desk.checkout("Target", KNOWN, 1);
    desk.write("track.csv", &format!("order,tracking\n{KNOWN},1Z12345E1305277940\n"));
    let bring = |options: &[&str]| {
        let asked = [&["bulk", "track", "track.csv"], options].concat();
        let (code, out, err) = said(&call(desk.folder.path(), &asked));
        assert_eq!(code, 0, "{err}");
        (out, err)
    };
    assert_eq!(bring(&["--guild", "6"]).1, "");
    for options in [
        ["--guild", "129000000000000020", "--format", "json"].as_slice(),
        &["--guild", "129000000000000020"],
        &["--guild", "129000000000000020", "--apply"],
    ] {
        let (_, told) = bring(options);
        for words in ["server 129000000000000020 is new to the database", "which knows 6"] {
            assert!(told.contains(words), "{options:?}: {told}");
        }
    }
    assert_eq!(desk.fails(&["open"]).0, 2);
    assert_eq!(bring(&["--guild", "129000000000000020"]).1, "", "it is known by now");
    desk.run(&["bulk", "undo", "1"]);
    assert!(desk.run(&["open"]).contains("1 order"));
    assert_eq!(outcomes(&desk.json(&["bulk", "track", "track.csv"])), ["changed"]);
    // What looks at a server that is none says so; the batches that were undone are still listed.
    for command in
        [["bulk", "waiting"].as_slice(), &["open"], &["stats"], &["export", "--format", "csv"]]
    {
        let unknown = [command, &["--guild", "129000000000000020"]].concat();
        let (code, told) = desk.fails(&unknown);
        assert_eq!(code, 2, "{command:?}");
        assert!(told.contains("knows no server 129000000000000020"), "{told}");
    }
    let listed = desk.json(&["bulk", "list", "--guild", "129000000000000020"]);
    assert_eq!(listed[0]["batch"], json!(1));
    assert_eq!(desk.fails(&["bulk", "list", "--guild", "55"]).0, 2);
}

#[test]
fn an_export_in_the_form_of_the_old_sheet_says_what_it_leaves_out() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1000", 1);
    let export = || {
        let (code, _, err) =
            said(&call(desk.folder.path(), &["export", "--format", "csv", "--preset", "roms19"]));
        assert_eq!(code, 0, "{err}");
        err
    };
    assert_eq!(export(), "");
    let sheet = "Order Number,Store,Product,Price,Quantity,Currency,Order Date\n\
                 A-1001,Shop,Box,5.00,1,EUR,2026-01-02\n\
                 A-1002,Shop,Box,5.00,1,JPY,2026-01-02\n\
                 A-1003,Target,Box,5.00,1,USD,2026-01-02\n\
                 A-1003,Target,Pen,1.00,1,USD,2026-01-02\n";
    let map = ["--map", "Order Date=date", "--apply"];
    assert_eq!(desk.bulk("orders", sheet, &map)["batch"], json!(1));
    let told = export();
    assert!(told.contains("no column for the currency"), "{told}");
    assert!(told.contains("EUR, JPY, USD"), "{told}");
    assert!(told.contains("1 order has several products"), "{told}");
    // A file that has the columns is complete.
    let (_, _, err) = said(&call(desk.folder.path(), &["export", "--format", "csv"]));
    assert_eq!(err, "");
}

#[test]
fn a_store_that_was_derived_is_no_news_to_the_ledger_that_wrote_it() {
    let desk = Desk::new();
    let message = |id: &str, embed: &Value| {
        json!({"id": id, "channel_id": "5", "guild_id": "6", "timestamp": "2026-01-31T23:30:00Z",
            "author": {"id": "7", "username": "Bot", "bot": true}, "content": "", "embeds": [embed]})
    };
    let field = |name: &str, value: &str| json!({"name": name, "value": value});
    let of_link = json!({"title": "Example Fryer", "url": "https://www.amazon.com/dp/B000000002",
        "author": {"name": "Enven - Successful Checkout!"},
        "fields": [field("Price", "$12.50"), field("Order ID", "113-0000001-0000002")]});
    let of_host = json!({"title": "#EX1234567", "url": "https://us.example-shop.com/orders/tok",
        "description": "us.example-shop.com", "footer": {"text": "Make Success"},
        "fields": [field("Product", "[Example Slides](https://us.example-shop.com/p)"),
            field("Profile Name", "Make 2")]});
    let messages = json!([message("1", &of_link), message("2", &of_host)]);
    desk.write("one.json", &messages.to_string());
    desk.run(&["import", "one.json"]);
    for form in [
        ["--format", "json"].as_slice(),
        &["--format", "csv"],
        &["--format", "xlsx"],
        &["--format", "csv", "--rows", "items"],
    ] {
        desk.run(&[&["export", "-o", "own"], form].concat());
        let own = desk.json(&["bulk", "orders", "own", "--apply"]);
        assert_eq!(outcomes(&own), ["already", "already"], "{form:?}: {own}");
        assert_eq!(own["batch"], Value::Null, "{form:?}");
    }
}
