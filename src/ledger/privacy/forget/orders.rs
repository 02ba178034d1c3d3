//! Orders that stay, without what tells who bought.

use chrono::Utc;
use sqlx::{SqliteConnection, query};

use super::ForgetRequest;
use crate::ledger::database::time::text_of;

/// Takes it out of the orders of this list, and out of their histories.
pub(super) async fn anonymise(connection: &mut SqliteConnection, orders: &str) -> sqlx::Result<()> {
    query!(
        "UPDATE orders SET email = NULL, customer_name = NULL, profile = NULL, proxy_list = NULL,
             payment_method = NULL, shipping_address = NULL, notes = NULL, order_url = NULL, buyer = NULL
         WHERE id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    // Details have their places in the row that the messages alone make; it has no buyer.
    query!(
        "UPDATE amended_orders SET said_notes = NULL, said_row = json_remove(said_row,
             '$[0][11].email', '$[0][11].customer_name', '$[0][11].profile', '$[0][11].proxy_list',
             '$[0][11].payment_method', '$[0][11].shipping_address', '$[0][11].notes',
             '$[0][11].order_url')
         WHERE order_id IN (SELECT value FROM json_each(?))",
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
        "DELETE FROM additions
         WHERE kind = 'note' AND order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE order_events SET details = json_remove(details, '$.email', '$.customer_name',
             '$.profile', '$.proxy_list', '$.payment_method', '$.shipping_address', '$.notes',
             '$.order_url', '$.buyer')
         WHERE json_valid(details) AND order_id IN (SELECT value FROM json_each(?))",
        orders
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The histories tell that something was erased, and not what.
pub(super) async fn note(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    orders: &str,
) -> sqlx::Result<()> {
    let now = text_of(Utc::now());
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, details)
         SELECT value, ?1, 'forgotten', 'command', ?2, '{}' FROM json_each(?3)",
        now,
        request.user.0,
        orders
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE orders SET updated_at = ? WHERE id IN (SELECT value FROM json_each(?))",
        now,
        orders
    )
    .execute(connection)
    .await?;
    Ok(())
}
