//! What stays of a sheet of old orders, or of an order by hand, that is undone: the orders of which other things
//! were said since. A row that was there before waits again, as it did then.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{SqliteConnection, query, query_scalar};

use super::any_old;
use super::evidence::{Family, families};
use super::widen::{json, numbers_of};
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::orders::leave_out_undone;
use crate::ledger::model::store_key::StoreKey;
use crate::sheet::Row;

/// Lets the rows of a batch that was undone hold all the same where they announce orders which nothing else
/// announces, and of which people, messages or later sheets say something. Rows that were kept so before and of
/// whose order nothing else is said any more hold no longer: that is looked at where a batch is undone. Gives whether
/// any row holds by now that did not, or the other way round.
pub(crate) async fn keep_evidenced(
    connection: &mut SqliteConnection,
    batch: i64,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<bool> {
    if !any_old(connection).await? {
        return Ok(false);
    }
    let unannounced = unannounced(connection, orders).await?;
    let ids = unannounced.keys().map(|(order, _)| *order).collect();
    let numbers = numbers_of(connection, &ids).await?;
    let families = families(connection, &numbers).await?;
    let undone = rows_of_batch(connection, batch).await?;
    let (mut kept, mut orphaned) = (BTreeSet::new(), BTreeSet::new());
    for ((_, number), family) in &families {
        let own = undone.get(number).map(Vec::as_slice).unwrap_or_default();
        for order in &family.orders {
            let Some(known) = unannounced.get(&(order.id, order.home)) else { continue };
            let said = said_of(family, order.id);
            let latest = (*known).max(said.latest);
            let is_silent_since = |row: &i64| latest.is_none_or(|latest| latest < *row);
            if said.announcing.is_empty() {
                let own = own.iter().filter(|(store, _)| family.is_home(order.id, store));
                kept.extend(own.map(|(_, row)| *row).filter(|row| !is_silent_since(row)));
            } else {
                orphaned.extend(said.announcing.into_iter().filter(is_silent_since));
            }
        }
    }
    let are_kept = set_stays(connection, &kept, true).await?;
    // Of a batch that holds by itself this says nothing.
    Ok(set_stays(connection, &orphaned, false).await? || are_kept)
}

/// Leaves out what stayed of batches that were undone where something else announces the order by now: a message, then
/// it holds no longer; a sheet that holds, then it waits until that is undone, too.
pub(super) async fn let_go(
    connection: &mut SqliteConnection,
    rows: &mut HashMap<i64, Vec<Evidence>>,
) -> sqlx::Result<()> {
    let staying = rows.iter().filter(|(_, rows)| rows.iter().any(|row| row.stays));
    let staying: BTreeSet<i64> = staying.map(|(order, _)| *order).collect();
    if staying.is_empty() {
        return Ok(());
    }
    let list = json(&staying);
    let told = query_scalar!(
        r#"SELECT id AS "id!" FROM orders
           WHERE id IN (SELECT value FROM json_each(?)) AND message_id IS NOT NULL"#,
        list
    );
    let told: BTreeSet<i64> = told.fetch_all(&mut *connection).await?.into_iter().collect();
    let mut outlived = BTreeSet::new();
    for order in &staying {
        let Some(rows) = rows.get_mut(order) else { continue };
        if told.contains(order) {
            outlived.extend(rows.iter().filter(|row| row.stays).map(|row| row.id));
            rows.retain(|row| !row.stays);
        } else {
            leave_out_undone(rows);
        }
    }
    set_stays(connection, &outlived, false).await?;
    Ok(())
}

/// What rows that hold say of an order.
struct Said {
    /// Those that announce it.
    announcing: BTreeSet<i64>,
    /// The latest of others that speak of it.
    latest: Option<i64>,
}

fn said_of(family: &Family, order: i64) -> Said {
    let mut said = Said { announcing: BTreeSet::new(), latest: None };
    for (store, row) in &family.rows {
        if family.home_of(store, &row.row).is_none_or(|home| home.id != order) {
            continue;
        }
        match row.row {
            Row::Orders(_) => said.announcing.extend([row.id]),
            _ => said.latest = said.latest.max(Some(row.id)),
        }
    }
    said
}

/// An order, and the purchase without a number that has joined it.
type Joined = (i64, Option<i64>);

/// The orders that no message announces, each by itself and with what has joined it, and since when other things are
/// known of them, by the row that says so: what people and messages say counts as later than any row.
async fn unannounced(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<BTreeMap<Joined, Option<i64>>> {
    let list = json(orders);
    let rows = query!(
        r#"WITH joined AS (
               SELECT orders.id, NULL AS home_id FROM json_each(?) AS wanted CROSS JOIN orders
               ON orders.id = wanted.value WHERE message_id IS NULL
           ), each AS (
               SELECT id, home_id FROM joined
               UNION
               SELECT joined.id, purchases.home_id FROM joined CROSS JOIN purchases
               ON order_id = joined.id AND purchases.home_id IS NOT NULL
           )
           SELECT each.id AS "id!: i64", each.home_id AS "home_id: i64",
                  EXISTS (SELECT 1 FROM marks WHERE marks.order_id = each.id AND marks.home_id IS each.home_id
                              AND row_id IS NULL)
                  OR EXISTS (SELECT 1 FROM cards JOIN marks ON marks.message_id = cards.message_id
                             WHERE cards.order_id = each.id AND cards.home_id IS each.home_id)
                  OR EXISTS (SELECT 1 FROM additions WHERE additions.order_id = each.id
                                 AND additions.home_id IS each.home_id AND row_id IS NULL)
                  OR EXISTS (SELECT 1 FROM corrections WHERE corrections.order_id = each.id
                                 AND corrections.home_id IS each.home_id AND undone_at IS NULL)
                  OR EXISTS (SELECT 1 FROM order_messages WHERE order_messages.order_id = each.id)
                  AS "is_known!: bool",
                  (
                      SELECT max(batch_rows.id)
                      FROM parcels CROSS JOIN batch_keys ON batch_keys.guild_id = parcels.guild_id
                          AND batch_keys.kind = 'parcel' AND batch_keys.value = parcels.number
                      CROSS JOIN batch_rows ON batch_rows.id = batch_keys.row_id
                      CROSS JOIN batches ON batches.id = batch_rows.batch_id
                      WHERE parcels.order_id = each.id AND dropped_at IS NULL AND undone_at IS NULL
                  ) AS "of_group: i64"
           FROM each"#,
        list
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let known = |row_is_known, of_group| if row_is_known { Some(i64::MAX) } else { of_group };
    Ok(rows.map(|row| ((row.id, row.home_id), known(row.is_known, row.of_group))).collect())
}

/// The rows of a batch by the numbers that they announce, with their stores. None of one that announces no orders.
async fn rows_of_batch(
    connection: &mut SqliteConnection,
    batch: i64,
) -> sqlx::Result<BTreeMap<String, Vec<(StoreKey, i64)>>> {
    let rows = query!(
        r#"SELECT batch_rows.id AS "id!", value AS "number!", store_key FROM batches
           CROSS JOIN batch_rows ON batch_id = batches.id
           CROSS JOIN batch_keys ON row_id = batch_rows.id AND batch_keys.kind = 'order'
           WHERE batches.id = ? AND batches.kind IN ('orders', 'hand') AND dropped_at IS NULL"#,
        batch
    );
    let mut by_number: BTreeMap<String, Vec<(StoreKey, i64)>> = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        by_number.entry(row.number).or_default().push((StoreKey::stored(row.store_key), row.id));
    }
    Ok(by_number)
}

async fn set_stays(
    connection: &mut SqliteConnection,
    rows: &BTreeSet<i64>,
    stays: bool,
) -> sqlx::Result<bool> {
    let list = json(rows);
    let set = query!(
        "UPDATE batch_rows SET stays = ?1 WHERE stays <> ?1 AND id IN (SELECT value FROM json_each(?2))",
        stays,
        list
    );
    Ok(set.execute(connection).await?.rows_affected() > 0)
}
