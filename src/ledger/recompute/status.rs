//! Bringing an order's status in line with its marks and with what its messages say.

use sqlx::{SqliteConnection, query};

use crate::ids::{MessageId, OrderId, UserId};
use crate::ledger::StatusChange;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::database::words;
use crate::ledger::model::effective_status::{EffectiveStatus, Mark, Said, effective_status};
use crate::ledger::model::typed::order::handle_of;

/// Who or what made a change, for the history.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cause<'a> {
    /// `webhook`, `import`, `reaction`, `menu`, `command`.
    pub(crate) source: &'a str,
    pub(crate) user: Option<UserId>,
    pub(crate) message: Option<MessageId>,
    /// The time of the change, as stored.
    pub(crate) at: &'a str,
}

/// Computes the status again, and writes it where it is another one.
pub(crate) async fn recompute_status(
    connection: &mut SqliteConnection,
    order: OrderId,
    cause: Cause<'_>,
) -> sqlx::Result<Option<StatusChange>> {
    let row = query!(
        "SELECT order_number, status, shipped_at, delivered_at, said_status, said_shipped_at,
                said_delivered_at FROM orders WHERE id = ?",
        order.0
    );
    let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let time = |text: &Option<String>| text.as_deref().map(time_of);
    let said = Said {
        status: Some(words::status("orders.said_status", &row.said_status)?),
        shipped_at: time(&row.said_shipped_at),
        delivered_at: time(&row.said_delivered_at),
    };
    let after = effective_status(&marks(connection, order).await?, &said);
    let before = EffectiveStatus {
        status: words::status("orders.status", &row.status)?,
        shipped_at: time(&row.shipped_at),
        delivered_at: time(&row.delivered_at),
    };
    if before == after {
        return Ok(None);
    }
    write(connection, order, &after, cause.at).await?;
    if before.status == after.status {
        return Ok(None);
    }
    note(connection, order, [before.status.as_str(), after.status.as_str()], cause).await?;
    let (before, after) = (before.status, after.status);
    let handle = handle_of(row.order_number.as_deref(), order);
    Ok(Some(StatusChange { order, handle, before, after }))
}

/// The marks that stand for an order: on it, on a message that speaks of it, on a card that shows it.
async fn marks(connection: &mut SqliteConnection, order: OrderId) -> sqlx::Result<Vec<Mark>> {
    let rows = query!(
        r#"SELECT status AS "status!", marked_at, created_at AS "created_at!" FROM marks
           WHERE order_id = ?1
           UNION ALL
           SELECT status, marked_at, created_at FROM marks
           WHERE message_id IN (SELECT message_id FROM order_messages WHERE order_id = ?1
                                UNION SELECT message_id FROM cards WHERE order_id = ?1)"#,
        order.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let marks = rows.map(|row| {
        Ok(Mark {
            status: words::status("marks.status", &row.status)?,
            at: row.marked_at.as_deref().map(time_of),
            noted_at: time_of(&row.created_at),
        })
    });
    marks.collect()
}

async fn write(
    connection: &mut SqliteConnection,
    order: OrderId,
    effective: &EffectiveStatus,
    at: &str,
) -> sqlx::Result<()> {
    let status = effective.status.as_str();
    let (shipped, delivered) =
        (effective.shipped_at.map(text_of), effective.delivered_at.map(text_of));
    query!(
        "UPDATE orders SET status = ?, shipped_at = ?, delivered_at = ?, updated_at = ? WHERE id = ?",
        status,
        shipped,
        delivered,
        at,
        order.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn note(
    connection: &mut SqliteConnection,
    order: OrderId,
    words: [&str; 2],
    cause: Cause<'_>,
) -> sqlx::Result<()> {
    let details = serde_json::json!({ "status": words }).to_string();
    let (user, message) = (cause.user.map(|user| user.0), cause.message.map(|message| message.0));
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, message_id, details)
         VALUES (?, ?, 'status', ?, ?, ?, ?)",
        order.0,
        cause.at,
        cause.source,
        user,
        message,
        details
    )
    .execute(connection)
    .await?;
    Ok(())
}
