//! What files say is read as they show it.

use serde_json::{Value, json};

use super::old_orders::bring;
use super::{Desk, outcomes};

#[test]
fn a_cell_of_the_old_database_that_is_no_utf8_costs_no_row() {
    let desk = Desk::new();
    let database =
        rusqlite::Connection::open(desk.folder.path().join("roms_v2.db")).expect("a database");
    let sql = "CREATE TABLE orders (order_number TEXT, product TEXT, price REAL, quantity INTEGER,
                   proxy_list TEXT, order_date TEXT, order_time TEXT);
               INSERT INTO orders VALUES
                   ('A-1001', CAST(x'506F6BE96D6F6E' AS TEXT), 1.5, 2, '', '2025-01-02', '03:04:05'),
                   (CAST(x'412D31FF' AS TEXT), 'Box', 1.5, 2, '', '2025-01-02', '03:04:05'),
                   ('A-1002', x'506F6BC3A96D6F6E', 3, 1, '', '2025-01-03', '03:04:05');";
    database.execute_batch(sql).expect("a table");
    let answer = bring(&desk, "roms_v2.db", &["--apply"]);
    assert_eq!(outcomes(&answer), ["changed", "refused", "changed"]);
    for number in ["A-1001", "A-1002"] {
        assert_eq!(desk.columns(number, &["product"]), [json!("Pokémon")]);
    }
    assert_eq!(desk.columns("A-1001", &["price", "quantity"]), [json!("1.50"), json!(2)]);
}

#[test]
fn a_number_that_the_ledger_knows_is_found_wherever_it_stands_in_a_description() {
    let desk = Desk::new();
    for number in ["A-1000", "12345", "SHOP-1234", "102003000000017"] {
        desk.checkout("Target", number, 1);
    }
    let statement = |text: &str| format!("Date,Memo,Amount\n01/31/2026,{text},5.00\n");
    let options = ["--map", "Memo=description"];
    for (text, number) in [
        ("A-1000", "A-1000"),
        ("MEMO a-1000 55423", "A-1000"),
        ("PAY SHOP-1234 US", "SHOP-1234"),
        ("12345", "12345"),
        ("#12345", "12345"),
        ("SHOP ORDER 12345 TEL 8005550100", "12345"),
        ("Shop order no. #12345", "12345"),
        ("TARGET.COM/A-1000", "A-1000"),
        ("REF/102003000000017", "102003000000017"),
        ("T 102003000000017 12346", "102003000000017"),
    ] {
        let answer = desk.bulk("charges", &statement(text), &options);
        assert_eq!(outcomes(&answer), ["changed"], "{text}");
        assert_eq!(answer["lines"][0]["order_number"], json!(number), "{text}");
    }
    for (text, outcome) in [
        ("COFFEE 12346", "refused"),
        ("COFFEE A-10000", "refused"),
        ("BBY01-807100000011", "waiting"),
        ("A-1000 ORDER 12345", "unclear"),
        // A day, a store's number, a postcode: nothing that tells an order.
        ("CHECKCARD 12345 AMAZON.COM 112-1234567-1234567 SEATTLE WA", "waiting"),
        ("COFFEE SHOP #12345", "refused"),
        ("SHOP 12345 TEL 8005550100", "waiting"),
        ("MAIN ST 12345", "refused"),
    ] {
        assert_eq!(
            outcomes(&desk.bulk("charges", &statement(text), &options)),
            [outcome],
            "{text}"
        );
    }
    // Twice is once; and what is not known yet is not kept in case it comes.
    let apply = ["--map", "Memo=description", "--apply"];
    let text =
        "Date,Memo,Amount\n01/31/2026,MEMO A-1000 55423,5.00\n01/31/2026,COFFEE ORDER 12346,1.00\n";
    assert_eq!(outcomes(&desk.bulk("charges", text, &apply)), ["changed", "refused"]);
    desk.checkout("Target", "12346", 1);
    assert_eq!(desk.columns("12346", &["charged"]), [Value::Null]);
    assert_eq!(outcomes(&desk.bulk("charges", text, &apply)), ["already", "changed"]);
    assert_eq!(desk.columns("A-1000", &["charged"]), [json!("5.00")]);
    assert_eq!(desk.columns("12346", &["charged"]), [json!("1.00")]);
}
