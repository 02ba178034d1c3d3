//! Rows that are there already: edited deliveries, changed orders.

use sqlx::{SqliteConnection, query};

use super::families::{FamilyKey, FamilyName};
use crate::ids::{GuildId, MessageId};
use crate::ledger::database::time::text_of;
use crate::ledger::orders::row::json_of;
use crate::ledger::recompute::Summary;
use crate::verdict::Prepared;

/// What a part of a message spoke of.
#[derive(Debug)]
pub(super) struct Detached {
    pub(super) position: i64,
    pub(super) order_id: Option<i64>,
    /// Absent where the order was removed by hand.
    pub(super) family: Option<FamilyKey>,
}

/// Takes a message out of the orders that it spoke of, and says which these were.
pub(super) async fn detach(
    connection: &mut SqliteConnection,
    message: MessageId,
) -> sqlx::Result<Vec<Detached>> {
    let rows = query!(
        r#"SELECT position, order_id, coalesce(order_number, waiting_for) AS number,
                  orders.id IS NOT NULL AS "is_there!: bool",
                  coalesce(orders.guild_id, deliveries.guild_id) AS "guild_id!"
           FROM order_messages
           JOIN deliveries ON deliveries.message_id = order_messages.message_id
           LEFT JOIN orders ON orders.id = order_id
           WHERE order_messages.message_id = ? ORDER BY position"#,
        message.0
    );
    let rows = rows.fetch_all(&mut *connection).await?.into_iter();
    let detached = rows.map(|row| {
        let lone = || row.is_there.then_some(FamilyName::Lone(message, row.position));
        let name = row.number.map(FamilyName::Number).or_else(lone);
        Detached {
            position: row.position,
            order_id: row.order_id,
            family: name.map(|name| FamilyKey { guild_id: GuildId(row.guild_id), name }),
        }
    });
    query!("DELETE FROM order_messages WHERE message_id = ?", message.0)
        .execute(connection)
        .await?;
    Ok(detached.collect())
}

/// Replaces the kept copy of a message.
pub(super) async fn delivery(
    connection: &mut SqliteConnection,
    message: &Prepared,
    guild: GuildId,
    summary: &Summary,
) -> sqlx::Result<()> {
    let edited_at = message.edited_at.map(text_of);
    let outcome = summary.outcome.as_str();
    let orders = crate::ledger::recompute::order_ids_json(&summary.orders);
    let webhook_id = message.webhook_id.map(|id| id.0);
    let posted_at = message.facts.posted_at.map(text_of);
    let (dropped, forced) = (message.payload.is_none(), message.forced());
    query!(
        "UPDATE deliveries SET guild_id = ?, webhook_id = coalesce(?, webhook_id),
             posted_at = coalesce(?, posted_at), edited_at = ?, outcome = ?, reason = ?,
             order_ids = ?, payload = ?, doubtful = ?, dropped_at = CASE WHEN ? THEN dropped_at END,
             -- What is only read again does not ask anew for what Discord refused.
             reaction_wanted = CASE
                 WHEN deleted_at IS NULL AND NOT (? AND reaction_refused IS NOT NULL) THEN ?
                 ELSE reaction_wanted END
         WHERE message_id = ?",
        guild.0,
        webhook_id,
        posted_at,
        edited_at,
        outcome,
        summary.reason,
        orders,
        message.payload,
        message.decision.is_doubtful,
        dropped,
        forced,
        summary.reaction,
        message.facts.id.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Makes room for an order's lines to be written anew.
pub(super) async fn drop_items(connection: &mut SqliteConnection, order: i64) -> sqlx::Result<()> {
    query!("DELETE FROM order_items WHERE order_id = ?", order).execute(connection).await?;
    Ok(())
}

/// Removes orders that no message announces any more, after an edit.
pub(super) async fn drop_orders(
    connection: &mut SqliteConnection,
    ids: &[i64],
) -> sqlx::Result<()> {
    let list = json_of(ids);
    query!("DELETE FROM orders WHERE id IN (SELECT value FROM json_each(?))", list)
        .execute(connection)
        .await?;
    Ok(())
}

/// What a batch has to know of the database before it looks anything up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Holds {
    /// The last order id that was given out.
    pub(super) last_order_id: i64,
    /// Whether a checkout without an order number was ever kept.
    pub(super) unnumbered: bool,
    /// Whether people have corrected anything.
    pub(super) corrections: bool,
    /// Whether an order has become a part of another one.
    pub(super) merged: bool,
}

/// Looks what the database holds. Most hold none of what is rare, and nothing more is asked for it.
pub(super) async fn holds(connection: &mut SqliteConnection) -> sqlx::Result<Holds> {
    // SQLite declares no types for its own table, which the compile-time check cannot take.
    let row = sqlx::query_as::<_, (i64, bool, bool, bool)>(
        "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'orders'), 0),
             EXISTS (SELECT 1 FROM order_messages WHERE unnumbered_at IS NOT NULL),
             EXISTS (SELECT 1 FROM corrections), EXISTS (SELECT 1 FROM merged_orders)",
    );
    let (last_order_id, unnumbered, corrections, merged) = row.fetch_one(connection).await?;
    Ok(Holds { last_order_id, unnumbered, corrections, merged })
}
