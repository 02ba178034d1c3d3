//! Orders that turn out to be one, and that are parted again: what people did goes with the messages.

use std::collections::{BTreeSet, HashMap};

use sqlx::{SqliteConnection, query};

use crate::ids::MessageId;
use crate::ledger::orders::row::json_of;

/// An order that becomes a part of another one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Merged {
    pub(super) id: i64,
    pub(super) into: i64,
    /// The part of a message that announced it.
    pub(super) part: (MessageId, i64),
}

/// The orders that these messages announced before they became a part of others.
pub(super) async fn merged_by(
    connection: &mut SqliteConnection,
    messages: &BTreeSet<MessageId>,
) -> sqlx::Result<HashMap<(MessageId, i64), i64>> {
    let list = json_of(&messages.iter().map(|message| message.0).collect::<Vec<_>>());
    let rows = query!(
        r#"SELECT id AS "id!", message_id, position FROM merged_orders
           WHERE message_id IN (SELECT value FROM json_each(?))"#,
        list
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| ((MessageId(row.message_id), row.position), row.id)).collect())
}

/// Moves what people did to an order to the one that it is a part of by now.
pub(super) async fn merge(connection: &mut SqliteConnection, merged: Merged) -> sqlx::Result<()> {
    let Merged { id, into, part: (message, position) } = merged;
    query!(
        "INSERT INTO merged_orders (id, message_id, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        id,
        message.0,
        position
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE marks SET home_id = coalesce(home_id, order_id), order_id = ? WHERE order_id = ?",
        into,
        id
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE additions SET home_id = coalesce(home_id, order_id), order_id = ? WHERE order_id = ?",
        into,
        id
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE corrections SET home_id = coalesce(home_id, order_id), order_id = ? WHERE order_id = ?",
        into,
        id
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE order_events SET home_id = coalesce(home_id, order_id), order_id = ?
         WHERE order_id = ?",
        into,
        id
    )
    .execute(&mut *connection)
    .await?;
    query!(
        "UPDATE OR REPLACE cards SET home_id = coalesce(home_id, order_id), order_id = ?
         WHERE order_id = ?",
        into,
        id
    )
    .execute(&mut *connection)
    .await?;
    amend(connection, into).await
}

/// Moves what people did to an order that was merged to where its announcement is by now: to itself, where
/// it is an order again.
pub(super) async fn follow(
    connection: &mut SqliteConnection,
    id: i64,
    order: i64,
) -> sqlx::Result<()> {
    let home = (id != order).then_some(id);
    query!("UPDATE marks SET order_id = ?, home_id = ? WHERE home_id = ?", order, home, id)
        .execute(&mut *connection)
        .await?;
    query!("UPDATE additions SET order_id = ?, home_id = ? WHERE home_id = ?", order, home, id)
        .execute(&mut *connection)
        .await?;
    query!("UPDATE corrections SET order_id = ?, home_id = ? WHERE home_id = ?", order, home, id)
        .execute(&mut *connection)
        .await?;
    query!("UPDATE order_events SET order_id = ?, home_id = ? WHERE home_id = ?", order, home, id)
        .execute(&mut *connection)
        .await?;
    query!(
        "UPDATE OR REPLACE cards SET order_id = ?, home_id = ? WHERE home_id = ?",
        order,
        home,
        id
    )
    .execute(&mut *connection)
    .await?;
    if home.is_none() {
        query!("DELETE FROM merged_orders WHERE id = ?", id).execute(&mut *connection).await?;
    }
    amend(connection, order).await
}

/// Notes that people have added to an order, where they have.
async fn amend(connection: &mut SqliteConnection, order: i64) -> sqlx::Result<()> {
    query!(
        "INSERT INTO amended_orders (order_id, said_tracking, said_notes)
         SELECT id, tracking_number, notes FROM orders
         WHERE id = ?1 AND EXISTS (SELECT 1 FROM additions WHERE order_id = ?1)
         ON CONFLICT DO NOTHING",
        order
    )
    .execute(connection)
    .await?;
    Ok(())
}
