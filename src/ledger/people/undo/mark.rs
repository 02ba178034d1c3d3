//! The mark that a person takes back.

use sqlx::{SqliteConnection, query};

use super::acts::Act;
use crate::ids::{MessageId, OrderId};

/// A mark that made a status.
pub(super) struct MarkRow {
    id: i64,
    pub(super) message: Option<MessageId>,
    emoji: Option<String>,
}

/// The mark by which the person made the status in that moment.
pub(super) async fn mark_of(
    connection: &mut SqliteConnection,
    order: OrderId,
    act: &Act,
) -> sqlx::Result<Option<MarkRow>> {
    let mark = query!(
        r#"SELECT id, message_id, emoji FROM marks
           WHERE user_id = ?2 AND status = ?3 AND created_at = ?4
               AND (order_id = ?1 OR message_id IN (SELECT message_id FROM order_messages WHERE order_id = ?1
                                                    UNION SELECT message_id FROM cards WHERE order_id = ?1))
           ORDER BY id DESC LIMIT 1"#,
        order.0,
        act.user,
        act.after,
        act.at
    );
    let mark = mark.fetch_optional(connection).await?;
    Ok(mark.map(|mark| MarkRow {
        id: mark.id,
        message: mark.message_id.map(MessageId),
        emoji: mark.emoji,
    }))
}

/// Takes a person's mark away. A reaction that still stands below the message is remembered as one without
/// effect, or the next look at the history would bring it back.
pub(super) async fn forget_mark(
    connection: &mut SqliteConnection,
    user: i64,
    mark: MarkRow,
) -> sqlx::Result<()> {
    if let (Some(message), Some(emoji)) = (mark.message, mark.emoji) {
        query!(
            "INSERT INTO unheard_reactions (message_id, user_id, emoji) VALUES (?, ?, ?)
             ON CONFLICT DO NOTHING",
            message.0,
            user,
            emoji
        )
        .execute(&mut *connection)
        .await?;
    }
    query!("DELETE FROM marks WHERE id = ?", mark.id).execute(connection).await?;
    Ok(())
}
