//! What stays of a sheet of old orders, or of an order by hand, that is undone: the orders of which other things are
//! known by now.

use std::collections::BTreeSet;

use sqlx::{SqliteConnection, query};

use super::widen::json;

/// Lets the rows of a batch hold, although it was undone, that announce orders which nothing else announces, and of
/// which people, messages or other sheets say something.
pub(crate) async fn keep_evidenced(
    connection: &mut SqliteConnection,
    batch: i64,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<()> {
    let list = json(orders);
    query!(
        "UPDATE batch_rows SET stays = 1
         WHERE batch_id = ?1 AND EXISTS (SELECT 1 FROM batches WHERE id = ?1 AND kind IN ('orders', 'hand'))
             AND id IN (
                 SELECT row_id FROM json_each(?2) AS wanted CROSS JOIN orders ON orders.id = wanted.value
                 CROSS JOIN batch_keys ON batch_keys.guild_id = orders.guild_id AND batch_keys.kind = 'order'
                     AND batch_keys.value = orders.order_number
                 WHERE orders.message_id IS NULL AND NOT EXISTS (
                     SELECT 1 FROM batch_keys AS other CROSS JOIN batch_rows AS said ON said.id = other.row_id
                     CROSS JOIN batches ON batches.id = said.batch_id
                     WHERE other.guild_id = orders.guild_id AND other.kind = 'order'
                         AND other.value = orders.order_number AND said.dropped_at IS NULL
                         AND (undone_at IS NULL OR stays = 1) AND batches.kind IN ('orders', 'hand')
                 ) AND (
                     EXISTS (SELECT 1 FROM marks WHERE marks.order_id = orders.id)
                     OR EXISTS (SELECT 1 FROM cards JOIN marks ON marks.message_id = cards.message_id
                                WHERE cards.order_id = orders.id)
                     OR EXISTS (SELECT 1 FROM additions WHERE additions.order_id = orders.id AND row_id IS NULL)
                     OR EXISTS (SELECT 1 FROM corrections WHERE corrections.order_id = orders.id AND undone_at IS NULL)
                     OR EXISTS (SELECT 1 FROM order_messages WHERE order_messages.order_id = orders.id)
                     OR EXISTS (
                         SELECT 1 FROM batch_keys AS other CROSS JOIN batch_rows AS said ON said.id = other.row_id
                         CROSS JOIN batches ON batches.id = said.batch_id
                         WHERE other.guild_id = orders.guild_id AND other.kind = 'order'
                             AND other.value = orders.order_number AND said.dropped_at IS NULL
                             AND undone_at IS NULL AND batches.kind NOT IN ('orders', 'hand')
                     )
                     OR EXISTS (
                         SELECT 1 FROM parcels CROSS JOIN batch_keys AS other
                             ON other.guild_id = parcels.guild_id AND other.kind = 'parcel'
                             AND other.value = parcels.number
                         CROSS JOIN batch_rows AS said ON said.id = other.row_id
                         CROSS JOIN batches ON batches.id = said.batch_id
                         WHERE parcels.order_id = orders.id AND said.dropped_at IS NULL AND undone_at IS NULL
                     )
                 )
             )",
        batch,
        list
    )
    .execute(connection)
    .await?;
    Ok(())
}
