//! Pages of orders, and how many there are: by the tallies, so that a million cost no more than ten.
//!
//! The tallies count by whole days of UTC. Where a filter begins or ends within a day, the orders of that
//! day are counted themselves; profiles are not in the tallies, and are counted so, too.

mod page;
mod sorted;

use anyhow::Context;
use futures::TryStreamExt;
use sqlx::{query_as, query_scalar};

use super::filter::conditions::Conditions;
use super::filter::load;
use super::totals::{CurrencyTotal, to_usize};
use crate::ledger::model::day_split::Split;
use crate::ledger::{Ledger, Order, OrderFilter, Totals};

/// A day with orders that match.
struct Day {
    day: String,
    orders: i64,
}

impl Ledger {
    /// The latest orders of the filter's guild first, by the time of the checkout. What lists are narrowed by does not
    /// matter.
    pub async fn recent_orders(
        &self,
        filter: &OrderFilter,
        limit: u32,
        offset: u32,
    ) -> anyhow::Result<Vec<Order>> {
        let guild = filter.guild.context("a list of orders is of one guild")?.0;
        let (limit, skip) = (to_usize(limit), to_usize(offset));
        let conditions = self.conditions(filter).await?;
        let ids = if conditions.profile.is_some() {
            let span = (conditions.since(), conditions.until());
            self.between(guild, &conditions, span, limit, skip).await?
        } else {
            self.by_days(guild, &conditions, limit, skip).await?
        };
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        load(&mut connection, &ids).await
    }

    /// Goes through the days that have orders of the kind, the latest first, and passes over those that
    /// lie before the page without reading their orders.
    async fn by_days(
        &self,
        guild: i64,
        conditions: &Conditions,
        limit: usize,
        mut skip: usize,
    ) -> anyhow::Result<Vec<i64>> {
        let (since, until) = (conditions.since(), conditions.until());
        let mut ids = Vec::new();
        for Day { day, orders } in self.days(guild, conditions, skip + limit).await? {
            let end = format!("{day}U");
            let is_whole = since <= day.as_str() && end.as_str() <= until;
            let orders = usize::try_from(orders).unwrap_or_default();
            if is_whole && skip >= orders {
                skip -= orders;
                continue;
            }
            let span = (since.max(&day), until.min(&end));
            let wanted = limit - ids.len();
            if is_whole {
                ids.extend(self.between(guild, conditions, span, wanted, skip).await?);
                skip = 0;
            } else {
                // How many of that day lie within the filter is not known.
                let of_day = self.between(guild, conditions, span, skip + wanted, 0).await?;
                let skipped = skip.min(of_day.len());
                ids.extend(of_day.into_iter().skip(skip));
                skip -= skipped;
            }
            if ids.len() >= limit {
                break;
            }
        }
        Ok(ids)
    }

    /// How many orders match, and their sum per currency. A part of a product's name does not matter,
    /// nor, where a profile is asked for, what else lists are narrowed by.
    pub async fn count_and_sum(&self, filter: &OrderFilter) -> anyhow::Result<Totals> {
        let conditions = self.conditions(filter).await?;
        let mut totals = Vec::new();
        for guild in self.guilds_of(filter).await? {
            if conditions.profile.is_some() {
                let span = (conditions.since(), conditions.until());
                totals.extend(self.count_between(guild, &conditions, span).await?);
                continue;
            }
            if !conditions.are_tallied() {
                totals.extend(self.counted(guild, &conditions).await?);
                continue;
            }
            let split = Split::of(filter.since, filter.until);
            if let Some((first, last)) = &split.days {
                totals.extend(self.tallied(guild, &conditions, (first, last)).await?);
            }
            for (from, below) in &split.edges {
                totals.extend(self.count_between(guild, &conditions, (from, below)).await?);
            }
        }
        Totals::of(totals.into_iter()).context("sum orders up")
    }

    /// The latest days with orders that match, as many as it takes for so many orders. On the first and
    /// the last of a filter's days they may lie outside of it.
    async fn days(
        &self,
        guild: i64,
        conditions: &Conditions,
        orders: usize,
    ) -> anyhow::Result<Vec<Day>> {
        let (since, until) = (conditions.since.as_deref(), conditions.until());
        let mut coming = query_as!(
            Day,
            r#"SELECT day, sum(orders) AS "orders!: i64" FROM order_tallies
               WHERE guild_id = ?1 AND day >= substr(coalesce(?2, '0'), 1, 10) AND day <= substr(?3, 1, 10)
                   AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR status = ?5)
               GROUP BY day ORDER BY day DESC"#,
            guild,
            since,
            until,
            conditions.stores,
            conditions.status
        )
        .fetch(&self.readers);
        let mut days = Vec::new();
        let mut within = 0;
        while let Some(day) = coming.try_next().await.context("find the days of the orders")? {
            // The first and the last day may lie partly outside: they are no part of the sum.
            let is_edge = days.is_empty() || since.is_some_and(|since| since > day.day.as_str());
            within += if is_edge { 0 } else { usize::try_from(day.orders).unwrap_or_default() };
            days.push(day);
            if within >= orders {
                break;
            }
        }
        Ok(days)
    }

    async fn between(
        &self,
        guild: i64,
        conditions: &Conditions,
        (since, until): (&str, &str),
        limit: usize,
        skip: usize,
    ) -> anyhow::Result<Vec<i64>> {
        let [limit, skip] = [limit, skip].map(|rows| i64::try_from(rows).unwrap_or(i64::MAX));
        let ids = query_scalar!(
            r#"SELECT id AS "id!" FROM orders
               WHERE guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3
                   AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR status = ?5)
                   AND (?6 IS NULL OR profile = ?6 COLLATE NOCASE)
               ORDER BY ordered_at DESC, id DESC LIMIT ?7 OFFSET ?8"#,
            guild,
            since,
            until,
            conditions.stores,
            conditions.status,
            conditions.profile,
            limit,
            skip
        );
        ids.fetch_all(&self.readers).await.context("find the latest orders")
    }

    async fn count_between(
        &self,
        guild: i64,
        conditions: &Conditions,
        (since, until): (&str, &str),
    ) -> anyhow::Result<Vec<CurrencyTotal>> {
        let totals = query_as!(
            CurrencyTotal,
            r#"SELECT currency, count(*) AS "orders!: i64",
                      CAST(total(coalesce(total_minor, 0)) AS INTEGER) AS "total_minor!: i64"
               FROM orders
               WHERE guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3
                   AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR status = ?5)
                   AND (?6 IS NULL OR profile = ?6 COLLATE NOCASE)
               GROUP BY currency"#,
            guild,
            since,
            until,
            conditions.stores,
            conditions.status,
            conditions.profile
        );
        totals.fetch_all(&self.readers).await.context("count orders")
    }

    async fn tallied(
        &self,
        guild: i64,
        conditions: &Conditions,
        (first, last): (&str, &str),
    ) -> anyhow::Result<Vec<CurrencyTotal>> {
        let totals = query_as!(
            CurrencyTotal,
            r#"SELECT currency AS "currency?", sum(orders) AS "orders!: i64",
                      CAST(total(total_minor) AS INTEGER) AS "total_minor!: i64"
               FROM order_tallies
               WHERE guild_id = ?1 AND day >= ?2 AND day < ?3
                   AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR status = ?5)
               GROUP BY currency"#,
            guild,
            first,
            last,
            conditions.stores,
            conditions.status
        );
        totals.fetch_all(&self.readers).await.context("read the tallies of orders")
    }
}
