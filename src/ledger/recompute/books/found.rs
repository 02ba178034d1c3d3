//! Orders that sheets of old orders announce: they come with their rows, and go with them.

use std::collections::{BTreeMap, BTreeSet};
use std::slice::from_ref;

use sqlx::{SqliteConnection, query, query_scalar};

use super::evidence::{Family, families};
use super::purchases::note_purchases;
use super::renamed::numbered_by_hand;
use super::widen::{NumberKey, json, numbers_of, orders_of};
use super::{BookCause, SHEET};
use crate::ledger::database::time::text_of;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::matching::{Match, matching};
use crate::ledger::model::books::orders::{is_told, lay_orders};
use crate::ledger::model::books::purchase::is_purchase;
use crate::ledger::model::fold::OrderState;
use crate::ledger::model::store_key::StoreKey;
use crate::ledger::recompute::write_state;
use crate::order::Status;
use crate::sheet::Row;

/// Whether there is a sheet of old orders at all, or an order by hand.
pub(crate) async fn any_old(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    let any = query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM batches WHERE kind IN ('orders', 'hand')) AS "any!: bool""#
    );
    any.fetch_one(connection).await
}

/// Makes the orders of these numbers that rows of old orders speak of and that are not there yet. Gives their ids.
pub(super) async fn found(
    connection: &mut SqliteConnection,
    numbers: &BTreeSet<NumberKey>,
    cause: BookCause<'_>,
) -> sqlx::Result<BTreeSet<i64>> {
    let (mut new, mut known) = (Vec::new(), Vec::new());
    let families = families(connection, numbers).await?;
    for (name, family) in &families {
        if is_purchase(&name.1) && family.rows.iter().any(|(_, row)| is_told(from_ref(row))) {
            known.extend(family.orders.first().map(|order| (name, order.id, order.home)));
        }
        for orders in founders(family).into_values() {
            let (Some(first), key) = (orders.first(), key_of(&orders)) else { continue };
            let rows: Vec<Evidence> = orders.iter().map(|(_, row)| (*row).clone()).collect();
            new.push((first.1.id, New::of(name, &key, &rows)));
        }
    }
    // In the order of their rows, so that an export of them is in the order of the sheet.
    new.sort_by_key(|(row, _)| *row);
    let mut founded = BTreeSet::new();
    for chunk in new.chunks(ROWS) {
        let rows: Vec<&serde_json::Value> = chunk.iter().map(|(_, new)| &new.row).collect();
        let ids = insert(connection, None, &rows).await?;
        note_created(connection, &ids, cause).await?;
        let named = chunk.iter().zip(&ids).map(|((_, new), id)| (new.name, *id, None));
        known.extend(named.filter(|(name, ..)| is_purchase(&name.1)));
        founded.extend(ids);
    }
    note_purchases(connection, &known).await?;
    Ok(founded)
}

/// Rows of one statement.
const ROWS: usize = 500;

/// The rows of a family that no order fits, by the place of the order that they make together.
fn founders(family: &Family) -> BTreeMap<usize, Vec<(&StoreKey, &Evidence)>> {
    let mut keys: Vec<StoreKey> =
        family.orders.iter().map(|order| order.store_key.clone()).collect();
    let mut founders: BTreeMap<usize, Vec<(&StoreKey, &Evidence)>> = BTreeMap::new();
    let old = family.rows.iter().filter(|(_, row)| matches!(row.row, Row::Orders(_)));
    for (store, row) in old {
        let place = match matching(store, &keys) {
            Match::None => {
                keys.push(store.clone());
                keys.len() - 1
            }
            Match::One(place) => place,
            Match::Several => continue,
        };
        if let Some(key) = keys.get_mut(place).filter(|key| store.says_more_than(key)) {
            *key = store.clone();
        }
        if place >= family.orders.len() {
            founders.entry(place).or_default().push((store, row));
        }
    }
    founders
}

fn key_of(rows: &[(&StoreKey, &Evidence)]) -> StoreKey {
    let longest = rows.iter().map(|(store, _)| *store).max_by_key(|store| store.as_str().len());
    longest.cloned().unwrap_or_default()
}

/// An order as it is inserted; [`super::write`] fills in the rest.
struct New<'n> {
    name: &'n NumberKey,
    row: serde_json::Value,
}

impl<'n> New<'n> {
    fn of(name: &'n NumberKey, key: &StoreKey, rows: &[Evidence]) -> Self {
        let mut state = OrderState::default();
        lay_orders(&mut state, rows);
        let said = state.said;
        let status = said.status.unwrap_or(Status::Verified).as_str();
        let (shipped, delivered) = (said.shipped_at.map(text_of), said.delivered_at.map(text_of));
        let announcement = state.announcement.as_ref();
        let ordered_at = announcement.map(|announcement| text_of(announcement.ordered_at));
        let noted_at = announcement.map(|announcement| text_of(announcement.received_at));
        let source = announcement.map(|announcement| announcement.source.as_str());
        let row = serde_json::json!([
            name.0,
            number_of(&name.1),
            key.as_str(),
            status,
            shipped,
            delivered,
            ordered_at,
            noted_at,
            source
        ]);
        Self { name, row }
    }
}

/// `None`: it names a purchase without a number.
fn number_of(name: &str) -> Option<&str> {
    Some(name).filter(|name| !is_purchase(name))
}

/// Makes the order again that was there for these rows before it became a part of another one. What is in its history
/// comes back by itself.
pub(super) async fn restore(
    connection: &mut SqliteConnection,
    id: i64,
    name: &NumberKey,
    rows: &[Evidence],
) -> sqlx::Result<()> {
    let new = New::of(name, &StoreKey::default(), rows);
    insert(connection, Some(id), &[&new.row]).await?;
    Ok(())
}

/// `id`: that of the only one; absent: they get new ones, in the order of the rows.
async fn insert(
    connection: &mut SqliteConnection,
    id: Option<i64>,
    rows: &[&serde_json::Value],
) -> sqlx::Result<BTreeSet<i64>> {
    let rows = serde_json::to_string(rows).unwrap_or_default();
    let ids = query_scalar!(
        r#"INSERT INTO orders (id, guild_id, order_number, store_key, status, said_status, shipped_at, said_shipped_at,
               delivered_at, said_delivered_at, ordered_at, created_at, updated_at, source, quantity,
               total_stated, quantity_stated)
           SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 3, value ->> 4, value ->> 4,
                  value ->> 5, value ->> 5, value ->> 6, value ->> 7, value ->> 7, value ->> 8, 1, 0, 0
           FROM json_each(?) ORDER BY key RETURNING id AS "id!""#,
        id,
        rows
    );
    Ok(ids.fetch_all(&mut *connection).await?.into_iter().collect())
}

async fn note_created(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    cause: BookCause<'_>,
) -> sqlx::Result<()> {
    let list = json(orders);
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, batch_id, details)
         SELECT id, ?, 'created', source, ?, ?, '{}' FROM orders WHERE id IN (SELECT value FROM json_each(?))",
        cause.at,
        cause.user,
        cause.batch,
        list
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The stores of the orders of a number that rows of old orders speak of, the earliest first.
pub(crate) async fn founded_stores(
    connection: &mut SqliteConnection,
    number: NumberKey,
) -> sqlx::Result<Vec<StoreKey>> {
    let orders = orders_of(connection, &BTreeSet::from([number.clone()])).await?;
    let mut names = numbers_of(connection, &orders).await?;
    // Whatever the store of a purchase without a number is called, it tells no orders apart.
    names.retain(|(_, name)| !is_purchase(name));
    names.insert(number.clone());
    let mut stores = Vec::new();
    for (name, family) in families(connection, &names).await? {
        // A row that names another number may mean an order of this one by now.
        let means = |store: &StoreKey| {
            name == number || family.home(store).is_some_and(|order| orders.contains(&order.id))
        };
        let rows = family.rows.iter().filter(|(_, row)| matches!(row.row, Row::Orders(_)));
        let rows = rows.filter(|(store, _)| means(store));
        stores.extend(rows.map(|(store, row)| (row.id, store.clone())));
    }
    stores.sort_by_key(|(row, _)| *row);
    Ok(stores.into_iter().map(|(_, store)| store).collect())
}

/// Orders that no message announces any more stay where rows of old orders speak of them. Gives these.
pub(crate) async fn unannounce(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<i64>> {
    if orders.is_empty() || !any_old(connection).await? {
        return Ok(BTreeSet::new());
    }
    let mut stay = BTreeSet::new();
    let numbers = numbers_of(connection, orders).await?;
    let by_hand = numbered_by_hand(connection, orders).await?;
    for ((guild, number), family) in families(connection, &numbers).await? {
        for (store, row) in &family.rows {
            if matches!(row.row, Row::Orders(_))
                && let Some(order) = family.home(store)
                && orders.contains(&order.id)
                && stay.insert(order.id)
            {
                let state = OrderState { store_key: store.clone(), ..OrderState::default() };
                let number = by_hand.get(&order.id).map(String::as_str).or(number_of(&number));
                write_state(connection, order.id, (guild, number), &state, None).await?;
            }
        }
    }
    let list = json(&stay);
    query!("DELETE FROM order_items WHERE order_id IN (SELECT value FROM json_each(?))", list)
        .execute(&mut *connection)
        .await?;
    query!(
        "UPDATE amended_orders SET said_row = NULL, said_tracking = NULL, said_notes = NULL
         WHERE order_id IN (SELECT value FROM json_each(?))",
        list
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE orders SET source = ? WHERE id IN (SELECT value FROM json_each(?))",
        SHEET,
        list
    )
    .execute(connection)
    .await?;
    Ok(stay)
}

/// Takes the orders away that neither a message nor a row announces any more.
pub(super) async fn drop_unannounced(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    let list = json(orders);
    query!("DELETE FROM orders WHERE id IN (SELECT value FROM json_each(?))", list)
        .execute(connection)
        .await?;
    Ok(())
}
