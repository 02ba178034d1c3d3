//! What the labels of an order say: totals, quantities, prices, names.

use super::{Embed, Field, Labels, Message, Reading, read, read_embed};

const NUMBER: &str = "902000011229142";

/// A checkout of this number with these fields beside it.
fn checkout(fields: &[(&str, &str)]) -> Reading {
    let mut all = vec![("Order Number", NUMBER)];
    all.extend_from_slice(fields);
    read_embed("Successful Checkout", "", &all)
}

#[test]
fn totals_and_quantities_in_the_words_of_shops() {
    let lamp = [("Product", "Example Lamp"), ("Price", "$49.99")];
    for label in [
        "Final Total",
        "Estimated Total",
        "Total Due",
        "Total Charge",
        "Total incl. tax",
        "Total with tax",
        "You Paid",
        "Paid",
        "Charged",
        "Order Amount",
        "Order Value",
    ] {
        let reading = checkout(&[lamp[0], lamp[1], (label, "$54.11")]);
        assert_eq!(reading.orders[0].total_minor, Some(5_411), "{label}");
    }
    let card = checkout(&[lamp[0], lamp[1], ("Charged", "Visa 4242")]);
    assert_eq!(card.orders[0].total_minor, None);
    for label in [
        "Product Quantity",
        "Item Qty",
        "Item Quantity",
        "Order Quantity",
        "Qty Ordered",
        "Quantity Purchased",
        "Cart Quantity",
        "Checkout Quantity",
        "Pcs",
        "Count",
    ] {
        let reading = checkout(&[lamp[0], lamp[1], (label, "3")]);
        assert_eq!(reading.orders[0].quantity, Some(3), "{label}");
    }
}

#[test]
fn what_is_said_twice_is_one_line() {
    let lamp = [("Product", "Example Lamp"), ("Price", "$49.99"), ("Quantity", "2")];
    for again in [("Quantity", "2"), ("Price", "$49.99"), ("Product", "Example Lamp")] {
        let reading = checkout(&[lamp[0], lamp[1], lamp[2], again]);
        let order = &reading.orders[0];
        assert_eq!((order.items.len(), order.quantity), (1, Some(2)), "{again:?}");
    }
    // What nothing else states is a line of its own.
    let fields =
        [("Price", "$49.99"), ("Product 2", "Vase"), ("Price 2", "$10.00"), ("Quantity 2", "1")];
    let prices = |fields: &[(&str, &str)]| {
        let items = checkout(fields).orders[0].items.clone();
        items.into_iter().map(|item| item.price_minor).collect::<Vec<_>>()
    };
    assert_eq!(prices(&fields), [Some(4_999), Some(1_000)]);
    assert_eq!(prices(&fields[1..]), [Some(1_000)]);
    let again = [("Price", "$10.00"), ("Product 2", "Vase"), ("Price 2", "$10.00")];
    assert_eq!(prices(&again), [Some(1_000)]);
    let field =
        |(name, value): &(&str, &str)| Field { name: (*name).into(), value: (*value).into() };
    let embed = |title: &str, fields: &[(&str, &str)]| {
        let number = [("Order Number", NUMBER)];
        let fields = number.iter().chain(fields).map(field).collect();
        Embed { title: title.into(), fields, ..Embed::default() }
    };
    for (title, second, total) in [
        ("Receipt", ("Total", "$108.23"), Some(10_823)),
        ("Successful Checkout", ("Product", "EXAMPLE LAMP"), None),
        ("Successful Checkout", ("Price", "$49.99"), None),
    ] {
        let embeds = vec![embed("Successful Checkout", &lamp), embed(title, &[second])];
        let reading = read(&Message { embeds, ..Message::default() }, &Labels::built_in());
        let order = &reading.orders[0];
        assert_eq!((order.items.len(), order.quantity), (1, Some(2)), "{second:?}");
        assert_eq!(order.total_minor, total, "{second:?}");
    }
    // What has no line has no units, and what states no money no currency that another one must have.
    let embeds = vec![embed("Order Shipped", &[]), embed("Order Shipped", &[("Tracking", "1Z1")])];
    let reading = read(&Message { embeds, ..Message::default() }, &Labels::built_in());
    assert_eq!((reading.orders.len(), reading.orders[0].quantity), (1, None));
    let embeds = vec![
        embed("Successful Checkout", &[lamp[0], lamp[2]]),
        embed("Receipt", &[("Total", "$54.00")]),
    ];
    let reading = read(&Message { embeds, ..Message::default() }, &Labels::built_in());
    let order = &reading.orders[0];
    assert_eq!((order.items.len(), order.quantity), (1, Some(2)));
    assert_eq!((order.total_minor, order.currency.map(|it| it.code())), (Some(5_400), Some("USD")));
    let embeds = vec![
        embed("Successful Checkout", &lamp),
        embed("Successful Checkout", &[("Product", "Example Vase"), ("Quantity", "1")]),
    ];
    let reading = read(&Message { embeds, ..Message::default() }, &Labels::built_in());
    assert_eq!((reading.orders[0].items.len(), reading.orders[0].quantity), (2, Some(3)));
}

#[test]
fn a_price_that_counts_the_units() {
    for (label, price) in [
        ("Price", "$49.99 x 2"),
        ("Price", "$49.99 x2"),
        ("Price", "2 x $49.99"),
        ("Price", "$49.99 (x2)"),
        ("Price", "$99.98 (2 x $49.99)"),
        ("Price", "$99.98 ($49.99 each)"),
        ("Price / Qty", "$49.99 / 2"),
    ] {
        let reading = checkout(&[("Product", "Example Lamp"), (label, price)]);
        let item = &reading.orders[0].items[0];
        assert_eq!((item.price_minor, item.quantity), (Some(4_999), Some(2)), "{label}: {price}");
    }
    for (label, price) in
        [("Price / Size", "$120.00 / 10"), ("Price", "$120.00 (10)"), ("Price", "$120.00 / 10")]
    {
        let reading = checkout(&[("Product", "Example Lamp"), (label, price)]);
        let item = &reading.orders[0].items[0];
        assert_eq!((item.price_minor, item.quantity), (Some(12_000), None), "{label}: {price}");
    }
    for (price, quantity) in [("$99.98 ($49.99 each)", "2"), ("$49.99 (was $59.99)", "2")] {
        let reading = checkout(&[("Product", "Lamp"), ("Price", price), ("Quantity", quantity)]);
        let item = &reading.orders[0].items[0];
        assert_eq!((item.price_minor, item.quantity), (Some(4_999), Some(2)), "{price}");
    }
}

#[test]
fn a_profile_is_called_by_its_name() {
    for (id, name) in [("Profile ID", "Profile"), ("Profile Number", "Profile Name")] {
        for fields in [[(id, "77"), (name, "Main")], [(name, "Main"), (id, "77")]] {
            let order = &checkout(&fields).orders[0];
            assert_eq!(order.details.profile.as_deref(), Some("Main"), "{fields:?}");
        }
    }
    let only = checkout(&[("Profile ID", "77")]);
    assert_eq!(only.orders[0].details.profile.as_deref(), Some("77"));
}

#[test]
fn a_bare_dollar_is_the_one_of_the_stores_country() {
    use crate::order::Currency as C;
    for (store, currency) in [
        ("EB Games NZ", C::NZD),
        ("Liverpool MX", C::MXN),
        ("Amazon (Mexico)", C::MXN),
        ("Toys R Us HK", C::HKD),
        ("Amazon SG", C::SGD),
        ("Momo TW", C::TWD),
        ("Pokemon Center AU", C::AUD),
        ("Best Buy CA", C::CAD),
        ("www.ebgames.co.nz", C::NZD),
        ("liverpool.com.mx", C::MXN),
        ("Target New Mexico", C::USD),
        ("Example Toy CO", C::USD),
        ("Best Buy US", C::USD),
    ] {
        let reading = checkout(&[("Store", store), ("Product", "Lamp"), ("Price", "$49.99")]);
        assert_eq!(reading.orders[0].currency, Some(currency), "{store}");
    }
}

#[test]
fn currencies_of_several_words() {
    use crate::order::Currency as C;
    for (price, currency) in [
        ("1 299:- SEK", Some(C::SEK)),
        ("1 299:- kr", None),
        ("1,299.99 US Dollars", Some(C::USD)),
        ("US Dollars 1,299.99", Some(C::USD)),
        ("1,299.99 Canadian dollars", Some(C::CAD)),
        ("1,299.99 AU Dollars", Some(C::AUD)),
        ("1,299.99 pounds sterling", Some(C::GBP)),
        ("1,299.99 Mexican Pesos", Some(C::MXN)),
        ("1,299.99 Dollarsign", None),
    ] {
        let order = &checkout(&[("Product", "Lamp"), ("Price", price)]).orders[0];
        let minor = order.items[0].price_minor;
        assert_eq!(order.currency, currency, "{price}");
        assert!(matches!(minor, Some(129_900 | 129_999)), "{price}: {minor:?}");
    }
    let kroner = checkout(&[("Store", "Elgiganten SE"), ("Product", "TV"), ("Price", "1 299:-")]);
    assert_eq!(kroner.orders[0].currency, Some(C::SEK));
}

#[test]
fn values_that_say_nothing() {
    for value in
        ["?", "???", "TBD", "[object Object]", "#", ".", "...", "Not found", "Not provided"]
    {
        let reading = checkout(&[
            ("Product", "Alpha Box"),
            ("Store", value),
            ("Profile", value),
            ("Size", value),
        ]);
        let order = &reading.orders[0];
        assert_eq!((&order.store, &order.details.profile), (&None, &None), "{value}");
        assert_eq!(order.items[0].size, None, "{value}");
    }
}

#[test]
fn an_address_with_a_wide_sign() {
    let reading = checkout(&[("Product", "Alpha Box"), ("Email", "Buyer＠example.com")]);
    assert_eq!(reading.orders[0].details.email.as_deref(), Some("buyer@example.com"));
}

#[test]
fn currencies_in_arabic_letters() {
    use crate::order::Currency::{AED, KWD, QAR, SAR};
    for (value, minor, currency) in [
        ("د.إ 1,049.99", 104_999, AED),
        ("1,049.99 د.إ", 104_999, AED),
        ("1,049.99 د.إ.\u{200f}", 104_999, AED),
        ("د.إ1,049.99", 104_999, AED),
        ("ر.س 199.50", 19_950, SAR),
        ("199.50 ر.ق", 19_950, QAR),
        ("9.500 د.ك", 9_500, KWD),
    ] {
        let reading = checkout(&[("Product", "Alpha Box"), ("Price", value)]);
        let order = &reading.orders[0];
        let price = order.items[0].price_minor;
        assert_eq!((price, order.currency), (Some(minor), Some(currency)), "{value}");
    }
}
