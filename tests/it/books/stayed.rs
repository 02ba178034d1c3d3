//! Orders that stayed when their sheet was undone, for what a person had done to them.

use refract_ledger::ids::{ChannelId, MessageId, OrderId};
use refract_ledger::ledger::{
    Addition, AmendRequest, MarkRequest, MarkSource, MarkTarget, OrderField, SetRequest, Undoing,
    UnmarkRequest,
};
use refract_ledger::order::Status;
use refract_ledger::sheet::Kind;

use super::by_hand::{USER, bring, by_hand};
use crate::fresh::{Fresh, GUILD, rows};

/// A reply of the bot that shows the order.
const CARD: MessageId = MessageId(1_290_000_000_000_000_777);
const SHEET: &str = "Order,Cost\nNUM-1001,$20.00\n";

/// An order that a sheet alone announces, and its batch.
async fn of_sheet(fresh: &Fresh) -> (OrderId, i64) {
    let batch = bring(fresh, Kind::Orders, SHEET, &[("Cost", "price")]).await.expect("a batch");
    (fresh.order("NUM-1001").await.id, batch)
}

async fn undo_sheet(fresh: &Fresh, batch: i64) {
    fresh.ledger.undo_batch(Some(GUILD), batch, Some(USER)).await.unwrap().expect("a batch");
}

fn numbers(fresh: &Fresh) -> Vec<String> {
    rows(&fresh.path(), "SELECT order_number FROM orders ORDER BY id")
}

async fn add_note(fresh: &Fresh, order: OrderId) {
    let (source, addition) = (MarkSource::Command, Addition::note("gift"));
    let request = AmendRequest { guild: GUILD, order, user: USER, source, addition };
    fresh.ledger.amend(request).await.unwrap();
}

#[tokio::test]
async fn it_goes_with_the_last_reaction() {
    let fresh = Fresh::new().await;
    let (order, batch) = of_sheet(&fresh).await;
    fresh.ledger.remember_card(CARD, ChannelId(5), GUILD, &[order]).await.unwrap();
    let emoji = ["📦", "🏠"];
    for (emoji, status) in emoji.into_iter().zip([Status::Shipped, Status::Delivered]) {
        let request = MarkRequest {
            guild: GUILD,
            target: MarkTarget::Message(CARD),
            user: USER,
            status,
            emoji: Some(emoji.to_owned()),
            source: MarkSource::Reaction,
            at: None,
        };
        fresh.ledger.mark(request).await.unwrap();
    }
    undo_sheet(&fresh, batch).await;
    let off = |emoji: &str| UnmarkRequest {
        guild: GUILD,
        target: MarkTarget::Message(CARD),
        user: Some(USER),
        emoji: Some(emoji.to_owned()),
        source: MarkSource::Reaction,
    };
    fresh.ledger.unmark(off("📦")).await.unwrap();
    assert_eq!(numbers(&fresh), ["NUM-1001"], "one reaction is left");
    fresh.ledger.unmark(off("🏠")).await.unwrap();
    assert_eq!(numbers(&fresh), <[&str; 0]>::default());
    // Brought again, it is an order again.
    of_sheet(&fresh).await;
}

#[tokio::test]
async fn it_goes_with_the_last_that_is_undone_or_cleared() {
    let fresh = Fresh::new().await;
    let labels = fresh.ingest.labels();
    let source = MarkSource::Command;
    let undo = async |order| fresh.ledger.undo(GUILD, order, USER, source, labels).await.unwrap();
    let (order, batch) = of_sheet(&fresh).await;
    add_note(&fresh, order).await;
    let mark = MarkRequest {
        guild: GUILD,
        target: MarkTarget::Order(order),
        user: USER,
        status: Status::Shipped,
        emoji: None,
        source,
        at: Some(chrono::Utc::now()),
    };
    fresh.ledger.mark(mark).await.unwrap();
    undo_sheet(&fresh, batch).await;
    assert_eq!(undo(order).await.expect("an act").result, Undoing::Done);
    let last = undo(order).await.expect("an act");
    assert!(last.result == Undoing::Gone && last.is_gone(), "{last:?}");
    assert_eq!(numbers(&fresh), <[&str; 0]>::default());

    let (order, batch) = of_sheet(&fresh).await;
    let set = async |value: &str| {
        let values = vec![(OrderField::Price, value.to_owned())];
        let zone = by_hand().zone;
        let request = SetRequest { guild: GUILD, order, user: USER, source, values, zone };
        let set = fresh.ledger.set_values(&request).await.unwrap().expect("an order");
        set.expect("a value").is_gone
    };
    assert!(!set("13.00").await);
    undo_sheet(&fresh, batch).await;
    assert_eq!(numbers(&fresh), ["NUM-1001"]);
    assert!(set("").await, "it says so");
    assert_eq!(numbers(&fresh), <[&str; 0]>::default());
}

#[tokio::test]
async fn an_order_of_a_sheet_that_holds_stays_whatever_is_taken_back() {
    let fresh = Fresh::new().await;
    let (order, _) = of_sheet(&fresh).await;
    let labels = fresh.ingest.labels();
    let source = MarkSource::Command;
    add_note(&fresh, order).await;
    let undone =
        fresh.ledger.undo(GUILD, order, USER, source, labels).await.unwrap().expect("an act");
    assert_eq!(undone.result, Undoing::Done);
    assert_eq!(numbers(&fresh), ["NUM-1001"]);
}
