//! What notices say of an order that stands: what they ask for, refuse, or say of a part of it, is no status of it.

use super::{Embed, Field, Kind, Labels, Message, outcomes, read, read_embed, read_text};

const NUMBER: &str = "902000011229142";

fn noticed(title: &str) -> super::Reading {
    read_embed(title, "", &[("Order Number", NUMBER)])
}

#[test]
fn what_is_asked_for_refused_or_to_come_changes_no_status() {
    for title in [
        "Cancellation Failed",
        "Cancel Attempt Failed",
        "Cancellation Requested",
        "Cancellation request received",
        "At risk of cancellation",
        "Cancellation Warning",
        "Possible Cancellation",
        "Cancellation Pending",
        "Refund Declined",
        "Return Request Denied",
        "Pre-Shipment",
        "Awaiting Shipment",
    ] {
        let reading = noticed(title);
        assert_eq!(reading.kind, Kind::Update, "{title}: {}", reading.reason);
        assert_eq!(reading.orders[0].status, None, "{title}");
    }
    let reading = read_text("Order 902000011300413 - cancellation requested");
    assert!(outcomes(&reading).iter().all(|(_, status)| status.is_empty()), "{reading:?}");
}

#[test]
fn what_became_of_an_order_changes_its_status() {
    for (title, status) in [
        ("Cancellation", "cancelled"),
        ("Cancellation Confirmed", "cancelled"),
        ("Cancellation Notice", "cancelled"),
        ("Order Cancelled", "cancelled"),
        ("Order Cancelled: Payment declined", "cancelled"),
        ("We had to cancel your order", "cancelled"),
        ("Sorry, we were forced to cancel your order", "cancelled"),
        ("All items cancelled", "cancelled"),
        ("2 of 2 items cancelled", "cancelled"),
        ("Items cancelled: 2 of 2", "cancelled"),
        ("3/3 items cancelled", "cancelled"),
        ("Order cancelled 1/3", "cancelled"),
        ("Order cancelled on 1/15/2026", "cancelled"),
        ("Order cancelled: partial payment received", "cancelled"),
        ("Refund Issued", "refunded"),
        ("Shipment Confirmation", "shipped"),
    ] {
        assert_eq!(outcomes(&noticed(title)), [(NUMBER, status)], "{title}");
    }
}

#[test]
fn what_is_of_a_part_is_no_status_of_the_order() {
    for (title, status) in [
        ("Order Partially Cancelled", "partly cancelled"),
        ("Partial Cancellation", "partly cancelled"),
        ("Partial Refund Issued", "partly refunded"),
        ("Partially Refunded", "partly refunded"),
        ("Item Cancelled", "item cancelled"),
        ("An item in your order was cancelled", "item cancelled"),
        ("Some items were cancelled", "partly cancelled"),
        ("Refunded (partial)", "partly refunded"),
        ("Refund - partial", "partly refunded"),
        ("Refund issued (partial)", "partly refunded"),
        ("Partial: Refund issued", "partly refunded"),
        ("Refunded partially", "partly refunded"),
        ("Order refunded in part", "partly refunded"),
        ("Returned (partial)", "partly returned"),
        ("Erstattet (teilweise)", "partly refunded"),
        ("Items cancelled: 1 of 2", "partly cancelled"),
        ("Order cancelled - 1 of 2 items", "partly cancelled"),
        ("Order cancelled (1 of 3)", "partly cancelled"),
        ("Cancelled 1 of 2 items", "partly cancelled"),
        ("Cancelled items: 2 out of 3", "partly cancelled"),
        ("1/3 items cancelled", "partly cancelled"),
        ("Items cancelled: 1/3", "partly cancelled"),
        ("Refunded 1 / 3 units", "partly refunded"),
    ] {
        let reading = noticed(title);
        assert_eq!(outcomes(&reading), [(NUMBER, status)], "{title}");
        assert_eq!(reading.orders[0].known_status(), None, "{title}");
    }
    let reading = read_text("1 of 2 items in order 902000011387522 was cancelled");
    assert_eq!(outcomes(&reading), [("902000011387522", "partly cancelled")]);
}

#[test]
fn a_linked_products_name_below_a_heading_announces_nothing() {
    let of = |title: &str, product: &str| {
        let line = format!("[{product}](https://shop.example.com/p/1)");
        let fields = [("Price", "$49.99"), ("Order Number", NUMBER), ("Site", "Target")];
        read_embed(title, &line, &fields)
    };
    for product in [
        "Fatal Error: The Board Game",
        "Out of Stock Poster",
        "Cancelled Plans Tee",
        "Delivered Dreams DVD",
        "Test Tube Rack",
    ] {
        for title in ["Success", "ACO Success", "Kodai Success", "✅ Success", "Success | Target"]
        {
            let reading = of(title, product);
            assert_eq!(reading.kind, Kind::Checkout, "{title}, {product}: {}", reading.reason);
            let item = &reading.orders[0].items[0];
            assert_eq!(item.product.as_deref(), Some(product), "{title}");
        }
        assert_eq!(of("Order Update", product).kind, Kind::Update, "{product}");
        assert_eq!(outcomes(&of("Order Update", product)), [(NUMBER, "")], "{product}");
    }
    assert_eq!(outcomes(&of("Order Update", "Order Cancelled")), [(NUMBER, "cancelled")]);
    let stock = [("Price", "$49.99"), ("Site", "Target")];
    let alert = read_embed("In Stock!", "[Order Placed Sign](https://x.example.com/1)", &stock);
    assert_eq!(alert.kind, Kind::Other, "{}", alert.reason);
}

/// A checkout with all that a test may be told by.
fn checkout(content: &str, title: &str, footer: &str, label: (&str, &str)) -> Kind {
    let fields =
        [("Product", "Example Widget"), ("Price", "$49.99"), ("Order Number", NUMBER), label];
    let fields = fields.map(|(name, value)| Field { name: name.into(), value: value.into() });
    let (title, footer) = (title.into(), footer.into());
    let embed = Embed { title, footer, fields: fields.into(), ..Embed::default() };
    let message = Message { content: content.into(), embeds: vec![embed], ..Message::default() };
    read(&message, &Labels::built_in()).kind
}

#[test]
fn a_test_is_no_order_wherever_it_says_so() {
    let (title, size) = ("Successful Checkout | Target", ("Size", "10"));
    for title in ["Successful Checkout (Test)", "Successful Checkout (Dry Run)", "Success [TEST]"] {
        assert_eq!(checkout("", title, "", size), Kind::Test, "{title}");
    }
    assert_eq!(checkout("", title, "Test Notification", size), Kind::Test);
    assert_eq!(checkout("Test webhook", title, "", size), Kind::Test);
    for label in [
        ("Module", "Test Hook\u{200b}"),
        ("Module", "```Test Hook```"),
        ("Module", "✅ Test Hook"),
        ("🔹 Module", "Test Hook"),
    ] {
        assert_eq!(checkout("", title, "", label), Kind::Test, "{label:?}");
    }
    assert_eq!(checkout("", title, "Example Bot - 1.2", ("Module", "Testarossa")), Kind::Checkout);
    assert_eq!(checkout("Nice!", "Successful Checkout (Target)", "", size), Kind::Checkout);
}

#[test]
fn a_notice_beside_a_checkout_founds_no_order() {
    let field = |(name, value): (&str, &str)| Field { name: name.into(), value: value.into() };
    let embed = |title: &str, fields: &[(&'static str, &'static str)]| Embed {
        title: title.into(),
        fields: fields.iter().copied().map(field).collect(),
        ..Embed::default()
    };
    let lamp = [("Product", "Example Lamp"), ("Price", "$49.99"), ("Order Number", NUMBER)];
    let read_both = |second: Embed| {
        let embeds = vec![embed("Successful Checkout | Target", &lamp), second];
        let message = Message { embeds, ..Message::default() };
        let reading = read(&message, &Labels::built_in());
        let of = |order: &crate::reading::OrderReading| {
            (order.order_number.clone().unwrap_or_default(), order.is_notice)
        };
        (reading.kind, reading.orders.iter().map(of).collect::<Vec<_>>())
    };
    let other = ("Order Number", "902000012052718");
    let own = (NUMBER.to_owned(), false);
    for (title, fields) in [
        ("Order Cancelled", vec![other]),
        ("Order Shipped", vec![other, ("Tracking Number", "1Z999AA10123456784")]),
        ("Order Refunded", vec![other, ("Product", "Example Vase"), ("Price", "$5.00")]),
        ("Order Update", vec![other, ("Status", "Delivered"), ("Product", "Example Vase")]),
        ("Order Update", vec![other]),
    ] {
        let (kind, orders) = read_both(embed(title, &fields));
        let notice = ("902000012052718".to_owned(), true);
        assert_eq!((kind, orders), (Kind::Checkout, vec![own.clone(), notice]), "{title}");
    }
    let vase = [other, ("Product", "Example Vase"), ("Price", "$5.00"), ("Status", "Processing")];
    for title in ["Successful Checkout", "Order Placed", "Example Vase", "Checkout"] {
        let (kind, orders) = read_both(embed(title, &vase));
        let second = ("902000012052718".to_owned(), false);
        assert_eq!((kind, orders), (Kind::Checkout, vec![own.clone(), second]), "{title}");
    }
    let (_, orders) = read_both(embed("Order Shipped", &[("Order Number", NUMBER)]));
    assert_eq!(orders, [own], "its own order");
    let embeds = vec![embed("Order Shipped", &[other]), embed("Order Delivered", &[other])];
    let twice = read(&Message { embeds, ..Message::default() }, &Labels::built_in());
    assert_eq!(twice.orders[0].quantity, None, "it names none");
}

#[test]
fn the_bare_word_as_a_heading_calls_an_order_off() {
    const FIELDS: &[(&str, &str)] =
        &[("Product", "Alpha Box"), ("Price", "$10.00"), ("Order Number", NUMBER)];
    for title in [
        "Cancel",
        "❌ Cancel",
        "CANCEL!",
        "Order Cancel",
        "Walmart Cancel",
        "Example Bot Cancel",
        "Auto Cancel",
        "Cancel Order",
        "Cancel - Target",
        "Target | Cancel",
        "Cancel Email",
        "Cancel Alert",
        "Cancel detected",
        "Order cancel detected",
        "Cancel Order Detected",
        "Order cancel request approved",
        "Cancellation request approved",
    ] {
        let reading = read_embed(title, "", FIELDS);
        assert_eq!(reading.kind, Kind::Update, "{title}: {}", reading.reason);
        assert_eq!(outcomes(&reading), [(NUMBER, "cancelled")], "{title}");
    }
    let text = |head: &str| format!("{head}\nProduct: Alpha Box\nOrder Number: {NUMBER}");
    for head in ["Walmart Cancel", "❌ Order Cancel", "Cancel"] {
        let reading = read_text(&text(head));
        assert_eq!(reading.kind, Kind::Update, "{head}: {}", reading.reason);
        assert_eq!(outcomes(&reading), [(NUMBER, "cancelled")], "{head}");
    }
    for title in [
        "To cancel, reply here",
        "Please cancel",
        "Cancel anytime",
        "Free Cancel",
        "Low cancel chance",
        "Cancel rate 5%",
        "Cancel your order?",
        "Cannot cancel",
        "Do not cancel",
        "No cancel",
        "Successful Checkout | Cancel",
        "Successful Checkout - Cancel",
        "Sony Noise Cancel",
        "Potential Cancel",
        "Anti Cancel",
        "Ineligible for Cancel",
        "Avoid Cancel",
        "Track • Return • Cancel",
        "Manage order: View, Cancel",
    ] {
        let reading = read_embed(title, "", FIELDS);
        assert_eq!(outcomes(&reading), [(NUMBER, "")], "{title}: {}", reading.reason);
    }
    let asked = read_text(&text("did target cancel"));
    assert_eq!(outcomes(&asked), [(NUMBER, "")], "{}", asked.reason);
    // Without an order it is a panel's, or whatever else.
    let panel = read_embed("Cancel Order", "Use the command below.", &[]);
    assert_eq!(panel.kind, Kind::Other, "{}", panel.reason);
}

#[test]
fn of_a_change_the_later_status_counts() {
    for (said, status) in [
        ("Processing → Shipped", "shipped"),
        ("Processing -> Cancelled", "cancelled"),
        ("Shipped ➜ Delivered", "delivered"),
        ("from Processing to Shipped", "shipped"),
        // What comes later has not happened.
        ("Cancelled → refund in 3 days", "cancelled"),
        ("Processing → Shipped soon", "processing"),
    ] {
        let text = format!("Order {NUMBER} status changed: {said}");
        let reading = read_text(&text);
        assert_eq!(reading.kind, Kind::Update, "{text}: {}", reading.reason);
        assert_eq!(outcomes(&reading), [(NUMBER, status)], "{text}");
        let reading = noticed(&format!("Order status changed {said}"));
        assert_eq!(outcomes(&reading), [(NUMBER, status)], "{said}");
    }
}
