//! Labels in the dress that people give them, and markup that is no part of a value.

use super::{Kind, read_embed, read_text};
use crate::reading::Reading;

const NUMBER: &str = "902000011229142";

/// The lines of an order: name, price in cents, quantity.
fn items(reading: &Reading) -> Vec<(&str, i64, i64)> {
    let items = reading.orders.iter().flat_map(|order| &order.items);
    items
        .map(|item| {
            let name = item.product.as_deref().unwrap_or_default();
            (name, item.price_minor.unwrap_or_default(), item.quantity.unwrap_or_default())
        })
        .collect()
}

#[test]
fn fields_of_a_cart_are_numbered_in_many_ways() {
    for (product, price, quantity, from) in [
        ("Product_{}", "Price_{}", "Quantity_{}", 0),
        ("Product {}", "Price {}", "Quantity {}", 0),
        ("Product_{}", "Price_{}", "Quantity_{}", 1),
        ("Product[{}]", "Price[{}]", "Quantity[{}]", 0),
        ("Product[{}]", "Price[{}]", "Quantity[{}]", 1),
        ("[{}] Product", "[{}] Price", "[{}] Quantity", 1),
        ("({}) Product", "({}) Price", "({}) Qty", 1),
        ("{}. Product", "{}. Price", "{}. Qty", 1),
        ("{}) Product", "{}) Price", "{}) Qty", 1),
        ("#{} Product", "#{} Price", "#{} Qty", 1),
        ("Item {}", "Item {} Price", "Item {} Quantity", 1),
        ("Item #{} Name", "Item #{} Price", "Item #{} Qty", 1),
        ("Product {} Name", "Product {} Price", "Product {} Qty", 1),
        ("Product {}", "Product {} - Price", "Product {} - Qty", 1),
        ("items[{}].name", "items[{}].price", "items[{}].quantity", 0),
    ] {
        let of = |label: &str, at: usize| label.replace("{}", &(from + at).to_string());
        let mut fields = Vec::new();
        let cart = [
            ("Alpha Box", "$10.00", "2"),
            ("Beta Tin", "$20.00", "1"),
            ("Gamma Case", "$30.00", "3"),
        ];
        for (at, (name, cost, count)) in cart.into_iter().enumerate() {
            fields.extend([
                (of(product, at), name),
                (of(price, at), cost),
                (of(quantity, at), count),
            ]);
        }
        let expected = [("Alpha Box", 1_000, 2), ("Beta Tin", 2_000, 1), ("Gamma Case", 3_000, 3)];
        for shuffled in [false, true] {
            if shuffled {
                fields.sort_by_key(|(label, _)| (label.contains("rice"), label.contains('Q')));
            }
            let mut all: Vec<_> =
                fields.iter().map(|(label, value)| (label.as_str(), *value)).collect();
            all.push(("Order Number", NUMBER));
            let reading = read_embed("Successful Checkout | Target", "", &all);
            assert_eq!(items(&reading), expected, "{product}, {shuffled}");
        }
    }
    for list in [
        "Alpha Box | $10.00 | 2\nBeta Tin | $20.00 | 1",
        "Alpha Box | 2 | $10.00\nBeta Tin | 1 | $20.00",
    ] {
        let reading =
            read_embed("Order Confirmed", "", &[("Items", list), ("Order Number", NUMBER)]);
        assert_eq!(items(&reading), [("Alpha Box", 1_000, 2), ("Beta Tin", 2_000, 1)], "{list}");
    }
}

#[test]
fn a_number_in_a_label_is_not_always_a_position() {
    let fields = [("Product", "Lamp | Red | 2"), ("Price", "$5.00"), ("Order Number", NUMBER)];
    let reading = read_embed("Order Confirmed", "", &fields);
    assert_eq!(items(&reading), [("Lamp | Red | 2", 500, 0)]);
    let text = "Product: Lamp\n2 items\nPrice: $5.00\nOrder Number: 902000011229142";
    assert_eq!(items(&read_embed("Order Confirmed", text, &[])), [("Lamp", 500, 0)]);
    let fields =
        [("Product", "Lamp"), ("Product (2)", "Vase"), ("Price", "$5.00"), ("Price (2)", "$6.00")];
    assert_eq!(
        items(&read_embed("Order Confirmed", "", &fields)),
        [("Lamp", 500, 0), ("Vase", 600, 0)]
    );
}

#[test]
fn markup_is_no_part_of_a_value() {
    for mark in [
        "> {}",
        ">>> {}",
        "-# {}",
        "### {}",
        "╰ {}",
        "└─ {}",
        "• {}",
        "- {}",
        "```{}```",
        "```yaml\n{}\n```",
        "```ansi\n{}```",
    ] {
        let of = |value: &str| mark.replace("{}", value);
        let (product, profile, missing) = (of("Example Widget"), of("Main 1"), of("N/A"));
        let number = of(NUMBER);
        let fields = [
            ("Product", product.as_str()),
            ("Price", "$5.00"),
            ("Profile", &profile),
            ("Proxy", &missing),
            ("Order Number", &number),
        ];
        let reading = read_embed("Order Confirmed", "", &fields);
        let order = &reading.orders[0];
        assert_eq!(order.order_number.as_deref(), Some(NUMBER), "{mark}");
        assert_eq!(order.items[0].product.as_deref(), Some("Example Widget"), "{mark}");
        assert_eq!(order.details.profile.as_deref(), Some("Main 1"), "{mark}");
        assert_eq!(order.details.proxy_list, None, "{mark}");
    }
    let text = "**Order Number**: **902000011229142**\n**Profile**: **Jane D**\n**Email**: *b@example.com*\n*Site*: *Target*\n**Product:** **Example Widget**";
    let order = &read_embed("Order Confirmed", text, &[]).orders[0];
    assert_eq!(order.details.profile.as_deref(), Some("Jane D"));
    assert_eq!(order.details.email.as_deref(), Some("b@example.com"));
    assert_eq!(order.store.as_deref(), Some("Target"));
    assert_eq!(order.items[0].product.as_deref(), Some("Example Widget"));
}

#[test]
fn labels_without_a_colon_in_brackets_and_with_arrows() {
    for (label, number) in [
        ("[Product] Example Widget", "[Order Number] 902000011229142"),
        ("【Product】Example Widget", "【Order Number】902000011229142"),
        ("[Product]: Example Widget", "[Order Number]: 902000011229142"),
        ("Product -> Example Widget", "Order Number -> 902000011229142"),
        ("Product => Example Widget", "Order Number => 902000011229142"),
        ("Product ⇒ Example Widget", "Order Number ⇒ 902000011229142"),
        ("**Product** Example Widget", "**Order Number** 902000011229142"),
        ("`Product` Example Widget", "`Order Number` 902000011229142"),
        ("__Product__ Example Widget", "__Order Number__ 902000011229142"),
    ] {
        let text = format!("{label}\n{number}");
        let reading = read_embed("Order Confirmed", &text, &[]);
        assert_eq!(items(&reading), [("Example Widget", 0, 0)], "{text}");
        assert_eq!(reading.orders[0].order_number.as_deref(), Some(NUMBER), "{text}");
    }
    for (product, number) in [
        ("[Product]", "[Order Number]"),
        ("【Product】", "【Order Number】"),
        ("(Product)", "(Order Number)"),
    ] {
        let reading =
            read_embed("Order Confirmed", "", &[(product, "Example Widget"), (number, NUMBER)]);
        assert_eq!(items(&reading), [("Example Widget", 0, 0)], "{product}");
    }
    let both = [("Product", "Lamp"), ("Order Number", "902000011229142 • 902000011229143")];
    assert_eq!(read_embed("Order Confirmed", "", &both).orders.len(), 2);
    let tagged = [("Product", "[Pre-Order] Example Widget"), ("Order Number", NUMBER)];
    let reading = read_embed("Order Confirmed", "", &tagged);
    assert_eq!(items(&reading), [("[Pre-Order] Example Widget", 0, 0)]);
    assert!(read_text("[Item] is this a label?").orders.is_empty());
}

#[test]
fn a_number_beside_a_marked_label_is_its_value() {
    for mark in ["**", "`", "__"] {
        let of = |label: &str, value: &str| format!("{mark}{label}{mark} {value}\n");
        let lines =
            [of("Product", "Lamp"), of("Order No", NUMBER), of("Qty.", "3"), of("Qty", "3")];
        for qty in [2, 3] {
            let text = format!("{}{}{}Email: b@example.com", lines[0], lines[1], lines[qty]);
            let reading = read_embed("Order Confirmed", &text, &[]);
            assert_eq!(items(&reading), [("Lamp", 0, 3)], "{text}");
            let order = &reading.orders[0];
            assert_eq!(order.order_number.as_deref(), Some(NUMBER), "{text}");
            assert_eq!(order.details.email.as_deref(), Some("b@example.com"), "{text}");
        }
    }
    let text =
        "**Product** (1)\nLamp\n**Product** (2)\nVase\n**Price** (1)\n$5.00\n**Price** (2)\n$6.00";
    let reading = read_embed("Order Confirmed", text, &[]);
    assert_eq!(items(&reading), [("Lamp", 500, 0), ("Vase", 600, 0)]);
}

#[test]
fn labels_and_headings_in_arabic_and_hebrew() {
    for (title, number, product, price) in [
        ("تم تأكيد الطلب", "رقم الطلب", "المنتج", "السعر"),
        ("ההזמנה אושרה", "מספר הזמנה", "מוצר", "מחיר"),
    ] {
        let fields = [(product, "Example Widget"), (price, "$10.00"), (number, NUMBER)];
        let reading = read_embed(title, "", &fields);
        assert_eq!(items(&reading), [("Example Widget", 1_000, 0)], "{title}: {}", reading.reason);
        assert_eq!(reading.orders[0].order_number.as_deref(), Some(NUMBER), "{title}");
    }
}

#[test]
fn a_label_of_something_else_parts_no_order() {
    for line in [
        "ETA: Unavailable",
        "Gift Message: Not available",
        "Insurance: Declined",
        "Protection Plan: Declined",
        "Newsletter: Failed",
        "Carrier: Delayed",
    ] {
        for text in [
            format!("Successful Checkout | Target\nProduct: Lamp\n{line}\nOrder Number: {NUMBER}"),
            format!("Successful Checkout | Target\n{line}\nProduct: Lamp\nOrder Number: {NUMBER}"),
        ] {
            let reading = read_text(&text);
            assert_eq!(reading.kind, Kind::Checkout, "{line}: {}", reading.reason);
            assert_eq!(items(&reading), [("Lamp", 0, 0)], "{line}");
            assert_eq!(reading.orders[0].order_number.as_deref(), Some(NUMBER), "{line}");
        }
    }
    for line in ["Checkout: Failed", "Target: Out of Stock"] {
        let reading = read_text(&format!("{line}\nProduct: Lamp\nOrder Number: {NUMBER}"));
        assert_eq!(reading.kind, Kind::Decline, "{line}: {}", reading.reason);
    }
}

#[test]
fn marks_and_links_are_no_part_of_a_name() {
    for (text, name) in [
        ("**Product: Example Lamp**", "Example Lamp"),
        ("__Product: Example Lamp__", "Example Lamp"),
        ("Product: Example Lamp https://shop.example.com/p/1", "Example Lamp"),
        ("Product: Example Lamp - <https://shop.example.com/p/1>", "Example Lamp"),
        ("Product: Example_Lamp_", "Example_Lamp_"),
    ] {
        let text = format!("{text}\n**Price: $5.00**\n**Order Number: {NUMBER}**");
        assert_eq!(items(&read_embed("Order Placed", &text, &[])), [(name, 500, 0)], "{text}");
    }
}
