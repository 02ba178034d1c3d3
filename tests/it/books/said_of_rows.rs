//! What previews say of single rows, and that the sums are of the changed ones.

use serde_json::{Value, json};

use super::{Desk, outcomes};

fn reason(answer: &Value, row: usize) -> &str {
    answer["lines"][row]["reason"].as_str().unwrap_or_default()
}

fn order(total: Option<&str>, products: &[&str]) -> Value {
    let items: Vec<Value> = products
        .iter()
        .map(|product| json!({"product": product, "price": "10.00", "quantity": 2}))
        .collect();
    json!([{"order_number": "A-1001", "store": "Target", "currency": "USD", "guild_id": "6", "total": total,
        "items": items, "quantity": 2 * products.len(), "ordered_at": "2026-01-05T12:00:00Z"}])
}

fn with(order: &Value) -> Desk {
    let desk = Desk::new();
    desk.write("a.json", &order.to_string());
    desk.json(&["bulk", "orders", "a.json", "--guild", "6", "--apply"]);
    desk
}

#[test]
fn a_part_of_an_order_whose_cost_stays_says_so() {
    let stays =
        |cost: &str| format!("; its cost stays {cost}, correct the total if less was charged");
    for (order, units, total, more) in [
        (order(Some("21.54"), &["Box"]), "2 → 1", "21.54", stays("$21.54")),
        (order(None, &["Box", "Tin"]), "4 → 3", "40.00", stays("$40.00")),
        (order(None, &["Box"]), "2 → 1", "10.00", String::new()),
    ] {
        let desk = with(&order);
        let answer = desk.apply("status", "order,qty\nA-1001,1\n");
        assert_eq!(reason(&answer, 0), format!("{units} units{more}"), "{answer}");
        assert_eq!(desk.columns("A-1001", &["total"]), [json!(total)]);
    }
}

#[test]
fn an_empty_cell_is_not_said_to_be_in_the_ledger() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.write("a.csv", "order,tracking\nA-1001,\n");
    let text = desk.run(&["bulk", "track", "a.csv"]);
    assert!(!text.contains("in the ledger already"), "{text}");
    assert!(text.contains("1  with an empty cell"), "{text}");
    assert!(
        text.contains("a.csv:2  A-1001  Target: the cell of the tracking number is empty"),
        "{text}"
    );
}

#[test]
fn sums_of_orders_leave_out_what_a_later_file_of_the_call_says_anew() {
    let desk = Desk::new();
    desk.write("1.json", &order(Some("100.00"), &["Box"]).to_string());
    desk.write("2.json", &order(Some("130.00"), &["Box"]).to_string());
    let call = ["bulk", "orders", "1.json", "2.json", "--guild", "6", "--apply"];
    let answer = desk.json(&call);
    assert_eq!(outcomes(&answer), ["already", "changed"], "{answer}");
    assert_eq!((reason(&answer, 1), &answer["sums"]), ("a new order", &json!({"USD": "130.00"})));
    assert_eq!(desk.columns("A-1001", &["total"]), [json!("130.00")]);
    assert_eq!(desk.json(&call)["batch"], Value::Null, "twice is once");
    // Back to what is there.
    let call = ["bulk", "orders", "1.json", "2.json", "--guild", "6"];
    assert_eq!(outcomes(&desk.json(&call)), ["already", "already"]);
}

#[test]
fn an_order_that_several_files_of_a_call_say_is_brought_once() {
    let (hundred, more) = (order(Some("100.00"), &["Box"]), order(Some("130.00"), &["Box"]));
    for (files, expected, total) in [
        (vec![&hundred, &hundred], vec!["changed", "already"], "100.00"),
        (vec![&hundred, &hundred, &more], vec!["already", "already", "changed"], "130.00"),
        (vec![&hundred, &more, &hundred], vec!["already", "already", "changed"], "100.00"),
    ] {
        // Into a ledger without the order, and into one that knows it with another total.
        for known in [false, true] {
            let desk =
                if known { with(&order(Some("5.00"), &["Box", "Tin"])) } else { Desk::new() };
            let names: Vec<String> = (0..files.len()).map(|at| format!("{at}.json")).collect();
            for (name, file) in names.iter().zip(&files) {
                desk.write(name, &file.to_string());
            }
            let mut call = vec!["bulk", "orders"];
            call.extend(names.iter().map(String::as_str));
            call.extend(["--guild", "6", "--apply"]);
            let answer = desk.json(&call);
            assert_eq!(outcomes(&answer), expected, "{answer}");
            assert_eq!(answer["sums"], json!({"USD": total}), "{answer}");
            assert_eq!(desk.columns("A-1001", &["total"]), [json!(total)]);
            assert_eq!(desk.json(&call)["batch"], Value::Null, "twice is once");
        }
    }
}

#[test]
fn a_purchase_without_a_number_names_the_order_that_it_may_be() {
    const HEAD: &str = "Date,Time,Product,Price,Total,Commission,Quantity,Profile,Proxy List,Order Number,Email,\
        Reference #,Posted Date,Tracking Number,Status,QTY Received,Order ID,Created,Modified\n";
    let row = |time: &str, number: &str| {
        format!("{HEAD}2026-02-05,{time},Tin,$31.00,,,1,P1,ISP,{number},,,,,,,,,\n")
    };
    for (time, expected) in [
        ("11:10", "a new order, or one with A-1001: the same product, bought within 30 minutes"),
        ("11:00", "a new order; A-1001 is the same product, bought in the same second"),
        ("12:10", "a new order"),
    ] {
        let desk = Desk::new();
        desk.bulk("orders", &row("11:00", "A-1001"), &["--guild", "6", "--apply"]);
        let answer = desk.apply("orders", &row(time, ""));
        assert_eq!(reason(&answer, 0), expected, "{time}");
    }
}

#[test]
fn a_row_that_cannot_be_added_to_those_above_stays_refused_when_it_comes_again() {
    const TWO: &str = "Store,Order,Product,Total,Date\n\
        Target,A-1001,Box,50.00 USD,2026-01-05\nTarget,A-1001,Tin,40.00 CAD,2026-01-05\n";
    let desk = Desk::new();
    let map = [
        "--map",
        "Store=store",
        "--map",
        "Order=order_number",
        "--map",
        "Product=product",
        "--map",
        "Total=total",
        "--map",
        "Date=date",
    ];
    let call = [["--guild", "6", "--apply"].as_slice(), &map].concat();
    for expected in [["changed", "refused"], ["already", "refused"]] {
        let answer = desk.bulk("orders", TWO, &call);
        assert_eq!(outcomes(&answer), expected, "{answer}");
        assert_eq!(desk.columns("A-1001", &["total"]), [json!("50.00")]);
    }
}
