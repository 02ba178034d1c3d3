//! Bringing orders in line with the rows of sheets that speak of them.
//!
//! 1. `widen` finds whom a change concerns beside the orders that changed: those of the same numbers, and those
//!    that share a parcel.
//! 2. `sync` writes parcels and statuses of rows as what a person added and marked.
//! 3. `write` lays the rest over what the messages say, and notes it in the history.

mod evidence;
mod history;
mod parcels;
mod sync;
mod widen;
mod write;

use std::collections::{BTreeSet, HashMap};

use sqlx::{SqliteConnection, query_scalar};

use crate::ids::{OrderId, UserId};
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::matching::{Match, matching};
use crate::ledger::recompute::{Cause, recompute_status};

pub(crate) use evidence::{Family, NumberKey, evidence_of_parcels, families};
pub(crate) use parcels::{holders_of, key_of_parcel};
pub(crate) use widen::concerned;

/// Who or what changed, for the history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BookCause<'a> {
    /// The batch that was applied or undone; absent: a message came, and rows that waited take effect.
    pub(crate) batch: Option<i64>,
    pub(crate) user: Option<i64>,
    /// The time of the change, as stored.
    pub(crate) at: &'a str,
}

/// What sheets say is told by this word in the history.
pub(crate) const SHEET: &str = "sheet";

/// Whether a sheet was ever applied: without one, nothing needs to be done.
pub(crate) async fn any(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    let any = query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM batches) AS "any!: bool""#);
    any.fetch_one(connection).await
}

/// Brings these orders, and all that they concern, in line with the sheets that hold. `told`: orders that a message
/// has changed just now. Gives the orders whose status became another one.
pub(crate) async fn project(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    told: &BTreeSet<i64>,
    cause: BookCause<'_>,
) -> sqlx::Result<Vec<OrderId>> {
    let mut concerned = concerned(connection, orders).await?;
    let mut rows = rows_of(connection, &concerned).await?;
    let mut before = history::look(connection, &concerned).await?;
    let marked = sync::sync(connection, &rows, &concerned).await?;
    // A parcel that came may be others', too.
    let wider: BTreeSet<i64> = widen::concerned(connection, &concerned).await?;
    let new: BTreeSet<i64> = wider.difference(&concerned).copied().collect();
    if !new.is_empty() {
        rows.extend(rows_of(connection, &new).await?);
        before.extend(history::look(connection, &new).await?);
        concerned.extend(new);
    }
    write::write(connection, &concerned, &rows).await?;
    history::note(connection, &before, told, cause).await?;
    let mut changed = Vec::new();
    for order in marked {
        let user = cause.user.map(UserId);
        let of_sheet = Cause { source: SHEET, user, message: None, at: cause.at };
        if recompute_status(connection, OrderId(order), of_sheet).await?.is_some() {
            changed.push(OrderId(order));
        }
    }
    Ok(changed)
}

/// The rows that speak of each of these orders.
async fn rows_of(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<HashMap<i64, Vec<Evidence>>> {
    let numbers = widen::numbers_of(connection, orders).await?;
    let families = families(connection, &numbers).await?;
    let mut rows: HashMap<i64, Vec<Evidence>> = HashMap::new();
    for family in families.into_values() {
        let Family { orders: named, rows: said } = family;
        for (store, row) in said {
            if let Match::One(place) = matching(&store, named.iter().map(|order| &order.store_key))
                && let Some(order) = named.get(place).filter(|order| orders.contains(&order.id))
            {
                rows.entry(order.id).or_default().push(row);
            }
        }
    }
    Ok(rows)
}
