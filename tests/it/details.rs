//! Every text of an order has its column, and goes the whole way: from the message to the row and back.

use refract_ledger::order::{Detail, OrderDetails};
use refract_ledger::reading::Labels;

use crate::fresh::{Fresh, checkout, rows};
use crate::ledger::NUMBER;

/// The other columns of text: words of the program, times, currencies, and what sheets and sales say.
const NO_DETAILS: [&str; 26] = [
    "order_number",
    "store",
    "product",
    "currency",
    "status",
    "ordered_at",
    "posted_at",
    "shipped_at",
    "delivered_at",
    "source",
    "created_at",
    "updated_at",
    "store_key",
    "said_status",
    "said_shipped_at",
    "said_delivered_at",
    "payout_currency",
    "group_status",
    "group_order_id",
    "group_created_at",
    "group_modified_at",
    "charge_posted_on",
    "charge_currency",
    "buyer",
    "other_charges",
    "said_ended_at",
];

/// What a message says of a text: of the right form for each, and different each time.
fn said(detail: Detail, time: usize) -> String {
    let name = detail.name().replace('_', "-");
    match detail {
        Detail::Email => format!("{name}{time}@example.com"),
        Detail::TrackingNumber => "1Z999AA10123456784".to_owned(),
        _ if name.ends_with("url") => format!("https://shop.example/{name}/{time}"),
        _ => format!("{name} {time}"),
    }
}

fn stored(fresh: &Fresh) -> OrderDetails {
    let mut columns = OrderDetails::default();
    for detail in Detail::ALL {
        let column = rows(&fresh.path(), &format!("SELECT {} FROM orders", detail.name()));
        *columns.get_mut(detail) = column.into_iter().next().filter(|value| value != "-");
    }
    columns
}

#[tokio::test]
async fn each_goes_from_the_message_to_its_column_and_back() {
    let label = |detail: Detail| format!("My {}", detail.name());
    let labels = Detail::ALL.map(|detail| (label(detail), detail.name()));
    let fresh = Fresh::with_labels(Labels::with(labels).unwrap()).await;
    for time in 1..=2 {
        let told = Detail::ALL.map(|detail| (label(detail), said(detail, time)));
        let told = told.iter().map(|(label, value)| (label.as_str(), value.as_str()));
        let fields: Vec<_> = [NUMBER].into_iter().chain(told).collect();
        fresh.take(checkout(i64::try_from(time).unwrap(), "Best Buy US", &fields)).await;
        let order = fresh.order(NUMBER.1).await;
        let columns = stored(&fresh);
        assert_eq!(order.details, columns);
        for detail in Detail::ALL {
            assert_eq!(columns.get(detail).as_ref(), Some(&said(detail, time)), "{detail:?}");
        }
    }
}

#[tokio::test]
async fn each_column_of_text_is_one_or_is_known_as_something_else() {
    let fresh = Fresh::new().await;
    let query = "SELECT name FROM pragma_table_info('orders') WHERE type = 'TEXT'";
    let others =
        rows(&fresh.path(), query).into_iter().filter(|name| Detail::of_name(name).is_none());
    let others: Vec<String> = others.collect();
    assert_eq!(others, NO_DETAILS, "a text of an order that is kept as stated is a detail");
}
