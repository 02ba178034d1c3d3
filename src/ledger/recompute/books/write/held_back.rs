//! Rows that hold and whose order is there, but is such that they cannot take effect: they wait on, with the reason,
//! until it is as they say or somebody takes them away.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{SqliteConnection, query};

use super::loaded::{Loaded, load};
use super::received::{Brought, brought};
use crate::ids::OrderId;
use crate::ledger::database::time::time_of;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::decide::Side;
use crate::ledger::model::books::decide::waited::{is_undecided, take_effect};
use crate::ledger::model::books::orders::lay_orders;
use crate::ledger::model::books::overlay::{Books, StatedBy, marks, taken_off};
use crate::ledger::model::books::received::currencies::{Told, take_misplaced};
use crate::ledger::model::books::shares::Received;
use crate::ledger::model::effective_status::{Mark, effective_status};
use crate::ledger::recompute::books::columns::columns_of;
use crate::ledger::recompute::books::widen::{json, with_shared_parcels};
use crate::ledger::recompute::status::marks_of_people;

/// A row that is held back: itself, its order, why, and the status that it would set; none: it speaks of a parcel.
type HeldBack = (i64, i64, String, Option<String>);

/// Leaves the rows out that waited for their orders and cannot take effect, by what was known when they were brought.
pub(crate) async fn leave_out_refused(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    rows: &mut HashMap<i64, Vec<Evidence>>,
) -> sqlx::Result<()> {
    let undecided = rows.iter().filter(|(_, rows)| rows.iter().any(is_undecided));
    let undecided: BTreeSet<i64> = undecided.map(|(order, _)| *order).collect();
    let mut held_back = Vec::new();
    if !undecided.is_empty() {
        let beside = with_shared_parcels(connection, undecided.clone()).await?;
        let (loaded, _) = load(connection, &beside, rows).await?;
        let mut brought = brought(connection, &beside).await?;
        misplaced(&mut brought, &loaded);
        let ids: Vec<OrderId> = undecided.iter().copied().map(OrderId).collect();
        let people = marks_of_people(connection, &ids).await?;
        for order in undecided {
            let Some(known) = loaded.get(&order) else { continue };
            let own = rows.get(&order).cloned().unwrap_or_default();
            let people = people.get(&OrderId(order)).map(Vec::as_slice).unwrap_or_default();
            let received = by_then(&brought, (&loaded, rows), (order, &own))?;
            let side = |row: &Evidence, before: &[Evidence]| {
                let received = received.get(&row.rank).cloned().unwrap_or_default();
                side(known, (row, before), people, received)
            };
            let (taken, refused) = take_effect(own, side);
            held_back.extend(refused.into_iter().map(|refusal| {
                (refusal.row, order, refusal.why, Some(refusal.status.as_str().to_owned()))
            }));
            rows.insert(order, taken);
        }
    }
    keep(connection, orders, (held_back, false)).await
}

/// What an order had of its parcels before each of its rows about which it is not decided yet.
fn by_then(
    brought: &Brought,
    (loaded, rows): (&BTreeMap<i64, Loaded>, &HashMap<i64, Vec<Evidence>>),
    (order, own): (i64, &[Evidence]),
) -> sqlx::Result<BTreeMap<i64, Received>> {
    let mut received = BTreeMap::new();
    for row in own.iter().filter(|row| is_undecided(row)) {
        let mut divided = brought.divided(loaded, rows, Some(row.rank))?;
        received.extend(divided.remove(&order).map(|of_order| (row.rank, of_order)));
    }
    Ok(received)
}

/// What an order was before a row, by the rows before it, by the marks of people and by messages.
fn side(
    known: &Loaded,
    (row, before): (&Evidence, &[Evidence]),
    people: &[Mark],
    received: Received,
) -> Side {
    let at = time_of(&row.applied_at);
    let mut state = known.base.clone();
    let orders = lay_orders(&mut state, before);
    let (units, stated) = (state.lines.quantity(), StatedBy::Row(orders.quantity_rank));
    let of_sheets = marks(before, (units, &stated)).into_iter().map(|mark| {
        let at = time_of(&mark.at);
        Mark { status: mark.status, at: Some(at), noted_at: at }
    });
    let of_people = people.iter().filter(|mark| mark.at.unwrap_or(mark.noted_at) < at).copied();
    let marks: Vec<Mark> = of_people.chain(of_sheets).collect();
    let status = effective_status(&marks, &state.said.until(at)).status;
    let columns = columns_of(&Books { received, charges: None, orders }, &state);
    Side {
        status: Some(status),
        units: units.saturating_sub(taken_off(before, &stated)).max(0),
        is_received: columns.qty_received.is_some_and(|units| units > 0),
        is_paid: columns.payout_minor.is_some_and(|minor| minor > 0),
        parcels: Vec::new(),
        currency: state.currency,
        fixed_cost: None,
    }
}

/// Takes the rows out of parcels whose amounts these orders have no place for, and notes why.
pub(super) async fn keep_misplaced(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    (brought, loaded): (&mut Brought, &BTreeMap<i64, Loaded>),
) -> sqlx::Result<()> {
    let held_back = misplaced(brought, loaded);
    keep(connection, orders, (held_back, true)).await
}

fn misplaced(brought: &mut Brought, loaded: &BTreeMap<i64, Loaded>) -> Vec<HeldBack> {
    let told = brought.0.iter_mut().map(|parcel| {
        let holders = parcel.holders.iter().filter_map(|order| loaded.get_key_value(order));
        let holders = holders.map(|(order, loaded)| (*order, loaded.laid.currency)).collect();
        Told { rows: std::mem::take(&mut parcel.rows), holders }
    });
    let mut told: Vec<Told> = told.collect();
    let misplaced = take_misplaced(&mut told);
    for (parcel, told) in brought.0.iter_mut().zip(told) {
        parcel.rows = told.rows;
    }
    misplaced.into_iter().map(|one| (one.row, one.order, one.why, None)).collect()
}

/// Lets these rows of orders be held back, and no others that speak of parcels, or that do not.
async fn keep(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    (held_back, of_parcels): (Vec<HeldBack>, bool),
) -> sqlx::Result<()> {
    let list = json(orders);
    let before = query!(
        r#"SELECT row_id AS "row_id!", order_id AS "order_id!", reason AS "reason!", status FROM held_back
           WHERE order_id IN (SELECT value FROM json_each(?)) AND (status IS NULL) = ?"#,
        list,
        of_parcels
    );
    let before = before.fetch_all(&mut *connection).await?.into_iter();
    let before: BTreeSet<HeldBack> =
        before.map(|row| (row.row_id, row.order_id, row.reason, row.status)).collect();
    let held_back: BTreeSet<HeldBack> = held_back.into_iter().collect();
    if before == held_back {
        return Ok(());
    }
    let gone: Vec<i64> = before.difference(&held_back).map(|(row, ..)| *row).collect();
    let gone = serde_json::to_string(&gone).unwrap_or_default();
    query!("DELETE FROM held_back WHERE row_id IN (SELECT value FROM json_each(?))", gone)
        .execute(&mut *connection)
        .await?;
    let held_back = serde_json::to_string(&held_back).unwrap_or_default();
    query!(
        "INSERT INTO held_back (row_id, order_id, reason, status)
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) WHERE true
         ON CONFLICT DO UPDATE SET order_id = excluded.order_id, reason = excluded.reason, status = excluded.status",
        held_back
    )
    .execute(connection)
    .await?;
    Ok(())
}
