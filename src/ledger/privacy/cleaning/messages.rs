//! Kept messages, and what became of them.

use sqlx::{SqliteConnection, query};

use super::content::Content;

pub(super) async fn rows(
    connection: &mut SqliteConnection,
    (after, to): (i64, i64),
    limit: i64,
) -> sqlx::Result<Vec<(i64, Content)>> {
    let rows = query!(
        "SELECT message_id, payload, reason FROM deliveries
         WHERE message_id > ? AND message_id <= ? ORDER BY message_id LIMIT ?",
        after,
        to,
        limit
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let content = |payload, reason| Content::Message { payload, reason };
    Ok(rows.map(|row| (row.message_id, content(row.payload, row.reason))).collect())
}

pub(super) async fn write(
    connection: &mut SqliteConnection,
    message: i64,
    payload: Option<&[u8]>,
    reason: &str,
) -> sqlx::Result<()> {
    query!(
        "UPDATE deliveries SET payload = ?, reason = ? WHERE message_id = ?",
        payload,
        reason,
        message
    )
    .execute(connection)
    .await?;
    Ok(())
}
