//! Orders that are others by now, or gone, and what people did to them.

use std::collections::BTreeSet;

use sqlx::SqliteConnection;

use crate::ledger::MarkSource;
use crate::ledger::recompute::books::{self, Bought};
use crate::ledger::write::plan::Plan;
use crate::ledger::write::{change, merge};

/// Who bought the orders that change or go, and when, as messages and sheets have said so far.
pub(super) async fn bought_before(
    connection: &mut SqliteConnection,
    plan: &Plan,
) -> sqlx::Result<Vec<Bought>> {
    let changed = plan.changed.iter().map(|order| order.id);
    let orders: BTreeSet<i64> = changed.chain(plan.gone.iter().map(|order| order.id)).collect();
    if orders.is_empty() {
        return Ok(Vec::new());
    }
    books::bought(connection, &orders).await
}

/// Removes the orders that nothing announces any more. Gives those that this concerns by sheets.
pub(super) async fn drop_gone(
    connection: &mut SqliteConnection,
    plan: &mut Plan,
    has_sheets: bool,
) -> sqlx::Result<BTreeSet<i64>> {
    let mut gone: BTreeSet<i64> = plan.gone.iter().map(|order| order.id).collect();
    let mut concerned = BTreeSet::new();
    if has_sheets && !gone.is_empty() {
        concerned = Box::pin(books::concerned(connection, &gone)).await?;
        let mut homes = Box::pin(books::part_from(connection, &gone)).await?;
        homes.extend(merge::follow_messages(connection, &gone).await?);
        for home in homes {
            let cause = || (MarkSource::Command.as_str().to_owned(), None);
            plan.touched.entry(home).or_insert_with(cause);
            concerned.insert(home);
        }
        for order in Box::pin(books::unannounce(connection, &gone)).await? {
            gone.remove(&order);
        }
    }
    if !gone.is_empty() {
        change::drop_orders(connection, &gone.into_iter().collect::<Vec<_>>()).await?;
    }
    Ok(concerned)
}

/// Marks, notes and cards stay with the messages that they belong to, in whichever order these are. Gives the orders
/// of which sheets said what is another's again.
pub(super) async fn move_what_people_did(
    connection: &mut SqliteConnection,
    plan: &mut Plan,
) -> sqlx::Result<BTreeSet<i64>> {
    let mut left = BTreeSet::new();
    for merged in std::mem::take(&mut plan.merged) {
        merge::merge(connection, merged).await?;
    }
    for &(id, order) in &plan.homes {
        let cause = || (MarkSource::Command.as_str().to_owned(), None);
        plan.touched.entry(order).or_insert_with(cause);
        for other in merge::follow(connection, id, order).await? {
            plan.touched.entry(other).or_insert_with(cause);
            left.insert(other);
        }
    }
    Ok(left)
}
