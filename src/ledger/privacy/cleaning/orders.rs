//! Orders with their lines, doubts and what messages alone make of them; their histories.

use serde_json::Value;
use sqlx::{SqliteConnection, query};

use super::content::Content;
use crate::ledger::model::store_key::StoreKey;

pub(in crate::ledger::privacy) async fn rows(
    connection: &mut SqliteConnection,
    (after, to): (i64, i64),
    limit: i64,
) -> sqlx::Result<Vec<(i64, Content)>> {
    let rows = query!(
        r#"SELECT id, json_object(
                  'store', store, 'product', product, 'email', email, 'customer_name', customer_name,
                  'profile', profile, 'proxy_list', proxy_list, 'reference_number', reference_number,
                  'tracking_number', tracking_number, 'payment_method', payment_method,
                  'shipping_address', shipping_address, 'shipping_method', shipping_method,
                  'notes', notes, 'product_url', product_url, 'order_url', order_url,
                  'image_url', image_url, 'group_status', group_status,
                  'group_order_id', group_order_id, 'buyer', buyer,
                  'items', (
                      SELECT json_group_array(json_object('line', line, 'product', product, 'sku', sku,
                                                          'size', size, 'product_url', product_url))
                      FROM order_items WHERE order_id = orders.id
                  ),
                  'parts', (
                      SELECT json_group_array(json_object('message_id', message_id,
                                                          'position', position, 'doubt', doubt))
                      FROM order_messages WHERE order_id = orders.id AND doubt IS NOT NULL
                  ),
                  'said', (
                      SELECT json_object('said_tracking', said_tracking, 'said_notes', said_notes,
                                         'said_row', json(iif(json_valid(said_row), said_row, NULL)))
                      FROM amended_orders WHERE order_id = orders.id
                  )
              ) AS "texts!: String"
           FROM orders WHERE id > ? AND id <= ? ORDER BY id LIMIT ?"#,
        after,
        to,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.id, Content::of_object(&row.texts))).collect())
}

pub(in crate::ledger::privacy) async fn write(
    connection: &mut SqliteConnection,
    order: i64,
    texts: &Value,
) -> sqlx::Result<()> {
    let json = texts.to_string();
    let key = StoreKey::of(texts.get("store").and_then(Value::as_str));
    let key = key.as_str();
    query!(
        "UPDATE orders SET
             -- Compared by the name as it was, it would still hold the secret.
             store_key = iif(store IS ?2 ->> 'store', store_key, ?3), store = ?2 ->> 'store',
             product = ?2 ->> 'product', email = ?2 ->> 'email', customer_name = ?2 ->> 'customer_name',
             profile = ?2 ->> 'profile', proxy_list = ?2 ->> 'proxy_list',
             reference_number = ?2 ->> 'reference_number', tracking_number = ?2 ->> 'tracking_number',
             payment_method = ?2 ->> 'payment_method', shipping_address = ?2 ->> 'shipping_address',
             shipping_method = ?2 ->> 'shipping_method', notes = ?2 ->> 'notes',
             product_url = ?2 ->> 'product_url', order_url = ?2 ->> 'order_url',
             image_url = ?2 ->> 'image_url', group_status = ?2 ->> 'group_status',
             group_order_id = ?2 ->> 'group_order_id', buyer = ?2 ->> 'buyer'
         WHERE id = ?1",
        order,
        json,
        key
    )
    .execute(&mut *connection)
    .await?;
    let said_store = texts.pointer("/said/said_row/0/3").and_then(Value::as_str);
    write_parts(connection, order, (&json, &StoreKey::of(said_store))).await
}

/// `said_key`: what the store that messages alone name is compared by.
async fn write_parts(
    connection: &mut SqliteConnection,
    order: i64,
    (json, said_key): (&str, &StoreKey),
) -> sqlx::Result<()> {
    query!(
        "UPDATE order_items SET product = value ->> 'product', sku = value ->> 'sku', size = value ->> 'size',
             product_url = value ->> 'product_url'
         FROM json_each(?2, '$.items') WHERE order_id = ?1 AND line = value ->> 'line'",
        order,
        json
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE order_messages SET doubt = value ->> 'doubt'
         FROM json_each(?2, '$.parts')
         WHERE order_id = ?1 AND message_id = value ->> 'message_id' AND position = value ->> 'position'",
        order,
        json
    )
    .execute(&mut *connection)
    .await?;
    let said_key = said_key.as_str();
    query!(
        "UPDATE amended_orders SET said_tracking = ?2 ->> '$.said.said_tracking',
             said_notes = ?2 ->> '$.said.said_notes',
             said_row = CASE
                 WHEN ?2 ->> '$.said.said_row' IS NULL THEN said_row
                 WHEN said_row ->> '$[0][3]' IS ?2 ->> '$.said.said_row[0][3]' THEN ?2 ->> '$.said.said_row'
                 -- As the key of the order itself.
                 ELSE json_set(?2 ->> '$.said.said_row', '$[0][22]', ?3)
             END
         WHERE order_id = ?1",
        order,
        json,
        said_key
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Entries of histories that say something.
pub(super) async fn events(
    connection: &mut SqliteConnection,
    (after, to): (i64, i64),
    limit: i64,
) -> sqlx::Result<Vec<(i64, Content)>> {
    let rows = query!(
        "SELECT id, details FROM order_events WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
        after,
        to,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.id, Content::of_json("details", &row.details))).collect())
}

pub(super) async fn write_event(
    connection: &mut SqliteConnection,
    event: i64,
    details: &Value,
) -> sqlx::Result<()> {
    let details = details.to_string();
    query!("UPDATE order_events SET details = ? WHERE id = ?", details, event)
        .execute(connection)
        .await?;
    Ok(())
}
