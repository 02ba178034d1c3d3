//! Lines that relays post: what happened, where, what and its number between bars, without a label.

use super::{Kind, outcomes, read_embed, read_text};

const NUMBER: &str = "902000011229142";

#[test]
fn a_line_may_hold_its_number_between_bars() {
    for (line, store) in [
        (format!("Successful Checkout | Target | Alpha Box | {NUMBER} | $49.99"), Some("Target")),
        (format!("Success - Target - Alpha Box - {NUMBER} - $49.99"), Some("Target")),
        (
            format!("✅ Successful Checkout • Target • Alpha Box • #{NUMBER} • $49.99"),
            Some("Target"),
        ),
        (format!("Order Placed | {NUMBER} | Target"), None),
    ] {
        let reading = read_text(&line);
        assert_eq!(reading.kind, Kind::Checkout, "{line}: {}", reading.reason);
        assert_eq!(outcomes(&reading), [(NUMBER, "")], "{line}");
        if store.is_some() {
            assert_eq!(reading.orders[0].store.as_deref(), store, "{line}");
        }
    }
    for (line, status) in [
        (format!("Order Cancelled | Target | {NUMBER}"), "cancelled"),
        (format!("{NUMBER} | Target | Delivered"), "delivered"),
    ] {
        let reading = read_text(&line);
        assert_eq!(reading.kind, Kind::Update, "{line}: {}", reading.reason);
        assert_eq!(outcomes(&reading), [(NUMBER, status)], "{line}");
    }
}

#[test]
fn a_number_between_bars_of_something_else_is_no_orders() {
    for line in [
        "Successful Checkout | Target | Alpha Box | 2026-01-13",
        "Successful Checkout | Target | Alpha Box | 1Z999AA10123456784",
        "Successful Checkout | Target | 8005550100",
        "Successful Checkout | Target | 194735000000",
        "Successful Checkout | Target | 4006381333931",
        "Successful Checkout | Nike | FD2631-100",
        "Successful Checkout | Nike | Air Example | DD1391100",
        "In Stock | Target | Alpha Box | 90210001",
        "Restock | Target | 902000011229142",
        "Successful Checkouts | 12345678",
    ] {
        let reading = read_text(line);
        let numbers = outcomes(&reading).into_iter().filter(|it| !it.0.is_empty()).count();
        assert_eq!(numbers, 0, "{line}: {reading:?}");
    }
    let fields = [("Product", "Alpha Box"), ("Order Number", "EX1234567")];
    let reading = read_embed(&format!("Successful Checkout | {NUMBER}"), "", &fields);
    assert_eq!(outcomes(&reading), [("EX1234567", "")]);
}
