//! The orders of a span of time, as the figures count them.

use anyhow::Context;
use chrono_tz::Tz;
use futures::TryStreamExt;
use sqlx::{query, query_scalar};

use super::order_row::{currency_of, status_of};
use super::time::time_of;
use super::{Ledger, OrderFilter};
use crate::figures::{Counted, Figures};
use crate::ids::GuildId;

impl Ledger {
    /// What the orders that match come to, by the days of a zone. Declines have no store, no
    /// status and no profile: they are counted where the filter names none.
    pub async fn figures(
        &self,
        guild: GuildId,
        filter: &OrderFilter,
        zone: Tz,
    ) -> anyhow::Result<Figures> {
        let conditions = filter.conditions();
        let (from, below) = conditions.stores;
        let mut rows = query!(
            "SELECT ordered_at, quantity, total_minor, currency, status, store, profile, product
             FROM orders
             WHERE guild_id = ?1
                 AND (?2 IS NULL OR (store_key >= ?2 AND store_key < ?3))
                 AND (?4 IS NULL OR status = ?4)
                 AND (?5 IS NULL OR profile = ?5 COLLATE NOCASE)
                 AND ordered_at >= coalesce(?6, '')
                 AND ordered_at < coalesce(?7, 'a')",
            guild.0,
            from,
            below,
            conditions.status,
            conditions.profile,
            conditions.since,
            conditions.until
        )
        .fetch(&self.readers);
        let mut figures = Figures::default();
        while let Some(row) = rows.try_next().await.context("read orders for the figures")? {
            let order = Counted {
                ordered_at: time_of(&row.ordered_at),
                units: row.quantity,
                total_minor: row.total_minor,
                currency: currency_of(row.currency.as_deref()),
                status: status_of(&row.status),
                store: row.store,
                profile: row.profile,
                product: row.product,
            };
            figures.add(&order, zone);
        }
        drop(rows);
        if filter.store.is_none() && filter.status.is_none() && filter.profile.is_none() {
            figures.declines = self.declines(guild, conditions.since, conditions.until).await?;
        }
        Ok(figures)
    }

    async fn declines(
        &self,
        guild: GuildId,
        since: Option<String>,
        until: Option<String>,
    ) -> anyhow::Result<i64> {
        let count = query_scalar!(
            r#"SELECT count(*) AS "count!: i64" FROM deliveries
               WHERE guild_id = ?1 AND outcome = 'declined'
                   AND coalesce(posted_at, received_at) >= coalesce(?2, '')
                   AND coalesce(posted_at, received_at) < coalesce(?3, 'a')"#,
            guild.0,
            since,
            until
        );
        count.fetch_one(&self.readers).await.context("count declines")
    }
}
