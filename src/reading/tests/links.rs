//! What a message offers to press, or tells of shops in general, says nothing of the order.

use super::{Embed, Kind, Labels, Message, outcomes, read, read_embed};

const FIELDS: &[(&str, &str)] =
    &[("Product", "Alpha Box"), ("Price", "$10.00"), ("Order Number", "102003050000000")];

#[test]
fn a_link_that_asks_for_something_takes_no_purchase_back() {
    let titles =
        ["Success", "Success | Amazon", "ACO Success", "Successful Checkout", "Order Placed"];
    for title in titles {
        for line in [
            "[Cancel Order](https://shop.example.com/cancel)",
            "[Cancel](https://shop.example.com/o/1)",
            "❌ [Cancel](https://shop.example.com/o/1)",
            "Cancel: https://shop.example.com/o/1",
            "Cancel your order: https://shop.example.com/o/1",
            "Cancel Order",
            "Cancel rate 5%",
            "Low cancel chance",
            "Cancellation rate: 5%",
            "Cancellation chance: low",
            "Low chance of cancellation",
            "Refund rate 2%",
            "[Refund](https://shop.example.com/o/1)",
            "[Request a refund](https://shop.example.com/o/1)",
            "[Refund order](https://shop.example.com/o/1)",
            "Refund: https://shop.example.com/refund",
            "[Return](https://shop.example.com/o/1)",
            "[Return item](https://shop.example.com/o/1)",
            "[Start Return](https://shop.example.com/o/1)",
            "[Track shipment](https://shop.example.com/o/1)",
            "Track your shipment: https://shop.example.com/o/1",
            "[View Order](https://shop.example.com/o/1) | [Cancel](https://shop.example.com/o/1)",
            "[View shipment](https://shop.example.com/o/1)",
            "[Stornierung](https://shop.example.com/o/1)",
            "[キャンセル](https://shop.example.com/o/1)",
            "[注文キャンセル](https://shop.example.com/o/1)",
            "[取消](https://shop.example.com/o/1)",
        ] {
            let reading = read_embed(title, line, FIELDS);
            assert_eq!(reading.kind, Kind::Checkout, "{title}, {line}: {}", reading.reason);
            assert_eq!(outcomes(&reading), [("102003050000000", "")], "{title}, {line}");
            let between = format!("Product: Alpha Box\n{line}\nOrder Number: 102003050000000");
            let reading = read_embed(title, &between, &[]);
            assert_eq!(reading.kind, Kind::Checkout, "{title}, {line}: {}", reading.reason);
            assert_eq!(outcomes(&reading), [("102003050000000", "")], "{title}, {between}");
        }
    }
}

#[test]
fn a_link_that_asks_for_something_is_no_product() {
    for line in ["[Cancel Order](https://shop.example.com/o/1)", "Cancel: https://shop.example.com"]
    {
        let fields = [("Price", "$10.00"), ("Order Number", "102003050000000")];
        let reading = read_embed("Successful Checkout", line, &fields);
        assert_eq!(reading.orders[0].items[0].product, None, "{line}");
    }
}

#[test]
fn a_link_that_tells_what_became_of_an_order_counts() {
    for (line, status) in [
        ("[Order Cancelled](https://shop.example.com/o/1)", "cancelled"),
        ("[Cancellation confirmed](https://shop.example.com/o/1)", "cancelled"),
        ("[Order Refunded](https://shop.example.com/o/1)", "refunded"),
        ("[Return received](https://shop.example.com/o/1)", "returned"),
        ("[Order Shipped](https://shop.example.com/o/1)", "shipped"),
    ] {
        let reading = read_embed("Order Update", line, &[("Order Number", "102003050000000")]);
        assert_eq!(outcomes(&reading), [("102003050000000", status)], "{line}");
    }
}

#[test]
fn a_status_that_is_stated_may_be_the_bare_word() {
    let fields = [("Order Number", "102003050000000"), ("Order Status", "Cancel")];
    let reading = read_embed("Order Update", "", &fields);
    assert_eq!(reading.orders[0].known_status(), Some(crate::order::Status::Cancelled));
}

#[test]
fn a_product_may_begin_with_what_buttons_say() {
    let name = |line: &str, fields: &[(&str, &str)]| {
        let reading = read_embed("Successful Checkout", line, fields);
        assert_eq!(reading.kind, Kind::Checkout, "{line}: {}", reading.reason);
        reading.orders[0].items[0].product.clone()
    };
    for product in [
        "Track Jacket",
        "Track Pants Firebird",
        "Return of the Jedi 4K",
        "Get Out Blu-ray",
        "Get Out",
        "Show Me Dog Plush",
        "Open Season",
        "Check Shirt",
        "Cancel Culture Tee",
        "View From the Top",
        "Start Here Box",
    ] {
        let link = format!("[{product}](https://shop.example/p/1)");
        let alone = [("Store", "Adidas"), ("Size", "M")];
        assert_eq!(name(&link, &alone).as_deref(), Some(product));
        let numbered = [("Price", "$10.00"), ("Order Number", "102003050000000")];
        assert_eq!(name(&link, &numbered).as_deref(), Some(product));
    }
    for button in [
        "Track Order",
        "Track your package here",
        "Track with UPS",
        "View Order Details",
        "View on Target",
        "View Order #1024",
        "View Order | Cancel",
        "Click here",
        "Click here to view your order",
        "Get Help",
        "Show more",
        "Open in Browser",
        "Manage Order",
        "Return Policy",
        "Return or refund items",
        "Refund Policy",
        "Check Status",
    ] {
        let link = format!("[{button}](https://shop.example/p/1)");
        let numbered = [("Price", "$10.00"), ("Order Number", "102003050000000")];
        assert_eq!(name(&link, &numbered), None, "{button}");
    }
}

#[test]
fn an_order_may_be_named_by_its_link_alone() {
    const LINK: &str = "https://www.target.com/orders/902000011229142";
    let masked = format!("[View Order]({LINK})");
    let both = format!("[Product](https://www.target.com/p/A-12345678) | {masked}");
    let view = format!("View: {LINK}");
    for (title, kind, status) in [
        ("Successful Checkout", Kind::Checkout, ""),
        ("Order Cancelled", Kind::Update, "cancelled"),
        ("Order Shipped", Kind::Update, "shipped"),
    ] {
        for (description, label) in [
            (masked.as_str(), ("Product", "Alpha Box")),
            (view.as_str(), ("Product", "Alpha Box")),
            ("", ("Order Link", LINK)),
            ("", ("Order URL", masked.as_str())),
            ("", ("Links", both.as_str())),
            ("", ("Order", masked.as_str())),
            ("194735000000 Alpha Box", ("Order Link", LINK)),
            ("8005550100 (customer service)", ("Links", both.as_str())),
        ] {
            let reading = read_embed(title, description, &[label, ("Store", "Target")]);
            let read = (reading.kind, outcomes(&reading));
            let expected = (kind, vec![("902000011229142", status)]);
            assert_eq!(read, expected, "{title}, {description}, {label:?}: {}", reading.reason);
        }
    }
    let (title, url) = ("Order Cancelled".into(), LINK.into());
    let description = "8005550100 (customer service)".into();
    let embed = Embed { title, url, description, ..Embed::default() };
    let reading = read(&Message { embeds: vec![embed], ..Message::default() }, &Labels::built_in());
    assert_eq!(outcomes(&reading), [("902000011229142", "cancelled")], "{}", reading.reason);
}

#[test]
fn a_shops_own_number_in_a_link_is_no_order() {
    const KEY: &str = "0123456789abcdef0123456789abcdef";
    for link in [
        format!("https://shop.example.com/12345/orders/{KEY}/authenticate?key=EXAMPLE_KEY"),
        format!("https://shop.example.com/12345678901/orders/{KEY}"),
        format!("https://shop.example.com/12345/checkouts/{KEY}/thank_you"),
    ] {
        let link = format!("[Click Here]({link})");
        for label in ["Order Number", "Order", "Order Link"] {
            let fields = [("Product", "Alpha Box"), (label, link.as_str())];
            let reading = read_embed("Successful Checkout", "", &fields);
            assert_eq!(outcomes(&reading), [("", "")], "{label}: {link}");
        }
    }
    let link = "https://www.amazon.com/gp/your-account/order-details?orderID=112-0000001-0000001";
    let fields = [("Product", "Alpha Box"), ("Order Number", link)];
    let reading = read_embed("Successful Checkout", "", &fields);
    assert_eq!(outcomes(&reading), [("112-0000001-0000001", "")]);
}
