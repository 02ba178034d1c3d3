//! Rows of sheets, and what messages said before sheets were laid over them.

use sqlx::{SqliteConnection, query};

use super::{ForgetRequest, Forgettable, ToForget};

/// Erases what sheets say of the person; with the orders go the rows that speak of them.
pub(super) async fn erase_rows(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    found: &ToForget,
) -> sqlx::Result<()> {
    let numbers = serde_json::to_string(&found.numbers).unwrap_or_default();
    let guild = request.guild.0;
    if request.delete_orders {
        query!(
            "DELETE FROM batch_rows WHERE id IN (
                 SELECT row_id FROM json_each(?) AS wanted CROSS JOIN batch_keys
                 ON batch_keys.guild_id = ? AND batch_keys.kind = 'order' AND batch_keys.value = wanted.value)",
            numbers,
            guild
        )
        .execute(&mut *connection)
        .await?;
    }
    query!(
        "UPDATE batch_rows SET said = json_remove(said, '$.email', '$.customer_name', '$.profile',
             '$.proxy_list', '$.payment_method', '$.shipping_address', '$.notes', '$.order_url', '$.buyer')
         WHERE id IN (
             SELECT row_id FROM json_each(?) AS wanted CROSS JOIN batch_keys
             ON batch_keys.guild_id = ? AND batch_keys.kind = 'order' AND batch_keys.value = wanted.value)",
        numbers,
        guild
    )
    .execute(&mut *connection)
    .await?;
    if let Forgettable::Email(address) = &request.what {
        query!(
            "DELETE FROM batch_rows WHERE instr(replace(lower(said), '%40', '@'), ?)
                 AND EXISTS (SELECT 1 FROM batches WHERE id = batch_id AND guild_id = ?)",
            address,
            guild
        )
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// Erases the same of what the messages alone make of orders; product, details and lines have their places in `said_row`.
pub(super) async fn anonymise_said(
    connection: &mut SqliteConnection,
    orders: &str,
    what: &Forgettable,
) -> sqlx::Result<()> {
    query!(
        "UPDATE amended_orders SET said_row = json_remove(said_row, '$[0][11].email',
             '$[0][11].customer_name', '$[0][11].profile', '$[0][11].proxy_list',
             '$[0][11].payment_method', '$[0][11].shipping_address', '$[0][11].notes',
             '$[0][11].order_url')
         WHERE said_row IS NOT NULL AND order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "DELETE FROM corrections WHERE kind IN ('email', 'customer_name', 'profile', 'buyer')
             AND order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE orders SET buyer = NULL WHERE buyer IS NOT NULL AND id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE order_events SET details = json_remove(details, '$.buyer')
         WHERE json_valid(details) AND order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    let Forgettable::Email(address) = what else { return Ok(()) };
    query!(
        "DELETE FROM corrections WHERE order_id IN (SELECT value FROM json_each(?2))
             AND (instr(replace(lower(value), '%40', '@'), ?1) OR instr(replace(lower(said), '%40', '@'), ?1))",
        address,
        orders
    )
    .execute(&mut *connection)
    .await?;
    // What else names the address: product, reference, tracking number, shipping method, links, lines.
    query!(
        "UPDATE amended_orders SET said_row = json_set(said_row, '$[0][4]', NULL, '$[0][11]', json('{}'),
             '$[1]', json('[]'))
         WHERE instr(replace(lower(said_row), '%40', '@'), ?)
             AND order_id IN (SELECT value FROM json_each(?))",
        address,
        orders
    )
    .execute(connection)
    .await?;
    Ok(())
}
