//! Lists of items and labels in columns, tables and JSON.

use super::{outcomes, read_embed, read_text};
use crate::reading::Reading;

/// The lines of an order: name, quantity and the price in cents.
fn items(reading: &Reading) -> Vec<(&str, i64, i64)> {
    let items = reading.orders.iter().flat_map(|order| &order.items);
    items
        .map(|item| {
            let name = item.product.as_deref().unwrap_or_default();
            (name, item.quantity.unwrap_or_default(), item.price_minor.unwrap_or_default())
        })
        .collect()
}

#[test]
fn lists_of_items_in_the_ways_people_write_them() {
    for list in [
        "1) 2x Alpha Box - $10.00\n2) 1x Beta Box - $25.50",
        "1. Alpha Box x2 - $10.00\n2. Beta Box x1 - $25.50",
        "#1 2x Alpha Box - $10.00\n#2 1x Beta Box - $25.50",
        "Alpha Box (x2) $10.00\nBeta Box (x1) $25.50",
        "Alpha Box x2 $10.00\nBeta Box x1 $25.50",
        "$10.00 - Alpha Box x2\n$25.50 - Beta Box x1",
        "2x Alpha Box at $10.00 each\n1x Beta Box at $25.50 each",
        "`2x` Alpha Box `$10.00`\n`1x` Beta Box `$25.50`",
        "• Alpha Box - $10.00 x2\n• Beta Box - $25.50 x1",
        "Alpha Box | Qty: 2 | $10.00\nBeta Box | Qty: 1 | $25.50",
        "Alpha Box (2 x $10.00)\nBeta Box (1 x $25.50)",
        "2x Alpha Box - $10.00 = $20.00\n1x Beta Box - $25.50 = $25.50",
        "[2x] Alpha Box ($10.00 each)\n[1x] Beta Box ($25.50 each)",
        "2 x Alpha Box @ $10.00\n\n1 x Beta Box @ $25.50",
        "Alpha Box (x2) $10.00, Beta Box (x1) $25.50",
    ] {
        let fields = [("Items", list), ("Order Number", "102003060000000")];
        let reading = read_embed("Order Confirmed", "", &fields);
        let expected = [("Alpha Box", 2, 1_000), ("Beta Box", 1, 2_550)];
        assert_eq!(items(&reading), expected, "{list}");
        assert_eq!(reading.orders[0].quantity, Some(3), "{list}");
        let text = format!("Items:\n{list}\nOrder Number: 102003060000000");
        if !list.contains("Qty: ") {
            assert_eq!(items(&read_embed("Order Confirmed", &text, &[])), expected, "{text}");
        }
    }
    for list in ["1. Alpha Box\n2. Beta Box", "1. Alpha Box - $10.00\n2. Beta Box - $25.50"] {
        let text = format!("Items:\n{list}\nOrder Number: 102003060000000");
        let reading = read_embed("Order Confirmed", &text, &[]);
        let names: Vec<&str> = items(&reading).into_iter().map(|item| item.0).collect();
        assert_eq!(names, ["Alpha Box", "Beta Box"], "{list}");
    }
}

#[test]
fn one_product_keeps_its_name() {
    for name in [
        "1. FC Example Jersey",
        "Example Gift Card $50",
        "Figure #1 Example",
        "Salt, Pepper, $5 Bill Set",
        "Box 2 of 3",
    ] {
        let fields = [("Product", name), ("Order Number", "102003060000000")];
        let reading = read_embed("Order Confirmed", "", &fields);
        assert_eq!(items(&reading), [(name, 0, 0)], "{name}");
    }
}

#[test]
fn labels_in_columns_tables_and_json() {
    for text in [
        "```\nProduct       Air Fryer\nPrice         $49.99\nOrder Number  102003070000001\n```",
        "| Product | Air Fryer |\n| Price | $49.99 |\n| Order Number | 102003070000001 |",
        "| Field | Value |\n|:---|---:|\n| Product | Air Fryer |\n| Price | $49.99 |\n| Order Number | 102003070000001 |",
        "| Product | Price | Order Number |\n|---|---|---|\n| Air Fryer | $49.99 | 102003070000001 |",
        "Product `Air Fryer`\nPrice `$49.99`\nOrder Number `102003070000001`",
        "Product **Air Fryer**\nPrice **$49.99**\nOrder Number ||102003070000001||",
        "```json\n{\"product\":\"Air Fryer\",\"price\":\"$49.99\",\"order_number\":\"102003070000001\"}\n```",
        "```\n{\n  \"product\": \"Air Fryer\",\n  \"price\": 49.99,\n  \"orderNumber\": \"102003070000001\"\n}\n```",
        "{\"product\":\"Air Fryer\",\"price\":\"$49.99\",\"order\":{\"id\":\"102003070000001\"}}",
    ] {
        let reading = read_embed("Order Placed", text, &[]);
        assert_eq!(items(&reading), [("Air Fryer", 0, 4_999)], "{text}");
        assert_eq!(outcomes(&reading), [("102003070000001", "")], "{text}");
    }
}

#[test]
fn a_number_between_bars_may_be_a_size() {
    let number = ("Order Number", "102003060000000");
    for (line, price) in [
        ("Nike Dunk Low | 10 | $110.00", 11_000),
        ("Nike Dunk Low | 9 | $110.00", 11_000),
        ("Alpha | 2 | $10.00", 1_000),
    ] {
        for reading in [
            read_embed("Successful Checkout", line, &[number]),
            read_embed("Successful Checkout", "", &[("Product", line), number]),
            read_embed("Successful Checkout", "", &[("Items", line), number]),
        ] {
            let counts: Vec<_> = items(&reading).into_iter().map(|it| (it.1, it.2)).collect();
            assert_eq!(counts, [(0, price)], "{line}");
        }
    }
    let shoes = "Nike Dunk Low | 10 | $110.00\nNike Air Max | 9 | $90.00";
    let reading = read_embed("Successful Checkout", "", &[("Items", shoes), number]);
    assert!(items(&reading).iter().all(|it| it.1 == 0), "{reading:?}");
    for (line, count) in [
        ("Alpha Box | $10.00 | 2", 2),
        ("Alpha Box | x2 | $10.00", 2),
        ("Alpha Box | Qty 10 | $10.00", 10),
        ("Alpha Box | Qty: 3 | $10.00", 3),
    ] {
        let reading = read_embed("Successful Checkout", "", &[("Product", line), number]);
        assert_eq!(items(&reading), [("Alpha Box", count, 1_000)], "{line}");
    }
}

#[test]
fn what_a_list_leaves_out_is_no_product() {
    for rest in ["+3 more…", "+ 3 more", "...and 3 more items", "and 3 others", "…", "(+3 more)"]
    {
        let list = format!("2x Alpha Box - $10.00\n1x Beta Box - $5.00\n{rest}");
        for reading in [
            read_embed("Successful Checkout", "", &[("Items", &list)]),
            read_text(&format!("Successful Checkout\nItems: {list}")),
        ] {
            let expected = [("Alpha Box", 2, 1_000), ("Beta Box", 1, 500)];
            assert_eq!(items(&reading), expected, "{rest}");
        }
        let fields = [("Products", rest), ("Order Number", "902000011229142")];
        let reading = read_embed("Successful Checkout", "", &fields);
        assert_eq!(reading.orders[0].items.len(), 0, "{rest}: {reading:?}");
    }
    let fields = [("Product", "3 More Wishes")];
    let reading = read_embed("Successful Checkout", "", &fields);
    assert_eq!(reading.orders[0].items[0].product.as_deref(), Some("3 More Wishes"));
}
