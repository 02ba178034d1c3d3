//! Rows of sheets, and what messages said before sheets were laid over them.

use serde_json::Value;
use sqlx::{SqliteConnection, query};

use super::blank::empty;
use super::{ForgetRequest, Forgettable, ToForget, text_names};
use crate::ledger::orders::row::json_of;
use crate::ledger::privacy::cleaning::books::write_sheet_row;
use crate::sheet::Row;

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
    match &request.what {
        Forgettable::Email(address) => erase_naming(connection, request, address).await,
        Forgettable::Order(_) | Forgettable::Message(_) => Ok(()),
    }
}

/// Erases the rows that name an address. Of those that announce an order that stays only what names it goes: without
/// the row the order would be gone.
async fn erase_naming(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    address: &str,
) -> sqlx::Result<()> {
    let rows = query!(
        r#"SELECT batch_rows.id AS "id!", said, kind IN ('orders', 'hand') AS "announces!: bool"
           FROM batches JOIN batch_rows ON batch_id = batches.id
           WHERE guild_id = ? AND (instr(lower(said), ?) > 0 OR instr(said, '%') > 0)"#,
        request.guild.0,
        address
    );
    let rows = rows.fetch_all(&mut *connection).await?;
    let mut deleted = Vec::new();
    for row in rows.iter().filter(|row| text_names(&row.said, address)) {
        let stays = row.announces && !request.delete_orders;
        match without(&row.said, address).filter(|_| stays) {
            Some(said) => write_sheet_row(connection, row.id, &said).await?,
            None => deleted.push(row.id),
        }
    }
    let deleted = json_of(&deleted);
    query!("DELETE FROM batch_rows WHERE id IN (SELECT value FROM json_each(?))", deleted)
        .execute(connection)
        .await?;
    Ok(())
}

/// What a row says without the texts that name the address. `None`: nothing that can be read.
fn without(said: &str, address: &str) -> Option<Value> {
    let mut said: Value = serde_json::from_str(said).ok()?;
    empty("", &mut said, address);
    for member in said.as_object_mut()?.values_mut() {
        if let Value::Array(elements) = member {
            elements.retain(|element| !element.is_null());
        }
    }
    let row = Row::from_json(&said.to_string()).ok()?;
    serde_json::from_str(&row.to_json()).ok()
}

/// Erases the same of what the messages alone make of orders; product, details and lines have their places in `said_row`.
pub(super) async fn anonymise_said(
    connection: &mut SqliteConnection,
    orders: &str,
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
    Ok(())
}
