//! Posts of the bot that show what was forgotten since: each is edited, also after a restart.

use anyhow::Context;
use sqlx::{SqliteConnection, query, query_scalar};

use super::forget::{ForgetRequest, Posted, hash_of_text};
use crate::ids::{ChannelId, GuildId, MessageId, OrderId};
use crate::ledger::{Ledger, Order};

/// Edits that are given at a time.
const PAGE: i64 = 100;

/// An edit that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueEdit {
    id: i64,
    /// In which server.
    pub guild: GuildId,
    /// The order as it is now; `None`: it is gone.
    pub order: Option<OrderId>,
    /// Where it is shown.
    pub shown: Shown,
}

/// Where a post shows an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// It is a card of it.
    Card(Posted),
    /// It is a line of it in the feed.
    Line(PostedLine),
}

/// A line of the feed, known again by what it begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostedLine {
    key: Vec<u8>,
    hash: Vec<u8>,
}

impl PostedLine {
    /// Whether the line begins with this.
    pub fn begins_with(&self, text: &str) -> bool {
        hash_of_text(&self.key, text) == self.hash
    }
}

impl Ledger {
    /// Edits that are due behind this one, the oldest first, at most a hundred. `None`: from the first on.
    pub async fn due_edits(&self, behind: Option<&DueEdit>) -> anyhow::Result<Vec<DueEdit>> {
        let behind = behind.map_or(i64::MIN, |due| due.id);
        let rows = query!(
            r#"SELECT id AS "id!", guild_id, order_id, deleted AS "deleted: bool", channel_id, message_id, line,
                   (SELECT key FROM forgotten_key LIMIT 1) AS key
               FROM due_edits WHERE id > ? ORDER BY id LIMIT ?"#,
            behind,
            PAGE
        );
        let rows =
            rows.fetch_all(&self.readers).await.context("find posts that are to be edited")?;
        let edits = rows.into_iter().filter_map(|row| {
            let shown = match (row.channel_id, row.message_id, row.line, row.key) {
                (Some(channel), Some(message), _, _) => {
                    let (channel, message) = (ChannelId(channel), MessageId(message));
                    Shown::Card(Posted { channel, message })
                }
                (_, _, Some(hash), Some(key)) => Shown::Line(PostedLine { key, hash }),
                _ => return None,
            };
            let order = (!row.deleted).then_some(OrderId(row.order_id));
            Some(DueEdit { id: row.id, guild: GuildId(row.guild_id), order, shown })
        });
        Ok(edits.collect())
    }

    /// Notes that a post is edited, or cannot be.
    pub async fn note_edited(&self, edit: &DueEdit) -> anyhow::Result<()> {
        // What was dropped meanwhile has left its id to the next one.
        query!("DELETE FROM due_edits WHERE id = ? AND guild_id = ?", edit.id, edit.guild.0)
            .execute(&self.writer)
            .await
            .context("note an edited post")?;
        Ok(())
    }

    /// Drops what is due in a server that the bot has left: it can edit nothing there any more.
    pub async fn drop_due_edits(&self, guild: GuildId) -> anyhow::Result<()> {
        query!("DELETE FROM due_edits WHERE guild_id = ?", guild.0)
            .execute(&self.writer)
            .await
            .context("drop edits of a server that the bot has left")?;
        Ok(())
    }

    /// The hashes of what the lines begin with that name these orders.
    pub(super) async fn hashes_of_lines(
        &self,
        guild: GuildId,
        orders: &[OrderId],
        line: impl Fn(&Order) -> String,
    ) -> anyhow::Result<Vec<(OrderId, Vec<u8>)>> {
        let key = query_scalar!("SELECT key FROM forgotten_key LIMIT 1");
        let key = key.fetch_one(&self.readers).await.context("read the key of hashes")?;
        let mut hashes = Vec::new();
        for order in orders {
            let order = self.order(guild, *order).await?;
            hashes.extend(order.map(|order| (order.id, hash_of_text(&key, &line(&order)))));
        }
        Ok(hashes)
    }
}

/// Keeps which posts show the orders of this list, in the transaction that erases these and before they are gone.
pub(super) async fn note_due_edits(
    connection: &mut SqliteConnection,
    request: &ForgetRequest,
    orders: &str,
    lines: &[(OrderId, Vec<u8>)],
) -> sqlx::Result<()> {
    let guild = request.guild.0;
    query!(
        "INSERT INTO due_edits (guild_id, order_id, deleted, channel_id, message_id)
         SELECT guild_id, order_id, ?, channel_id, message_id FROM cards
         WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY message_id",
        request.delete_orders,
        orders
    )
    .execute(&mut *connection)
    .await?;
    for (order, hash) in lines {
        query!(
            "INSERT INTO due_edits (guild_id, order_id, deleted, line) VALUES (?, ?, ?, ?)",
            guild,
            order.0,
            request.delete_orders,
            hash
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn due(ledger: &Ledger, guild: i64) {
        let due = "INSERT INTO due_edits (guild_id, order_id, deleted, channel_id, message_id) VALUES (?, 1, 1, 5, 6)";
        sqlx::query(due).bind(guild).execute(&ledger.writer).await.unwrap();
    }

    #[tokio::test]
    async fn what_came_in_the_place_of_a_dropped_edit_is_still_due() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        due(&ledger, 1).await;
        let of_left = ledger.due_edits(None).await.unwrap();
        ledger.drop_due_edits(GuildId(1)).await.unwrap();
        due(&ledger, 2).await;
        ledger.note_edited(&of_left[0]).await.unwrap();
        let left = ledger.due_edits(None).await.unwrap();
        assert_eq!(left.iter().map(|due| due.guild).collect::<Vec<_>>(), [GuildId(2)]);
        ledger.note_edited(&left[0]).await.unwrap();
        assert!(ledger.due_edits(None).await.unwrap().is_empty());
    }
}
