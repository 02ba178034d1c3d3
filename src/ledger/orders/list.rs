//! Pages of orders, and how many there are: by the tallies, so that a million cost no more than ten.
//!
//! The tallies count by whole days of UTC. Where a filter begins or ends within a day, the orders between it and the
//! nearest midnight are counted themselves; profiles are not in the tallies, and are counted so, too.

mod page;
mod profile;
mod sorted;

use anyhow::Context;
use futures::TryStreamExt;
use sqlx::{query_as, query_scalar};

use super::filter::conditions::Conditions;
use super::filter::load;
use super::totals::{CurrencyTotal, to_usize};
use crate::ledger::model::split::{Split, Unit};
use crate::ledger::{Ledger, Order, OrderFilter, Totals};

/// A day or a month with orders that match.
struct Counted {
    /// As the times of its orders begin.
    name: String,
    orders: i64,
}

impl Ledger {
    /// The latest orders of the filter's guild first, by the time of the checkout. A part of a product's name does not
    /// matter, nor a line of what is open that the tallies do not know.
    pub async fn recent_orders(
        &self,
        filter: &OrderFilter,
        limit: u32,
        offset: u32,
    ) -> anyhow::Result<Vec<Order>> {
        let guild = filter.guild.context("a list of orders is of one guild")?.0;
        let (limit, skip) = (to_usize(limit), to_usize(offset));
        let conditions = self.conditions(filter).await?;
        let counted = match &conditions.profile {
            Some(profile) => self.months_of_profile(guild, profile).await?,
            None => self.days(guild, &conditions, skip + limit).await?,
        };
        let ids = self.page_among(guild, &conditions, counted, (limit, skip)).await?;
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        load(&mut connection, &ids).await
    }

    /// Goes through the days or months that have orders, the latest first, and passes over those that lie before the
    /// page without reading their orders.
    async fn page_among(
        &self,
        guild: i64,
        conditions: &Conditions,
        counted: Vec<Counted>,
        (limit, mut skip): (usize, usize),
    ) -> anyhow::Result<Vec<i64>> {
        let (since, until) = (conditions.since(), conditions.until());
        // Months of a profile count all of its orders.
        let is_counted = conditions.profile.is_none() || conditions.are_of_profile();
        let mut ids = Vec::new();
        for Counted { name, orders } in counted {
            // Behind all that follows a name in the times that begin with it.
            let end = format!("{name}U");
            let is_whole = is_counted && since <= name.as_str() && end.as_str() <= until;
            let orders = usize::try_from(orders).unwrap_or_default();
            if is_whole && skip >= orders {
                skip -= orders;
                continue;
            }
            let span = (since.max(&name), until.min(&end));
            let wanted = limit - ids.len();
            if is_whole {
                ids.extend(self.between(guild, conditions, span, wanted, skip).await?);
                skip = 0;
            } else {
                // How many of its orders match is not known.
                let of_unit = self.between(guild, conditions, span, skip + wanted, 0).await?;
                let skipped = skip.min(of_unit.len());
                ids.extend(of_unit.into_iter().skip(skip));
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
        let is_all = filter.since.is_none() && filter.until.is_none();
        let unit = if is_all { "all" } else { Unit::Day.as_str() };
        let split = match conditions.profile {
            Some(_) => Split::all_edge(filter.since, filter.until, Unit::Day),
            None => Split::of(filter.since, filter.until, Unit::Day),
        };
        for guild in self.guilds_of(filter).await? {
            if conditions.profile.is_some() || conditions.are_tallied() {
                totals.extend(self.tallied(guild, &conditions, (unit, &split)).await?);
            } else {
                totals.extend(self.counted(guild, &conditions).await?);
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
    ) -> anyhow::Result<Vec<Counted>> {
        let (since, until) = (conditions.since.as_deref(), conditions.until());
        let line = conditions.open_line();
        let mut coming = query_as!(
            Counted,
            r#"SELECT span AS name, sum(orders) AS "orders!: i64" FROM order_tallies
               WHERE guild_id = ?1 AND unit = 'day'
                   AND span >= substr(coalesce(?2, '0'), 1, 10) AND span <= substr(?3, 1, 10)
                   AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR status = ?5)
                   AND (?6 IS NULL OR untracked = ?6)
                   AND (?7 IS NULL OR channel_id IN (SELECT value FROM json_each(?7)))
                   AND (?8 IS NULL OR open_line = ?8)
               GROUP BY span ORDER BY span DESC"#,
            guild,
            since,
            until,
            conditions.stores,
            conditions.status,
            conditions.untracked,
            conditions.channels,
            line
        )
        .fetch(&self.readers);
        let mut days = Vec::new();
        let mut within = 0;
        while let Some(day) = coming.try_next().await.context("find the days of the orders")? {
            // The first and the last day may lie partly outside: they are no part of the sum.
            let is_edge = days.is_empty() || since.is_some_and(|since| since > day.name.as_str());
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
        let line = conditions.open_line();
        let [limit, skip] = [limit, skip].map(|rows| i64::try_from(rows).unwrap_or(i64::MAX));
        let ids = query_scalar!(
            r#"SELECT id AS "id!" FROM order_sums
               WHERE guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3
                   AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                   AND (?5 IS NULL OR status = ?5)
                   AND (?6 IS NULL OR profile = ?6 COLLATE NOCASE)
                   AND (?7 IS NULL OR untracked = ?7)
                   AND (?8 IS NULL OR channel_id IN (SELECT value FROM json_each(?8)))
                   AND (?9 IS NULL OR open_line = ?9)
               ORDER BY ordered_at DESC, id DESC LIMIT ?10 OFFSET ?11"#,
            guild,
            since,
            until,
            conditions.stores,
            conditions.status,
            conditions.profile,
            conditions.untracked,
            conditions.channels,
            line,
            limit,
            skip
        );
        ids.fetch_all(&self.readers).await.context("find the latest orders")
    }

    /// Of units as a whole by the tallies, and of the edges by their orders; where a profile is asked for there are
    /// only edges.
    async fn tallied(
        &self,
        guild: i64,
        conditions: &Conditions,
        (unit, split): (&str, &Split),
    ) -> anyhow::Result<Vec<CurrencyTotal>> {
        let ((first, last), edges) = (split.bounds(), split.edges());
        let line = conditions.open_line();
        let totals = query_as!(
            CurrencyTotal,
            r#"WITH edges AS MATERIALIZED (
                   SELECT value ->> 'from' AS since, value ->> 'below' AS until, value ->> 'sign' AS sign
                   FROM json_each(?5)
               )
               SELECT currency AS "currency?", sum(orders) AS "orders!: i64",
                      CAST(total(total_minor) AS INTEGER) AS "total_minor!: i64"
               FROM (
                   SELECT currency, orders, total_minor FROM order_tallies
                   WHERE guild_id = ?1 AND unit = ?2 AND span >= ?3 AND span < ?4
                       AND (?6 IS NULL OR store_key IN (SELECT value FROM json_each(?6)))
                       AND (?7 IS NULL OR status = ?7)
                       AND (?9 IS NULL OR untracked = ?9)
                       AND (?10 IS NULL OR channel_id IN (SELECT value FROM json_each(?10)))
                       AND (?11 IS NULL OR open_line = ?11)
                   UNION ALL
                   SELECT currency, sign, sign * total_minor FROM edges CROSS JOIN order_sums
                   WHERE guild_id = ?1 AND ordered_at >= since AND ordered_at < until
                       AND (?6 IS NULL OR store_key IN (SELECT value FROM json_each(?6)))
                       AND (?7 IS NULL OR status = ?7)
                       AND (?8 IS NULL OR profile = ?8 COLLATE NOCASE)
                       AND (?9 IS NULL OR untracked = ?9)
                       AND (?10 IS NULL OR channel_id IN (SELECT value FROM json_each(?10)))
                       AND (?11 IS NULL OR open_line = ?11)
               ) GROUP BY currency HAVING sum(orders) <> 0"#,
            guild,
            unit,
            first,
            last,
            edges,
            conditions.stores,
            conditions.status,
            conditions.profile,
            conditions.untracked,
            conditions.channels,
            line
        );
        totals.fetch_all(&self.readers).await.context("read the tallies of orders")
    }
}
