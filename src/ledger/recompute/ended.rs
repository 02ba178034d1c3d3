//! Statuses, and what follows from them for orders that share parcels.

use sqlx::SqliteConnection;

use super::books::BookCause;
use super::books::write::share_anew;
use super::status::{self, Cause};
use crate::ids::OrderId;
use crate::ledger::StatusChange;

/// Computes the statuses of orders again, and writes those that are others, with all that hangs on them. Gives the
/// changes in the order of the orders.
pub(crate) async fn recompute_statuses(
    connection: &mut SqliteConnection,
    orders: &[OrderId],
    cause: Cause<'_>,
) -> sqlx::Result<Vec<StatusChange>> {
    let changes = status::recompute_statuses(connection, orders, cause).await?;
    let cause = BookCause { batch: None, user: cause.user.map(|user| user.0), at: cause.at };
    Box::pin(share_anew(connection, &changes, cause)).await?;
    Ok(changes)
}
