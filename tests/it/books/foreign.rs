//! What an order cannot hold beside its own currency is refused, never lost.

use serde_json::{Value, json};

use super::{Desk, outcomes};

const TRACK: &str = "order,tracking\nA-1001,PK1001\nA-1001,PK1002\n";
const HEAD: &str = "tracking_number,total,commission,order_number\n";

fn tracked() -> Desk {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 10);
    desk.apply("track", TRACK);
    desk
}

fn reason(answer: &Value, row: usize) -> &str {
    answer["lines"][row]["reason"].as_str().expect("a reason")
}

#[test]
fn a_payout_in_another_currency_than_the_others_of_the_order_is_refused() {
    for rows in [
        "PK1001,20.00,,G-1\nPK1002,90.00 CAD,,G-2\n",
        "PK1001,20.00,,G-1\nPK1001,90.00 CAD,,G-2\n",
        "PK1001,40.00 EUR,,G-1\nPK1002,90.00 CAD,,G-2\n",
    ] {
        let desk = tracked();
        let answer = desk.apply("received", &format!("{HEAD}{rows}"));
        assert_eq!(outcomes(&answer), ["changed", "refused"], "{rows}");
        assert!(reason(&answer, 1).contains("CAD"), "{answer}");
        let paid = desk.columns("A-1001", &["payout", "payout_currency"]);
        assert_eq!(answer["sums"].as_object().expect("sums").len(), 1, "{answer}");
        let sum = answer["sums"].as_object().expect("sums").values().next();
        assert_eq!(Some(&paid[0]), sum, "what the preview says is there");
        assert_eq!(desk.json(&["stats", "--period", "all"])["payout"], answer["sums"]);
        // One file after the other is the same.
        let desk = tracked();
        let (first, second) = rows.split_once('\n').expect("two rows");
        assert_eq!(outcomes(&desk.apply("received", &format!("{HEAD}{first}\n"))), ["changed"]);
        let second = desk.apply("received", &format!("{HEAD}{second}"));
        assert_eq!(outcomes(&second), ["refused"], "{rows}");
        assert_eq!(second["batch"], Value::Null);
    }
}

#[test]
fn a_bare_dollar_is_no_euro() {
    let desk = Desk::new();
    let order = |number: &str, currency: &str| {
        json!({"order_number": number, "currency": currency, "guild_id": "6", "product": "Lamp", "quantity": 1,
               "items": [{"product": "Lamp", "price": "10.00"}], "ordered_at": "2026-01-05T12:00:00Z"})
    };
    let orders = json!([order("A-1001", "EUR"), order("A-1002", "CAD"), order("A-1003", "SEK")]);
    desk.write("all.json", &orders.to_string());
    desk.json(&["bulk", "orders", "all.json", "--apply", "--guild", "6"]);
    desk.apply("track", "order,tracking\nA-1001,PK1001\nA-1002,PK1002\nA-1003,PK1003\n");
    let received = format!("{HEAD}PK1001,$12.00,,\nPK1002,$12.00,$1.00,\nPK1003,12.00 kr,,\n");
    let answer = desk.apply("received", &received);
    assert_eq!(answer["sums"], json!({"USD": "12.00", "CAD": "12.00", "SEK": "12.00"}));
    for (number, code) in [("A-1001", "USD"), ("A-1002", "CAD"), ("A-1003", "SEK")] {
        let paid = desk.columns(number, &["payout", "payout_currency"]);
        assert_eq!(paid, [json!("12.00"), json!(code)], "{number}");
    }
    let again = desk.apply("received", &received);
    assert_eq!(again["batch"], Value::Null, "{again}");
    let refused = desk.apply("received", &format!("{HEAD}PK1001,12.00,$1.00,\n"));
    assert!(reason(&refused, 0).contains("in USD, and the order in EUR"), "{refused}");
    let charge = "Date,Amount,Extended Details\n01/13/2026,$5.00,Description : A-1001 Price : 5\n";
    desk.apply("charges", charge);
    let charged = desk.columns("A-1001", &["charged", "charge_currency"]);
    assert_eq!(charged, [json!("5.00"), json!("USD")]);
}

#[test]
fn a_group_may_correct_the_currency_of_what_it_pays() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 10);
    desk.apply("track", "order,tracking\nA-1001,PK1001\n");
    let bring = |rows: &str| outcomes(&desk.apply("received", &format!("{HEAD}{rows}"))).join(" ");
    assert_eq!(bring("PK1001,20.00,,G-1\n"), "changed");
    assert_eq!(bring("PK1001,20.00 CAD,,G-1\n"), "changed");
    assert_eq!(
        desk.columns("A-1001", &["payout", "payout_currency"]),
        [json!("20.00"), json!("CAD")]
    );
    assert_eq!(bring("PK1001,20.00 CAD,,G-1\n"), "already");
}

#[test]
fn a_wage_in_another_currency_than_the_order_is_refused() {
    let desk = tracked();
    let answer = desk.apply("received", &format!("{HEAD}PK1001,120.00 EUR,5.00 EUR,G-1\n"));
    assert_eq!(outcomes(&answer), ["refused"]);
    assert!(reason(&answer, 0).contains("EUR"), "{answer}");
    assert_eq!(desk.columns("A-1001", &["payout", "commission"]), [Value::Null, Value::Null]);
    let answer = desk.apply("received", &format!("{HEAD}PK1001,120.00 EUR,5.00,G-1\n"));
    assert_eq!(outcomes(&answer), ["changed"]);
    assert_eq!(desk.columns("A-1001", &["payout", "commission"]), [json!("120.00"), json!("5.00")]);
}

#[test]
fn an_old_order_names_no_wage_price_or_fees_in_another_currency() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let options =
        ["--apply", "--map", "Wage=commission", "--map", "Sold=sold_price", "--map", "Fees=fees"];
    for row in ["5 EUR,,", ",5 EUR,", ",,5 EUR"] {
        let answer =
            desk.bulk("orders", &format!("Order,Wage,Sold,Fees\nA-1001,{row}\n"), &options);
        assert_eq!(outcomes(&answer), ["refused"], "{row}");
        assert!(reason(&answer, 0).contains("EUR"), "{answer}");
    }
    let answer = desk.bulk("orders", "Order,Wage,Sold,Fees\nA-1001,5 USD,4,3\n", &options);
    assert_eq!(outcomes(&answer), ["changed"]);
}

#[test]
fn rows_of_an_order_do_not_add_up_two_currencies() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let options = ["--apply", "--guild", "6", "--map", "Paid=payout", "--map", "Note=notes"];
    let answer = desk.bulk("orders", "Order,Paid,Note\nA-1001,10,a\nA-1001,5 EUR,b\n", &options);
    assert_eq!(outcomes(&answer), ["changed", "refused"]);
    assert_eq!(desk.columns("A-1001", &["payout"]), [json!("10.00")]);
}

#[test]
fn a_sum_without_a_currency_is_shown_as_it_is_divided() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    desk.apply(
        "orders",
        "Date,Store,Currency,Product,Price,Quantity,Order Number,Server\n2026-01-05,Target,EUR,Box,10.00,1,A-1002,\n",
    );
    desk.apply("track", "order,tracking\nA-1001,PK1001\nA-1002,PK1001\n");
    let answer = desk.apply("received", &format!("{HEAD}PK1001,100.01,,G-1\n"));
    assert_eq!(answer["sums"], desk.json(&["stats", "--period", "all"])["payout"]);
    assert_eq!(answer["sums"].as_object().expect("sums").len(), 2, "{answer}");
}

#[test]
fn a_refund_alone_is_no_first_charge() {
    let desk = Desk::new();
    desk.checkout("Target", "A-1001", 1);
    let head = "Extended Details,Reference,Date,Amount\n";
    let line = |reference: &str, day: &str, amount: &str| {
        format!("\"Description : A-1001 Price : 1\",{reference},{day},{amount}\n")
    };
    let names = ["reference_number", "charge_posted_on", "charged", "refunded"];
    desk.apply("charges", &format!("{head}{}", line("R1", "02/03/2026", "-5.00")));
    let refund = [Value::Null, Value::Null, Value::Null, json!("5.00")];
    assert_eq!(desk.columns("A-1001", &names), refund);
    desk.apply("charges", &format!("{head}{}", line("C1", "01/31/2026", "10.00")));
    let both = [json!("C1"), json!("2026-01-31"), json!("10.00"), json!("5.00")];
    assert_eq!(desk.columns("A-1001", &names), both);
}
