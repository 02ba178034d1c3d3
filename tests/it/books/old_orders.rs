//! Orders of the past, and the messages and sheets that come after them.

use serde_json::{Value, json};

use super::{Desk, outcomes};

/// The old spreadsheet of nineteen columns.
pub(super) const OLD: &str = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,Reference #,Posted Date,Tracking Number,Status,QTY Received,Order ID,Created,Modified\n\
    1/13/2026,2:03 PM,Example Console,$499.99,\"$1,020.00\",20,2,VCC Demo A,ISP,#A-1001,buyer@example.com,R-1,1/15/2026,PK1001,VERIFIED,2,40017,\"03-04-2026, 10:11:12\",\"03-05-2026, 10:11:12\"\n\
    2/14/2026,2:03 PM,Example Box,$10.00,,,1,VCC Demo B,,A-1002,,,,,,,,,\n\
    2/14/2026,2:03 PM,Example Toy,$7.00,,,3,VCC Demo B,,A-1002,,,,,,,,,\n\
    ,,,,,,,,,,,,,,,,,,\n\
    Total,,,,\"$1,020.00\",20,,,,,,,,,,,,,\n";

/// Orders without what belongs to a database: ids and the times of its rows.
pub(super) fn orders(desk: &Desk) -> Vec<Value> {
    let mut orders: Vec<Value> = serde_json::from_str(&desk.export()).expect("an array");
    for order in &mut orders {
        let order = order.as_object_mut().expect("an object");
        for own in [
            "id",
            "guild_id",
            "message_id",
            "channel_id",
            "source",
            "posted_at",
            "created_at",
            "updated_at",
        ] {
            order.remove(own);
        }
        // A spreadsheet knows no milliseconds.
        if let Some(at) =
            order["shipped_at"].as_str().and_then(|at| at.get(..19)).map(str::to_owned)
        {
            order.insert("shipped_at".to_owned(), json!(at));
        }
    }
    orders
}

pub(super) fn bring(desk: &Desk, file: &str, options: &[&str]) -> Value {
    desk.json(&[&["bulk", "orders", file, "--guild", "6"], options].concat())
}

#[test]
fn the_old_spreadsheet_becomes_orders_that_are_dated_as_it_says() {
    let desk = Desk::new();
    desk.checkout("Target", "B-9001", 1);
    let before = desk.export();
    desk.write("sheet.csv", OLD);
    let text = desk.run(&["bulk", "orders", "sheet.csv"]);
    for line in [
        "2026-01       1 order  cost $999.98  payout $1,020.00",
        "2026-02       1 order  cost $31.00",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert_eq!(desk.export(), before, "a preview changes nothing");
    let answer = desk.apply("orders", OLD);
    assert_eq!(outcomes(&answer), ["changed", "changed", "changed", "ignored", "ignored"]);
    assert_eq!((&answer["sums"], &answer["applied"]), (&json!({"USD": "1030.98"}), &json!(true)));
    let names = [
        "total",
        "quantity",
        "payout",
        "commission",
        "ordered_at",
        "source",
        "message_id",
        "status",
    ];
    assert_eq!(
        desk.columns("A-1001", &names),
        [
            json!("999.98"),
            json!(2),
            json!("1020.00"),
            json!("20.00"),
            json!("2026-01-13T14:03:00.000Z"),
            json!("sheet"),
            Value::Null,
            json!("verified")
        ]
    );
    let of_group =
        ["group_status", "group_order_id", "qty_received", "parcels", "charge_posted_on"];
    assert_eq!(
        desk.columns("A-1001", &of_group),
        [json!("VERIFIED"), json!("40017"), json!(2), json!(["PK1001"]), json!("2026-01-15")]
    );
    assert_eq!(desk.columns("A-1002", &["total", "quantity"]), [json!("31.00"), json!(4)]);
    let again = desk.apply("orders", OLD);
    assert_eq!(outcomes(&again), ["already", "already", "already", "ignored", "ignored"]);
    assert_eq!((&again["batch"], &again["applied"]), (&Value::Null, &json!(false)));
    let applied = desk.export();
    desk.run(&["reparse"]);
    assert_eq!(desk.export(), applied);
    desk.undo(&answer);
    assert_eq!(desk.export(), before);
}

#[test]
fn a_later_message_of_the_same_number_and_store_joins_the_order() {
    let desk = Desk::new();
    let sheet =
        "Order,Store,Product,Price,Cost,When\nA-1001,Target,Old name,12.00,24.00,2026-01-01\n";
    let map = ["--apply", "--guild", "6", "--map", "Cost=total", "--map", "When=date"];
    let batch = desk.bulk("orders", sheet, &map);
    let id = desk.order("A-1001")["id"].clone();
    desk.checkout("Walmart", "A-1001", 1);
    let all: Vec<Value> = serde_json::from_str(&desk.export()).expect("an array");
    assert_eq!(all.len(), 2, "another store is another order: {all:?}");
    desk.checkout("Target", "A-1001", 2);
    let of_target = |desk: &Desk| {
        let all: Vec<Value> = serde_json::from_str(&desk.export()).expect("an array");
        all.into_iter().find(|order| order["store"] == "Target").expect("an order of Target")
    };
    let names = ["product", "price", "total", "quantity", "source"];
    let joined = of_target(&desk);
    let shown = |order: &Value| names.map(|name| order[name].clone());
    assert_eq!(joined["id"], id);
    assert!(joined["message_id"].is_string(), "{joined}");
    let by_sheet = [json!("Old name"), json!("12.00"), json!("24.00"), json!(2), json!("import")];
    assert_eq!(shown(&joined), by_sheet, "the sheet states more than the message");
    desk.run(&["reparse"]);
    assert_eq!(of_target(&desk), joined);
    let undone = desk.undo(&batch);
    assert_eq!(undone["left"], json!([{"order_number": "A-1001", "store": "Target"}]));
    let by_message =
        [json!("Example Box"), json!("10.00"), json!("20.00"), json!(2), json!("import")];
    assert_eq!(shown(&of_target(&desk)), by_message);
}

#[test]
fn an_update_that_waited_for_its_order_takes_effect_on_that_of_a_sheet() {
    let desk = Desk::new();
    let message = json!([{"id": "900", "channel_id": "5", "guild_id": "6", "timestamp": "2026-02-01T12:00:00Z",
        "author": {"id": "7", "username": "Refract", "bot": true},
        "content": "Order Number: A-1002\nStatus: Shipped\nTracking Number: 1Z999AA10123456784\n"}]);
    desk.write("update.json", &message.to_string());
    desk.run(&["import", "update.json"]);
    let batch = desk.bulk("orders", OLD, &["--apply", "--guild", "6"]);
    let names = ["status", "parcels", "total", "message_id"];
    let shown = [json!("shipped"), json!(["1Z999AA10123456784"]), json!("31.00"), Value::Null];
    assert_eq!(desk.columns("A-1002", &names), shown);
    let before = desk.export();
    desk.run(&["reparse"]);
    assert_eq!(desk.export(), before);
    // The message is a reason for it to stay.
    let undone = desk.undo(&batch);
    assert_eq!(undone["left"], json!([{"order_number": "A-1002", "store": null}]));
    assert_eq!(desk.columns("A-1002", &names), shown);
}

#[test]
fn undo_leaves_the_orders_of_which_other_things_are_known_by_now() {
    let desk = Desk::new();
    desk.checkout("Target", "B-9001", 1);
    let batch = desk.apply("orders", OLD);
    let track = desk.apply("track", "order,tracking\nA-1002,PK2002\n");
    let undone = desk.undo(&batch);
    assert_eq!(undone["left"], json!([{"order_number": "A-1002", "store": null}]));
    let numbers: Vec<Value> =
        orders(&desk).iter().map(|order| order["order_number"].clone()).collect();
    assert_eq!(numbers, [json!("B-9001"), json!("A-1002")]);
    assert_eq!(desk.columns("A-1002", &["total", "parcels"]), [json!("31.00"), json!(["PK2002"])]);
    // Brought again while it stays, its rows hold it again.
    let again = desk.apply("orders", OLD);
    assert_eq!(outcomes(&again), ["changed", "changed", "changed", "ignored", "ignored"]);
    desk.undo(&again);
    desk.undo(&track);
    let numbers: Vec<Value> =
        orders(&desk).iter().map(|order| order["order_number"].clone()).collect();
    assert_eq!(numbers, [json!("B-9001")], "the last that was known of it is gone");
}

#[test]
fn a_sheet_that_grows_does_not_bring_back_what_others_have_corrected_since() {
    let desk = Desk::new();
    desk.checkout("Target", "B-9001", 1);
    desk.apply("orders", OLD);
    desk.apply(
        "received",
        "tracking_number,total,qty,status,order_number\nPK1001,1000.00,2,VERIFIED,40017\n",
    );
    assert_eq!(desk.order("A-1001")["payout"], json!("1000.00"), "the newest batch wins");
    let grown =
        OLD.replace(",,,,,,,,,,,,,,,,,,\n", "2/15/2026,,Example Pen,$1.00,,,1,,,A-1003,,,,,,,,,\n");
    let answer = desk.apply("orders", &grown);
    assert_eq!(outcomes(&answer), ["already", "already", "already", "changed", "ignored"]);
    assert_eq!(desk.order("A-1001")["payout"], json!("1000.00"));
    let corrected = desk.apply("orders", &OLD.replace("$1,020.00", "$1,030.00"));
    assert_eq!(outcomes(&corrected)[0], "changed");
    assert_eq!(desk.order("A-1001")["payout"], json!("1030.00"));
    desk.apply("orders", OLD);
    assert_eq!(desk.order("A-1001")["payout"], json!("1020.00"), "and back");
    desk.undo(&corrected);
    assert_eq!(desk.order("A-1001")["payout"], json!("1020.00"));
}

#[test]
fn the_status_of_a_row_is_a_word_of_its_day_and_a_mark_beats_it() {
    let desk = Desk::new();
    let sheet = |status: &str| format!("Order,Word,When\nA-1001,{status},2026-01-05\n");
    let map = ["--apply", "--guild", "6", "--map", "Word=status", "--map", "When=date"];
    desk.bulk("orders", &sheet("delivered"), &map);
    let names = ["status", "delivered_at"];
    assert_eq!(
        desk.columns("A-1001", &names),
        [json!("delivered"), json!("2026-01-05T00:00:00.000Z")]
    );
    desk.bulk("orders", &sheet("pending"), &map);
    assert_eq!(desk.order("A-1001")["status"], json!("delivered"), "a late word undoes nothing");
    let mark = desk.bulk("status", "A-1001\n", &["--apply", "--anyway"]);
    desk.bulk("orders", &sheet("shipped"), &map);
    assert_eq!(desk.order("A-1001")["status"], json!("cancelled"));
    desk.undo(&mark);
    assert_eq!(desk.order("A-1001")["status"], json!("delivered"));
}

#[test]
fn the_old_database_is_read_and_nothing_of_it_is_run() {
    let desk = Desk::new();
    let make = |name: &str, sql: &str| {
        let path = desk.folder.path().join(name);
        rusqlite::Connection::open(path).expect("a database").execute_batch(sql).expect("tables");
    };
    make(
        "roms_v2.db",
        "CREATE TABLE orders (order_number TEXT, product TEXT, price REAL, total REAL, quantity INTEGER,
             proxy_list TEXT, status TEXT, order_date TEXT, order_time TEXT, created_at TEXT);
         INSERT INTO orders (rowid, order_number, product, price, total, quantity, status, order_date, order_time)
         VALUES (7, '102003000000017', 'Console', 499.99, 999.98, 2, 'shipped', '2025-01-02', '03:04:05'),
                (9, '', 'Console', 1, 1, 1, '', '', '');",
    );
    let answer = bring(&desk, "roms_v2.db", &["--apply"]);
    assert_eq!(outcomes(&answer), ["changed", "refused"]);
    assert_eq!(
        (&answer["lines"][0]["line"], &answer["files"]),
        (&json!(7), &json!(["roms_v2.db"]))
    );
    let names = ["total", "quantity", "status", "ordered_at"];
    assert_eq!(
        desk.columns("102003000000017", &names),
        [json!("999.98"), json!(2), json!("shipped"), json!("2025-01-02T03:04:05.000Z")]
    );
    assert_eq!(bring(&desk, "roms_v2.db", &["--apply"])["batch"], Value::Null);
    let columns = "order_number TEXT, proxy_list TEXT, order_date TEXT, order_time TEXT";
    make("none.db", "CREATE TABLE other (x);");
    make("view.db", "CREATE VIEW orders AS SELECT 1 AS order_number;");
    make(
        "computed.db",
        &format!("CREATE TABLE orders ({columns}, total AS (hex(zeroblob(1000000))));"),
    );
    std::fs::write(desk.folder.path().join("broken.db"), b"SQLite format 3\0nonsense")
        .expect("a file");
    for (file, word) in [
        ("none.db", "no table \"orders\""),
        ("view.db", "no table \"orders\""),
        ("computed.db", "computed"),
        ("broken.db", "cannot be read as a database"),
    ] {
        let (code, why) = desk.fails(&["bulk", "orders", file, "--guild", "6"]);
        assert!(code == 2 && why.contains(word), "{file}: {code} {why}");
    }
}

#[test]
fn any_other_sheet_asks_what_its_columns_are() {
    let desk = Desk::new();
    desk.checkout("Target", "B-9001", 1);
    desk.write("sheet.csv", &OLD.replace("Reference #", "Reference No"));
    let (code, why) = desk.fails(&["bulk", "orders", "sheet.csv"]);
    assert!(code == 2 && why.contains("--map"), "{code}: {why}");
}

#[test]
fn rows_of_two_stores_are_two_orders_and_one_without_a_store_is_unclear_then() {
    let desk = Desk::new();
    let sheet = "Order,Store,Product\nA-9001,Target,X\nA-9001,Walmart,Y\nA-9001,,Z\n";
    let answer =
        desk.bulk("orders", sheet, &["--apply", "--guild", "6", "--map", "Product=product"]);
    assert_eq!(outcomes(&answer), ["changed", "changed", "unclear"]);
    let stores: Vec<Value> = orders(&desk).iter().map(|order| order["store"].clone()).collect();
    assert_eq!(stores, [json!("Target"), json!("Walmart")]);
}
