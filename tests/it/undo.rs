//! What undoing takes back, and what it leaves alone.

use refract_ledger::ids::{GuildId, MessageId, OrderId, UserId};
use refract_ledger::ledger::{
    Correct, CorrectRequest, MarkRequest, MarkSource, MarkTarget, Order, UnmarkRequest,
};
use refract_ledger::order::Status;
use serde_json::json;

use crate::fresh::{Fresh, GUILD, checkout, edited, from_json, message, rows};
use crate::ledger::{MESSAGE, NUMBER, reaction, with_order};

const USER: UserId = UserId(1);

async fn choose(fresh: &Fresh, order: OrderId, status: Status) {
    let target = MarkTarget::Order(order);
    let source = MarkSource::Menu;
    let at = Some(chrono::Utc::now());
    let mark = MarkRequest { guild: GUILD, target, user: USER, status, emoji: None, source, at };
    fresh.ledger.mark(mark).await.unwrap();
}

async fn unreact(fresh: &Fresh, emoji: &str) {
    let request = UnmarkRequest {
        guild: GUILD,
        target: MESSAGE,
        user: Some(USER),
        emoji: Some(emoji.to_owned()),
        source: MarkSource::Reaction,
    };
    fresh.ledger.unmark(request).await.unwrap();
}

async fn undo(fresh: &Fresh, order: OrderId) -> bool {
    let labels = fresh.ingest.labels();
    fresh.ledger.undo(GUILD, order, USER, MarkSource::Command, labels).await.unwrap().is_some()
}

async fn read(fresh: &Fresh, order: OrderId) -> Order {
    fresh.ledger.order(GUILD, order).await.unwrap().expect("an order")
}

/// Two orders of one message.
async fn take_both(fresh: &Fresh) -> Vec<OrderId> {
    let embed = |number: &str| {
        json!({"author": {"name": "Successful Checkout | Target"},
               "fields": [{"name": "Order Number", "value": number}]})
    };
    let both = json!({"embeds": [embed("102003000000017"), embed("102003000000018")]});
    fresh.take(from_json(1, &both)).await.orders
}

#[tokio::test]
async fn an_undone_reaction_on_several_orders_leaves_the_others_alone() {
    let fresh = Fresh::new().await;
    let orders = take_both(&fresh).await;
    let (one, other) = (orders[0], orders[1]);
    fresh.ledger.mark(reaction(MESSAGE, 1, "📦", Status::Shipped)).await.unwrap();
    assert!(undo(&fresh, one).await);
    assert_eq!(read(&fresh, one).await.status, Status::Verified);
    assert_eq!(read(&fresh, other).await.status, Status::Shipped);
    let events = fresh.ledger.order_history(GUILD, other).await.unwrap().events;
    assert_eq!(events.len(), 2, "{events:?}");
    let marks = fresh.ledger.marks_of_message(MessageId(1)).await.unwrap();
    assert_eq!(marks.len(), 1, "the reaction stands");
}

#[tokio::test]
async fn the_same_status_again_moves_no_date_and_undoing_all_leaves_none() {
    let (fresh, order) = with_order().await;
    fresh.ledger.mark(reaction(MESSAGE, 1, "📦", Status::Shipped)).await.unwrap();
    let shipped = read(&fresh, order).await.shipped_at;
    choose(&fresh, order, Status::Shipped).await;
    assert_eq!(read(&fresh, order).await.shipped_at, shipped);
    assert!(undo(&fresh, order).await);
    let back = read(&fresh, order).await;
    assert_eq!((back.status, back.shipped_at), (Status::Verified, None));
}

#[tokio::test]
async fn what_messages_said_since_holds_again() {
    let (fresh, order) = with_order().await;
    choose(&fresh, order, Status::Cancelled).await;
    let number = read(&fresh, order).await.order_number.expect("a number");
    let update = [("Order Number", number.as_str()), ("Status", "Delivered")];
    fresh.take(message(9, "Order update", &update)).await;
    assert_eq!(read(&fresh, order).await.status, Status::Cancelled);
    let labels = fresh.ingest.labels();
    let undone = fresh.ledger.undo(GUILD, order, USER, MarkSource::Command, labels).await.unwrap();
    assert_eq!(undone.and_then(|undone| undone.after).as_deref(), Some("delivered"));
    assert_eq!(read(&fresh, order).await.status, Status::Delivered);
}

/// Takes the last back. Gives the status that the order has again.
async fn undone_to(fresh: &Fresh, order: OrderId) -> Status {
    let labels = fresh.ingest.labels();
    let undone = fresh.ledger.undo(GUILD, order, USER, MarkSource::Command, labels).await.unwrap();
    let status = read(fresh, order).await.status;
    assert_eq!(undone.and_then(|undone| undone.after).as_deref(), Some(status.as_str()));
    status
}

fn marks_of(fresh: &Fresh) -> Vec<String> {
    rows(&fresh.path(), "SELECT order_id, message_id, status FROM marks ORDER BY id")
}

#[tokio::test]
async fn what_an_edit_said_since_holds_again_whenever_it_was_made() {
    // Discord's clock is another one, and an edit may be read long after it was made.
    for minute in [1, 59] {
        let (fresh, order) = with_order().await;
        for status in [Status::Sold, Status::Shipped] {
            choose(&fresh, order, status).await;
        }
        let fields = [("Product", "Console"), NUMBER, ("Status", "Delivered")];
        fresh.take(edited(minute, checkout(1, "Best Buy US", &fields))).await;
        assert_eq!(undone_to(&fresh, order).await, Status::Sold, "the mark of before");
        assert_eq!(undone_to(&fresh, order).await, Status::Delivered);
        assert_eq!(marks_of(&fresh), [""; 0], "nobody has marked it");
    }
}

#[tokio::test]
async fn what_was_said_of_one_of_several_orders_since_holds_for_it_alone() {
    let fresh = Fresh::new().await;
    let orders = take_both(&fresh).await;
    fresh.ledger.mark(reaction(MESSAGE, 1, "📦", Status::Shipped)).await.unwrap();
    let update = [("Order Number", "102003000000017"), ("Status", "Cancelled")];
    fresh.take(message(9, "Order update", &update)).await;
    assert_eq!(undone_to(&fresh, orders[0]).await, Status::Cancelled);
    assert_eq!(read(&fresh, orders[1]).await.status, Status::Shipped);
    assert_eq!(fresh.ledger.marks_of_message(MessageId(1)).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_notice_that_says_nothing_new_does_not_keep_a_mark_that_comes_back() {
    let (fresh, order) = with_order().await;
    fresh.ledger.mark(reaction(MESSAGE, 1, "📦", Status::Shipped)).await.unwrap();
    unreact(&fresh, "📦").await;
    let notice = [NUMBER, ("Status", "Confirmed")];
    fresh.take(message(9, "Order update", &notice)).await;
    assert_eq!(read(&fresh, order).await.status, Status::Verified);
    assert_eq!(undone_to(&fresh, order).await, Status::Shipped);
}

#[tokio::test]
async fn a_mark_that_messages_came_to_say_as_well_is_taken_back_and_the_status_stays() {
    let (fresh, order) = with_order().await;
    choose(&fresh, order, Status::Shipped).await;
    fresh.take(message(9, "Order update", &[NUMBER, ("Status", "Shipped")])).await;
    assert_eq!(undone_to(&fresh, order).await, Status::Shipped);
    assert_eq!(marks_of(&fresh), [""; 0]);
}

#[tokio::test]
async fn no_date_is_left_of_what_was_undone() {
    let (fresh, order) = with_order().await;
    fresh.ledger.mark(reaction(MESSAGE, 1, "🏠", Status::Delivered)).await.unwrap();
    choose(&fresh, order, Status::Sold).await;
    unreact(&fresh, "🏠").await;
    assert!(undo(&fresh, order).await);
    assert_eq!(read(&fresh, order).await.status, Status::Delivered);
    assert!(undo(&fresh, order).await);
    let back = read(&fresh, order).await;
    assert_eq!((back.status, back.shipped_at, back.delivered_at), (Status::Verified, None, None));
    assert!(!undo(&fresh, order).await, "nothing is left");
}

#[tokio::test]
async fn a_clock_that_was_ahead_does_not_keep_new_marks_out() {
    let (fresh, order) = with_order().await;
    let mut early = reaction(MESSAGE, 1, "📦", Status::Shipped);
    early.at = Some(chrono::Utc::now() + chrono::TimeDelta::hours(1));
    fresh.ledger.mark(early).await.unwrap();
    for status in [Status::Delivered, Status::Sold, Status::Shipped] {
        choose(&fresh, order, status).await;
        assert_eq!(read(&fresh, order).await.status, status);
    }
}

#[tokio::test]
async fn the_history_tells_an_undoing_once() {
    let (fresh, order) = with_order().await;
    choose(&fresh, order, Status::Shipped).await;
    fresh.ledger.mark(reaction(MESSAGE, 1, "🏠", Status::Delivered)).await.unwrap();
    choose(&fresh, order, Status::Delivered).await;
    let before = fresh.ledger.order_history(GUILD, order).await.unwrap().events.len();
    assert!(undo(&fresh, order).await);
    let events = fresh.ledger.order_history(GUILD, order).await.unwrap().events;
    assert_eq!(events.len(), before + 1, "{events:?}");
    assert_eq!(events.last().map(|event| event.kind.as_str()), Some("undone"));
}

#[tokio::test]
async fn what_the_same_person_corrected_in_another_server_at_the_same_moment_holds() {
    let fresh = Fresh::new().await;
    let source = MarkSource::Command;
    let mut corrected = Vec::new();
    for (id, guild) in [(1, GUILD), (2, GuildId(GUILD.0 + 1))] {
        let fields = [("Order Number", "102003000000017"), ("Product", "Example")];
        let mut incoming = checkout(id, "Target", &fields);
        incoming.guild_id = guild;
        let order = fresh.take(incoming).await.orders[0];
        let what = Correct::Number("102003000000025".to_owned());
        let request = CorrectRequest { guild, order, user: USER, source, what };
        fresh.ledger.correct(&request, fresh.ingest.labels()).await.unwrap();
        corrected.push((guild, order));
    }
    let moment = "UPDATE corrections SET made_at = '2026-01-15T18:00:00.000Z';
        UPDATE order_events SET at = '2026-01-15T18:00:00.000Z' WHERE kind = 'corrected'";
    rusqlite::Connection::open(fresh.path()).unwrap().execute_batch(moment).unwrap();
    assert!(undo(&fresh, corrected[0].1).await);
    let mut numbers = Vec::new();
    for (guild, order) in corrected {
        let order = fresh.ledger.order(guild, order).await.unwrap().expect("an order");
        numbers.push(order.order_number.unwrap_or_default());
    }
    assert_eq!(numbers, ["102003000000017", "102003000000025"]);
}
