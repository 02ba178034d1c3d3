//! What sheets changed about orders, for their histories.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use sqlx::{SqliteConnection, query};

use super::widen::json as json_of_ids;
use super::{BookCause, SHEET};
use crate::ledger::orders::row::{self, BookColumns, OrderRow};
use crate::order::{Currency, Money};

/// Orders as they were, by their ids.
pub(super) type Before = BTreeMap<i64, OrderRow>;

/// Orders as they are.
pub(super) async fn look(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<Before> {
    let ids: Vec<i64> = orders.iter().copied().collect();
    let rows = row::load(connection, &ids).await?.into_iter();
    Ok(rows.map(|(row, _)| (row.id, row)).collect())
}

/// Notes what is another value by now, and gives the orders of which that is noted. Of orders that a message has just
/// changed, only in the columns that no message fills: the rest it has told itself.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    before: &Before,
    told: &BTreeSet<i64>,
    cause: BookCause<'_>,
) -> sqlx::Result<BTreeSet<i64>> {
    let orders = before.keys().copied().collect();
    let after = look(connection, &orders).await?;
    let mut events = Vec::new();
    let mut touched = BTreeSet::new();
    for (order, after) in &after {
        let Some(before) = before.get(order) else { continue };
        let changes = changes(before, after, told.contains(order));
        if !changes.is_empty() {
            touched.insert(*order);
            events.push((*order, Value::Object(changes).to_string()));
        }
    }
    if events.is_empty() {
        return Ok(touched);
    }
    let events = serde_json::to_string(&events).unwrap_or_default();
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, batch_id, details)
         SELECT value ->> 0, ?, 'changed', ?, ?, ?, value ->> 1 FROM json_each(?)",
        cause.at,
        SHEET,
        cause.user,
        cause.batch,
        events
    )
    .execute(connection)
    .await?;
    Ok(touched)
}

/// Orders that changed come first where people look for the latest change. A status that became another one has said
/// so itself.
pub(super) async fn touch(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    at: &str,
) -> sqlx::Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    let orders = json_of_ids(orders);
    query!(
        "UPDATE orders SET updated_at = ?1
         WHERE id IN (SELECT value FROM json_each(?2)) AND updated_at IS NOT ?1",
        at,
        orders
    )
    .execute(connection)
    .await?;
    Ok(())
}

fn changes(before: &OrderRow, after: &OrderRow, is_told: bool) -> Map<String, Value> {
    let mut changes = Map::new();
    let mut compare = |columns: Vec<(&str, Value)>, others: Vec<(&str, Value)>| {
        for ((column, before), (_, after)) in columns.into_iter().zip(others) {
            if before != after {
                changes.insert(column.to_owned(), json!([before, after]));
            }
        }
    };
    if !is_told {
        compare(of_messages(before), of_messages(after));
    }
    compare(of_sheets(&before.books), of_sheets(&after.books));
    compare(of_card(before), of_card(after));
    changes
}

/// The columns that messages fill, too.
fn of_messages(row: &OrderRow) -> Vec<(&'static str, Value)> {
    vec![
        ("tracking_number", json!(row.details.tracking_number)),
        ("quantity", json!(row.quantity)),
        ("total_minor", json!(row.total_minor)),
        ("commission_minor", json!(row.commission_minor)),
        ("reference_number", json!(row.details.reference_number)),
    ]
}

fn of_sheets(books: &BookColumns) -> Vec<(&'static str, Value)> {
    vec![
        ("qty_received", json!(books.qty_received)),
        ("payout_minor", json!(books.payout_minor)),
        ("group_status", json!(books.group_status)),
        ("group_order_id", json!(books.group_order_id)),
        ("group_created_at", json!(books.group_created_at)),
        ("group_modified_at", json!(books.group_modified_at)),
        ("charge_posted_on", json!(books.charge_posted_on)),
        ("sold_price_minor", json!(books.sold_price_minor)),
        ("fees_minor", json!(books.fees_minor)),
        ("buyer", json!(books.buyer)),
    ]
}

/// What cards were charged and what came back, each currency for itself, as people read it.
fn of_card(row: &OrderRow) -> Vec<(&'static str, Value)> {
    let currency = row.currency.as_deref().and_then(Currency::from_code);
    let (charged, refunded) = row.books.payments(currency).unwrap_or_default();
    let listed = |sums: Vec<Money>| {
        let sums: Vec<String> = sums.iter().map(Money::to_string).collect();
        (!sums.is_empty()).then(|| sums.join(", "))
    };
    vec![("charged", json!(listed(charged))), ("refunded", json!(listed(refunded)))]
}
