//! What messages come to, by tables: what is a purchase and what only looks like one.

mod attempts;
mod labels;
mod links;
mod lists;
mod names;
mod notices;
mod relays;
mod several;
mod stores;
mod values;

use super::message::{Embed, Field, Message};
use super::{Kind, Labels, Reading, read};

fn read_embed(title: &str, description: &str, fields: &[(&str, &str)]) -> Reading {
    let field =
        |(name, value): &(&str, &str)| Field { name: (*name).into(), value: (*value).into() };
    let embed = Embed {
        title: title.into(),
        description: description.into(),
        fields: fields.iter().map(field).collect(),
        ..Embed::default()
    };
    read(&Message { embeds: vec![embed], ..Message::default() }, &Labels::built_in())
}

/// A title above the fields of an order.
fn titled(title: &str, product: &str) -> Reading {
    let fields = [
        ("Store", "Target"),
        ("Product", product),
        ("Price", "$10.00"),
        ("Quantity", "2"),
        ("Order Number", "102003050000000"),
    ];
    read_embed(title, "", &fields)
}

fn read_text(content: &str) -> Reading {
    read(&Message { content: content.into(), ..Message::default() }, &Labels::built_in())
}

/// Number and status of each order.
fn outcomes(reading: &Reading) -> Vec<(&str, &str)> {
    let orders = reading.orders.iter();
    orders
        .map(|order| {
            let number = order.order_number.as_deref().unwrap_or_default();
            (number, order.status.as_deref().unwrap_or_default())
        })
        .collect()
}

#[test]
fn a_notice_above_the_fields_of_an_order_is_no_purchase() {
    for (title, status) in [
        ("Delivery confirmed", "delivered"),
        ("Delivery Confirmation", "delivered"),
        ("Pickup confirmed", "delivered"),
        ("Shipping confirmed", "shipped"),
        ("Dispatch Confirmation | Target", "shipped"),
        ("发货通知", "shipped"),
        ("Return confirmed", "returned"),
        ("Successful Return", "returned"),
        ("Refund Confirmation", "refunded"),
        ("Shipment cancelled", "cancelled"),
        ("Order on hold", "on hold"),
        ("Order delayed", "delayed"),
        ("Backorder notice", "delayed"),
        ("Price adjustment confirmed", ""),
        ("Delivery scheduled", ""),
        ("Return approved", ""),
        ("Return declined", ""),
        ("Order updated", ""),
    ] {
        let reading = titled(title, "Alpha Box");
        assert_eq!(reading.kind, Kind::Update, "{title}: {}", reading.reason);
        assert_eq!(outcomes(&reading), [("102003050000000", status)], "{title}");
    }
}

#[test]
fn a_purchase_stays_one_whatever_its_product_is_called() {
    for title in [
        "Successful Checkout",
        "Successful Checkout | Target",
        "Order confirmed",
        "Order Confirmation",
        "Order placed",
        "Order confirmed for pickup",
        "Pickup order confirmed",
        "Order Placed - Delivery scheduled",
        "Added to cart - checked out!",
        "Captcha solved, order placed",
        "Successful Checkout | Refract v1.31.0",
        "Thank you for your order!",
        "",
    ] {
        for product in [
            "Alpha Box",
            "Shipping Box",
            "Return of the Jedi",
            "Special Delivery Plush",
            "How to Train Your Dragon",
            "Changelog: The Game",
            "Sold Out T-Shirt",
            "You Sold Me a Story",
            "Delivery Confirmed: A Novel",
        ] {
            let reading = titled(title, product);
            assert_eq!(reading.kind, Kind::Checkout, "{title}, {product}: {}", reading.reason);
            let items = &reading.orders[0].items;
            assert_eq!(items[0].product.as_deref(), Some(product), "{title}");
            assert_eq!(reading.orders[0].status, None, "{title}, {product}");
        }
    }
    for product in ["Shipping Box", "Return of the Jedi", "How to Train Your Dragon"] {
        let fields = [("Price", "$10.00"), ("Order Number", "102003050000000")];
        let reading = read_embed(product, "", &fields);
        let name = reading.orders[0].items[0].product.as_deref();
        assert_eq!((reading.kind, name), (Kind::Checkout, Some(product)));
    }
    let mail = read_embed(
        "Thank you for your order!",
        "Your delivery is scheduled for Monday\nProduct: Alpha Box\nOrder Number: 102003050000000",
        &[],
    );
    assert_eq!(mail.kind, Kind::Checkout, "{}", mail.reason);
}

#[test]
fn who_speaks_of_checkouts_announces_none() {
    for (title, description) in [
        (
            "Refract v1.31.0 released",
            "- Fixed successful checkout webhook\n- Fixed order number not showing for Target",
        ),
        (
            "Refract v1.32 is live",
            "- Successful checkout webhooks are faster\n- Order #12345 is kept",
        ),
        ("Changelog", "Improved: order confirmation emails. Fixed: successful checkout sound"),
        ("Release Notes 1.31", "Added order confirmed sound\nOrder Number: now shown for Target"),
        ("What's new", "- Successful checkout messages\n- Order number: 12345 is shown in full"),
        (
            "How to get a successful checkout",
            "Step 1: set your profile\nStep 2: order number 12345 will show up",
        ),
        ("How to read an order confirmation", "Product: Alpha Box\nOrder Number: 12345"),
        ("Why was my checkout successful but no order number 12345?", "Ask support"),
        ("Fixed: order placed twice", "Order Number: 12345\nProduct: Alpha Box"),
        ("Comment obtenir une commande confirmée", "Numéro de commande : 12345\nProduit : Boîte"),
        ("更新日志", "修复下单成功通知\n订单号：12345"),
        ("", "Fixed successful checkout webhook"),
    ] {
        let reading = read_embed(title, description, &[]);
        assert_eq!(reading.kind, Kind::Other, "{title}: {}", reading.reason);
        assert!(reading.orders.is_empty(), "{title}");
    }
}

#[test]
fn what_the_user_sold_is_no_purchase() {
    let description = "Item: ETB\nPrice: $80.00\nOrder number: 12-34567-89012";
    for title in [
        "You made a sale on eBay",
        "New sale!",
        "Item sold",
        "Your item sold",
        "Congratulations, you sold Example ETB",
        "You've sold an item",
        "Sold on StockX",
        "Your ask has been accepted",
        "Buyer paid",
        "Payout sent",
        "Artikel verkauft",
        "Vous avez vendu un article",
        "Nueva venta",
        "Вы продали товар",
        "商品が売れました",
    ] {
        let reading = read_embed(title, description, &[]);
        assert_eq!(reading.kind, Kind::Other, "{title}: {}", reading.reason);
    }
    let text = format!("You made a sale on eBay\n{description}");
    assert_eq!(read_text(&text).kind, Kind::Other);
    for title in ["Order placed | eBay", "Successful Checkout | StockX", "eBay order confirmed"] {
        assert_eq!(read_embed(title, description, &[]).kind, Kind::Checkout, "{title}");
    }
}

#[test]
fn a_sentence_says_what_became_of_the_order_that_it_names() {
    for (sentence, status) in [
        ("Order 102003050000050 was cancelled.", "cancelled"),
        (
            "Your Target order #102003050000050 has been canceled. You will not be charged.",
            "cancelled",
        ),
        ("Good news! Order #102003050000050 was delivered today.", "delivered"),
        ("Order 102003050000050 has shipped", "shipped"),
        ("Order 102003050000050 is on its way to you.", "shipped"),
        ("Order 102003050000050 is out for delivery", "out for delivery"),
        ("We have refunded your order 102003050000050.", "refunded"),
        ("Order 102003050000050 was returned.", "returned"),
        ("Order 102003050000050 was cancelled because the payment failed.", "cancelled"),
        ("Return for order 102003050000050 received.", "returned"),
        ("Your order 102003050000050 is delayed.", "delayed"),
        ("The delivery of order 102003050000050 is confirmed.", "delivered"),
        ("Ihre Bestellung 102003050000050 wurde storniert.", "cancelled"),
        ("Votre commande 102003050000050 a été livrée.", "delivered"),
        ("您的订单102003050000050已取消", "cancelled"),
    ] {
        let reading = read_text(sentence);
        assert_eq!(reading.kind, Kind::Update, "{sentence}: {}", reading.reason);
        assert_eq!(outcomes(&reading), [("102003050000050", status)], "{sentence}");
    }
    let two = "Order 102003050000050 was cancelled.\nOrder 102003050000051 was delivered.";
    let expected = [("102003050000050", "cancelled"), ("102003050000051", "delivered")];
    assert_eq!(outcomes(&read_text(two)), expected);
    for sentence in [
        "my order 102003050000050 was cancelled",
        "my order #102003050000050 was cancelled",
        "Was order 102003050000050 cancelled?",
        "Has order 102003050000050 shipped?",
        "If order 102003050000050 is cancelled we tell you",
        "Your order was cancelled",
        "Order 102003050000050",
        "Orders are cancelled within 30 minutes",
    ] {
        let reading = read_text(sentence);
        assert_eq!(reading.kind, Kind::Other, "{sentence}: {}", reading.reason);
    }
}
