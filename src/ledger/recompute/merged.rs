//! What people did to an order that becomes a part of another one.

use sqlx::{SqliteConnection, query, query_scalar};

use crate::ids::MessageId;

/// An order that becomes a part of another one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Merged {
    pub(crate) id: i64,
    pub(crate) into: i64,
    /// The part of a message that announces it.
    pub(crate) part: (MessageId, i64),
}

/// Notes by which part of a message it is an order again, should it be parted.
pub(crate) async fn note_merged(
    connection: &mut SqliteConnection,
    Merged { id, part: (message, position), .. }: Merged,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO merged_orders (id, message_id, position) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        id,
        message.0,
        position
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// The orders that became parts of this one.
pub(crate) async fn homes_in(
    connection: &mut SqliteConnection,
    order: i64,
) -> sqlx::Result<Vec<i64>> {
    // Each has at least its coming in its history.
    let homes = query_scalar!(
        r#"SELECT DISTINCT home_id AS "home_id!" FROM order_events WHERE order_id = ? AND home_id IS NOT NULL"#,
        order
    );
    homes.fetch_all(connection).await
}

/// Moves what people did to an order to the one that it is a part of by now.
pub(crate) async fn move_to(
    connection: &mut SqliteConnection,
    id: i64,
    into: i64,
) -> sqlx::Result<()> {
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

/// Moves what people did to an order that was merged to where its announcement is by now: to itself, where it is an
/// order again.
pub(crate) async fn move_home(
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
pub(crate) async fn amend(connection: &mut SqliteConnection, order: i64) -> sqlx::Result<()> {
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
