//! Taking corrections of what messages say back.

use anyhow::Context;
use sqlx::{SqliteConnection, query, query_as};

use crate::ids::{MessageId, OrderId};
use crate::ledger::Ledger;
use crate::ledger::people::corrections::order_of;
use crate::ledger::write::read_again;
use crate::reading::Labels;

/// A part of a message that a correction speaks of.
struct CorrectedPart {
    id: i64,
    message_id: i64,
    position: i64,
    kind: String,
    /// When another correction took its place; absent: it holds.
    replaced_at: Option<String>,
}

/// Takes the corrections back that a person made at this time to an order, and reads their messages
/// again. Gives the order that they are of by then; `None`: their messages are kept no longer.
pub(super) async fn take_back(
    ledger: &Ledger,
    connection: &mut SqliteConnection,
    (user, made_at): (i64, &str),
    now: &str,
    labels: &Labels,
) -> anyhow::Result<Option<OrderId>> {
    let parts = query_as!(
        CorrectedPart,
        r#"SELECT id AS "id!", message_id AS "message_id!", position AS "position!", kind, undone_at AS replaced_at
           FROM corrections WHERE user_id = ? AND made_at = ? AND message_id IS NOT NULL ORDER BY id"#,
        user,
        made_at
    );
    let parts = parts.fetch_all(&mut *connection).await.context("find corrections to take back")?;
    for part in &parts {
        take_out(connection, part, made_at, now).await.context("take a correction back")?;
    }
    let messages: Vec<MessageId> = parts.iter().map(|part| MessageId(part.message_id)).collect();
    if !read_again(connection, &messages, labels, &ledger.emoji).await? {
        return Ok(None);
    }
    let spoken_of = parts.iter().map(|part| (MessageId(part.message_id), part.position));
    order_of(connection, spoken_of).await
}

/// The correction before holds again, or does so once the one that took the place of this one is taken back.
async fn take_out(
    connection: &mut SqliteConnection,
    part: &CorrectedPart,
    made_at: &str,
    now: &str,
) -> sqlx::Result<()> {
    query!("UPDATE corrections SET undone_at = ? WHERE id = ?", now, part.id)
        .execute(&mut *connection)
        .await?;
    query!(
        "UPDATE corrections SET undone_at = ?
         WHERE message_id = ? AND position = ? AND kind = ? AND undone_at = ? AND id < ?",
        part.replaced_at,
        part.message_id,
        part.position,
        part.kind,
        made_at,
        part.id
    )
    .execute(connection)
    .await?;
    Ok(())
}
