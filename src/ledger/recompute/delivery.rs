//! Bringing deliveries in line with what became of their orders.

use std::collections::HashMap;

use serde_json::{Value, json};
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

/// Sums kept deliveries up again and writes what is different.
pub(crate) async fn recompute_deliveries(
    connection: &mut SqliteConnection,
    messages: &[MessageId],
    emoji: &StatusEmoji,
    refused: Refused<'_>,
) -> sqlx::Result<HashMap<MessageId, Summary>> {
    if messages.is_empty() {
        return Ok(HashMap::new());
    }
    let list = json_of(&messages.iter().map(|message| message.0).collect::<Vec<_>>());
    let parts = parts(connection, &list).await?;
    let rows = query!(
        r#"SELECT message_id AS "message_id!", outcome AS "outcome!", reason AS "reason!", order_ids AS "order_ids!",
                  via AS "via!", deleted_at, reaction_wanted, reaction_shown, reaction_refused, reaction_asked_at,
                  doubtful AND NOT EXISTS (
                      SELECT 1 FROM marks WHERE marks.message_id = deliveries.message_id
                  ) AS "is_doubtful!: bool"
           FROM json_each(?) AS wanted CROSS JOIN deliveries ON message_id = wanted.value"#,
        list
    );
    let (mut others, mut summaries) = (Vec::new(), HashMap::new());
    for row in rows.fetch_all(&mut *connection).await? {
        let message = MessageId(row.message_id);
        let base = Base {
            outcome: words::outcome("deliveries.outcome", &row.outcome)?,
            reason: &row.reason,
            via: words::via("deliveries.via", &row.via)?,
            is_doubtful: row.is_doubtful,
        };
        let parts = parts.get(&message).map(Vec::as_slice).unwrap_or_default();
        let summary = sum_up(base, parts, emoji);
        let orders = order_ids_json(&summary.orders);
        // A reaction on a message that is gone cannot change any more.
        let stays = row.deleted_at.is_some()
            || (refused == Refused::Keep && row.reaction_refused.is_some());
        let reaction = if stays { &row.reaction_wanted } else { &summary.reaction };
        let asked_at = match refused {
            Refused::TryFirst(at) if *reaction != row.reaction_shown => Some(at.to_owned()),
            _ => row.reaction_asked_at.clone(),
        };
        let outcome = summary.outcome.as_str();
        let is = (outcome, &summary.reason, &orders, reaction, &asked_at);
        let was = (
            row.outcome.as_str(),
            &row.reason,
            &row.order_ids,
            &row.reaction_wanted,
            &row.reaction_asked_at,
        );
        if is != was {
            others.push(json!([message.0, outcome, summary.reason, orders, reaction, asked_at]));
        }
        summaries.insert(message, summary);
    }
    write(connection, others).await?;
    Ok(summaries)
}

/// Each is the columns below, in their order, behind the message's id.
async fn write(connection: &mut SqliteConnection, others: Vec<Value>) -> sqlx::Result<()> {
    if others.is_empty() {
        return Ok(());
    }
    let others = Value::Array(others).to_string();
    query!(
        "UPDATE deliveries
         SET outcome = other.value ->> 1, reason = other.value ->> 2, order_ids = other.value ->> 3,
             reaction_wanted = other.value ->> 4, reaction_asked_at = other.value ->> 5
         FROM json_each(?) AS other WHERE message_id = other.value ->> 0",
        others
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Order ids as their JSON column.
pub(crate) fn order_ids_json(orders: &[OrderId]) -> String {
    let ids: Vec<i64> = orders.iter().map(|order| order.0).collect();
    json_of(&ids)
}

/// The messages that speak of these orders.
pub(crate) async fn messages_of(
    connection: &mut SqliteConnection,
    orders: &[OrderId],
) -> sqlx::Result<Vec<MessageId>> {
    let list = order_ids_json(orders);
    let ids = query_scalar!(
        r#"SELECT DISTINCT message_id AS "message_id!"
           FROM json_each(?) AS wanted CROSS JOIN order_messages ON order_id = wanted.value"#,
        list
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(MessageId).collect())
}

async fn parts(
    connection: &mut SqliteConnection,
    messages: &str,
) -> sqlx::Result<HashMap<MessageId, Vec<Part>>> {
    let rows = query!(
        r#"SELECT link.message_id AS "message_id!", link.outcome AS "outcome!", link.order_id, waiting_for, doubt,
                  status AS "status?", orders.id IS NOT NULL AND order_number IS NULL AS "lacks_number!: bool",
                  CASE WHEN doubt IS NOT NULL OR order_number IS NULL OR doubtful THEN EXISTS (
                      SELECT 1 FROM marks WHERE created_at >= received_at AND (
                          marks.order_id = link.order_id OR marks.message_id IN (
                              SELECT message_id FROM order_messages WHERE order_id = link.order_id
                              UNION SELECT message_id FROM cards WHERE order_id = link.order_id
                          )
                      )
                  ) ELSE 0 END AS "is_marked!: bool"
           FROM json_each(?) AS wanted CROSS JOIN order_messages AS link ON link.message_id = wanted.value
           CROSS JOIN deliveries ON deliveries.message_id = link.message_id
           LEFT JOIN orders ON orders.id = link.order_id
           ORDER BY wanted.key, position"#,
        messages
    );
    let mut parts: HashMap<MessageId, Vec<Part>> = HashMap::new();
    for row in rows.fetch_all(connection).await? {
        let order = match row.order_id.zip(row.status) {
            Some((id, word)) => Some((OrderId(id), words::status("orders.status", &word)?)),
            None => None,
        };
        parts.entry(MessageId(row.message_id)).or_default().push(Part {
            outcome: words::outcome("order_messages.outcome", &row.outcome)?,
            order,
            waiting_for: row.waiting_for,
            doubt: row.doubt,
            lacks_number: row.lacks_number,
            is_marked: row.is_marked,
        });
    }
    Ok(parts)
}
