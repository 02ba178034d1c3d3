//! Orders with which a charge or a refund is missing: beside the lines of what is open, and counted with none of them.

use std::cmp::Reverse;

use sqlx::{query, query_scalar};

use super::{Open, add};
use crate::ids::GuildId;
use crate::ledger::database::words;
use crate::ledger::orders::filter::conditions::Conditions;
use crate::ledger::{Ledger, OpenKey};
use crate::order::Money;

impl Ledger {
    pub(super) async fn lines_beside(
        &self,
        guild: GuildId,
        conditions: &Conditions,
        open: &mut Open,
    ) -> anyhow::Result<()> {
        let charged = self.charged_profiles(guild).await?;
        let rows = query!(
            // Each line by itself, so that both go by the index.
            r#"SELECT line AS "line!: i64", currency, count(*) AS "orders!: i64",
                      CAST(total(quantity) AS INTEGER) AS "units!: i64", count(total_minor) AS "known!: i64",
                      CAST(total(total_minor) AS INTEGER) AS "total!: i64", min(ordered_at) AS "oldest!: String"
               FROM (
                   SELECT line, currency, quantity, total_minor, ordered_at, store_key, profile
                   FROM missing_lines WHERE guild_id = ?1 AND line = 8
                   UNION ALL
                   SELECT line, currency, quantity, total_minor, ordered_at, store_key, profile
                   FROM json_each(?4) AS charged CROSS JOIN missing_lines
                       ON guild_id = ?1 AND line = 7 AND lower(coalesce(profile, '')) = charged.value
               )
               WHERE (?2 IS NULL OR store_key IN (SELECT value FROM json_each(?2)))
                   AND (?3 IS NULL OR profile = ?3 COLLATE NOCASE)
               GROUP BY line, currency"#,
            guild.0,
            conditions.stores,
            conditions.profile,
            charged
        );
        let mut rows = rows.fetch_all(&self.readers).await?;
        rows.sort_by_key(|row| Reverse(row.orders));
        for row in rows {
            let key = if row.line == 8 { OpenKey::RefundMissing } else { OpenKey::ChargeMissing };
            let currency = words::currency("orders.currency", row.currency.as_deref())?;
            let total = (row.known > 0).then_some(Money { minor: row.total, currency });
            add(open, key, (row.orders, row.units), total, &row.oldest);
        }
        Ok(())
    }

    /// The profiles of which orders were charged, as JSON: from each the index is asked for the next.
    pub(super) async fn charged_profiles(&self, guild: GuildId) -> sqlx::Result<String> {
        let charged = query_scalar!(
            r#"WITH RECURSIVE charged (profile) AS (
                   SELECT (SELECT profile FROM charged_profiles WHERE guild_id = ?1 ORDER BY profile LIMIT 1)
                   UNION ALL
                   SELECT (
                       SELECT charged_profiles.profile FROM charged_profiles
                       WHERE guild_id = ?1 AND charged_profiles.profile > charged.profile
                       ORDER BY charged_profiles.profile LIMIT 1
                   )
                   FROM charged WHERE charged.profile IS NOT NULL
               )
               SELECT json_group_array(profile) AS "profiles!: String" FROM charged WHERE profile IS NOT NULL"#,
            guild.0
        );
        charged.fetch_one(&self.readers).await
    }
}
