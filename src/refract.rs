//! Messages as Refract posts them, with made-up values: for `post`, the demo, tests and benchmarks.
//!
//! The layout (fields, their order, spoilers, footer) is that of Refract's messages of November
//! 2025 for Target and Best Buy.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

/// What Refract may post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Event {
    /// A successful checkout.
    Checkout,
    /// The "Test Notification" button of Refract's settings.
    Test,
    /// A declined card.
    Decline,
}

/// A product that somebody might buy: name, link, price.
struct Product {
    name: &'static str,
    url: &'static str,
    price: &'static str,
}

const BEST_BUY: [Product; 4] = [
    Product {
        name: "Example Aurora Graphics Card (16GB) - Black",
        url: "https://www.bestbuy.com/site/-/6600001.p",
        price: "$749.99",
    },
    Product {
        name: "[Preorder] Example Handheld Console (512GB)",
        url: "https://www.bestbuy.com/site/-/6600002.p",
        price: "$449.99",
    },
    Product {
        name: "Example Mesh Wi-Fi System - White",
        url: "https://www.bestbuy.com/site/-/6600003.p",
        price: "$299.99",
    },
    Product {
        name: "Example Studio Headphones",
        url: "https://www.bestbuy.com/site/-/6600004.p",
        price: "$1,049.00",
    },
];

const TARGET: [Product; 3] = [
    Product {
        name: "Trading Card Game: Example Elite Trainer Box",
        url: "https://www.target.com/p/~/-/A-90000001",
        price: "$49.99",
    },
    Product {
        name: "Trading Card Game: Example Premium Collection",
        url: "https://www.target.com/p/~/-/A-90000002",
        price: "$129.99",
    },
    Product {
        name: "Example Blind Box Figure (Series 3)",
        url: "https://www.target.com/p/~/-/A-90000003",
        price: "$14.99",
    },
];

/// The body of the webhook's POST for one event. `number` tells the orders apart: the same number
/// gives the same order.
pub fn payload(event: Event, number: u64, at: DateTime<Utc>) -> Value {
    match event {
        Event::Checkout if number.is_multiple_of(2) => best_buy(number, at),
        Event::Checkout => target(number, at),
        Event::Test => test(),
        Event::Decline => decline(number, at),
    }
}

fn best_buy(number: u64, at: DateTime<Utc>) -> Value {
    let product = pick(&BEST_BUY, number);
    let order = format!("BBY01-807{:09}", number % 1_000_000_000);
    embed(
        "Successful Checkout | Best Buy US",
        0x0080_FF80,
        at,
        &[
            ("Product", &linked(product), false),
            ("Price", product.price, true),
            ("Profile", &format!("|| Demo #{} ||", number % 9 + 1), true),
            ("Proxy Details", "|| Demo Resi | http://resi.example.net:5959/ ||", true),
            ("Share Link", SHARE_LINK, true),
            ("Order Number", &format!("|| #{order} ||"), true),
            ("Email", &format!("|| buyer{}@example.com ||", number % 9 + 1), true),
        ],
    )
}

fn target(number: u64, at: DateTime<Utc>) -> Value {
    let product = pick(&TARGET, number);
    let order = format!("10200{:010}", number % 10_000_000_000);
    embed(
        "Successful Checkout | Target",
        0x0080_FF80,
        at,
        &[
            ("Product", &linked(product), false),
            ("Price", product.price, true),
            ("Profile", &format!("|| VCC Demo {} ||", number % 9 + 1), true),
            ("Proxy Details", "|| ISP ||", true),
            ("Share Link", SHARE_LINK, true),
            (
                "Order Number",
                &format!("|| [#{order}](https://www.target.com/orders/{order}) ||"),
                true,
            ),
            ("Fraud Status", "SUCCESS", true),
            ("Checkout Proxy", "\u{200b}", true),
            ("Quantity", if number.is_multiple_of(3) { "2" } else { "1" }, true),
            ("Email", &format!("|| buyer{}@example.com ||", number % 9 + 1), true),
        ],
    )
}

fn decline(number: u64, at: DateTime<Utc>) -> Value {
    let product = pick(&TARGET, number);
    embed(
        "Card Declined | Target",
        0x00FF_8080,
        at,
        &[
            ("Product", &linked(product), false),
            ("Price", product.price, true),
            ("Profile", "|| VCC Demo 4 ||", true),
            ("Proxy Details", "|| ISP ||", true),
            ("Reason", "Card Declined", true),
            ("Email", "|| buyer4@example.com ||", true),
        ],
    )
}

/// Refract's own layout of this one was not seen anywhere: a heading, a sentence, no order data.
fn test() -> Value {
    json!({
        "username": "Refract",
        "embeds": [{
            "author": {"name": "Test Notification"},
            "description": "Your webhook is working!",
            "color": 0x0080_FF80,
            "footer": {"text": FOOTER},
        }],
    })
}

const FOOTER: &str = "Prism Technologies - 1.24.3 (0.13.143)";
const SHARE_LINK: &str = "[Click Here](https://share.refractbot.com/setup/ZGVtbw==)";

fn pick(products: &'static [Product], number: u64) -> &'static Product {
    const NONE: &Product = &Product { name: "Example", url: "https://example.com", price: "$1.00" };
    let count = u64::try_from(products.len()).unwrap_or(1).max(1);
    // Halved, since the number's parity has chosen the store already.
    usize::try_from(number / 2 % count).ok().and_then(|index| products.get(index)).unwrap_or(NONE)
}

fn linked(product: &Product) -> String {
    format!("[{}]({})", product.name, product.url)
}

fn embed(heading: &str, colour: u32, at: DateTime<Utc>, fields: &[(&str, &str, bool)]) -> Value {
    let fields: Vec<Value> = fields
        .iter()
        .map(|(name, value, inline)| json!({"name": name, "value": value, "inline": inline}))
        .collect();
    json!({
        "username": "Refract",
        "embeds": [{
            "author": {"name": heading, "icon_url": "https://cdn.prismaio.com/refract/avatar.png"},
            "color": colour,
            "fields": fields,
            "thumbnail": {"url": "https://img.example.com/product.jpg"},
            "footer": {"text": FOOTER, "icon_url": "https://cdn.prismaio.com/refract/avatar.png"},
            "timestamp": at.to_rfc3339_opts(SecondsFormat::Millis, true),
        }],
    })
}
