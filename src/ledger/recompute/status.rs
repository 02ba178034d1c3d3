//! Bringing the statuses of orders in line with their marks and with what their messages say.

use std::collections::HashMap;

use serde_json::{Value, json};
use sqlx::{SqliteConnection, query};

use super::delivery::order_ids_json;

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

/// Computes the statuses of orders again, and writes those that are others. Gives the changes in the order of the
/// orders.
pub(crate) async fn recompute_statuses(
    connection: &mut SqliteConnection,
    orders: &[OrderId],
    cause: Cause<'_>,
) -> sqlx::Result<Vec<StatusChange>> {
    let list = order_ids_json(orders);
    let marks = marks(connection, &list, false).await?;
    let rows = query!(
        r#"SELECT orders.id AS "id!", order_number, status AS "status!", shipped_at, delivered_at,
                  said_status AS "said_status!", said_shipped_at, said_delivered_at
           FROM json_each(?) AS wanted CROSS JOIN orders ON orders.id = wanted.value ORDER BY wanted.key"#,
        list
    );
    let (mut others, mut changes, mut noted) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows.fetch_all(&mut *connection).await? {
        let time = |text: &Option<String>| text.as_deref().map(time_of);
        let said = Said {
            status: Some(words::status("orders.said_status", &row.said_status)?),
            shipped_at: time(&row.said_shipped_at),
            delivered_at: time(&row.said_delivered_at),
            ended_at: None,
        };
        let order = OrderId(row.id);
        let marks = marks.get(&order).map(Vec::as_slice).unwrap_or_default();
        let after = effective_status(marks, &said);
        let before = EffectiveStatus {
            status: words::status("orders.status", &row.status)?,
            shipped_at: time(&row.shipped_at),
            delivered_at: time(&row.delivered_at),
        };
        if before != after {
            others.push((order, after));
        }
        if before.status != after.status {
            let handle = handle_of(row.order_number.as_deref(), order);
            let (before, after) = (before.status, after.status);
            let words = [before.as_str(), after.as_str(), row.said_status.as_str()];
            noted.push((row.id, json!({ "status": words }).to_string()));
            changes.push(StatusChange { order, handle, before, after });
        }
    }
    write(connection, &others, cause.at).await?;
    note(connection, &noted, cause).await?;
    Ok(changes)
}

/// The marks that people have set for these orders.
pub(super) async fn marks_of_people(
    connection: &mut SqliteConnection,
    orders: &[OrderId],
) -> sqlx::Result<HashMap<OrderId, Vec<Mark>>> {
    marks(connection, &order_ids_json(orders), true).await
}

/// The marks that stand for orders: on one, on a message that speaks of it, on a card that shows it. `of_people`:
/// without those of sheets.
async fn marks(
    connection: &mut SqliteConnection,
    orders: &str,
    of_people: bool,
) -> sqlx::Result<HashMap<OrderId, Vec<Mark>>> {
    let rows = query!(
        r#"SELECT marks.order_id AS "order_id!: i64", status AS "status!", marked_at, created_at AS "created_at!"
           FROM json_each(?1) AS wanted CROSS JOIN marks ON marks.order_id = wanted.value
           WHERE NOT ?2 OR row_id IS NULL
           UNION ALL
           SELECT seen.order_id, status, marked_at, created_at FROM (
               SELECT order_id, message_id FROM json_each(?1) AS wanted
               CROSS JOIN order_messages ON order_messages.order_id = wanted.value
               UNION
               SELECT order_id, message_id FROM json_each(?1) AS wanted
               CROSS JOIN cards ON cards.order_id = wanted.value
           ) AS seen CROSS JOIN marks ON marks.message_id = seen.message_id"#,
        orders,
        of_people
    );
    let mut marks: HashMap<OrderId, Vec<Mark>> = HashMap::new();
    for row in rows.fetch_all(connection).await? {
        marks.entry(OrderId(row.order_id)).or_default().push(Mark {
            status: words::status("marks.status", &row.status)?,
            at: row.marked_at.as_deref().map(time_of),
            noted_at: time_of(&row.created_at),
        });
    }
    Ok(marks)
}

async fn write(
    connection: &mut SqliteConnection,
    others: &[(OrderId, EffectiveStatus)],
    at: &str,
) -> sqlx::Result<()> {
    if others.is_empty() {
        return Ok(());
    }
    let row = |(order, effective): &(OrderId, EffectiveStatus)| {
        let [shipped, delivered] =
            [effective.shipped_at, effective.delivered_at].map(|at| at.map(text_of));
        json!([order.0, effective.status.as_str(), shipped, delivered])
    };
    let others = others.iter().map(row).collect::<Value>().to_string();
    query!(
        "UPDATE orders SET status = other.value ->> 1, shipped_at = other.value ->> 2,
             delivered_at = other.value ->> 3, updated_at = ?1
         FROM json_each(?2) AS other WHERE orders.id = other.value ->> 0",
        at,
        others
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes for each order what it was, what it is, and what messages and sheets say meanwhile: by that, undoing tells
/// what they have said since.
async fn note(
    connection: &mut SqliteConnection,
    changes: &[(i64, String)],
    cause: Cause<'_>,
) -> sqlx::Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let rows = json!(changes).to_string();
    let (user, message) = (cause.user.map(|user| user.0), cause.message.map(|message| message.0));
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, message_id, details)
         SELECT value ->> 0, ?1, 'status', ?2, ?3, ?4, value ->> 1 FROM json_each(?5) ORDER BY key",
        cause.at,
        cause.source,
        user,
        message,
        rows
    )
    .execute(connection)
    .await?;
    Ok(())
}
