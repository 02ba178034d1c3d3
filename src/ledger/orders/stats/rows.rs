//! The orders of a span of time, as the figures count them: a page after the other, two of them at a time.

use anyhow::Context;
use chrono_tz::Tz;
use futures::stream::{self, Stream, TryStreamExt};
use serde::Deserialize;
use sqlx::{query, query_scalar};

use crate::figures::{Counted, Figures, Line};
use crate::ids::GuildId;
use crate::ledger::Ledger;
use crate::ledger::database::time::time_of;
use crate::ledger::database::words;
use crate::ledger::orders::filter::conditions::Conditions;
use crate::order::Money;

/// Orders of a page: what of them is in memory at once is some hundred kilobytes.
const PAGE: i64 = 4_096;
/// Pages that are read at the same time, each by a thread of SQLite's.
const AT_ONCE: usize = 2;

/// The orders of a page: behind the first place, up to the last one.
struct Page {
    from: Place,
    to: Place,
}

/// An order's place among those of its guild.
#[derive(Debug, Clone)]
struct Place {
    ordered_at: String,
    id: i64,
}

/// An order, in the order of the columns of the query.
#[derive(Deserialize)]
struct Row {
    ordered_at: String,
    quantity: i64,
    total_minor: Option<i64>,
    currency: Option<String>,
    status: String,
    store: Option<String>,
    profile: Option<String>,
    product: Option<String>,
    /// Product and units of each, where there are several.
    lines: Option<Vec<(Option<String>, Option<i64>)>>,
    payout_minor: Option<i64>,
    payout_currency: Option<String>,
}

impl Ledger {
    /// What the orders that match come to, by the days of a zone. Read page by page: what is stored or marked
    /// meanwhile may be counted as it was or as it is.
    pub(super) async fn figures_of_rows(
        &self,
        guild: GuildId,
        conditions: &Conditions,
        zone: Tz,
    ) -> anyhow::Result<Figures> {
        let mut figures = Figures::default();
        let read = self
            .pages(guild, conditions)
            .map_ok(|page| self.rows_of(guild, page, conditions))
            .try_buffered(AT_ONCE);
        let mut read = std::pin::pin!(read);
        while let Some(rows) = read.try_next().await.context("read orders for the figures")? {
            let rows: Vec<Row> = serde_json::from_str(&rows).context("read the orders' columns")?;
            for row in rows {
                figures.add(&row.counted().context("read orders for the figures")?, zone);
            }
        }
        Ok(figures)
    }

    /// The pages of a span of time, by the index alone.
    fn pages(
        &self,
        guild: GuildId,
        conditions: &Conditions,
    ) -> impl Stream<Item = sqlx::Result<Page>> {
        let begin = Place { ordered_at: conditions.since().to_owned(), id: i64::MIN };
        stream::try_unfold(Some(begin), move |from| async move {
            let Some(from) = from else { return Ok(None) };
            let until = conditions.until();
            let last = query!(
                r#"SELECT ordered_at, id AS "id!" FROM orders
                   WHERE guild_id = ?1 AND (ordered_at, id) > (?2, ?3) AND ordered_at < ?4
                   ORDER BY ordered_at, id LIMIT 1 OFFSET ?5"#,
                guild.0,
                from.ordered_at,
                from.id,
                until,
                PAGE - 1
            );
            let last = last.fetch_optional(&self.readers).await?;
            let next = last.map(|row| Place { ordered_at: row.ordered_at, id: row.id });
            let end = || Place { ordered_at: until.to_owned(), id: i64::MIN };
            let to = next.clone().unwrap_or_else(end);
            Ok(Some((Page { from, to }, next)))
        })
    }

    /// The orders of a page that match, as JSON.
    async fn rows_of(
        &self,
        guild: GuildId,
        Page { from, to }: Page,
        conditions: &Conditions,
    ) -> sqlx::Result<String> {
        let rows = query_scalar!(
            r#"SELECT json_group_array(json_array(
                   ordered_at, quantity, total_minor, currency, status, store, profile, product,
                   -- Few orders have a second line, and none of those that are one unit.
                   CASE WHEN quantity > 1 AND EXISTS (
                       SELECT 1 FROM order_items WHERE order_id = id AND line = 2
                   ) THEN (
                       SELECT json_group_array(json_array(product, quantity) ORDER BY line)
                       FROM order_items WHERE order_id = id
                   ) END,
                   payout_minor, payout_currency
               )) AS "rows!: String"
               FROM orders
               WHERE guild_id = ?1
                   AND (ordered_at, id) > (?2, ?3) AND (ordered_at, id) <= (?4, ?5)
                   AND (?6 IS NULL OR store_key IN (SELECT value FROM json_each(?6)))
                   AND (?7 IS NULL OR status = ?7)
                   AND (?8 IS NULL OR profile = ?8 COLLATE NOCASE)"#,
            guild.0,
            from.ordered_at,
            from.id,
            to.ordered_at,
            to.id,
            conditions.stores,
            conditions.status,
            conditions.profile
        );
        rows.fetch_one(&self.readers).await
    }
}

impl Row {
    fn counted(self) -> sqlx::Result<Counted> {
        let line = |(product, units): (_, Option<i64>)| Line { product, units: units.unwrap_or(1) };
        let lines = match self.lines {
            Some(lines) => lines.into_iter().map(line).collect(),
            None => vec![Line { product: self.product, units: self.quantity }],
        };
        let currency = words::currency("orders.currency", self.currency.as_deref())?;
        let of_payout = words::currency("orders.payout_currency", self.payout_currency.as_deref())?;
        let payout = |minor| Money { minor, currency: of_payout.or(currency) };
        Ok(Counted {
            ordered_at: time_of(&self.ordered_at),
            units: self.quantity,
            total_minor: self.total_minor,
            currency,
            payout: self.payout_minor.map(payout),
            status: words::status("orders.status", &self.status)?,
            store: self.store,
            profile: self.profile,
            lines,
        })
    }
}
