//! Rows say which order they mean, whatever becomes of them.

use serde_json::{Value, json};

use super::{Desk, outcomes};

#[test]
fn a_refused_row_names_its_order_where_that_can_be_read() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let named = |answer: &Value, outcome: &str| {
        assert_eq!(answer["lines"][0]["outcome"], json!(outcome), "{answer}");
        answer["lines"][0]["order_number"].clone()
    };
    for (kind, sheet) in [
        ("status", "order,status\nA-1001,foo\n"),
        ("track", "order,tracking\nA-1001,pending\n"),
        (
            "charges",
            "Extended Details,Reference,Date,Amount\n\"Description : A-1001 Price : 1\",1,01/31/2026,abc\n",
        ),
        (
            "orders",
            "[{\"order_number\": \"A-1001\", \"currency\": \"USD\", \"guild_id\": \"6\", \"items\": [], \"price\": \"abc\"}]",
        ),
    ] {
        assert_eq!(named(&desk.bulk(kind, sheet, &[]), "refused"), json!("A-1001"), "{kind}");
    }
    assert_eq!(
        named(&desk.bulk("status", "order,status\n,shipped\n", &[]), "refused"),
        Value::Null
    );
}

#[test]
fn what_took_effect_stays_said_when_another_store_gives_the_number() {
    for (kind, sheet) in [
        ("track", "order,tracking\nA-1001,PK1001\n"),
        ("status", "order,status\nA-1001,shipped\n"),
        ("status", "order,status,qty\nA-1001,cancelled,1\n"),
        (
            "charges",
            "Extended Details,Reference,Date,Amount\n\"Description : A-1001 Price : 1\",1,01/31/2026,5\n",
        ),
    ] {
        let desk = Desk::new();
        desk.checkout("Target", "A-1001", 2);
        assert_eq!(outcomes(&desk.apply(kind, sheet)), ["changed"], "{kind}");
        desk.checkout("Best Buy US", "A-1001", 2);
        let again = desk.apply(kind, sheet);
        assert_eq!(outcomes(&again), ["already"], "{kind}");
        assert_eq!(again["batch"], Value::Null);
    }
    // What was never said is still unclear.
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 2);
    desk.checkout("Best Buy US", "A-1001", 2);
    assert_eq!(outcomes(&desk.apply("track", "order,tracking\nA-1001,PK1001\n")), ["unclear"]);
    let options = ["--apply", "--map", "Order=order_number", "--map", "Note=notes"];
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 2);
    let sheet = "Order,Note\nA-1001,gift\n";
    assert_eq!(outcomes(&desk.bulk("orders", sheet, &options)), ["changed"]);
    desk.checkout("Best Buy US", "A-1001", 2);
    assert_eq!(outcomes(&desk.bulk("orders", sheet, &options)), ["already"]);
}

#[test]
fn a_database_of_sheets_alone_knows_its_server() {
    let desk = Desk::new();
    let sheet = "order,tracking\nA-1001,PK1001\n";
    let first = desk.bulk("track", sheet, &["--apply", "--guild", "6"]);
    assert_eq!(outcomes(&first), ["waiting"]);
    assert_eq!(outcomes(&desk.apply("track", sheet)), ["already"]);
    desk.json(&["open"]);
    desk.json(&["stats"]);
    desk.undo(&first);
    desk.json(&["open"]);
}

const DESCRIBED: &str = "--map Day=date --map Text=description --map Sum=amount";

fn described(desk: &Desk, text: &str) -> Value {
    let sheet = format!("Day,Text,Sum\n2026-01-31,\"{text}\",5.00\n");
    let options: Vec<&str> = DESCRIBED.split(' ').collect();
    desk.bulk("charges", &sheet, &options)
}

#[test]
fn a_number_is_found_in_a_description_whatever_stands_around_it() {
    const NUMBER: &str = "BBY01-807100000011";
    let desk = Desk::new();
    desk.checkout("Best Buy US", NUMBER, 1);
    for text in [
        "order#:BBY01-807100000011",
        "[BBY01-807100000011]",
        "order=BBY01-807100000011",
        "BESTBUYCOM#BBY01-807100000011",
        "OrderBBY01-807100000011",
        "<BBY01-807100000011>",
        "BESTBUYCOM* BBY01-807100000011 DEMO CITY 55423",
    ] {
        let answer = described(&desk, text);
        assert_eq!(outcomes(&answer), ["changed"], "{text}: {answer}");
        assert_eq!(answer["lines"][0]["order_number"], json!(NUMBER), "{text}");
    }
    assert_eq!(outcomes(&described(&desk, "COFFEE SHOP 12")), ["refused"]);
}

#[test]
fn a_description_that_names_two_orders_is_unclear() {
    let desk = Desk::new();
    desk.checkout("Best Buy US", "BBY01-807100000011", 1);
    desk.checkout("Best Buy US", "BBY01-807100000012", 1);
    let both = "BBY01-807100000011 BBY01-807100000012";
    let answer = described(&desk, both);
    assert_eq!(outcomes(&answer), ["unclear"], "{answer}");
    assert_eq!(outcomes(&described(&desk, "BBY01-807100000011 OTHER-4071")), ["changed"]);
}
