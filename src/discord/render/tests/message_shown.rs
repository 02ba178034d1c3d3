//! What happened to one message.

use super::made_up::{ago, delivery};
use super::shown::{assert_shown, embed};
use crate::discord::render::{Audience, delivery as log};
use crate::ids::WebhookId;
use crate::ledger::{Delivery, DeliveryDetail};
use crate::reading::message::{Author, Embed, Field};
use crate::reading::{Labels, Message};
use crate::verdict::{Outcome, Via};

fn checkout(fields: &[(&str, &str)]) -> Message {
    let field = |(name, value): &(&str, &str)| Field {
        name: (*name).to_owned(),
        value: (*value).to_owned(),
    };
    let embed = Embed {
        title: "Successful Checkout | Target".to_owned(),
        fields: fields.iter().map(field).collect(),
        ..Embed::default()
    };
    Message {
        author: Author { name: "Refract".to_owned(), ..Author::default() },
        webhook_id: Some(WebhookId(40)),
        embeds: vec![embed],
        ..Message::default()
    }
}

fn card(delivery: Delivery, message: Option<Message>, audience: Audience) -> String {
    let detail = DeliveryDetail { delivery, message };
    embed(&log::card(&detail, &Labels::built_in(), audience))
}

#[test]
fn messages_are_shown() {
    let whole = checkout(&[
        ("Product", "Example Headphones"),
        ("Price", "$49.99"),
        ("Quantity", "2"),
        ("Order Number", "1020"),
        ("Profile", "Demo 2"),
        ("Email", "buyer@example.com"),
    ]);
    let unlabelled = checkout(&[("Product", "Example Headphones"), ("Vorgangscode", "1020")]);
    let without_number = checkout(&[("Product", "Example Headphones")]);
    let rejected = || delivery(Outcome::Rejected, "It has no usable order number.");
    let edited = Delivery {
        via: Via::Backfill,
        edited_at: Some(ago(1)),
        deleted_at: Some(ago(0)),
        webhook_id: None,
        ..delivery(Outcome::Updated, "")
    };
    let meanings = Outcome::ALL.map(|outcome| {
        let card = card(delivery(outcome, ""), None, Audience::Public);
        card.lines().take(3).collect::<Vec<_>>().join("\n")
    });
    let ways = [Via::Live, Via::Backfill, Via::Import, Via::Retry].map(log::how);
    assert_shown(
        "message",
        &[
            ("stored", card(delivery(Outcome::Stored, ""), Some(whole), Audience::Private)),
            ("a label is unknown", card(rejected(), Some(unlabelled), Audience::Private)),
            ("no number", card(rejected(), Some(without_number.clone()), Audience::Private)),
            ("for the whole channel", card(rejected(), Some(without_number), Audience::Public)),
            ("edited, deleted, dropped", card(edited, None, Audience::Private)),
            ("what each outcome means", meanings.join("\n")),
            ("how messages come", ways.join(", ")),
        ],
    );
}
