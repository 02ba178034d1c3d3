//! An order that somebody added by hand, taken back.

use refract_ledger::ids::{InteractionId, OrderId, UserId};
use refract_ledger::ledger::{
    AddRequest, Added, Addition, AlreadyDone, AmendRequest, MarkSource, OrderField, SetRequest,
    Undoing, Undone,
};
use refract_ledger::sheet::Kind;

use super::by_hand::{NUMBER, USER, bought, bring, by_hand};
use crate::fresh::{Fresh, GUILD, dump, message, rows};

/// Another person than the one who added it.
const OTHER: UserId = UserId(6);

async fn added(fresh: &Fresh, request: &AddRequest) -> OrderId {
    match fresh.ledger.add_order(request).await.unwrap() {
        Added::Done(order) => order,
        other => panic!("{other:?}"),
    }
}

async fn undo(fresh: &Fresh, order: OrderId) -> Option<Undone> {
    let labels = fresh.ingest.labels();
    fresh.ledger.undo(GUILD, order, OTHER, MarkSource::Command, labels).await.unwrap()
}

async fn undone(fresh: &Fresh, order: OrderId) -> Undone {
    undo(fresh, order).await.expect("an act")
}

fn orders(fresh: &Fresh) -> Vec<String> {
    rows(&fresh.path(), "SELECT order_number FROM orders ORDER BY id")
}

#[tokio::test]
async fn it_goes_after_what_people_did_to_it_since_and_can_be_added_again() {
    let fresh = Fresh::new().await;
    let order = added(&fresh, &by_hand()).await;
    let note = Addition::note("gift");
    let source = MarkSource::Command;
    let amend = AmendRequest { guild: GUILD, order, user: USER, source, addition: note };
    fresh.ledger.amend(amend).await.unwrap().expect("an order");
    let values = vec![(OrderField::Price, "13.00".to_owned())];
    let zone = by_hand().zone;
    let set = SetRequest { guild: GUILD, order, user: USER, source, values, zone };
    fresh.ledger.set_values(&set).await.unwrap().expect("an order").expect("a value");
    for column in ["price", "notes"] {
        let undone = undone(&fresh, order).await;
        assert_eq!((undone.column.as_str(), undone.is_gone()), (column, false));
        assert_eq!(orders(&fresh), [NUMBER]);
    }
    let last = undone(&fresh, order).await;
    assert!(last.is_gone() && last.result == Undoing::Done, "{last:?}");
    assert_eq!(last.before.as_deref(), Some(NUMBER));
    assert_eq!(orders(&fresh), <[&str; 0]>::default());
    assert_eq!(undo(&fresh, order).await, None);
    // What it said says nothing any more, neither by itself nor to a message of the same number.
    fresh.take(bought(1)).await;
    assert_eq!(fresh.order(NUMBER).await.total_minor, Some(1000));
    let again = AddRequest { number: "B-2002".to_owned(), ..by_hand() };
    let order = added(&fresh, &again).await;
    undone(&fresh, order).await;
    added(&fresh, &again).await;
    assert_eq!(orders(&fresh), [NUMBER, "B-2002"]);
}

#[tokio::test]
async fn it_stays_with_what_a_message_says_where_one_announces_it() {
    let fresh = Fresh::new().await;
    let order = added(&fresh, &by_hand()).await;
    fresh.take(bought(1)).await;
    let undone = undone(&fresh, order).await;
    assert_eq!((undone.result, undone.is_gone()), (Undoing::Done, false));
    let left = fresh.order(NUMBER).await;
    assert_eq!((left.id, left.product.as_deref()), (order, Some("Example")));
    assert_eq!((left.total_minor, left.quantity), (Some(1000), 1));
    assert_eq!(undo(&fresh, order).await, None, "once");
    let history = fresh.ledger.order_history(GUILD, order).await.unwrap().events;
    let last = history.last().expect("an event");
    assert_eq!((last.kind.as_str(), last.user_id), ("undone", Some(OTHER)));
}

#[tokio::test]
async fn it_stays_where_a_sheet_of_old_orders_announces_it() {
    let fresh = Fresh::new().await;
    let order = added(&fresh, &by_hand()).await;
    let map = [("Cost", "price")];
    bring(&fresh, Kind::Orders, "Order,Cost\nA-1001,$20.00\n", &map).await.expect("a batch");
    let undone = undone(&fresh, order).await;
    assert_eq!((undone.result, undone.is_gone()), (Undoing::Done, false));
    let left = fresh.order(NUMBER).await;
    assert_eq!((left.product, left.price_minor), (None, Some(2000)));
}

#[tokio::test]
async fn it_stays_as_it_is_while_other_things_are_known_of_it() {
    let fresh = Fresh::new().await;
    let order = added(&fresh, &by_hand()).await;
    let track = "order,tracking\nA-1001,1Z999AA10123456784\n";
    let track = bring(&fresh, Kind::Track, track, &[]).await.expect("a batch");
    let before = dump(&fresh.path());
    for _ in 0..2 {
        let undone = undone(&fresh, order).await;
        assert_eq!((undone.result, undone.is_gone()), (Undoing::Evidenced, false));
        assert_eq!(dump(&fresh.path()), before, "nothing was changed");
    }
    fresh.ledger.undo_batch(Some(GUILD), track, Some(USER)).await.unwrap().expect("a batch");
    assert!(undone(&fresh, order).await.is_gone());
    assert_eq!(orders(&fresh), <[&str; 0]>::default());
}

#[tokio::test]
async fn one_interaction_takes_it_back_once() {
    let fresh = Fresh::new().await;
    let order = added(&fresh, &by_hand()).await;
    fresh.take(bought(1)).await;
    let ledger = fresh.ledger.for_interaction(InteractionId(1 << 22));
    let labels = fresh.ingest.labels();
    let undo = async || ledger.undo(GUILD, order, OTHER, MarkSource::Command, labels).await;
    assert!(undo().await.unwrap().is_some());
    let again = undo().await.expect_err("done already");
    assert!(again.is::<AlreadyDone>(), "{again:?}");
}

#[tokio::test]
async fn what_it_kept_from_a_notice_is_read_as_if_it_had_never_been_added() {
    let (link, shipped) = (
        [
            ("Product", "[Example](https://shop.example/products/1)"),
            ("Price", "$10.00"),
            ("Order Number", NUMBER),
        ],
        [("Store", "Target"), ("Order Number", NUMBER)],
    );
    let status =
        |fresh: &Fresh| rows(&fresh.path(), "SELECT status, store FROM orders ORDER BY id");
    let fresh = Fresh::new().await;
    let request = AddRequest { store: Some("Kith".to_owned()), ..by_hand() };
    let order = added(&fresh, &request).await;
    fresh.take(message(1, "Successful Checkout", &link)).await;
    fresh.take(message(2, "Order Shipped", &shipped)).await;
    assert_eq!(status(&fresh), ["verified|Kith"], "that of Target is another one");
    assert!(!undone(&fresh, order).await.is_gone());
    let never = Fresh::new().await;
    never.take(message(1, "Successful Checkout", &link)).await;
    never.take(message(2, "Order Shipped", &shipped)).await;
    assert_eq!(status(&fresh), status(&never));
    assert!(status(&never)[0].starts_with("shipped"), "it is the only one that Target can mean");
}
