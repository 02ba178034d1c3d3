//! Laying what people added over what the messages say.

use sqlx::{SqliteConnection, query, query_scalar};

use crate::ledger::model::additions::{notes, tracking};
use crate::ledger::orders::row::json_of;

/// Notes what the messages make of these orders by now, before additions are laid over them again.
pub(crate) async fn said_anew(
    connection: &mut SqliteConnection,
    orders: &[i64],
) -> sqlx::Result<()> {
    let list = json_of(orders);
    query!(
        "UPDATE amended_orders SET said_tracking = orders.tracking_number, said_notes = orders.notes
         FROM orders WHERE orders.id = order_id AND order_id IN (SELECT value FROM json_each(?))",
        list
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lays the additions over what the messages say, of those orders that have any.
pub(crate) async fn reapply(connection: &mut SqliteConnection, orders: &[i64]) -> sqlx::Result<()> {
    let list = json_of(orders);
    let amended = query!(
        r#"SELECT order_id AS "order_id!", said_tracking, said_notes FROM amended_orders
           WHERE order_id IN (SELECT value FROM json_each(?))"#,
        list
    );
    for row in amended.fetch_all(&mut *connection).await? {
        let numbers = added_values(connection, row.order_id, "tracking").await?;
        let written = added_values(connection, row.order_id, "note").await?;
        let tracking = tracking(row.said_tracking.as_deref(), &numbers);
        let notes = notes(row.said_notes.as_deref(), written.last().map(String::as_str));
        query!(
            "UPDATE orders SET tracking_number = ?, notes = ? WHERE id = ?",
            tracking,
            notes,
            row.order_id
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// What people added to an order, the oldest first. `kind`: `tracking` or `note`.
pub(crate) async fn added_values(
    connection: &mut SqliteConnection,
    order: i64,
    kind: &str,
) -> sqlx::Result<Vec<String>> {
    query_scalar!(
        "SELECT value FROM additions WHERE order_id = ? AND kind = ? ORDER BY id",
        order,
        kind
    )
    .fetch_all(connection)
    .await
}
