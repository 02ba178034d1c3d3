//! The store that only a heading names.

use super::{Embed, Field, Kind, Labels, Message, Reading, read};

/// A checkout with such a title, signed by its bot.
fn headed(title: &str, product: &str) -> Reading {
    let fields = [("Product", product), ("Price", "$49.99"), ("Order Number", "902000012123989")];
    let field = |(name, value): (&str, &str)| Field { name: name.into(), value: value.into() };
    let fields = fields.into_iter().filter(|(_, value)| !value.is_empty()).map(field).collect();
    let (title, footer) = (title.into(), "Example Bot 1.2".into());
    let embed = Embed { title, fields, footer, ..Embed::default() };
    read(&Message { embeds: vec![embed], ..Message::default() }, &Labels::built_in())
}

fn store_of(title: &str, product: &str) -> Option<String> {
    let reading = headed(title, product);
    assert_eq!(reading.kind, Kind::Checkout, "{title}: {}", reading.reason);
    reading.orders[0].store.clone()
}

#[test]
fn the_store_stands_behind_many_marks_and_in_front() {
    for title in [
        "Successful Checkout | Best Buy CA",
        "Best Buy CA | Successful Checkout",
        "Best Buy CA - Successful Checkout",
        "Successful Checkout: Best Buy CA",
        "Successful Checkout｜Best Buy CA",
        "Successful Checkout • Best Buy CA",
        "Successful Checkout · Best Buy CA",
        "Successful Checkout » Best Buy CA",
        "Successful Checkout → Best Buy CA",
        "Successful Checkout — Best Buy CA",
        "[Best Buy CA] Successful Checkout",
        "✅ [Best Buy CA] Successful Checkout",
        "Successful Checkout on Best Buy CA",
        "Successful Checkout @ Best Buy CA",
        "Successful Checkout at Best Buy CA!",
        "Order placed from Best Buy CA",
        "Checkout | Best Buy CA",
        "Success! Best Buy CA",
        "🛒 Best Buy CA · Successful Checkout",
    ] {
        assert_eq!(store_of(title, "Example Widget").as_deref(), Some("Best Buy CA"), "{title}");
        let order = &headed(title, "Example Widget").orders[0];
        assert_eq!(order.currency.map(|it| it.code()), Some("CAD"), "{title}");
    }
    for (title, store) in [
        ("Target | Successful Checkout", "Target"),
        ("Walmart: Order Placed", "Walmart"),
        ("shop.example.com | Successful Checkout", "shop.example.com"),
    ] {
        assert_eq!(store_of(title, "Example Widget").as_deref(), Some(store), "{title}");
    }
}

#[test]
fn what_stands_beside_an_announcement_and_is_no_store() {
    for title in [
        "Successful Checkout",
        "Example Bot | Successful Checkout",
        "Kodai | Successful Checkout",
        "Kodai • Successful Checkout",
        "Successful Checkout: Main",
        "Successful Checkout: Example Widget",
        "Successful Checkout • Example Widget",
        "Successful Checkout • 3 items",
        "Successful Checkout • 10:30 PM",
        "Successful Checkout • Task 3",
        "Successful Checkout • Preorder",
        "Successful Checkout @ 12:30",
        "Successful Checkout • Profile 1",
        "Successful Checkout • Main Profile",
        "Successful Checkout • Size 10",
        "Successful Checkout • Gift Card",
        "Order placed on Monday",
        "Order placed on 2026-01-15",
        "Order placed at last",
        "Successful Checkout, Jane!",
        "Hello Jane, order confirmed",
        "Congrats! Successful Checkout!",
        "[PRO] Successful Checkout",
        "Successful Checkout > Order Confirmed",
    ] {
        assert_eq!(store_of(title, "Example Widget"), None, "{title}");
    }
    for title in ["Successful Checkout • Sample Widget", "Order Confirmed: Sample Widget"] {
        assert_eq!(store_of(title, ""), None, "{title}");
    }
}

#[test]
fn a_name_that_no_list_knows_is_a_guess() {
    for (title, store) in [
        ("Successful Checkout • Main", "Main"),
        ("Successful Checkout • Nova AIO", "Nova AIO"),
        ("Successful Checkout @ Desk", "Desk"),
        ("Successful Checkout » Sample Shop", "Sample Shop"),
        ("Successful Checkout on Sample Shop US", "Sample Shop US"),
        ("Sample Shop CA: Order Placed", "Sample Shop CA"),
    ] {
        let order = &headed(title, "Example Widget").orders[0];
        assert_eq!(
            (order.store.as_deref(), order.store_is_guessed),
            (Some(store), true),
            "{title}"
        );
    }
    for (title, store) in [
        ("Successful Checkout • Target", "Target"),
        ("Successful Checkout • Best Buy CA", "Best Buy CA"),
        ("Successful Checkout @ shop.example.com", "shop.example.com"),
        ("Successful Checkout | Sample Shop", "Sample Shop"),
    ] {
        let order = &headed(title, "Example Widget").orders[0];
        assert_eq!(
            (order.store.as_deref(), order.store_is_guessed),
            (Some(store), false),
            "{title}"
        );
    }
    for title in ["Successful Checkout on Fast IT", "Successful Checkout • Safe US"] {
        assert_eq!(store_of(title, "Example Widget"), None, "{title}");
    }
}

#[test]
fn the_host_of_the_products_link_is_a_better_guess() {
    let product = "[Example Widget](https://www.target.com/p/1)";
    for (title, store, is_guessed) in [
        ("Successful Checkout • Main", "Target", true),
        ("Successful Checkout • Walmart", "Walmart", false),
    ] {
        let order = &headed(title, product).orders[0];
        assert_eq!((order.store.as_deref(), order.store_is_guessed), (Some(store), is_guessed));
    }
}

#[test]
fn a_known_shop_stands_within_an_announcement_or_above_it() {
    for (title, store) in [
        ("Successful Target Checkout", "Target"),
        ("Successful Best Buy US Checkout!", "Best Buy US"),
        ("Successful Checkout for Target", "Target"),
        ("✅ Target Checkout Success", "Target"),
    ] {
        assert_eq!(store_of(title, "Alpha Box").as_deref(), Some(store), "{title}");
    }
    for title in ["Successful Lego Set Checkout", "Successful Checkout for Jane", "Success"] {
        assert_eq!(store_of(title, "Alpha Box"), None, "{title}");
    }
}
