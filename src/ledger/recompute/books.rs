//! Bringing orders in line with the rows of sheets that speak of them.
//!
//! 1. `found` makes the orders that no message announces.
//! 2. `joins` finds the orders whose numbers purchases without one have, and parts those that have none any more.
//! 3. `widen` finds whom a change concerns beside the orders that changed: those of the same numbers, and those
//!    that share a parcel.
//! 4. `sync` writes parcels of rows as what a person added.
//! 5. `write/held_back` leaves out what waited and cannot take effect, and `sync` writes the statuses of the others.
//! 6. `write` lays the rest over what the messages say, and notes it in the history.

mod columns;
mod evidence;
mod found;
mod history;
mod joins;
mod purchases;
mod renamed;
mod rows;
mod stays;
mod sync;
mod widen;
pub(in crate::ledger::recompute) mod write;

use std::collections::{BTreeSet, HashMap};

use sqlx::{SqliteConnection, query_scalar};

use crate::ids::{OrderId, UserId};
use crate::ledger::model::books::Evidence;
use crate::ledger::recompute::Cause;
use crate::ledger::recompute::status::recompute_statuses;
use joins::Settled;
use write::held_back::leave_out_refused;

pub(crate) use columns::columns_of;
pub(crate) use evidence::{Family, Named, evidence_of_parcels, families};
pub(crate) use found::{any_old, founded_stores, unannounce};
pub(crate) use joins::{Bought, bought, part_from};
pub(crate) use purchases::{Followed, awaiting_message, follow_home, follow_messages};
pub(crate) use renamed::{is_announced_by, mean, mean_no_other, move_names, names_of, ordered_at};
pub(crate) use stays::keep_evidenced;
pub(crate) use widen::{NumberKey, concerned, holders_of, orders_of};

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

/// Whether a sheet was ever applied, or a value set by hand: without one, nothing needs to be done.
pub(crate) async fn any(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    let any = query_scalar!(
        r#"SELECT EXISTS (SELECT 1 FROM batches)
               OR EXISTS (SELECT 1 FROM corrections WHERE order_id IS NOT NULL) AS "any!: bool""#
    );
    any.fetch_one(connection).await
}

/// What is to be brought in line.
#[derive(Debug, Default)]
pub(crate) struct Concerns {
    pub(crate) orders: BTreeSet<i64>,
    /// Numbers of which there may be no order yet.
    pub(crate) numbers: BTreeSet<NumberKey>,
    /// Orders that a message has changed just now.
    pub(crate) told: BTreeSet<i64>,
    /// Orders whose changes somebody else notes.
    pub(crate) quiet: BTreeSet<i64>,
    /// Orders that have changed or gone, as they were before: others may have been taken for them.
    pub(crate) were: Vec<Bought>,
}

/// Brings orders, and all that they concern, in line with the sheets that hold. Gives the orders whose status
/// became another one.
pub(crate) async fn project(
    connection: &mut SqliteConnection,
    Concerns { mut orders, mut numbers, told, quiet, were }: Concerns,
    cause: BookCause<'_>,
) -> sqlx::Result<Vec<OrderId>> {
    let (mut founded, mut settled) = (BTreeSet::new(), Settled::default());
    if any_old(connection).await? {
        numbers.extend(widen::numbers_of(connection, &orders).await?);
        founded = found::found(connection, &numbers, cause).await?;
        orders.extend(&founded);
        settled = joins::settle(connection, &orders, were).await?;
        orders.extend(&settled.orders);
        founded.extend(&settled.parted);
        joins::take_numbers_back(connection, &orders).await?;
    }
    let mut concerned = concerned(connection, &orders).await?;
    let mut rows = rows_of(connection, &concerned).await?;
    let mut before = history::look(connection, &concerned).await?;
    // That they are there tells all of it.
    before.retain(|order, _| !founded.contains(order) && !quiet.contains(order));
    let is_noted = |order: &i64| before.contains_key(order) && !told.contains(order);
    sync::parcels_of(connection, &rows, &concerned, (is_noted, cause.at)).await?;
    // A parcel that came may be others', too.
    let wider = widen::concerned_beside(connection, &concerned, &orders).await?;
    let new: BTreeSet<i64> = wider.difference(&concerned).copied().collect();
    if !new.is_empty() {
        rows.extend(rows_of(connection, &new).await?);
        before.extend(history::look(connection, &new).await?);
        concerned.extend(new);
    }
    leave_out_refused(connection, &concerned, &mut rows).await?;
    let mut marked = sync::marks_of(connection, &rows, &concerned).await?;
    let written = write::write(connection, &concerned, &rows).await?;
    let freed = widen::numbers_of(connection, &written.unannounced).await?;
    found::drop_unannounced(connection, &written.unannounced).await?;
    let noted = history::note(connection, &before, &told, cause).await?;
    marked.extend(written.said);
    marked.extend(&settled.orders);
    let of_sheet =
        Cause { source: SHEET, user: cause.user.map(UserId), message: None, at: cause.at };
    let marked: Vec<OrderId> = marked.into_iter().map(OrderId).collect();
    let statuses = recompute_statuses(connection, &marked, of_sheet).await?;
    history::touch(connection, &noted, cause.at).await?;
    write::share_anew(connection, &statuses, cause).await?;
    let mut changed: Vec<OrderId> = statuses.into_iter().map(|change| change.order).collect();
    if !freed.is_empty() {
        // What was said of an order that is gone may be of another store's by now.
        let orders = widen::orders_of(connection, &freed).await?;
        let concerns = Concerns { orders, ..Concerns::default() };
        changed.extend(Box::pin(project(connection, concerns, cause)).await?);
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
    for mut family in families.into_values() {
        for (store, row) in std::mem::take(&mut family.rows) {
            let home = family.home_of(&store, &row.row).filter(|order| orders.contains(&order.id));
            if let Some(order) = home {
                rows.entry(order.id).or_default().push(row);
            }
        }
    }
    // Those of an order with several names, and a row that has two of these.
    for rows in rows.values_mut() {
        rows.sort_by_key(|row| row.id);
        rows.dedup_by_key(|row| row.id);
    }
    stays::let_go(connection, &mut rows).await?;
    Ok(rows)
}
