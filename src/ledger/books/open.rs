//! What is not finished: each live order in the first line that fits, so that they add up.

pub(in crate::ledger) mod hand_in;
pub(in crate::ledger) mod late;
mod missing;
mod orders;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{query_as, query_scalar};

use crate::config;
use crate::ids::GuildId;
use crate::ledger::database::time::time_of;
use crate::ledger::database::words;
use crate::ledger::model::books::open_key::by_decimals;
use crate::ledger::orders::filter::conditions::Conditions;
use crate::ledger::{Ledger, OpenKey, OrderFilter};
use crate::order::Money;
use crate::sheet::Amount;

/// The orders of one line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenLine {
    /// How many.
    pub orders: i64,
    /// Units that were ordered; of foreign parcels how many there are.
    pub units: i64,
    /// What they cost, the currency of most orders first; of those paid short what is missing.
    pub total: Vec<Money>,
    /// When the oldest was ordered.
    pub oldest: Option<DateTime<Utc>>,
}

/// All lines, each of them there.
pub type Open = BTreeMap<OpenKey, OpenLine>;

/// The lines that are in no tally, as JSON: what is tolerated is configured.
const BESIDE_THE_TALLIES: &str = "[6]";

/// Which orders are looked at, and by how much a payout may be less than the cost.
#[derive(Debug, Clone)]
pub struct OpenQuery {
    /// Their guild, store and profile; status and time do not matter.
    pub filter: OrderFilter,
    /// In whole units of an order's currency.
    pub tolerance: Amount,
}

/// By how much a payout may be less than the cost, as it is configured.
pub fn tolerance(books: &config::Books) -> Amount {
    // What is no amount does not get past the configuration.
    books.short_tolerance.parse().unwrap_or_default()
}

impl Ledger {
    /// What is open in a guild. A payout may be less than the cost by `tolerance`.
    pub async fn open_orders(&self, guild: GuildId, tolerance: Amount) -> anyhow::Result<Open> {
        let filter = OrderFilter { guild: Some(guild), ..OrderFilter::default() };
        self.open_of(guild, &OpenQuery { filter, tolerance }).await
    }

    /// What is open of some orders of a guild. Foreign parcels are of no store and no profile.
    pub async fn open_of(&self, guild: GuildId, asked: &OpenQuery) -> anyhow::Result<Open> {
        let mut open: Open =
            OpenKey::ALL.into_iter().map(|key| (key, OpenLine::default())).collect();
        let conditions = self.conditions(&asked.filter).await?;
        let tolerance = by_decimals(asked.tolerance);
        let live = self.live_lines(guild, &conditions, &tolerance, &mut open);
        live.await.context("read what is open")?;
        let beside = self.lines_beside(guild, &conditions, &mut open);
        beside.await.context("read what is missing")?;
        if conditions.stores.is_some() || conditions.profile.is_some() {
            return Ok(open);
        }
        let parcels = query_scalar!(
            r#"SELECT count(DISTINCT value) AS "count!: i64" FROM batch_keys
               JOIN batch_rows ON batch_rows.id = row_id JOIN batches ON batches.id = batch_id
               WHERE batch_keys.guild_id = ?1 AND batch_keys.kind = 'parcel'
                   AND dropped_at IS NULL AND undone_at IS NULL
                   AND NOT EXISTS (SELECT 1 FROM parcels WHERE parcels.guild_id = ?1 AND number = value)"#,
            guild.0
        );
        let parcels = parcels.fetch_one(&self.readers).await.context("count foreign parcels")?;
        open.entry(OpenKey::ForeignParcels).or_default().units = parcels;
        Ok(open)
    }

    async fn live_lines(
        &self,
        guild: GuildId,
        conditions: &Conditions,
        tolerance: &str,
        open: &mut Open,
    ) -> anyhow::Result<()> {
        let mut lines = self.lines_of(guild).await?;
        if conditions.profile.is_none() {
            self.tallied_lines(guild, conditions, lines, open).await?;
            lines = BESIDE_THE_TALLIES;
        }
        let rows = query_as!(
            LineRow,
            // The inner query goes by the index alone, which SQLite does not see where the sums are beside it.
            r#"SELECT line AS "line!: i64", currency, count(*) AS "orders!: i64",
                      CAST(total(quantity) AS INTEGER) AS "units!: i64", count(total_minor) AS "known!: i64",
                      CAST(total(CASE line WHEN 6 THEN gap ELSE total_minor END) AS INTEGER) AS "total!: i64",
                      min(ordered_at) AS "oldest!: String"
               FROM (
                   SELECT line, currency, quantity, total_minor, gap, ordered_at FROM open_lines
                   WHERE guild_id = ?1 AND line IN (SELECT value FROM json_each(?5))
                       AND (line <> 6 OR gap > (?2 ->> ('$[' || digits || ']')))
                       AND (?3 IS NULL OR store_key IN (SELECT value FROM json_each(?3)))
                       AND (?4 IS NULL OR profile = ?4 COLLATE NOCASE)
                   LIMIT -1
               ) GROUP BY line, currency"#,
            guild.0,
            tolerance,
            conditions.stores,
            conditions.profile,
            lines
        );
        Ok(add_lines(open, rows.fetch_all(&self.readers).await?)?)
    }

    /// The lines that the tallies count by, of all profiles.
    async fn tallied_lines(
        &self,
        guild: GuildId,
        conditions: &Conditions,
        lines: &str,
        open: &mut Open,
    ) -> sqlx::Result<()> {
        let rows = query_as!(
            LineRow,
            r#"WITH sums AS MATERIALIZED (
                   SELECT open_line, currency, sum(orders) AS orders, CAST(total(units) AS INTEGER) AS units,
                          sum(totals) AS totals, CAST(total(total_minor) AS INTEGER) AS total
                   FROM order_tallies
                   WHERE guild_id = ?1 AND unit = 'all' AND open_line IN (SELECT value FROM json_each(?2))
                       AND (?3 IS NULL OR store_key IN (SELECT value FROM json_each(?3)))
                   GROUP BY open_line, currency
               )
               SELECT open_line AS "line!: i64", nullif(currency, '') AS "currency: String", orders AS "orders!: i64",
                      units AS "units!: i64", totals AS "known!: i64", total AS "total!: i64", (
                          SELECT ordered_at FROM open_lines
                          -- The plus takes the column's type off, which the expression of the index does not have.
                          WHERE guild_id = ?1 AND line = +open_line
                              AND (?3 IS NULL OR store_key IN (SELECT value FROM json_each(?3)))
                          ORDER BY ordered_at LIMIT 1
                      ) AS "oldest!: String"
               FROM sums"#,
            guild.0,
            lines,
            conditions.stores
        );
        add_lines(open, rows.fetch_all(&self.readers).await?)
    }

    /// The lines of live orders in this guild, as JSON: what is delivered is finished where no group counts it.
    async fn lines_of(&self, guild: GuildId) -> sqlx::Result<&'static str> {
        let has_group = query_scalar!(
            r#"SELECT EXISTS (
                   SELECT 1 FROM batches WHERE guild_id = ? AND kind = 'received' AND undone_at IS NULL
               ) AS "has_group!: bool""#,
            guild.0
        );
        let has_group = has_group.fetch_one(&self.readers).await?;
        Ok(if has_group { "[0,1,2,3,4,5,6]" } else { "[0,1,3,4,5,6]" })
    }
}

/// Orders of one line and one currency.
struct LineRow {
    /// The place of its key among all.
    line: i64,
    currency: Option<String>,
    orders: i64,
    units: i64,
    /// Those whose sum is known.
    known: i64,
    total: i64,
    oldest: String,
}

/// Adds them, the most orders first.
fn add_lines(open: &mut Open, mut rows: Vec<LineRow>) -> sqlx::Result<()> {
    rows.sort_by_key(|row| Reverse(row.orders));
    for row in rows {
        let place = usize::try_from(row.line).ok();
        let Some(key) = place.and_then(|place| OpenKey::ALL.get(place)) else { continue };
        let currency = words::currency("orders.currency", row.currency.as_deref())?;
        let total = (row.known > 0).then_some(Money { minor: row.total, currency });
        add(open, *key, (row.orders, row.units), total, &row.oldest);
    }
    Ok(())
}

fn add(
    open: &mut Open,
    key: OpenKey,
    (orders, units): (i64, i64),
    total: Option<Money>,
    oldest: &str,
) {
    let line = open.entry(key).or_default();
    line.orders = line.orders.saturating_add(orders);
    line.units = line.units.saturating_add(units);
    line.total.extend(total);
    let oldest = time_of(oldest);
    line.oldest = Some(line.oldest.map_or(oldest, |known| known.min(oldest)));
}
