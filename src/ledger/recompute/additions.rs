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
    .execute(&mut *connection)
    .await?;
    let with_sheets = query_scalar!(
        r#"SELECT order_id AS "order_id!" FROM amended_orders
           WHERE order_id IN (SELECT value FROM json_each(?)) AND said_row IS NOT NULL"#,
        list
    );
    for order in with_sheets.fetch_all(&mut *connection).await? {
        snapshot(connection, order).await?;
    }
    Ok(())
}

/// Keeps what the messages make of an order before sheets are laid over it, where that is not kept yet.
pub(crate) async fn keep_said_row(
    connection: &mut SqliteConnection,
    order: i64,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO amended_orders (order_id, said_tracking, said_notes)
         SELECT id, tracking_number, notes FROM orders WHERE id = ? ON CONFLICT DO NOTHING",
        order
    )
    .execute(&mut *connection)
    .await?;
    let kept = query_scalar!(
        r#"SELECT said_row IS NOT NULL AS "kept!: bool" FROM amended_orders WHERE order_id = ?"#,
        order
    );
    if kept.fetch_one(&mut *connection).await? {
        return Ok(());
    }
    snapshot(connection, order).await
}

/// The row in the order of the columns of [`crate::ledger::orders::row::OrderRow`], and its lines. What was received
/// is left out: no message says it.
async fn snapshot(connection: &mut SqliteConnection, order: i64) -> sqlx::Result<()> {
    query!(
        "UPDATE amended_orders SET said_row = (
             SELECT json_array(
                 json_array(
                     id, guild_id, order_number, store, product, price_minor, total_minor, currency,
                     quantity, commission_minor, status,
                     json_object(
                         'email', email, 'customer_name', customer_name, 'profile', profile,
                         'proxy_list', proxy_list, 'reference_number', reference_number,
                         'tracking_number', said_tracking, 'payment_method', payment_method,
                         'shipping_address', shipping_address, 'shipping_method', shipping_method,
                         'notes', said_notes, 'product_url', product_url, 'order_url', order_url,
                         'image_url', image_url
                     ),
                     NULL, ordered_at, posted_at, shipped_at, delivered_at, source,
                     message_id, channel_id, created_at, updated_at, store_key, total_stated,
                     quantity_stated, said_status, said_shipped_at, said_delivered_at,
                     last_message_id, 0, NULL, NULL, said_ended_at
                 ), (
                     SELECT json_group_array(json_array(product, price_minor, quantity, sku, size,
                                                        order_items.currency, order_items.product_url)
                                             ORDER BY line)
                     FROM order_items WHERE order_items.order_id = orders.id
                 )
             ) FROM orders WHERE orders.id = amended_orders.order_id
         ) WHERE order_id = ?",
        order
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lays the additions over what the messages say, of those orders that have any.
pub(crate) async fn reapply(connection: &mut SqliteConnection, orders: &[i64]) -> sqlx::Result<()> {
    reapply_at(connection, orders, None).await
}

/// The same; those that it changes have last changed at this time, where it is given.
pub(crate) async fn reapply_at(
    connection: &mut SqliteConnection,
    orders: &[i64],
    at: Option<&str>,
) -> sqlx::Result<()> {
    let list = json_of(orders);
    let amended = query!(
        r#"SELECT order_id AS "order_id!", said_tracking, said_notes, (
                      SELECT json_group_array(value ORDER BY id) FROM additions
                      WHERE additions.order_id = amended_orders.order_id AND kind = 'tracking'
                  ) AS "numbers!: String", (
                      SELECT value FROM additions
                      WHERE additions.order_id = amended_orders.order_id AND kind = 'note'
                      ORDER BY id DESC LIMIT 1
                  ) AS note
           FROM amended_orders WHERE order_id IN (SELECT value FROM json_each(?))"#,
        list
    );
    let mut laid = Vec::new();
    for row in amended.fetch_all(&mut *connection).await? {
        let numbers: Vec<String> = serde_json::from_str(&row.numbers)
            .map_err(|error| sqlx::Error::Decode(error.into()))?;
        let tracking = tracking(row.said_tracking.as_deref(), &numbers);
        laid.push((row.order_id, tracking, notes(row.said_notes.as_deref(), row.note.as_deref())));
    }
    if laid.is_empty() {
        return Ok(());
    }
    let laid = serde_json::to_string(&laid).map_err(|error| sqlx::Error::Encode(error.into()))?;
    // An order that has them already is not written: all that hangs on its row would be, too.
    query!(
        "UPDATE orders SET tracking_number = laid.value ->> 1, notes = laid.value ->> 2,
             updated_at = coalesce(?, updated_at)
         FROM json_each(?) AS laid
         WHERE orders.id = laid.value ->> 0
             AND (tracking_number, notes) IS NOT (laid.value ->> 1, laid.value ->> 2)",
        at,
        laid
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The note that a person wrote to an order last.
pub(crate) async fn last_note(
    connection: &mut SqliteConnection,
    order: i64,
) -> sqlx::Result<Option<String>> {
    query_scalar!(
        "SELECT value FROM additions WHERE order_id = ? AND kind = 'note' ORDER BY id DESC LIMIT 1",
        order
    )
    .fetch_optional(connection)
    .await
}
