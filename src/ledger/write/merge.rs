//! Orders that turn out to be one, and that are parted again: what people did goes with the messages.

use std::collections::{BTreeSet, HashMap};

use sqlx::{SqliteConnection, query};

use crate::ids::MessageId;
use crate::ledger::orders::row::json_of;
use crate::ledger::recompute::books::{self, Followed};
use crate::ledger::recompute::merged::{Merged, move_home, move_to, note_merged};
use crate::ledger::recompute::reapply;

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
    note_merged(connection, merged).await?;
    move_to(connection, merged.id, merged.into).await
}

/// Moves what people did to orders that sheets alone announced so far to those that their messages speak of by now.
/// Gives these.
pub(super) async fn follow_messages(
    connection: &mut SqliteConnection,
    gone: &BTreeSet<i64>,
) -> sqlx::Result<Vec<i64>> {
    let mut homes = Vec::new();
    for Followed { order, home, part: (message, position) } in
        books::follow_messages(connection, gone).await?
    {
        let part = (MessageId(message), position);
        merge(connection, Merged { id: order, into: home, part }).await?;
        homes.push(home);
    }
    reapply(connection, &homes).await?;
    Ok(homes)
}

/// Moves what people did to an order that was merged to where its announcement is by now: to itself, where
/// it is an order again. Gives the orders of which sheets said what is its own again.
pub(in crate::ledger) async fn follow(
    connection: &mut SqliteConnection,
    id: i64,
    order: i64,
) -> sqlx::Result<Vec<i64>> {
    let left = books::follow_home(connection, id, order).await?;
    move_home(connection, id, order).await?;
    Ok(left)
}
