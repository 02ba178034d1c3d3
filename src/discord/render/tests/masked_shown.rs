//! What everybody in a channel sees names nobody's address in full, whatever text it stands in.

use serde_json::{Value, json};

use super::made_up::{self, bare, event};
use crate::discord::render::books::open;
use crate::discord::render::custom_id::{LinePage, Which};
use crate::discord::render::delivery;
use crate::discord::render::orders::{by_hand, card, changes, history, list};
use crate::discord::render::posts::feed;
use crate::discord::render::rows::pages::Shown;
use crate::discord::render::{Audience, rows, several_stores, unknown_number, unknown_numbers};
use crate::ids::UserId;
use crate::ledger::{
    Added, Amended, Books, DeliveryDetail, HandValue, NoTracking, OpenKey, Order, OrderField,
    SetValue, SetValues, Undoing, Undone, WrongValue,
};
use crate::order::{OrderDetails, OrderItem, StatusEmoji};
use crate::reading::{Labels, Message};
use crate::verdict::Outcome;

/// As it may be written in a text, and in a link.
const ADDRESSES: [&str; 3] = [
    "secret.buyer@example.com",
    "to secret.buyer@example.com, please",
    "https://a.example/?m=secret.buyer%40example.com",
];

/// An order whose every text is this one.
fn order(text: &str) -> Order {
    let some = || Some(text.to_owned());
    let item = OrderItem {
        product: some(),
        sku: some(),
        size: some(),
        product_url: some(),
        ..OrderItem::default()
    };
    let said = |field| HandValue { field, said: some(), agrees: false };
    Order {
        store: some(),
        product: some(),
        details: OrderDetails {
            email: Some("secret.buyer@example.com".to_owned()),
            ..OrderDetails::default().map(|_| some())
        },
        books: Books {
            group_status: some(),
            group_order_id: some(),
            buyer: some(),
            ..Books::default()
        },
        items: vec![item.clone(), item],
        by_hand: OrderField::ALL.map(said).to_vec(),
        ..bare("A-1")
    }
}

/// Everything that a channel may be shown of it.
fn shown(text: &str) -> Value {
    let (order, emoji) = (order(text), StatusEmoji::default());
    let orders = [order.clone(), order.clone()];
    let some = || Some(text.to_owned());
    let changed =
        |column: &str| event("changed", "webhook", 0, &json!({ column: [null, text] }).to_string());
    let columns = ["email", "notes", "product", "store", "profile", "buyer", "reference_number"];
    let lines =
        columns.map(|column| history::line(&changed(column), None, &emoji, Audience::Public));
    let amended =
        Amended { handle: "A-1".to_owned(), before: None, after: some(), left_out: Vec::new() };
    let after = Some("x".to_owned());
    let undone = Undone {
        column: "notes".to_owned(),
        before: some(),
        after,
        order: order.id,
        result: Undoing::Done,
    };
    let set = |field| SetValue { field, before: some(), after: some() };
    let set = SetValues { changes: OrderField::ALL.map(set).to_vec(), is_gone: false };
    let page = LinePage {
        user: UserId(7),
        key: OpenKey::NoTracking,
        offset: 0,
        which: Which::Here("||||".to_owned()),
    };
    let message = Message::from_json(&json!({"content": text, "author": {"username": text}}));
    let detail = DeliveryDetail {
        delivery: made_up::delivery(Outcome::Rejected, text),
        message: Some(message),
    };
    json!({
        "card": card::card(&order, Some(&changed("notes")), &[text.to_owned()], &emoji, Audience::Public),
        "rows": rows::card(&order, true, &emoji),
        "several": list::several(&orders, &emoji),
        "choice": list::choice(&order),
        "line": list::entry(&order, Audience::Public, &emoji, 900),
        "of a line": open::orders(&orders, (&page, Shown::new(0, 10, 2_u32)), Audience::Public, &emoji).0,
        "set": by_hand::set("A-1", &set, Audience::Public),
        "added": by_hand::added(text, &Added::NoNumber, Audience::Public),
        "wrong": by_hand::wrong(&WrongValue::Email(text.to_owned())),
        "feed": feed::lines(&orders, &emoji),
        "history": lines,
        "amended": changes::amended("note", &amended, Audience::Public),
        "undone": changes::undone(&undone, Audience::Public),
        "no tracking": changes::no_tracking(&NoTracking::NotANumber(text.to_owned())),
        "unknown": [unknown_number(text, &[]), unknown_numbers(&[text])],
        "several stores": several_stores(text, &orders),
        "delivery": delivery::card(&detail, &Labels::built_in(), Audience::Public),
    })
}

#[test]
fn a_channel_is_shown_no_address_in_full() {
    for text in ADDRESSES {
        let whole = order(text);
        assert!(format!("{whole:?}").matches("secret.buyer").count() > 15);
        let shown = shown(text).to_string();
        let shown = shown.replace(['\u{200b}', '\\'], "");
        let places: Vec<_> = shown.match_indices("secret.buyer").collect();
        assert!(places.is_empty(), "{text}: {shown}");
        assert!(shown.contains("se•••r"), "{text}: {shown}");
    }
    let private =
        card::card(&order(ADDRESSES[1]), None, &[], &StatusEmoji::default(), Audience::Private);
    assert!(json!(private).to_string().matches("secret.buyer").count() > 5);
}

#[test]
fn a_channel_is_shown_nobody_by_name() {
    let (order, emoji) = (bare("A-1"), StatusEmoji::default());
    for column in ["customer_name", "buyer"] {
        let name = || Some("Erika Mustermann".to_owned());
        let undone = |before, after| Undone {
            column: column.to_owned(),
            before,
            after,
            order: order.id,
            result: Undoing::Done,
        };
        let undone = [undone(name(), None), undone(None, name()), undone(name(), name())];
        let details = json!({ column: [null, "Erika Mustermann"] }).to_string();
        let line = history::line(
            &event("corrected", "command", 9, &details),
            None,
            &emoji,
            Audience::Public,
        );
        let public = undone.each_ref().map(|undone| changes::undone(undone, Audience::Public));
        let shown = format!("{line} {}", public.join(" "));
        assert!(!shown.contains("Erika"), "{shown}");
        assert!(changes::undone(&undone[0], Audience::Private).contains("Erika Mustermann"));
    }
}
