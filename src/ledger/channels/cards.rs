//! The bot's own replies that show an order, so that reactions on them mark it too.

use anyhow::Context;
use sqlx::{query, query_scalar};

use crate::ids::{ChannelId, GuildId, MessageId, OrderId};
use crate::ledger::Ledger;
use crate::ledger::orders::row::json_of;

impl Ledger {
    /// Remembers which orders a reply of the bot shows. Somebody may have reacted to it already:
    /// that counts from now on.
    pub async fn remember_card(
        &self,
        message: MessageId,
        channel: ChannelId,
        guild: GuildId,
        orders: &[OrderId],
    ) -> anyhow::Result<()> {
        let ids: Vec<i64> = orders.iter().map(|order| order.0).collect();
        let list = json_of(&ids);
        let mut transaction =
            self.writer.begin_with("BEGIN IMMEDIATE").await.context("begin to remember a card")?;
        query!(
            "INSERT INTO cards (message_id, order_id, guild_id, channel_id)
             SELECT ?1, id, ?2, ?3 FROM orders
             WHERE +guild_id = ?2 AND id IN (SELECT value FROM json_each(?4))
             ON CONFLICT DO NOTHING",
            message.0,
            guild.0,
            channel.0,
            list
        )
        .execute(&mut *transaction)
        .await
        .context("remember an order card")?;
        self.recompute_marked(&mut transaction, message).await?;
        transaction.commit().await.context("commit an order card")?;
        self.committed();
        Ok(())
    }

    /// The orders that a message announced or changed, or that a card shows.
    pub async fn orders_of_message(&self, message: MessageId) -> anyhow::Result<Vec<OrderId>> {
        let ids = query_scalar!(
            r#"SELECT order_id AS "id!: i64" FROM order_messages
               WHERE message_id = ?1 AND order_id IS NOT NULL
               UNION SELECT order_id FROM cards WHERE message_id = ?1"#,
            message.0
        );
        let ids = ids.fetch_all(&self.readers).await.context("find the orders of a message")?;
        Ok(ids.into_iter().map(OrderId).collect())
    }
}
