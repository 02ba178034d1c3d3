//! Parcels and statuses of rows, written as what a person added and marked: all that lays these over what the
//! messages say then does the same for sheets.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{SqliteConnection, query};

use super::SHEET;
use super::widen::json;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::by_hand;
use crate::ledger::model::books::orders::lay_orders;
use crate::ledger::model::books::overlay::{StatedBy, marks, name_units, parcels};
use crate::ledger::orders::row;
use crate::ledger::recompute::by_hand::values_of;
use crate::ledger::recompute::reapply_at;

/// A mark or an addition of a sheet: its order, its row, its value, its time.
type Entry = (i64, i64, String, String);

/// Writes the parcels of these orders. Those of which the history is about to tell a change, as `is_noted` says, have
/// last changed at this time: noted at once it costs no write of its own.
pub(super) async fn parcels_of(
    connection: &mut SqliteConnection,
    rows: &HashMap<i64, Vec<Evidence>>,
    orders: &BTreeSet<i64>,
    (is_noted, at): (impl Fn(&i64) -> bool, &str),
) -> sqlx::Result<()> {
    let mut wanted = BTreeSet::new();
    for (order, rows) in rows {
        let parcels = parcels(rows).into_iter();
        wanted.extend(parcels.map(|parcel| (*order, parcel.row, parcel.number, parcel.at)));
    }
    let added = sync_additions(connection, &wanted, orders).await?;
    let (noted, others): (Vec<i64>, Vec<i64>) = added.into_iter().partition(is_noted);
    for (orders, at) in [(noted, Some(at)), (others, None)] {
        if !orders.is_empty() {
            reapply_at(connection, &orders, at).await?;
        }
    }
    Ok(())
}

/// Writes the statuses of these orders. Gives those whose marks became others.
pub(super) async fn marks_of(
    connection: &mut SqliteConnection,
    rows: &HashMap<i64, Vec<Evidence>>,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<i64>> {
    let (units, unknown) = (units(connection, rows).await?, (i64::MAX, StatedBy::Row(0)));
    let mut wanted = BTreeSet::new();
    for (order, rows) in rows {
        let (units, stated) = units.get(order).unwrap_or(&unknown);
        let marks = marks(rows, (*units, stated)).into_iter();
        wanted
            .extend(marks.map(|mark| (*order, mark.row, mark.status.as_str().to_owned(), mark.at)));
    }
    sync_marks(connection, &wanted, orders).await
}

/// The units of the orders of which sheets name some, by their messages, by sheets of old orders and by people, and
/// who states them.
async fn units(
    connection: &mut SqliteConnection,
    rows: &HashMap<i64, Vec<Evidence>>,
) -> sqlx::Result<BTreeMap<i64, (i64, StatedBy)>> {
    let in_parts = rows.iter().filter(|(_, rows)| name_units(rows));
    let orders: Vec<i64> = in_parts.map(|(order, _)| *order).collect();
    let (mut units, mut values) = (BTreeMap::new(), HashMap::new());
    if !orders.is_empty() {
        values = values_of(connection, &orders.iter().copied().collect()).await?;
    }
    for (row, items) in row::load(connection, &orders).await? {
        let order = row.id;
        let mut state = row.into_state(items)?;
        let rows = rows.get(&order).map(Vec::as_slice).unwrap_or_default();
        let books = lay_orders(&mut state, rows);
        let set = values.remove(&order).and_then(|values| by_hand::units(&values));
        let said = || (state.lines.quantity(), StatedBy::Row(books.quantity_rank));
        units.insert(order, set.unwrap_or_else(said));
    }
    Ok(units)
}

async fn sync_additions(
    connection: &mut SqliteConnection,
    wanted: &BTreeSet<Entry>,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<i64>> {
    let list = json(orders);
    let there = query!(
        r#"SELECT id AS "id!", order_id, row_id AS "row_id!", value, added_at FROM additions
           WHERE order_id IN (SELECT value FROM json_each(?)) AND row_id IS NOT NULL"#,
        list
    );
    let there = there.fetch_all(&mut *connection).await?.into_iter();
    let there: BTreeMap<Entry, i64> =
        there.map(|row| ((row.order_id, row.row_id, row.value, row.added_at), row.id)).collect();
    let (gone, new, touched) = differences(wanted, &there);
    if touched.is_empty() {
        return Ok(touched);
    }
    query!(
        "INSERT INTO amended_orders (order_id, said_tracking, said_notes)
         SELECT id, tracking_number, notes FROM orders
         WHERE id IN (SELECT value ->> 0 FROM json_each(?))
         ON CONFLICT DO NOTHING",
        new
    )
    .execute(&mut *connection)
    .await?;
    query!("DELETE FROM additions WHERE id IN (SELECT value FROM json_each(?))", gone)
        .execute(&mut *connection)
        .await?;
    query!(
        "INSERT INTO additions (order_id, kind, value, user_id, added_at, row_id)
         SELECT new.value ->> 0, 'tracking', new.value ->> 2, coalesce(user_id, 0), new.value ->> 3,
                batch_rows.id
         FROM json_each(?) AS new CROSS JOIN batch_rows ON batch_rows.id = new.value ->> 1
         CROSS JOIN batches ON batches.id = batch_id ORDER BY new.key",
        new
    )
    .execute(&mut *connection)
    .await?;
    Ok(touched)
}

async fn sync_marks(
    connection: &mut SqliteConnection,
    wanted: &BTreeSet<Entry>,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<i64>> {
    let list = json(orders);
    let there = query!(
        r#"SELECT id AS "id!", order_id AS "order_id!", row_id AS "row_id!", status,
                  marked_at AS "marked_at!" FROM marks
           WHERE order_id IN (SELECT value FROM json_each(?)) AND row_id IS NOT NULL"#,
        list
    );
    let there = there.fetch_all(&mut *connection).await?.into_iter();
    let there: BTreeMap<Entry, i64> =
        there.map(|row| ((row.order_id, row.row_id, row.status, row.marked_at), row.id)).collect();
    let (gone, new, touched) = differences(wanted, &there);
    if touched.is_empty() {
        return Ok(touched);
    }
    query!("DELETE FROM marks WHERE id IN (SELECT value FROM json_each(?))", gone)
        .execute(&mut *connection)
        .await?;
    query!(
        "INSERT INTO marks (guild_id, order_id, user_id, status, source, marked_at, created_at, row_id)
         SELECT guild_id, new.value ->> 0, coalesce(user_id, 0), new.value ->> 2, ?, new.value ->> 3,
                new.value ->> 3, batch_rows.id
         FROM json_each(?) AS new CROSS JOIN batch_rows ON batch_rows.id = new.value ->> 1
         CROSS JOIN batches ON batches.id = batch_id ORDER BY new.key",
        SHEET,
        new
    )
    .execute(&mut *connection)
    .await?;
    Ok(touched)
}

/// The ids of what goes and the entries that come, as JSON, and the orders that either concerns.
fn differences(
    wanted: &BTreeSet<Entry>,
    there: &BTreeMap<Entry, i64>,
) -> (String, String, BTreeSet<i64>) {
    let gone: Vec<_> = there.iter().filter(|(entry, _)| !wanted.contains(*entry)).collect();
    let new: Vec<&Entry> = wanted.iter().filter(|entry| !there.contains_key(*entry)).collect();
    let touched = gone.iter().map(|(entry, _)| entry.0).chain(new.iter().map(|entry| entry.0));
    let touched = touched.collect();
    let gone: Vec<i64> = gone.into_iter().map(|(_, id)| *id).collect();
    (row::json_of(&gone), serde_json::to_string(&new).unwrap_or_default(), touched)
}
