//! Orders that a sheet of old orders announced and that are there after it was undone.

use sqlx::{SqliteConnection, query};

/// The orders that a batch announced and that are there, by number and store.
pub(super) async fn left_of(
    connection: &mut SqliteConnection,
    batch: i64,
) -> sqlx::Result<Vec<(String, Option<String>)>> {
    let rows = query!(
        r#"SELECT DISTINCT order_number AS "number!", store FROM batch_rows
           CROSS JOIN batch_keys ON row_id = batch_rows.id AND batch_keys.kind = 'order'
           CROSS JOIN orders ON orders.guild_id = batch_keys.guild_id AND order_number = batch_keys.value
           WHERE batch_rows.batch_id = ?1 AND EXISTS (
               SELECT 1 FROM order_events
               WHERE order_events.order_id = orders.id AND order_events.kind = 'created'
                   -- The sign keeps SQLite from walking over all that the batch did for each order.
                   AND +order_events.batch_id = ?1
           ) ORDER BY 1, 2"#,
        batch
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.number, row.store)).collect())
}
