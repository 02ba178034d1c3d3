//! Values that people set by hand, beside messages and sheets.

use chrono_tz::Tz;
use refract_ledger::ids::UserId;
use refract_ledger::ledger::{
    AddRequest, Added, BulkRequest, ListRange, MarkSource, Order, OrderField, OrderFilter,
    SetRequest, SheetFile,
};
use refract_ledger::order::Status;
use refract_ledger::sheet::{self, Kind, Options};
use refract_ledger::verdict::Incoming;

use crate::fresh::{Fresh, GUILD, checkout};

pub(super) const NUMBER: &str = "A-1001";
pub(super) const USER: UserId = UserId(5);

pub(super) fn bought(id: i64) -> Incoming {
    let fields = [("Product", "Example"), ("Price", "$10.00"), ("Order Number", NUMBER)];
    checkout(id, "Target", &fields)
}

async fn set(fresh: &Fresh, field: OrderField, typed: &str) -> Result<usize, String> {
    let order = fresh.order(NUMBER).await.id;
    let values = vec![(field, typed.to_owned())];
    let (source, zone) = (MarkSource::Command, Tz::UTC);
    let request = SetRequest { guild: GUILD, order, user: USER, source, values, zone };
    let set = fresh.ledger.set_values(&request).await.unwrap().expect("an order");
    set.map(|set| set.changes.len()).map_err(|wrong| wrong.to_string())
}

async fn undo(fresh: &Fresh) -> bool {
    let order = fresh.order(NUMBER).await.id;
    let labels = fresh.ingest.labels();
    fresh.ledger.undo(GUILD, order, USER, MarkSource::Command, labels).await.unwrap().is_some()
}

pub(super) async fn bring(
    fresh: &Fresh,
    kind: Kind,
    text: &str,
    map: &[(&str, &str)],
) -> Option<i64> {
    let own = |(column, field): &(&str, &str)| ((*column).to_owned(), (*field).to_owned());
    let options = Options { map: map.iter().map(own).collect(), ..Options::default() };
    let sheet = sheet::read(kind, "a.csv", text.as_bytes().to_vec(), &options).expect("a sheet");
    let files = vec![SheetFile { name: "a.csv".to_owned(), sha256: String::new(), sheet }];
    let (guild, zone) = (GUILD, Tz::UTC);
    let request = BulkRequest { guild, kind, files, status: None, anyway: false, user: None, zone };
    fresh.ledger.apply_sheet(&request).await.expect("applied").batch
}

fn shown(order: &Order) -> (Option<i64>, Option<i64>, i64, Vec<&'static str>) {
    (order.price_minor, order.total_minor, order.quantity, order.corrected())
}

#[tokio::test]
async fn a_value_wins_over_messages_and_sheets_until_it_is_cleared() {
    let fresh = Fresh::new().await;
    fresh.take(bought(1)).await;
    let by_message = shown(&fresh.order(NUMBER).await);
    assert_eq!(set(&fresh, OrderField::Price, "12.50").await, Ok(1));
    assert_eq!(set(&fresh, OrderField::Quantity, "3").await, Ok(1));
    let by_hand = (Some(1250), Some(3750), 3, vec!["price", "quantity"]);
    assert_eq!(shown(&fresh.order(NUMBER).await), by_hand);
    assert_eq!(set(&fresh, OrderField::Price, "$12.50").await, Ok(0), "the same again");
    // Neither the same message, nor a newer sheet, nor reading all anew brings the old value back.
    fresh.take(bought(2)).await;
    let map = [("Cost", "price"), ("Units", "quantity")];
    bring(&fresh, Kind::Orders, "Order,Cost,Units\nA-1001,20.00,7\n", &map).await;
    assert_eq!(shown(&fresh.order(NUMBER).await), by_hand);
    let said: Vec<Option<String>> =
        fresh.order(NUMBER).await.by_hand.into_iter().map(|value| value.said).collect();
    assert_eq!(said, [Some("20".to_owned()), Some("7".to_owned())]);
    assert_eq!(set(&fresh, OrderField::Price, "").await, Ok(1));
    assert_eq!(set(&fresh, OrderField::Quantity, "").await, Ok(1));
    assert_eq!(shown(&fresh.order(NUMBER).await), (Some(2000), Some(14_000), 7, vec![]));
    assert!(by_message.3.is_empty());
}

#[tokio::test]
async fn a_value_whose_reason_is_gone_is_pointed_out() {
    let fresh = Fresh::new().await;
    fresh.take(bought(1)).await;
    set(&fresh, OrderField::Price, "20.00").await.expect("set");
    let agrees =
        async || fresh.order(NUMBER).await.by_hand.iter().map(|it| it.agrees).collect::<Vec<_>>();
    assert_eq!(agrees().await, [false]);
    bring(&fresh, Kind::Orders, "Order,Cost\nA-1001,$20\n", &[("Cost", "price")]).await;
    assert_eq!(agrees().await, [true]);
}

#[tokio::test]
async fn undo_brings_the_value_before_back() {
    let fresh = Fresh::new().await;
    fresh.take(bought(1)).await;
    let price = async || fresh.order(NUMBER).await.price_minor;
    let said = price().await;
    set(&fresh, OrderField::Price, "12.00").await.expect("set");
    set(&fresh, OrderField::Price, "13.00").await.expect("set");
    set(&fresh, OrderField::Price, "").await.expect("cleared");
    assert_eq!(price().await, said);
    for value in [Some(1300), Some(1200), said] {
        assert!(undo(&fresh).await);
        assert_eq!(price().await, value);
    }
    assert!(!undo(&fresh).await);
}

#[tokio::test]
async fn what_is_no_such_value_changes_nothing() {
    let fresh = Fresh::new().await;
    fresh.take(bought(1)).await;
    let before = shown(&fresh.order(NUMBER).await);
    for (field, typed, word) in [
        (OrderField::Price, "cheap", "not an amount"),
        (OrderField::Date, "soon", "not a date"),
        (OrderField::Email, "nobody", "not an e-mail"),
    ] {
        let wrong = set(&fresh, field, typed).await.expect_err("refused");
        assert!(wrong.contains(word), "{wrong}");
    }
    assert_eq!(shown(&fresh.order(NUMBER).await), before);
}

#[tokio::test]
async fn what_was_sold_without_a_group_has_a_profit() {
    let fresh = Fresh::new().await;
    fresh.take(bought(1)).await;
    set(&fresh, OrderField::Total, "100.00").await.expect("set");
    set(&fresh, OrderField::SoldPrice, "150.00").await.expect("set");
    set(&fresh, OrderField::Fees, "20.00").await.expect("set");
    let profit = async || {
        let stats = fresh.ledger.book_stats(GUILD, &OrderFilter::default()).await.unwrap();
        stats.profit.iter().map(|money| money.minor).collect::<Vec<_>>()
    };
    assert_eq!(profit().await, Vec::<i64>::new(), "not sold yet");
    bring(&fresh, Kind::Status, "order,status\nA-1001,sold\n", &[]).await;
    assert_eq!(fresh.order(NUMBER).await.status, Status::Sold);
    assert_eq!(profit().await, [3_000]);
}

pub(super) fn by_hand() -> AddRequest {
    let text = |text: &str| Some(text.to_owned());
    AddRequest {
        guild: GUILD,
        user: USER,
        number: "#a-1001".to_owned(),
        store: None,
        product: text("Example by hand"),
        price: text("$12.00"),
        quantity: Some(2),
        date: text("2026-01-31"),
        zone: Tz::UTC,
    }
}

#[tokio::test]
async fn an_order_by_hand_is_one_and_its_checkout_joins_it() {
    let fresh = Fresh::new().await;
    let request = by_hand();
    let added = fresh.ledger.add_order(&request).await.unwrap();
    let order = fresh.order(NUMBER).await;
    assert_eq!(added, Added::Done(order.id));
    assert_eq!((order.source.as_str(), order.message_id), ("hand", None));
    assert_eq!((order.total_minor, order.quantity), (Some(2400), 2));
    assert_eq!(order.ordered_at.to_rfc3339(), "2026-01-31T00:00:00+00:00");
    let again = fresh.ledger.add_order(&request).await.unwrap();
    assert_eq!(again, Added::Exists(order.id));
    assert_eq!(fresh.ledger.batches(None, ListRange::ALL).await.unwrap().all, 0, "it is no sheet");
    fresh.take(bought(1)).await;
    let joined = fresh.order(NUMBER).await;
    assert_eq!((joined.id, joined.message_id.is_some()), (order.id, true));
    assert_eq!(joined.product.as_deref(), Some("Example by hand"));
}
