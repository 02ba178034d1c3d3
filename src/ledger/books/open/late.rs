//! Orders that are late with something, each told of once.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{query, query_scalar};

use crate::ids::GuildId;
use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;

/// With what an order can be late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// Delivered long ago, and the buying group has not received all of it.
    Claim,
    /// Verified long ago, and not paid.
    Unpaid,
    /// Ordered long ago, and not charged, though other orders of the profile were.
    Charge,
    /// Cancelled long ago, charged, and not refunded.
    Refund,
}

impl Late {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Claim, Self::Unpaid, Self::Charge, Self::Refund];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Unpaid => "unpaid",
            Self::Charge => "charge",
            Self::Refund => "refund",
        }
    }
}

/// Orders that were noted as late.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotedLate {
    /// What commands take them by, the oldest first.
    pub handles: Vec<String>,
    /// Their ids, as JSON.
    ids: String,
}

impl Ledger {
    /// Notes the orders that are late since before this time and of which nobody was told yet. Call it before it is
    /// posted: what is lost in a crash is better than what comes with every restart.
    pub async fn note_late(
        &self,
        guild: GuildId,
        late: Late,
        before: DateTime<Utc>,
    ) -> anyhow::Result<NotedLate> {
        let (kind, before) = (late.as_str(), text_of(before));
        let ids = self.late(guild, late, &before).await.context("find late orders")?;
        if ids.is_empty() {
            return Ok(NotedLate::default());
        }
        let ids = serde_json::to_string(&ids).unwrap_or_default();
        query!(
            "INSERT INTO late_orders (guild_id, kind, order_id)
             SELECT ?, ?, value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING",
            guild.0,
            kind,
            ids
        )
        .execute(&self.writer)
        .await
        .context("note late orders")?;
        let handles = query_scalar!(
            r#"SELECT coalesce(order_number, 'no:' || orders.id) AS "handle!: String"
               FROM json_each(?) AS late JOIN orders ON orders.id = late.value ORDER BY ordered_at, orders.id"#,
            ids
        );
        let handles = handles.fetch_all(&self.readers).await.context("name late orders")?;
        Ok(NotedLate { handles, ids })
    }

    /// Takes the note back, where nobody could be told of them.
    pub async fn forget_late(
        &self,
        guild: GuildId,
        late: Late,
        noted: &NotedLate,
    ) -> anyhow::Result<()> {
        let kind = late.as_str();
        query!(
            "DELETE FROM late_orders
             WHERE guild_id = ? AND kind = ? AND order_id IN (SELECT value FROM json_each(?))",
            guild.0,
            kind,
            noted.ids
        )
        .execute(&self.writer)
        .await
        .context("take back that orders are late")?;
        Ok(())
    }

    async fn late(&self, guild: GuildId, late: Late, before: &str) -> sqlx::Result<Vec<i64>> {
        let charged = match late {
            Late::Charge => self.charged_profiles(guild).await?,
            _ => String::new(),
        };
        let ids = match late {
            Late::Claim => query_scalar!(
                r#"SELECT order_id AS "id!" FROM open_lines
                   WHERE guild_id = ?1 AND line IN (2, 3) AND delivered_at < ?2 AND EXISTS (
                       SELECT 1 FROM batches WHERE guild_id = ?1 AND kind = 'received' AND undone_at IS NULL
                   ) AND NOT EXISTS (SELECT 1 FROM late_orders
                       WHERE guild_id = ?1 AND kind = 'claim' AND late_orders.order_id = open_lines.order_id)"#,
                guild.0,
                before
            )
            .fetch_all(&self.readers),
            Late::Unpaid => query_scalar!(
                r#"SELECT order_id AS "id!" FROM open_lines
                   WHERE guild_id = ?1 AND line = 5 AND coalesce(group_modified_at, ordered_at) < ?2
                       AND NOT EXISTS (SELECT 1 FROM late_orders
                           WHERE guild_id = ?1 AND kind = 'unpaid' AND late_orders.order_id = open_lines.order_id)"#,
                guild.0,
                before
            )
            .fetch_all(&self.readers),
            Late::Charge => query_scalar!(
                r#"SELECT order_id AS "id!"
                   FROM json_each(?3) AS charged CROSS JOIN missing_lines
                       ON guild_id = ?1 AND line = 7 AND lower(coalesce(profile, '')) = charged.value
                   WHERE ordered_at < ?2
                       AND NOT EXISTS (SELECT 1 FROM late_orders
                           WHERE guild_id = ?1 AND kind = 'charge' AND late_orders.order_id = missing_lines.order_id)"#,
                guild.0,
                before,
                charged
            )
            .fetch_all(&self.readers),
            Late::Refund => query_scalar!(
                r#"SELECT order_id AS "id!" FROM missing_lines
                   WHERE guild_id = ?1 AND line = 8 AND coalesce((
                       SELECT max(at) FROM order_events
                       WHERE order_events.order_id = missing_lines.order_id AND details ->> '$.status[1]' = 'cancelled'
                   ), ordered_at) < ?2
                       AND NOT EXISTS (SELECT 1 FROM late_orders
                           WHERE guild_id = ?1 AND kind = 'refund' AND late_orders.order_id = missing_lines.order_id)"#,
                guild.0,
                before
            )
            .fetch_all(&self.readers),
        };
        ids.await
    }
}
