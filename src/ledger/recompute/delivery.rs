//! Bringing a delivery in line with what became of its orders.

use sqlx::{SqliteConnection, query, query_scalar};

use super::summary::{Base, Part, Summary, sum_up};
use crate::ids::{MessageId, OrderId};
use crate::ledger::database::words;
use crate::ledger::orders::row::json_of;
use crate::order::status_emoji::StatusEmoji;

/// Whether a reaction that Discord refused is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused<'a> {
    /// There may be another one to show.
    TryAgain,
    /// A person has done something at this time, and waits for the bot to show it.
    TryFirst(&'a str),
    /// Nothing has changed.
    Keep,
}

/// Sums a kept delivery up again and writes what is different.
pub(crate) async fn recompute_delivery(
    connection: &mut SqliteConnection,
    message: MessageId,
    emoji: &StatusEmoji,
    refused: Refused<'_>,
) -> sqlx::Result<Option<Summary>> {
    let row = query!(
        r#"SELECT outcome, reason, order_ids, via, deleted_at, reaction_wanted, reaction_shown,
                  reaction_refused, reaction_asked_at, doubtful AND NOT EXISTS (
                      SELECT 1 FROM marks WHERE marks.message_id = deliveries.message_id
                  ) AS "is_doubtful!: bool"
           FROM deliveries WHERE message_id = ?"#,
        message.0
    );
    let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let parts = parts(connection, message).await?;
    let base = Base {
        outcome: words::outcome("deliveries.outcome", &row.outcome)?,
        reason: &row.reason,
        via: words::via("deliveries.via", &row.via)?,
        is_doubtful: row.is_doubtful,
    };
    let summary = sum_up(base, &parts, emoji);
    let orders = order_ids_json(&summary.orders);
    // A reaction on a message that is gone cannot change any more.
    let stays =
        row.deleted_at.is_some() || (refused == Refused::Keep && row.reaction_refused.is_some());
    let reaction = if stays { &row.reaction_wanted } else { &summary.reaction };
    let asked_at = match refused {
        Refused::TryFirst(at) if *reaction != row.reaction_shown => Some(at.to_owned()),
        _ => row.reaction_asked_at.clone(),
    };
    let outcome = summary.outcome.as_str();
    if (outcome, &summary.reason, &orders, reaction, &asked_at)
        != (
            row.outcome.as_str(),
            &row.reason,
            &row.order_ids,
            &row.reaction_wanted,
            &row.reaction_asked_at,
        )
    {
        query!(
            "UPDATE deliveries
             SET outcome = ?, reason = ?, order_ids = ?, reaction_wanted = ?, reaction_asked_at = ?
             WHERE message_id = ?",
            outcome,
            summary.reason,
            orders,
            reaction,
            asked_at,
            message.0
        )
        .execute(connection)
        .await?;
    }
    Ok(Some(summary))
}

/// Order ids as their JSON column.
pub(crate) fn order_ids_json(orders: &[OrderId]) -> String {
    let ids: Vec<i64> = orders.iter().map(|order| order.0).collect();
    json_of(&ids)
}

/// The messages that speak of an order.
pub(crate) async fn messages_of(
    connection: &mut SqliteConnection,
    order: OrderId,
) -> sqlx::Result<Vec<MessageId>> {
    let ids = query_scalar!(
        r#"SELECT DISTINCT message_id AS "message_id!" FROM order_messages WHERE order_id = ?"#,
        order.0
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(MessageId).collect())
}

async fn parts(connection: &mut SqliteConnection, message: MessageId) -> sqlx::Result<Vec<Part>> {
    let rows = query!(
        r#"SELECT link.outcome, link.order_id, waiting_for, doubt, status AS "status?",
                  orders.id IS NOT NULL AND order_number IS NULL AS "lacks_number!: bool",
                  CASE WHEN doubt IS NOT NULL OR order_number IS NULL THEN EXISTS (
                      SELECT 1 FROM marks WHERE created_at >= received_at AND (
                          marks.order_id = link.order_id OR marks.message_id IN (
                              SELECT message_id FROM order_messages WHERE order_id = link.order_id
                              UNION SELECT message_id FROM cards WHERE order_id = link.order_id
                          )
                      )
                  ) ELSE 0 END AS "is_marked!: bool"
           FROM order_messages AS link
           JOIN deliveries ON deliveries.message_id = link.message_id
           LEFT JOIN orders ON orders.id = link.order_id
           WHERE link.message_id = ? ORDER BY position"#,
        message.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let parts = rows.map(|row| {
        let order = match row.order_id.zip(row.status) {
            Some((id, word)) => Some((OrderId(id), words::status("orders.status", &word)?)),
            None => None,
        };
        Ok(Part {
            outcome: words::outcome("order_messages.outcome", &row.outcome)?,
            order,
            waiting_for: row.waiting_for,
            doubt: row.doubt,
            lacks_number: row.lacks_number,
            is_marked: row.is_marked,
        })
    });
    parts.collect()
}
