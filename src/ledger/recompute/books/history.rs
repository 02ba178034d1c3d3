//! What sheets changed about orders, for their histories.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value, json};
use sqlx::{SqliteConnection, query, query_scalar};

use super::widen::json as json_of_ids;
use super::{BookCause, SHEET};
use crate::ledger::orders::row::BookColumns;
use crate::order::{Currency, Money};

/// What the history tells of an order where sheets change it, in the order in which [`look`] names it.
#[derive(Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Noted {
    id: i64,
    tracking_number: Option<String>,
    quantity: i64,
    total_minor: Option<i64>,
    currency: Option<String>,
    commission_minor: Option<i64>,
    reference_number: Option<String>,
    books: BookColumns,
}

/// Orders as they were, by their ids.
pub(super) type Before = BTreeMap<i64, Noted>;

/// Orders as they are.
pub(super) async fn look(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<Before> {
    let list = json_of_ids(orders);
    let rows = query_scalar!(
        r#"SELECT json_group_array(json_array(
               id, tracking_number, quantity, total_minor, currency, commission_minor, reference_number,
               json_array(
                   qty_received, payout_minor, payout_currency, group_status, group_order_id,
                   group_created_at, group_modified_at, charge_posted_on, charged_minor,
                   refunded_minor, charge_currency, sold_price_minor, fees_minor, buyer, other_charges
               )
           )) AS "rows!: String"
           FROM orders WHERE id IN (SELECT value FROM json_each(?))"#,
        list
    );
    let rows = rows.fetch_one(connection).await?;
    let rows: Vec<Noted> =
        serde_json::from_str(&rows).map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
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
        let Some(before) = before.get(order).filter(|before| *before != after) else { continue };
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

fn changes(before: &Noted, after: &Noted, is_told: bool) -> Map<String, Value> {
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
fn of_messages(row: &Noted) -> Vec<(&'static str, Value)> {
    vec![
        ("tracking_number", json!(row.tracking_number)),
        ("quantity", json!(row.quantity)),
        ("total_minor", json!(row.total_minor)),
        ("commission_minor", json!(row.commission_minor)),
        ("reference_number", json!(row.reference_number)),
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
fn of_card(row: &Noted) -> Vec<(&'static str, Value)> {
    let currency = row.currency.as_deref().and_then(Currency::from_code);
    let (charged, refunded) = row.books.payments(currency).unwrap_or_default();
    let listed = |sums: Vec<Money>| {
        let sums: Vec<String> = sums.iter().map(Money::to_string).collect();
        (!sums.is_empty()).then(|| sums.join(", "))
    };
    vec![("charged", json!(listed(charged))), ("refunded", json!(listed(refunded)))]
}
