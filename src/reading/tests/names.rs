//! Names of products that look like something else, and titles that are none.

use super::{Embed, Field, Kind, Labels, Message, Reading, outcomes, read, read_embed, read_text};

const NUMBER: &str = "902000011229142";

/// The only item: name, price in cents, quantity.
fn item(reading: &Reading) -> (&str, i64, i64) {
    let [order] = reading.orders.as_slice() else { panic!("{reading:?}") };
    let [item] = order.items.as_slice() else { panic!("{order:?}") };
    let name = item.product.as_deref().unwrap_or_default();
    (name, item.price_minor.unwrap_or_default(), item.quantity.unwrap_or_default())
}

#[test]
fn a_product_may_be_called_like_a_label_with_a_value() {
    for name in [
        "Price: The Novel",
        "Tracking Number: A Thriller",
        "Quantity: Zero",
        "Total: Recall Steelbook",
        "Email: A Love Story",
        "Order Number: The Sequel",
    ] {
        let text = format!(
            "Product\n{name}\nPrice\n$49.99\nQuantity\n3\nEmail\nv1@example.com\nOrder Number\n{NUMBER}"
        );
        for reading in [
            read_embed("Successful Checkout | Target", &text, &[]),
            read_text(&format!("Successful Checkout | Target\n{text}")),
        ] {
            assert_eq!(item(&reading), (name, 4_999, 3), "{name}");
            let order = &reading.orders[0];
            assert_eq!(order.order_number.as_deref(), Some(NUMBER), "{name}");
            assert_eq!(order.details.tracking_number, None, "{name}");
        }
    }
    for name in ["Store: Wars", "Profile: Unknown Soldier"] {
        let text = format!("Product\n{name}\nPrice\n$49.99\nOrder Number\n{NUMBER}");
        assert_eq!(item(&read_embed("Successful Checkout", &text, &[])), (name, 4_999, 0));
    }
    let text = format!("Product\nSize: The Game\nPrice\n$49.99\nSize\nM\nOrder Number\n{NUMBER}");
    let reading = read_embed("Successful Checkout", &text, &[]);
    assert_eq!(item(&reading), ("Size: The Game", 4_999, 0));
    assert_eq!(reading.orders[0].items[0].size.as_deref(), Some("M"));
}

#[test]
fn a_product_without_a_value_takes_no_label_for_its_name() {
    for line in ["Price: $49.99", "Price: 49.99", "Price: TBD", "Total: Not available", "Size: M"] {
        let text = format!("Product\n{line}\nOrder Number: {NUMBER}");
        let reading = read_embed("Successful Checkout", &text, &[]);
        let names = reading.orders[0].items.iter().filter(|item| item.product.is_some());
        assert_eq!(names.count(), 0, "{line}");
    }
}

#[test]
fn a_tracking_number_has_a_digit() {
    for (stated, expected) in [
        ("A Thriller", None),
        ("Not available yet", None),
        ("[Track](https://shop.example.com/track)", None),
        ("1Z999AA10123456784", Some("1Z999AA10123456784")),
        (
            "[Track](https://www.ups.com/track?tracknum=1Z999AA10123456784)",
            Some("1Z999AA10123456784"),
        ),
    ] {
        let fields = [("Order Number", NUMBER), ("Tracking Number", stated)];
        let reading = read_embed("Order Shipped", "", &fields);
        assert_eq!(reading.orders[0].details.tracking_number.as_deref(), expected, "{stated}");
    }
}

#[test]
fn the_name_of_a_paper_is_no_product() {
    for title in [
        "Receipt",
        "🧾 Your Receipt",
        "Invoice",
        "Order Summary",
        "Order Details",
        "Gift Card Purchased",
        "Rechnung",
        "Détails de la commande",
        "領収書",
    ] {
        let field = |(name, value): (&str, &str)| Field { name: name.into(), value: value.into() };
        let price = ("Price", "$49.99");
        let below = Embed {
            author: "Successful Checkout | Target".into(),
            title: title.into(),
            fields: vec![field(price)],
            ..Embed::default()
        };
        let message = Message { embeds: vec![below], ..Message::default() };
        let reading = read(&message, &Labels::built_in());
        assert_eq!(item(&reading), ("", 4_999, 0), "{title}: {}", reading.reason);
        let reading = read_embed("Successful Checkout | Target", title, &[price]);
        assert_eq!(item(&reading), ("", 4_999, 0), "{title}");
        let reading = read_embed(title, "", &[price, ("Order Number", NUMBER)]);
        assert_eq!(reading.kind, Kind::Checkout, "{title}: {}", reading.reason);
        assert_eq!((item(&reading), outcomes(&reading)), (("", 4_999, 0), vec![(NUMBER, "")]));
    }
    let reading = read_embed("Receipt Printer", "", &[("Price", "$5"), ("Order Number", NUMBER)]);
    assert_eq!(item(&reading), ("Receipt Printer", 500, 0));
}

#[test]
fn a_state_is_where_the_buyer_lives() {
    for state in ["Unavailable", "Not available", "TX", "Texas", "N/A"] {
        let fields = [("Product", "Lamp"), ("Order Number", NUMBER), ("State", state)];
        let reading = read_embed("Successful Checkout", "", &fields);
        assert_eq!(reading.kind, Kind::Checkout, "{state}: {}", reading.reason);
        assert_eq!(outcomes(&reading), [(NUMBER, "")], "{state}");
    }
    for state in ["Declined", "Failed", "Card declined"] {
        let fields = [("Product", "Lamp"), ("Order Number", NUMBER), ("State", state)];
        assert_eq!(read_embed("Checkout", "", &fields).kind, Kind::Decline, "{state}");
    }
}

#[test]
fn a_product_may_be_called_like_an_order_with_a_number() {
    let text = format!("Product\nOrder: 1886\nPrice\n$49.99\nQuantity\n3\nOrder Number\n{NUMBER}");
    for reading in [
        read_embed("Successful Checkout", &text, &[]),
        read_text(&format!("Successful Checkout\n{text}")),
    ] {
        assert_eq!(item(&reading), ("Order: 1886", 4_999, 3));
        assert_eq!(outcomes(&reading), [(NUMBER, "")]);
    }
    let text = format!("Product\nOrder: {NUMBER}\nPrice: $49.99");
    let reading = read_embed("Successful Checkout", &text, &[]);
    assert_eq!((item(&reading), outcomes(&reading)), (("", 4_999, 0), vec![(NUMBER, "")]));
}

#[test]
fn markup_that_discord_does_not_know_stays_whole() {
    for name in ["<b>Lamp</b> & co", "<i>Lamp</i>", "Lamp <3 Edition", "A < B Shirt > C"] {
        let reading = read_embed("Successful Checkout", "", &[("Product", name)]);
        assert_eq!(item(&reading).0, name);
    }
    let mention = [("Product", "Lamp </orders:1290000000000000001>")];
    assert_eq!(item(&read_embed("Successful Checkout", "", &mention)).0, "Lamp");
}

#[test]
fn a_field_about_the_product_may_name_it() {
    for (label, value) in [
        ("Product Info", "Name: Alpha Box\nPrice: $49.99\nQty: 3"),
        ("🛍️ Item Details", "**Name:** Alpha Box\n**Price:** $49.99\n**Qty:** 3"),
        ("Product Information", "Title: Alpha Box\nCost: $49.99\nQuantity: 3"),
    ] {
        let fields = [(label, value), ("Order Info", "Order Number: 902000011229142")];
        let reading = read_embed("Successful Checkout", "", &fields);
        assert_eq!(item(&reading), ("Alpha Box", 4_999, 3), "{value}");
        assert_eq!(outcomes(&reading), [(NUMBER, "")]);
    }
    let fields = [("Shipping Info", "Name: Jane Doe\nCity: Example"), ("Order Number", NUMBER)];
    let reading = read_embed("Successful Checkout", "", &fields);
    assert_eq!(reading.orders[0].items.len(), 0, "{reading:?}");
}

#[test]
fn a_link_is_no_label_for_the_line_below_it() {
    let text = format!(
        "Product: Lamp\nhttps://shop.example.com/orders/{NUMBER}\nEX-7654321\nhttps://shop.example.com/store\nThanks"
    );
    for reading in [
        read_embed("Successful Checkout", &text, &[]),
        read_text(&format!("Successful Checkout\n{text}")),
    ] {
        assert_eq!(outcomes(&reading), [(NUMBER, "")]);
        assert_ne!(reading.orders[0].store.as_deref(), Some("Thanks"));
    }
}
