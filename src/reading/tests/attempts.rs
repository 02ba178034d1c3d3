//! Attempts that came to nothing yet, and other things that succeeded: no purchase, whatever product stands below.

use super::{Kind, Reading, read_embed, read_text};

const ITEM: [(&str, &str); 4] =
    [("Product", "Example Widget"), ("Price", "$49.99"), ("Site", "Target"), ("Profile", "Main")];

/// What a title says above a product with its price and its buyer.
fn headed(title: &str) -> Reading {
    read_embed(title, "", &ITEM)
}

#[test]
fn a_checkout_that_is_tried_or_to_come_is_none() {
    for title in [
        "Retrying Checkout",
        "🔁 Retrying Checkout",
        "Ready to checkout",
        "Ready for Checkout",
        "Almost Successful Checkout",
        "Nearly successful checkout",
        "Waiting for order confirmation",
        "Starting Checkout",
        "Proceeding to Checkout",
        "Submitting Checkout",
        "Pending Checkout",
        "Missed Checkout",
        "Abandoned Checkout",
        "Incomplete checkout",
        "Checkout in progress",
        "Checkout aborted",
    ] {
        let reading = headed(title);
        assert_eq!(reading.kind, Kind::Other, "{title}: {}", reading.reason);
    }
}

#[test]
fn another_success_is_no_purchase() {
    for title in [
        "Preload success",
        "Cookies harvested successfully",
        "Successfully harvested cookies",
        "Wallet top up successful",
        "Gift card balance check success",
        "License activated successfully",
        "Successful Gift Card Redemption",
        "✅ Account created successfully",
        "Successfully refreshed session",
        "Proxy check success",
        "Profiles imported successfully",
        "Address updated successfully",
        "Card added successfully",
        "Subscription renewed successfully",
        "Example Bot | Preload success",
    ] {
        let reading = headed(title);
        assert_eq!(reading.kind, Kind::Other, "{title}: {}", reading.reason);
    }
}

#[test]
fn a_result_that_says_declined_is_no_purchase() {
    for label in [
        "State",
        "Checkout State",
        "Checkout Result",
        "Checkout Outcome",
        "Response",
        "Payment Result",
        "Transaction Status",
        "Task Status",
        "Bank Response",
        "Card Status",
    ] {
        for value in ["Declined", "❌ Declined", "Payment declined", "Failed"] {
            let fields = [ITEM[0], ITEM[1], ("Order Number", "902000012028961"), (label, value)];
            let reading = read_embed("Checkout | Target", "", &fields);
            assert_eq!(reading.kind, Kind::Decline, "{label}: {value}: {}", reading.reason);
        }
        for value in ["CA", "Approved", "Success", "Completed", "Georgia", "200 OK"] {
            let fields = [ITEM[0], ITEM[1], ("Order Number", "902000012028961"), (label, value)];
            let reading = read_embed("Successful Checkout | Target", "", &fields);
            assert_eq!(reading.kind, Kind::Checkout, "{label}: {value}: {}", reading.reason);
        }
    }
}

#[test]
fn a_purchase_is_one_beside_words_of_other_things() {
    for title in [
        "Success",
        "Success | Cookie Store",
        "Success: Cookies",
        "Success - Wallet",
        "Successful Checkout | Gift Card Balance",
        "Example Bot Success",
        "Preload Bot Success",
        "Success!",
        "Target Success",
        "Checkout",
        "Example Bot Checkout",
        "New Checkout",
        "Checkout Success",
        "Ready Player Bot | Successful Checkout",
        "Almost there... Successful Checkout!",
        "Successful Checkout (Retry 3)",
        "Successful checkout after retrying",
        "Gift card order confirmed",
        "Subscription order placed",
        "License purchase successful",
        "Card Success",
        "Gift Card Checkout",
    ] {
        let reading = headed(title);
        assert_eq!(reading.kind, Kind::Checkout, "{title}: {}", reading.reason);
    }
}

#[test]
fn a_status_that_says_it_was_placed_announces_an_order_with_its_product() {
    let read = |title: &str, status: &str, more: (&str, &str)| {
        let fields = [("Product", "Lamp"), ("Order Number", "902000011229142"), ("Status", status)];
        read_embed(title, "", &[fields.as_slice(), &[more]].concat()).kind
    };
    let price = ("Price", "$5.00");
    for status in ["Success", "Order Placed", "✅ Checked out"] {
        assert_eq!(read("Example Bot", status, price), Kind::Checkout, "{status}");
        assert_eq!(read("Order Update", status, price), Kind::Update, "{status}");
        let tracking = ("Tracking Number", "1Z999AA10123456784");
        assert_eq!(read("Example Bot", status, tracking), Kind::Update, "{status}");
    }
    assert_eq!(read("Example Bot", "Processing", price), Kind::Update);
}

#[test]
fn a_status_of_success_announces_an_order_beside_its_product() {
    const NUMBER: &str = "102003050000000";
    let with = |title: &str, label: &str, value: &str| {
        let fields = [("Product", "Alpha Box"), ("Order Number", NUMBER), (label, value)];
        read_embed(title, "", &fields)
    };
    for label in ["Final Status", "Order State", "Status", "Order Status"] {
        for value in ["Success", "Placed", "Confirmed", "✅ Successful", "Order Placed", "Approved"]
        {
            let reading = with("Nova Bot", label, value);
            assert_eq!(reading.kind, Kind::Checkout, "{label}: {value}: {}", reading.reason);
        }
        for value in ["Shipped", "Delayed", "Processing", "Cancelled", "Return received"] {
            let reading = with("Nova Bot", label, value);
            assert_eq!(reading.kind, Kind::Update, "{label}: {value}: {}", reading.reason);
        }
        for value in ["Declined", "Failed"] {
            let reading = with("Nova Bot", label, value);
            assert_eq!(reading.kind, Kind::Decline, "{label}: {value}: {}", reading.reason);
        }
        for title in ["Order Update", "Order Shipped", "Tracking Update"] {
            let reading = with(title, label, "Confirmed");
            assert_eq!(reading.kind, Kind::Update, "{title}, {label}: {}", reading.reason);
        }
        let bare = read_embed("Nova Bot", "", &[("Order Number", NUMBER), (label, "Confirmed")]);
        assert_eq!(bare.kind, Kind::Update, "{label}: {}", bare.reason);
    }
    let list = read_embed("Results", "Last night", &[(NUMBER, "Success")]);
    assert_eq!(list.kind, Kind::Update, "{}", list.reason);
    let tracked = [
        ("Product", "Alpha Box"),
        ("Order Number", NUMBER),
        ("Status", "Confirmed"),
        ("Tracking", "1Z999AA10123456784"),
    ];
    assert_eq!(read_embed("Nova Bot", "", &tracked).kind, Kind::Update);
}

#[test]
fn a_payment_that_failed_is_no_purchase() {
    let order = ("Order Number", "902000012028961");
    for label in ["Payment", "Payment Method", "Card", "Visa", "Gateway", "PayPal", "3DS"] {
        for value in ["Declined", "Failed", "❌ Card declined"] {
            let read = |title: &str, more: &[(&str, &str)]| {
                let own = [ITEM[0], ITEM[1], ("Profile", "Main"), (label, value)];
                read_embed(title, "", &[own.as_slice(), more].concat())
            };
            for title in ["Checkout", "Example Bot Checkout", "Example Bot"] {
                let reading = read(title, &[order]);
                assert_eq!(reading.kind, Kind::Decline, "{title}, {label}: {value}");
                let without = read(title, &[]).kind;
                assert!(
                    matches!(without, Kind::Decline | Kind::Other),
                    "{title}, {label}: {value}"
                );
            }
            let announced = read("Successful Checkout | Target", &[order]);
            assert_eq!(announced.kind, Kind::Checkout, "{label}: {value}: {}", announced.reason);
            let text = format!("Product: Lamp\nOrder Number: 902000012028961\n{label}: {value}");
            let reading = read_text(&text);
            assert_eq!(reading.kind, Kind::Decline, "{text}: {}", reading.reason);
            let reading = read_text(&format!("Successful Checkout\n{text}"));
            assert_eq!(reading.kind, Kind::Checkout, "{text}: {}", reading.reason);
        }
    }
    for (label, value) in [
        ("Insurance", "Declined"),
        ("AppleCare", "Declined"),
        ("Tip", "Declined"),
        ("Donation", "Declined"),
        ("Price Match", "Denied"),
        ("Gift Wrap", "Unavailable"),
        ("Delay", "Error"),
        ("Fallback Card", "Visa, not declined"),
        ("Payment", "Card ending in 4321"),
        ("Note to self", "Failed test in school"),
    ] {
        let reading = read_embed("Example Bot", "", &[ITEM[0], ITEM[1], order, (label, value)]);
        assert_eq!(reading.kind, Kind::Checkout, "{label}: {value}: {}", reading.reason);
    }
}

#[test]
fn a_title_that_says_what_went_wrong_announces_no_order() {
    for title in [
        "Payment was not accepted",
        "Card not accepted",
        "Do Not Honor",
        "CVV Mismatch",
        "AVS Mismatch",
        "Checkout Expired",
        "Complete your payment",
        "Price Alert",
        "Release Reminder",
    ] {
        let fields = [ITEM[0], ITEM[1], ("Order Number", "902000012028961")];
        let reading = read_embed(title, "", &fields);
        let is_none = matches!(reading.kind, Kind::Decline | Kind::Other);
        assert!(is_none, "{title}: {:?}, {}", reading.kind, reading.reason);
    }
}

#[test]
fn a_paper_that_asks_for_money_is_no_purchase() {
    let fields = [ITEM[0], ITEM[1], ("Order Number", "902000012028961")];
    for (title, line) in [
        ("Invoice #1234", "Please pay within 7 days"),
        ("Invoice", "Amount due by 2026-01-13"),
        ("Invoice", "Payment due: Jan 15"),
        ("Unpaid Invoice", ""),
        ("Invoice - Payment due", ""),
        ("Invoice overdue", ""),
        ("Rechnung", "Bitte überweisen Sie den Betrag bis 15.01."),
        ("Facture", "À payer avant le 15 janvier"),
        ("Factura", "Pendiente de pago"),
    ] {
        let reading = read_embed(title, line, &fields);
        assert_eq!(reading.kind, Kind::Other, "{title}, {line}: {}", reading.reason);
    }
    for (title, line) in [
        ("Invoice #1234", "Thank you for your payment"),
        ("Invoice", "Paid in full"),
        ("Invoice", "Balance due: $0.00"),
        ("Invoice", "Pay by: Visa"),
        ("Factura", "Total a pagar: 19,99"),
        ("Kill Bill Blu-ray", "Payment pending: no"),
        ("Your Receipt", "Amount paid by card"),
        ("Successful Checkout", "Payment due on pickup"),
        ("Order Confirmation", "Please pay at the counter"),
    ] {
        let reading = read_embed(title, line, &fields);
        assert_eq!(reading.kind, Kind::Checkout, "{title}, {line}: {}", reading.reason);
    }
}
