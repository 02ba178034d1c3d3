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
    // What nobody has applied yet is compressed: whom it names is not found, and it can be brought again.
    query!("DELETE FROM previews WHERE guild_id = ?", guild).execute(&mut *connection).await?;
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

/// Erases the same of what the messages alone make of orders; the places are those of `said_row`.
pub(super) async fn anonymise_said(
    connection: &mut SqliteConnection,
    orders: &str,
    what: &Forgettable,
) -> sqlx::Result<()> {
    query!(
        "UPDATE amended_orders SET said_row = json_set(said_row, '$[0][10]', NULL, '$[0][11]', NULL,
             '$[0][12]', NULL, '$[0][13]', NULL, '$[0][18]', NULL, '$[0][19]', NULL, '$[0][21]', NULL,
             '$[0][23]', NULL)
         WHERE said_row IS NOT NULL AND order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    let Forgettable::Email(address) = what else { return Ok(()) };
    // What else names the address: product, reference, tracking number, shipping method, links, lines.
    query!(
        "UPDATE amended_orders SET said_row = json_set(said_row, '$[0][4]', NULL, '$[0][14]', NULL,
             '$[0][15]', NULL, '$[0][20]', NULL, '$[0][22]', NULL, '$[0][24]', NULL, '$[1]', json('[]'))
         WHERE instr(replace(lower(said_row), '%40', '@'), ?)
             AND order_id IN (SELECT value FROM json_each(?))",
        address,
        orders
    )
    .execute(connection)
    .await?;
    Ok(())
}
