//! What of the orders stands in Discord, where the ledger erases nothing.

use anyhow::Context;
use sqlx::query;

use super::{Posted, ToForget};
use crate::ids::{ChannelId, MessageId, OrderId};
use crate::ledger::Ledger;
use crate::ledger::orders::row::json_of;

impl Ledger {
    /// Fills in where the messages are, and what the bot itself has posted of the orders of this list.
    pub(super) async fn find_in_discord(
        &self,
        orders: &str,
        found: &mut ToForget,
    ) -> anyhow::Result<()> {
        let messages = json_of(&found.messages.iter().map(|id| id.0).collect::<Vec<_>>());
        let posted = query!(
            // An import makes up ids below zero.
            "SELECT message_id, channel_id FROM deliveries
             WHERE message_id > 0 AND channel_id > 0 AND deleted_at IS NULL
                 AND message_id IN (SELECT value FROM json_each(?))
             ORDER BY message_id DESC",
            messages
        );
        let posted = posted.fetch_all(&self.readers).await.context("find messages in Discord")?;
        let place =
            |channel, message| Posted { channel: ChannelId(channel), message: MessageId(message) };
        found.posted = posted.iter().map(|row| place(row.channel_id, row.message_id)).collect();
        let cards = query!(
            r#"SELECT message_id AS "message_id!", channel_id AS "channel_id!", order_id AS "order_id!"
               FROM cards WHERE order_id IN (SELECT value FROM json_each(?))
               ORDER BY message_id DESC"#,
            orders
        );
        let cards = cards.fetch_all(&self.readers).await.context("find the bot's own cards")?;
        let card = cards.iter().map(|row| (place(row.channel_id, row.message_id), row.order_id));
        found.cards = card.map(|(posted, order)| (posted, OrderId(order))).collect();
        Ok(())
    }
}
