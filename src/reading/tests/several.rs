//! Notices about several orders, and what only looks like one.

use super::{Kind, outcomes, read_embed, read_text};

const ONE: &str = "902000011514226";
const OTHER: &str = "902000011522145";

#[test]
fn each_order_that_a_notice_lists_changes() {
    let both = |status| [(ONE, status), (OTHER, status)];
    for (title, text, expected) in [
        ("Orders Cancelled", "{1}\n{2}", both("cancelled")),
        ("Orders Cancelled", "• {1}\n• {2}", both("cancelled")),
        ("Orders Cancelled", "- #{1}\n- #{2}", both("cancelled")),
        ("Orders Cancelled", "1. {1}\n2. {2}", both("cancelled")),
        ("Orders Cancelled", "`{1}`, `{2}`", both("cancelled")),
        ("2 orders were delivered", "{1}\n{2}", both("delivered")),
        (
            "Order Status Update",
            "{1}: Shipped\n{2}: Cancelled",
            [(ONE, "Shipped"), (OTHER, "Cancelled")],
        ),
        (
            "Order Status Update",
            "✅ {1} - Delivered\n❌ {2} - Canceled",
            [(ONE, "Delivered"), (OTHER, "Canceled")],
        ),
        ("Order Update", "**{1}** → Delivered\n**{2}** → Delivered", both("Delivered")),
        ("Order Update", "#{1} (Shipped)\n#{2} (Shipped)", both("Shipped")),
        ("Order Update", "Shipped: {1}\nCancelled: {2}", [(ONE, "Shipped"), (OTHER, "Cancelled")]),
        ("", "❌ {1} cancelled\n❌ {2} cancelled", both("cancelled")),
    ] {
        let text = text.replace("{1}", ONE).replace("{2}", OTHER);
        let reading = read_embed(title, &text, &[]);
        assert_eq!(reading.kind, Kind::Update, "{title}, {text}: {}", reading.reason);
        assert_eq!(outcomes(&reading), expected, "{title}, {text}");
    }
    for text in ["❌ 902000011514226 cancelled", "902000011514226: Cancelled"] {
        let reading = read_text(text);
        assert_eq!(outcomes(&reading).len(), 1, "{text}: {}", reading.reason);
        assert_eq!(reading.orders[0].known_status(), Some(crate::order::Status::Cancelled));
    }
}

#[test]
fn fields_that_are_called_by_the_number() {
    for (one, other) in [
        ("Order #902000011514226", "Order #902000011522145"),
        ("Order 902000011514226", "Order 902000011522145"),
        ("902000011514226", "902000011522145"),
        ("#902000011514226", "#902000011522145"),
    ] {
        let reading =
            read_embed("Order Status Update", "", &[(one, "Delivered"), (other, "Cancelled")]);
        assert_eq!(reading.kind, Kind::Update, "{one}: {}", reading.reason);
        assert_eq!(outcomes(&reading), [(ONE, "Delivered"), (OTHER, "Cancelled")], "{one}");
    }
    let item = [("Order #902000011514226", "Example A - $1.50 x1")];
    let reading = read_embed("Successful Checkout", "", &item);
    let order = &reading.orders[0];
    assert_eq!(order.order_number.as_deref(), Some(ONE));
    assert_eq!(
        (order.items[0].product.as_deref(), order.items[0].price_minor),
        (Some("Example A"), Some(150))
    );
}

#[test]
fn each_order_with_its_tracking_number() {
    let text = "902000011514226 - 1Z999AA10123456784\n902000011522145: 9400111899223100001111";
    let reading = read_embed("Tracking Update", text, &[]);
    let tracking = reading.orders.iter().map(|order| order.details.tracking_number.as_deref());
    let expected = [Some("1Z999AA10123456784"), Some("9400111899223100001111")];
    assert_eq!(tracking.collect::<Vec<_>>(), expected);
    assert_eq!(outcomes(&reading), [(ONE, ""), (OTHER, "")]);
}

#[test]
fn numbers_that_are_no_orders_of_a_notice() {
    for (title, text) in [
        (
            "Order Shipped",
            "Order Number: A-1001\nSize: 10\n9400111899223100001111\n902000011522145",
        ),
        ("Order Shipped", "Order Number: A-1001\n2026-01-15: Shipped\n20260116 - Delivered"),
        ("Order Shipped", "Order #A-1001\n10:30 Shipped\n01/16 Delivered"),
        ("Order #A-1001 shipped", "4006381333931\n902000011522145"),
        ("Order Shipped", "Order Number: A-1001\n1Z999AA10123456784: Shipped"),
    ] {
        let reading = read_embed(title, text, &[]);
        let numbers: Vec<_> = outcomes(&reading).into_iter().map(|(number, _)| number).collect();
        assert_eq!(numbers, ["A-1001"], "{text}: {}", reading.reason);
    }
    for (title, text) in [
        ("Successful Checkout", "902000011522145"),
        ("In Stock", "902000011522145: Shipped soon"),
        ("Orders Cancelled", "12345\n2026-01-15"),
        ("Order Status Update", "902000011522145: not shipped yet"),
        ("Is 902000011522145 cancelled?", ""),
        ("Daily Summary", "902000011522145\n902000011514226"),
    ] {
        let reading = read_embed(title, text, &[("Product", "Lamp"), ("Price", "$5.00")]);
        assert!(
            outcomes(&reading).iter().all(|(number, _)| number.is_empty()),
            "{title}: {reading:?}"
        );
    }
    let fields = [("Product", "Lamp"), ("Order Number", ONE), ("4006381333931", "Stabilo Pen")];
    assert_eq!(outcomes(&read_embed("Successful Checkout", "", &fields)), [(ONE, "")]);
}

#[test]
fn each_order_below_a_heading_of_a_list_changes() {
    for (title, status) in [
        ("Cancelled Orders", "cancelled"),
        ("Canceled Orders:", "cancelled"),
        ("Cancellations (2)", "cancelled"),
        ("Order Cancellations", "cancelled"),
        ("Your cancelled orders", "cancelled"),
        ("Orders Cancelled", "cancelled"),
        ("Refunded Orders (2)", "refunded"),
        ("Refunds (2)", "refunded"),
        ("Shipped Orders", "shipped"),
        ("Stornierte Bestellungen", "cancelled"),
        ("Commandes annulées", "cancelled"),
        ("Pedidos cancelados", "cancelled"),
    ] {
        let expected = [(ONE, status), (OTHER, status)];
        let numbers = format!("{ONE}\n{OTHER}");
        let products = format!("{ONE} - Example Lamp\n• #{OTHER}: Example Box 2");
        for text in [&numbers, &products] {
            assert_eq!(outcomes(&read_embed(title, text, &[])), expected, "{title}: {text}");
            let content = format!("**{title}**\n{text}");
            assert_eq!(outcomes(&read_text(&content)), expected, "{content}");
        }
        let field = [("Order Numbers", numbers.as_str())];
        assert_eq!(outcomes(&read_embed(title, "", &field)), expected, "{title}");
        let field = [(title, products.as_str())];
        assert_eq!(outcomes(&read_embed("", "", &field)), expected, "{title}");
    }
    let text = format!("**Cancelled Orders**\n{ONE}\n**Shipped Orders**\n{OTHER}");
    let expected = [(ONE, "cancelled"), (OTHER, "shipped")];
    assert_eq!(outcomes(&read_embed("Orders", &text, &[])), expected);
}

#[test]
fn a_list_that_is_only_counted_or_supposed_changes_nothing() {
    for (title, text) in [
        ("Cancelled Orders", "2"),
        ("Cancelled Items", ONE),
        ("Free Cancellations", ONE),
        ("How to avoid cancelled orders", ONE),
        ("Daily Summary", "Cancelled Orders\n902000011514226\n902000011522145"),
        ("Refunds within 5 days", ONE),
    ] {
        let reading = read_embed(title, text, &[]);
        assert_eq!(outcomes(&reading), [], "{title}: {}", reading.reason);
    }
    let fields = [("Product", "Lamp"), ("Order Number", ONE)];
    let reading = read_embed("Successful Checkout", "Cancelled Orders Tee", &fields);
    assert_eq!((reading.kind, outcomes(&reading)), (Kind::Checkout, vec![(ONE, "")]));
}

#[test]
fn digits_below_an_order_number_are_no_part_of_it() {
    for number in [ONE, "BBY01-807100000011", "A-1001", "100100200"] {
        for line in ["2", "250", "94105", "1299", "149900", "4155550100"] {
            let is_alike = number.len().abs_diff(line.len()) <= 2 && line.len() >= 8;
            if is_alike {
                continue;
            }
            let text = format!("Product: Lamp\nOrder Number: {number}\n{line}\nPrice: $5.00");
            for reading in [
                read_embed("Successful Checkout", &text, &[]),
                read_text(&format!("Successful Checkout\n{text}")),
                read_embed(
                    "Successful Checkout",
                    "",
                    &[("Product", "Lamp"), ("Order Number", &format!("{number}\n{line}"))],
                ),
            ] {
                assert_eq!(outcomes(&reading), [(number, "")], "{number}, {line}");
            }
        }
    }
}

#[test]
fn an_article_number_that_calls_a_field_is_no_order() {
    for fields in [
        [("87654321", "Alpha Box x2 - $49.99"), ("Order Number", "EX1234567")],
        [("87654321", "Shipped"), ("Order Number", "EX1234567")],
        [("12345678", "Shipped"), ("Order #EX1234567", "Alpha Box")],
        [("Order Number", "EX1234567"), ("87654321", "Shipped")],
    ] {
        for title in ["Successful Checkout", "Order Shipped"] {
            let numbers = read_embed(title, "", &fields);
            let numbers: Vec<_> = outcomes(&numbers).into_iter().map(|it| it.0).collect();
            assert_eq!(numbers, ["EX1234567"], "{title}: {fields:?}");
        }
        let reading = read_embed("Order EX1234567 shipped", "", &[fields[0]]);
        assert!(outcomes(&reading).iter().all(|it| it.0 == "EX1234567"), "{fields:?}");
    }
    for said in ["Alpha Box x2 - $49.99", "Shipped"] {
        let fields = [("Product", "Alpha Box"), ("87654321", said)];
        assert_eq!(outcomes(&read_embed("Successful Checkout", "", &fields)), [("", "")], "{said}");
    }
    let reading = read_embed("Order Update", "", &[("87654321", "Alpha Box x2 - $49.99")]);
    assert!(outcomes(&reading).iter().all(|it| it.0.is_empty()), "{reading:?}");
    let fields = [(ONE, "Shipped"), (OTHER, "1Z999AA10123456784")];
    assert_eq!(
        outcomes(&read_embed("Orders Update", "", &fields)),
        [(ONE, "Shipped"), (OTHER, "")]
    );
    let fields = [("Order #EX1234567", "Alpha Box x2 - $49.99")];
    let reading = read_embed("Order Shipped", "", &fields);
    assert_eq!(outcomes(&reading), [("EX1234567", "shipped")]);
}

#[test]
fn an_article_or_a_telephone_number_in_front_of_words_is_no_order() {
    for line in ["194735000000 Alpha Box", "8005550100 (customer service)", "18005550100 Help"] {
        let reading = read_embed("Order Cancelled", line, &[]);
        assert!(outcomes(&reading).iter().all(|it| it.0.is_empty()), "{line}: {reading:?}");
    }
    for line in [
        "902000011229142 Alpha Box",
        "Order 194735000000 Alpha Box",
        "ORDER NUMBER 902000011229142 - Alpha Box",
        "No. 902000011229142 - Alpha Box",
        "Number 902000011229142 Alpha Box",
        "#194735000000 Alpha Box",
    ] {
        let reading = read_embed("Order Cancelled", line, &[]);
        let read: Vec<_> = outcomes(&reading).into_iter().map(|it| it.1).collect();
        assert_eq!(read, ["cancelled"], "{line}: {}", reading.reason);
    }
}

#[test]
fn each_line_below_a_label_of_several_numbers_is_an_order() {
    for (value, numbers) in [
        ("9999\n10000", ["9999", "10000"]),
        ("10000\n9999", ["10000", "9999"]),
        ("99999\n100000", ["99999", "100000"]),
        ("#9999\n#10000", ["9999", "10000"]),
    ] {
        let fields = [("Product", "Lamp"), ("Order Numbers", value)];
        let text = format!("Successful Checkout\nProduct: Lamp\nOrder Numbers: {value}");
        for reading in [read_embed("Successful Checkout", "", &fields), read_text(&text)] {
            let read: Vec<_> = outcomes(&reading).into_iter().map(|it| it.0).collect();
            assert_eq!(read, numbers, "{value}");
        }
    }
    let fields = [("Product", "Lamp"), ("Order Number", "9999\n10000")];
    assert_eq!(outcomes(&read_embed("Successful Checkout", "", &fields)), [("9999", "")]);
}

#[test]
fn a_number_that_a_spaced_hyphen_takes_apart_is_one() {
    for (value, number) in [
        ("BBY01 - 807100000011", "BBY01-807100000011"),
        ("#BBY01 – 807100000011", "BBY01-807100000011"),
        ("BBYTX - 807100000011", "BBYTX-807100000011"),
        ("2000123 - 45678901", "2000123-45678901"),
        ("112 - 0000001 - 0000001", "112-0000001-0000001"),
        ("US - 12000009 - S", "US-12000009-S"),
        ("Target - 902000011229142", "902000011229142"),
        ("902000011229142 - Target", "902000011229142"),
    ] {
        let fields = [("Product", "Lamp"), ("Order Number", value)];
        let text = format!("Successful Checkout\nProduct: Lamp\nOrder Number: {value}");
        for reading in [read_embed("Successful Checkout", "", &fields), read_text(&text)] {
            assert_eq!(outcomes(&reading), [(number, "")], "{value}");
        }
    }
    let reading = read_embed("Successful Checkout", "", &[("Product", "Lamp"), ("Order", "BBY01")]);
    assert_eq!(outcomes(&reading), [("", "")], "many numbers begin so");
}
