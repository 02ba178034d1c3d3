//! Texts and fields that look a little like secrets and are none.

use refract_ledger::reading::Message;
use refract_ledger::reading::message::{Embed, Field};

const TEXTS: [&str; 62] = [
    "Successful Checkout | Target",
    "Order Number: 102003900000021",
    "Order Number\n4111111111111111",
    "Tracking Number: 9400100000000000000041",
    "Tracking: 1Z999AA10123456784",
    "USPS 9400 1000 0000 0000 0000 41",
    "FedEx 371449635398431",
    "Orders: 200013900000001, 200013900000002, 200013900000003",
    "#4111111111111111",
    "SKU: 4242424242424242",
    "UPC 4012345678901",
    "Price: $1,299.99 | Total: $2,599.98",
    "Price: 1 299,00 kr",
    "Visa ending in 1111",
    "Card: ****4321",
    "Payment: Visa 1111",
    "Card Declined",
    "Your card was declined. Please use another card.",
    "Security code required",
    "CVV: mismatch",
    "Incorrect security code",
    "Password required",
    "Forgot your password? Reset it in your account.",
    "Session expired, please log in again",
    "Invalid token",
    "Bearer of good news",
    "Product: Cookie Monster Plush 12 in",
    "Pokemon Trading Card Game: Example Tin 2026",
    "Cookies & Cream Candle - 2 pack",
    "Season Pass PS5 Edition",
    "Token of Appreciation Mug, 11 oz",
    "Disney Pin 2026 Collection",
    "Secret Lair: Example Drop",
    "Magic: The Gathering - Example Token Pack x4",
    "Key Chain 3-pack",
    "Webhook test successful",
    "Promo Code: SAVE2026",
    "Style Code: DZ0001-612",
    "Confirmation Code: AB12CD",
    "Use promo code SAVE2026 at checkout",
    "Offer expires: 2027-05-01",
    "Release date: 12/28/2026",
    "Email: buyer@example.com",
    "buyer@example.com | Target",
    "buyer@example.com, other@example.com",
    "[buyer@example.com](mailto:buyer@example.com)",
    "Profile: Main 12 | Proxy: ISP 2",
    "Proxy List: 203.0.113.11:8080",
    "Proxy: Demo Resi | http://host.example.net:5959/",
    "Task: 7 | Mode: Safe | Delay: 3500",
    "2026-01-15 13:00:16 PM (UTC)",
    "Checkout time: 12:30:45.120",
    "https://shop.example.com/products/kettle?variant=123456789&color=red",
    "https://shop.example.com/orders/4111111111111111",
    "https://www.example.com/p/-/A-12345678?preselect=1&ref=share",
    "https://shop.example.com/search?keywords=key+chain&author=a",
    "[Kettle](https://shop.example.com/p/kettle) x2",
    "Ratio 1:2:3 at 16:9",
    "aa:bb:cc:dd:ee:ff",
    "this kettle boils water very quickly and the handle stays cool for hours",
    "BBY01-807100000011",
    "订单号: DE20021",
];

const FIELDS: [(&str, &str); 30] = [
    ("Order Number", "4111111111111111"),
    ("Order #", "||[#4111111111111111](https://shop.example.com/orders/4111111111111111)||"),
    ("Bestellnummer", "4111111111111111"),
    ("Номер заказа", "4111111111111111"),
    ("注文番号", "4111111111111111"),
    ("Tracking Number", "371449635398431"),
    ("Reference #", "6011000990139424"),
    ("SKU", "4242424242424242"),
    ("Card", "****4321"),
    ("Payment", "||Visa 1111||"),
    ("Payment Method", "Visa ending in 1111"),
    ("Product", "Cookie: Run Kingdom Figure"),
    ("Product", "[Secret Lair: Token Pack](https://shop.example.com/products/token-pack)"),
    (
        "Product",
        "pokemon trading card game scarlet violet surging sparks elite trainer booster bundle",
    ),
    ("Product (2)", "Season Pass: Deluxe"),
    ("Items", "2x Key Chain, 1x Enamel Pin"),
    ("Profile", "||Walmart 12||"),
    ("Profile Name", "||buyer@example.com||"),
    ("Account", "buyer@example.com"),
    ("Email", "|| buyer@example.com ||"),
    ("Proxy Details", "|| Demo Resi | http://resi.example.net:5959/ ||"),
    ("Proxy", "ISP DC 2"),
    ("Checkout Proxy", "\u{200b}"),
    ("Price", "$129.99"),
    ("Keywords", "+kettle -refurbished"),
    ("Code", "777000041003"),
    ("Promo Code", "SAVE2026"),
    ("Checkout Time", "6.629s"),
    ("Date Time", "||11/07/2025 09:27:52||"),
    ("Mode", "Safe"),
];

/// Each text as content, as description and as a footer, and a message with all fields.
pub(crate) fn messages() -> Vec<Message> {
    let texts = TEXTS.iter().map(|text| {
        let text = (*text).to_owned();
        let embed = Embed { description: text.clone(), footer: text.clone(), ..Embed::default() };
        Message { content: text, embeds: vec![embed], ..Message::default() }
    });
    let fields = FIELDS.iter().map(|(name, value)| {
        let field = Field { name: (*name).to_owned(), value: (*value).to_owned() };
        Message {
            embeds: vec![Embed { fields: vec![field], ..Embed::default() }],
            ..Message::default()
        }
    });
    texts.chain(fields).collect()
}
