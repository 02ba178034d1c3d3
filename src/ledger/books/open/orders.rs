//! The orders of a line of what is open.

use anyhow::Context;
use sqlx::query_scalar;

use super::OpenQuery;
use crate::ids::GuildId;
use crate::ledger::model::books::open_key::by_decimals;
use crate::ledger::orders::filter::conditions::Conditions;
use crate::ledger::orders::filter::load;
use crate::ledger::{Ledger, OpenKey, Order};

impl Ledger {
    /// The orders of a line, the oldest first; of foreign parcels there are none.
    pub async fn orders_of_line(
        &self,
        guild: GuildId,
        asked: &OpenQuery,
        key: OpenKey,
        (limit, offset): (u32, u32),
    ) -> anyhow::Result<Vec<Order>> {
        let conditions = self.conditions(&asked.filter).await?;
        let line = key.line();
        let ids = match key {
            OpenKey::ChargeMissing | OpenKey::RefundMissing => {
                let charged =
                    self.charged_profiles(guild).await.context("find charged profiles")?;
                self.ids_beside(guild, &conditions, (line, &charged), (limit, offset)).await
            }
            _ => {
                let tolerance = by_decimals(asked.tolerance);
                self.ids_live(guild, &conditions, (line, &tolerance), (limit, offset)).await
            }
        };
        let ids = ids.context("find the orders of a line of what is open")?;
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        load(&mut connection, &ids).await
    }

    async fn ids_live(
        &self,
        guild: GuildId,
        conditions: &Conditions,
        (line, tolerance): (i64, &str),
        (limit, offset): (u32, u32),
    ) -> sqlx::Result<Vec<i64>> {
        let ids = query_scalar!(
            r#"SELECT order_id AS "id!" FROM open_lines
               WHERE guild_id = ?1 AND line = ?2
                   AND (line <> 6 OR gap > (?3 ->> ('$[' || digits || ']')))
                   AND (line <> 2 OR EXISTS (
                       SELECT 1 FROM batches WHERE guild_id = ?1 AND kind = 'received' AND undone_at IS NULL
                   ))
                   AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR profile = ?5 COLLATE NOCASE)
               ORDER BY ordered_at, order_id LIMIT ?6 OFFSET ?7"#,
            guild.0,
            line,
            tolerance,
            conditions.stores,
            conditions.profile,
            limit,
            offset
        );
        ids.fetch_all(&self.readers).await
    }

    async fn ids_beside(
        &self,
        guild: GuildId,
        conditions: &Conditions,
        (line, charged): (i64, &str),
        (limit, offset): (u32, u32),
    ) -> sqlx::Result<Vec<i64>> {
        let ids = query_scalar!(
            r#"SELECT order_id AS "id!" FROM (
                   SELECT order_id, ordered_at, store_key, profile FROM missing_lines
                   WHERE ?2 = 8 AND guild_id = ?1 AND line = 8
                   UNION ALL
                   SELECT order_id, ordered_at, store_key, profile
                   FROM json_each(?7) AS charged CROSS JOIN missing_lines
                       ON guild_id = ?1 AND line = 7 AND lower(coalesce(profile, '')) = charged.value
                   WHERE ?2 = 7
               )
               WHERE (?3 IS NULL OR store_key IN (SELECT value FROM json_each(?3)))
                   AND (?4 IS NULL OR profile = ?4 COLLATE NOCASE)
               ORDER BY ordered_at, order_id LIMIT ?5 OFFSET ?6"#,
            guild.0,
            line,
            conditions.stores,
            conditions.profile,
            limit,
            offset,
            charged
        );
        ids.fetch_all(&self.readers).await
    }
}
