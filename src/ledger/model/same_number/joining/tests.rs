use chrono::DateTime;

use super::*;
use crate::ids::{ChannelId, MessageId};
use crate::order::OrderDetails;
use crate::reading::{ItemReading, OrderReading};
use crate::verdict::{MessageFacts, Via};

/// A purchase of one box, posted in this minute.
fn bought(minute: i64, order_number: Option<&str>) -> Statement {
    let message = MessageFacts {
        id: MessageId(minute),
        channel_id: ChannelId(7),
        posted_at: DateTime::from_timestamp(minute * 60, 0),
        received_at: DateTime::UNIX_EPOCH,
        via: Via::Live,
    };
    let details = OrderDetails {
        email: Some("buyer@example.com".to_owned()),
        profile: Some("Main".to_owned()),
        ..OrderDetails::default()
    };
    let product = Some("Example Box".to_owned());
    let item = ItemReading { product, price_minor: Some(4_999), ..ItemReading::default() };
    let reading = OrderReading {
        order_number: order_number.map(str::to_owned),
        store: Some("Example Shop US".to_owned()),
        items: vec![item],
        details,
        ..OrderReading::default()
    };
    let kind = Kind::Checkout;
    Statement { message, position: 0, kind, reading, counts_apart: false, joined: None }
}

fn order(statement: &Statement) -> OrderState {
    let mut state = OrderState::default();
    state.apply(statement);
    state
}

/// The order that a purchase without a number, changed like this, belongs to.
fn joined(minute: i64, change: impl FnOnce(&mut Statement)) -> Option<usize> {
    let order = order(&bought(100, Some("A-1")));
    let mut unnumbered = bought(minute, None);
    change(&mut unnumbered);
    join(&[unnumbered], &[&order])[0]
}

#[test]
fn a_notice_without_a_number_belongs_to_the_order_of_the_same_purchase() {
    assert_eq!(joined(101, |_| {}), Some(0));
    assert_eq!(joined(99, |_| {}), Some(0), "the one with the number may come later");
    assert_eq!(joined(101, |said| said.reading.details.profile = None), Some(0));
    assert_eq!(joined(101, |said| said.reading.details.email = None), Some(0));
    assert_eq!(joined(101, |said| said.reading.details.profile = Some("MAIN".into())), Some(0));
    assert_eq!(joined(101, |said| said.reading.store = None), Some(0));
}

#[test]
fn notices_of_one_purchase_are_half_an_hour_apart_at_the_most() {
    for (minute, expected) in [(69, None), (70, Some(0)), (130, Some(0)), (131, None)] {
        assert_eq!(joined(minute, |_| {}), expected, "{minute}");
    }
    assert_eq!(joined(101, |said| said.message.posted_at = None), None);
}

#[test]
fn whatever_disagrees_makes_another_purchase() {
    let other = || Some("other".to_owned());
    assert_eq!(joined(101, |said| said.reading.details.email = other()), None);
    assert_eq!(joined(101, |said| said.reading.details.profile = other()), None);
    assert_eq!(joined(101, |said| said.reading.store = Some("Example Shop CA".into())), None);
    assert_eq!(joined(101, |said| said.reading.items[0].product = other()), None);
    assert_eq!(joined(101, |said| said.reading.items[0].price_minor = Some(5_000)), None);
    assert_eq!(joined(101, |said| said.kind = Kind::Update), None);
    let nobody = |said: &mut Statement| said.reading.details = OrderDetails::default();
    assert_eq!(joined(101, nobody), None, "nobody says who bought");
}

#[test]
fn where_there_is_a_choice_nothing_is_joined() {
    let orders = ["A-1", "A-2"].map(|number| order(&bought(100, Some(number))));
    let [one, other] = &orders;
    assert_eq!(join(&[bought(101, None)], &[one, other]), [None], "two orders");
    assert_eq!(join(&[bought(101, None), bought(102, None)], &[one]), [None, None]);
    let mut elsewhere = bought(102, None);
    elsewhere.reading.details.email = Some("other@example.com".to_owned());
    assert_eq!(join(&[elsewhere, bought(101, None)], &[one]), [None, Some(0)]);
}

#[test]
fn an_order_that_only_updates_speak_of_takes_nothing_in() {
    let mut update = bought(100, Some("A-1"));
    update.kind = Kind::Update;
    assert_eq!(join(&[bought(101, None)], &[&order(&update)]), [None]);
}
