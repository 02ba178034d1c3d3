//! What people corrected, for those who read messages.

use sqlx::{SqliteConnection, query};

use crate::ids::MessageId;
use crate::ledger::model::fold::corrected::{Correction, Corrections};
use crate::ledger::orders::row::json_of;

/// The corrections of these messages that hold.
pub(crate) async fn corrections_of(
    connection: &mut SqliteConnection,
    messages: &[MessageId],
) -> sqlx::Result<Corrections> {
    let list = json_of(&messages.iter().map(|message| message.0).collect::<Vec<_>>());
    let rows = query!(
        r#"SELECT message_id AS "message_id!", position AS "position!", kind, value FROM corrections
           WHERE message_id IN (SELECT value FROM json_each(?)) AND undone_at IS NULL ORDER BY id"#,
        list
    );
    let mut corrections = Corrections::default();
    for row in rows.fetch_all(connection).await? {
        if let Some(correction) = Correction::stored(&row.kind, row.value) {
            corrections.add((MessageId(row.message_id), row.position), correction);
        }
    }
    Ok(corrections)
}
