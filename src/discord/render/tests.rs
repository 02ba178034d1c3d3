//! Whatever an order or a message holds: no reply breaks a limit of Discord, and nobody is pinged.

use chrono::{DateTime, Utc};
use proptest::prelude::*;
use serde_json::Value;
use serenity::all::CreateEmbed;

use super::super::components::page::Page;
use super::list::List;
use super::*;
use crate::checkout::Message;
use crate::checkout::message::{Author, Embed, Field};
use crate::ids::{OrderId, UserId, WebhookId};
use crate::ledger::{
    Amended, Delivery, DeliveryDetail, Order, OrderEvent, OrderItem, Outcome, StatusChange, Totals,
    Via,
};

/// Text as somebody could post it to do harm, of any length.
pub(super) fn text() -> impl Strategy<Value = String> {
    let hostile = prop_oneof![
        Just("@everyone <@123> <@&5> ".to_owned()),
        Just("[x](https://evil.example) ".to_owned()),
        Just("|| ** __ ~~ ``` ` > # ".to_owned()),
        Just("\u{202e}\u{200b}\u{0}\u{7}".to_owned()),
        Just("e\u{301}\u{301}\u{301}\u{301}\u{301}".to_owned()),
        Just("😀".repeat(300)),
        "\\PC{0,40}".prop_map(String::from),
    ];
    proptest::collection::vec(hostile, 0..12).prop_map(|parts| parts.concat())
}

fn optional() -> impl Strategy<Value = Option<String>> {
    proptest::option::of(text())
}

pub(super) fn time() -> DateTime<Utc> {
    DateTime::from_timestamp(1_768_500_000, 0).expect("a time")
}

prop_compose! {
    fn order()(
        number in text(),
        texts in proptest::collection::vec(optional(), 16),
        minors in proptest::collection::vec(proptest::option::of(any::<i64>()), 3),
        quantity in any::<i64>(),
        items in proptest::collection::vec((optional(), optional(), optional(), any::<Option<i64>>()), 0..40),
    ) -> Order {
        let mut texts = texts.into_iter();
        let mut next = || texts.next().flatten();
        Order {
            id: OrderId(1),
            guild_id: GuildId(2),
            order_number: number,
            store: next(),
            product: next(),
            price_minor: minors[0],
            total_minor: minors[1],
            currency: None,
            quantity,
            commission_minor: minors[2],
            email: next(),
            customer_name: next(),
            profile: next(),
            proxy_list: next(),
            reference_number: next(),
            tracking_number: next(),
            status: Status::Shipped,
            qty_received: None,
            payment_method: next(),
            shipping_address: next(),
            shipping_method: next(),
            notes: next(),
            product_url: next().map(|path| format!("https://example.com/{path}")),
            order_url: next().map(|path| format!("https://example.com/{path}")),
            image_url: next(),
            ordered_at: time(),
            posted_at: None,
            shipped_at: Some(time()),
            delivered_at: Some(time()),
            source: "webhook".to_owned(),
            message_id: MessageId(i64::MAX),
            channel_id: ChannelId(i64::MAX),
            created_at: time(),
            updated_at: time(),
            items: items
                .into_iter()
                .map(|(product, sku, size, price_minor)| OrderItem {
                    product, price_minor, quantity: price_minor, sku, size,
                })
                .collect(),
        }
    }
}

/// Checks one reply's embeds against Discord's limits.
pub(super) fn assert_fits(embeds: &[CreateEmbed]) {
    let embeds: Vec<Value> =
        embeds.iter().map(|embed| serde_json::to_value(embed).expect("JSON")).collect();
    let mut sum = 0;
    let mut part = |text: &Value, limit: usize, what: &str| {
        let length = text.as_str().map_or(0, text::length);
        assert!(length <= limit, "{what}: {length}");
        sum += length;
    };
    for embed in &embeds {
        part(&embed["title"], 256, "title");
        part(&embed["description"], 4_096, "description");
        part(&embed["author"]["name"], 256, "author");
        part(&embed["footer"]["text"], 2_048, "footer");
        let fields = embed["fields"].as_array().cloned().unwrap_or_default();
        assert!(fields.len() <= 25);
        for field in &fields {
            for (key, limit) in [("name", 256), ("value", 1_024)] {
                assert!(!field[key].as_str().expect("text").trim().is_empty(), "{field}");
                part(&field[key], limit, key);
            }
        }
        // The lines of author and footer are shown as they are: nothing in them is formatted.
        let formatted = [&embed["title"], &embed["description"]].into_iter();
        for text in formatted.chain(fields.iter().map(|field| &field["value"])) {
            assert_harmless(text.as_str().unwrap_or_default());
        }
    }
    assert!(sum <= 6_000, "all embeds together: {sum}");
}

/// What stands outside of code spans, where alone Discord formats, links and mentions. A backslash
/// escapes there, and is an ordinary character within a span.
fn outside_of_code(text: &str) -> String {
    let mut outside = String::new();
    let mut in_code = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '`' => in_code = !in_code,
            '\\' if !in_code => {
                characters.next();
            }
            _ if !in_code => outside.push(character),
            _ => {}
        }
    }
    assert!(!in_code, "a code span without an end: {text}");
    outside
}

pub(super) fn assert_harmless(text: &str) {
    let outside = outside_of_code(text);
    for ping in ["@everyone", "@here", "<@123>", "<@&5>", "](https://evil"] {
        assert!(!outside.contains(ping), "{ping} in {text}");
    }
}

prop_compose! {
    fn event()(
        kind in prop_oneof![Just("created"), Just("changed"), Just("status"), Just("amended"), Just("undone")],
        column in prop_oneof![text(), Just("status".to_owned()), Just("notes".to_owned())],
        before in optional(),
        after in optional(),
        user in proptest::option::of(Just(UserId(9))),
    ) -> OrderEvent {
        let details = serde_json::json!({ column: [before, after] }).to_string();
        let (kind, source) = (kind.to_owned(), "reaction".to_owned());
        OrderEvent { at: time(), kind, source, user_id: user, message_id: None, details }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn cards_fit(order in order(), last in event(), private in any::<bool>()) {
        let audience = if private { Audience::Private } else { Audience::Public };
        let emoji = StatusEmoji::default();
        assert_fits(&[order::card(&order, Some(&last), &emoji, audience)]);
    }

    #[test]
    fn histories_fit(order in order(), events in proptest::collection::vec(event(), 0..60)) {
        assert_fits(&[history::embed(&order, &events, &StatusEmoji::default())]);
    }

    #[test]
    fn words_about_changes_do_no_harm(before in optional(), after in optional(), number in text()) {
        let undone = changes::undone("notes", before.as_deref(), after.as_deref());
        let amended = Amended { order_number: number.clone(), before, after };
        let change = StatusChange {
            order: OrderId(1),
            order_number: number.clone(),
            before: Status::Verified,
            after: Status::Shipped,
        };
        let marked = changes::marked(&number, Some(&change), &StatusEmoji::default());
        for said in [undone, changes::amended("note", &amended), marked] {
            prop_assert!(text::length(&said) <= CONTENT);
            assert_harmless(&said);
        }
    }

    #[test]
    fn lists_fit(orders in proptest::collection::vec(order(), 0..=25), store in optional()) {
        let totals = Totals { count: i64::MAX, sums: vec![(None, i64::MIN); 9] };
        let page = Page { user: UserId(1), limit: 25, offset: 0, status: None, store };
        let alarm = Some(super::super::alarm::CONTENT_HIDDEN);
        let list = List { orders: &orders, totals: &totals, page: &page, alarm };
        assert_fits(&[list::embed(&list, &StatusEmoji::default())]);
    }

    #[test]
    fn logs_fit(reasons in proptest::collection::vec(text(), 1..=25), content in text(), label in text()) {
        let delivery = |reason: &String| Delivery {
            message_id: MessageId(i64::MAX),
            guild_id: GuildId(i64::MAX),
            channel_id: ChannelId(i64::MAX),
            webhook_id: Some(WebhookId(i64::MAX)),
            posted_at: Some(time()),
            edited_at: Some(time()),
            received_at: time(),
            via: Via::Live,
            outcome: Outcome::Rejected,
            reason: reason.clone(),
            orders: Vec::new(),
            reaction_shown: None,
            deleted_at: Some(time()),
        };
        let deliveries: Vec<Delivery> = reasons.iter().map(delivery).collect();
        assert_fits(&[delivery::list(&deliveries, None, Some(super::super::alarm::CONTENT_HIDDEN))]);
        let field = Field { name: label.clone(), value: content.clone() };
        let message = Message {
            author: Author { name: label.clone(), ..Author::default() },
            content,
            embeds: vec![Embed { title: label, fields: vec![field; 30], ..Embed::default() }; 3],
            ..Message::default()
        };
        let detail = DeliveryDetail { delivery: delivery(&reasons[0]), message: Some(message) };
        assert_fits(&[delivery::card(&detail, Audience::Private)]);
    }

    #[test]
    fn an_unknown_number_is_answered_within_the_limit(typed in text(), closest in proptest::collection::vec(text(), 0..9)) {
        let reply = unknown_number(&typed, &closest);
        prop_assert!(text::length(&reply) <= 2_000);
    }
}
