//! Kept messages written again, after a person corrected what they say.

use sqlx::{SqliteConnection, query};

use super::batch;
use super::drop_forgotten::drop_forgotten;
use super::known::restore;
use crate::ids::{ChannelId, GuildId, MessageId, WebhookId};
use crate::ledger::database::time::time_of;
use crate::ledger::orders::row::json_of;
use crate::order::StatusEmoji;
use crate::reading::{self, Labels};
use crate::verdict::{MessageFacts, Prepared, Via, decide};

/// Reads these messages of orders again and writes what they make by now, within the caller's
/// transaction. `false`: not all of them are kept, and nothing was written.
pub(crate) async fn read_again(
    connection: &mut SqliteConnection,
    messages: &[MessageId],
    labels: &Labels,
    emoji: &StatusEmoji,
) -> anyhow::Result<bool> {
    let list = json_of(&messages.iter().map(|message| message.0).collect::<Vec<_>>());
    let rows = query!(
        "SELECT message_id, guild_id, channel_id, webhook_id, posted_at, edited_at, received_at, payload
         FROM deliveries WHERE message_id IN (SELECT value FROM json_each(?))",
        list
    );
    let mut again = Vec::new();
    for row in rows.fetch_all(&mut *connection).await? {
        let Some(payload) = row.payload else { return Ok(false) };
        let id = MessageId(row.message_id);
        let times = (row.posted_at.as_deref(), row.edited_at.as_deref());
        let message = restore(&payload, id, row.webhook_id, times.0, times.1)?;
        let decision = decide(&message, reading::read(&message, labels), &Ok(()));
        let facts = MessageFacts {
            id,
            channel_id: ChannelId(row.channel_id),
            posted_at: row.posted_at.as_deref().map(time_of),
            received_at: time_of(&row.received_at),
            via: Via::Retry,
        };
        let mut addresses = reading::addresses::of_message(&message);
        addresses.extend(decision.orders.iter().filter_map(|order| order.details.email.clone()));
        again.push(Prepared {
            facts,
            guild_id: GuildId(row.guild_id),
            webhook_id: row.webhook_id.map(WebhookId),
            edited_at: row.edited_at.as_deref().map(time_of),
            trust: Ok(()),
            says_nothing: message.says_nothing(),
            decision,
            addresses,
            payload: Some(payload),
            is_lost: false,
        });
    }
    if again.len() < messages.len() {
        return Ok(false);
    }
    let again = drop_forgotten(connection, &again).await?;
    batch::write(connection, &again, labels, emoji).await?;
    Ok(true)
}
