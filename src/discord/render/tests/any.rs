//! Orders, events and texts as somebody could make them to do harm.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use proptest::sample::select;

use crate::discord::render::books::stats::Came;
use crate::ids::{ChannelId, GuildId, MessageId, OrderId, UserId};
use crate::ledger::{BookStats, Open, OpenKey, OpenLine, Order, OrderEvent};
use crate::order::{Currency, Detail, Money, OrderDetails, OrderItem, Status};

/// Codes of currencies; what is none stands for the unknown one.
pub(crate) const CODES: [&str; 7] = ["USD", "EUR", "GBP", "JPY", "CHF", "CAD", "?"];

/// Text as somebody could post it to do harm, of any length.
pub(crate) fn text() -> impl Strategy<Value = String> {
    let hostile = prop_oneof![
        Just("@everyone <@123> <@&5> ".to_owned()),
        Just("[x](https://evil.example) ".to_owned()),
        Just("|| ** __ ~~ ``` ` > # ".to_owned()),
        Just("\u{202e}\u{200b}\u{0}\u{7}".to_owned()),
        Just("e\u{301}\u{301}\u{301}\u{301}\u{301}".to_owned()),
        Just("```ansi\n\u{1b}[2;31mred\u{1b}[0m```".to_owned()),
        Just(
            "<t:1:R> </orders:1> <:x:123> <#4> <id:guide> https://evil.example discord.gg/x"
                .to_owned()
        ),
        Just("\u{fffd}\u{fffd}\\".to_owned()),
        Just("😀".repeat(300)),
        "\\PC{0,40}".prop_map(String::from),
    ];
    proptest::collection::vec(hostile, 0..12).prop_map(|parts| parts.concat())
}

pub(crate) fn optional() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(text())
}

pub(crate) fn time() -> DateTime<Utc> {
    DateTime::from_timestamp(1_768_500_000, 0).expect("a time")
}

prop_compose! {
    pub(crate) fn order()(
        number in text(),
        texts in proptest::collection::vec(optional(), 2 + Detail::ALL.len()),
        minors in proptest::collection::vec(proptest::option::of(any::<i64>()), 3),
        quantity in any::<i64>(),
        items in proptest::collection::vec((optional(), optional(), optional(), any::<Option<i64>>()), 0..40),
    ) -> Order {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().flatten();
        let mut details = OrderDetails::default().map(|_: Option<String>| next());
        for link in [&mut details.product_url, &mut details.order_url].into_iter().flatten() {
            *link = format!("https://example.com/{link}");
        }
        Order {
            id: OrderId(1),
            guild_id: GuildId(2),
            order_number: Some(number),
            store: next(),
            product: next(),
            price_minor: minors[0],
            total_minor: minors[1],
            currency: None,
            quantity,
            commission_minor: minors[2],
            details,
            status: Status::Shipped,
            qty_received: None,
            ordered_at: time(),
            posted_at: None,
            shipped_at: Some(time()),
            delivered_at: Some(time()),
            source: "webhook".to_owned(),
            message_id: Some(MessageId(i64::MAX)),
            channel_id: Some(ChannelId(i64::MAX)),
            is_message_deleted: false,
            created_at: time(),
            updated_at: time(),
            books: crate::ledger::Books::default(),
            by_hand: Vec::new(),
            is_number_by_hand: false,
            items: items
                .into_iter()
                .map(|(product, sku, size, price_minor)| OrderItem {
                    product, price_minor, quantity: price_minor, sku, size, ..OrderItem::default()
                })
                .collect(),
        }
    }
}

prop_compose! {
    pub(crate) fn event()(
        kind in prop_oneof![Just("created"), Just("changed"), Just("status"), Just("amended"), Just("undone")],
        column in prop_oneof![
            text(), select(vec!["status", "notes", "tracking_number"]).prop_map(String::from),
        ],
        before in optional(),
        after in optional(),
        user in proptest::option::of(Just(UserId(9))),
    ) -> OrderEvent {
        let details = serde_json::json!({ column: [before, after] }).to_string();
        let (kind, source) = (kind.to_owned(), "reaction".to_owned());
        OrderEvent { at: time(), kind, source, user_id: user, message_id: None, details, batch: None }
    }
}

fn largest() -> Vec<Money> {
    CODES.map(|code| Money { minor: i64::MAX, currency: Currency::from_code(code) }).to_vec()
}

/// As long as figures may be.
pub(super) fn came() -> Came {
    let now = BookStats {
        placed: i64::MAX / 30_000,
        cancelled: 1,
        units: i64::MAX,
        spend: largest(),
        payout: largest(),
        commission: largest(),
        profit: largest(),
        open: largest(),
        charged: largest(),
        refunded: largest(),
    };
    Came { before: Some(now.clone()), now }
}

/// All lines of what is open, as long as they may be.
pub(super) fn all_open() -> Open {
    let (orders, units, oldest) = (i64::MAX, i64::MAX, Some(time()));
    let line = |key| (key, OpenLine { orders, units, oldest, total: largest() });
    OpenKey::ALL.map(line).into()
}
