//! What the largest stores have of each day of a zone, put together of hours, as the days are; or of each month where
//! there are many days: then of months, and of the hours between them and those of the zone.

use std::collections::{BTreeMap, HashMap};

use anyhow::Context;
use chrono::{Datelike, Months, NaiveDate};
use chrono_tz::Tz;
use serde_json::json;
use sqlx::{SqliteConnection, query};

use super::days::{Days, between};
use super::named;
use crate::figures::{Figures, STORE_DAYS, Share};
use crate::ids::GuildId;
use crate::ledger::OrderFilter;
use crate::ledger::database::words;

/// Adds to the days of figures what the stores of most orders have of them.
pub(super) async fn add_to(
    figures: &mut Figures,
    connection: &mut SqliteConnection,
    guild: GuildId,
    (filter, zone): (&OrderFilter, Tz),
) -> anyhow::Result<()> {
    let days = pieces(figures, (filter, zone));
    let (months, hours, edges) = (days.months(), days.hours(), days.edges());
    let stores = json!(figures.largest_stores()).to_string();
    let rows = query!(
        r#"WITH hours AS MATERIALIZED (
               SELECT value ->> 'day' AS day, value ->> 'first' AS first, value ->> 'last' AS last, value ->> 'sign' AS sign
               FROM json_each(?2)
           ),
           edges AS MATERIALIZED (
               SELECT value ->> 'day' AS day, value ->> '$.edge.from' AS since, value ->> '$.edge.below' AS until,
                      value ->> '$.edge.sign' AS sign
               FROM json_each(?3)
           ),
           months AS MATERIALIZED (
               SELECT value ->> 'day' AS day, value ->> 'first' AS first, value ->> 'last' AS last FROM json_each(?5)
           ),
           -- The hours of a store and a currency stand together.
           kinds AS MATERIALIZED (
               SELECT DISTINCT store, currency FROM order_tallies
               WHERE guild_id = ?1 AND unit = 'all' AND span = '' AND store IN (SELECT value FROM json_each(?4))
           )
           SELECT day AS "day!: String", store AS "store!: String", currency AS "currency!: String",
                  -- Added up where they stand: rows of hours are not sorted for it.
                  coalesce((
                      SELECT json_array(sign * sum(kept), sign * CAST(total(spent_minor) AS INTEGER))
                      FROM store_hours AS of
                      WHERE of.guild_id = ?1 AND of.store = kinds.store AND of.currency = kinds.currency
                          AND hour >= first AND hour < last
                  ), '') AS "sums!: String"
           FROM hours CROSS JOIN kinds
           UNION ALL
           SELECT day, store, currency, json_array(sum(orders), CAST(total(
                      CASE WHEN status <> 'refunded' AND status <> 'returned' THEN total_minor END
                  ) AS INTEGER))
           FROM months CROSS JOIN order_tallies
           WHERE guild_id = ?1 AND unit = 'month' AND span >= first AND span < last AND status <> 'cancelled'
               AND store IN (SELECT value FROM json_each(?4))
           GROUP BY day, store, currency
           UNION ALL
           SELECT day, store, currency, json_array(sign, sign * live_minor)
           FROM edges CROSS JOIN order_sums
           WHERE guild_id = ?1 AND ordered_at >= since AND ordered_at < until AND NOT cancelled
               AND store IN (SELECT value FROM json_each(?4))"#,
        guild.0,
        hours,
        edges,
        stores,
        months
    );
    let mut shares: HashMap<_, (i64, i64)> = HashMap::new();
    for row in rows.fetch_all(connection).await.context("add up stores by the day")? {
        let (kept, spent): (Option<i64>, i64) =
            serde_json::from_str(&row.sums).context("read sums of a store back")?;
        let of = shares.entry((row.day, row.store, row.currency)).or_default();
        *of = (of.0 + kept.unwrap_or(0), of.1.saturating_add(spent));
    }
    for ((day, store, currency), (kept, spent)) in shares.into_iter().filter(|(_, of)| of.0 != 0) {
        let currency = words::currency("orders.currency", named(&currency))?;
        let spent = Some((currency, spent)).filter(|_| spent != 0);
        let share = Share { kept, spent: spent.into_iter().collect() };
        let day: NaiveDate = day.parse().context("read a day back")?;
        figures.days.entry(day).or_default().add_store(&store, &share);
    }
    Ok(())
}

/// The days with orders; of many, the months with orders, each in the name of its first day with some.
fn pieces(figures: &Figures, within: (&OrderFilter, Tz)) -> Days {
    let (mut pieces, days) = (Days::default(), figures.days.keys());
    let ends = days.clone().min().zip(days.clone().max());
    if ends.is_some_and(|(first, last)| (*last - *first).num_days() < STORE_DAYS) {
        days.for_each(|day| pieces.add(*day, between((*day, day.succ_opt()), within)));
        return pieces;
    }
    let mut months: BTreeMap<NaiveDate, NaiveDate> = BTreeMap::new();
    for day in days {
        let first = months.entry(day.with_day(1).unwrap_or(*day)).or_insert(*day);
        *first = (*first).min(*day);
    }
    for (begin, day) in months {
        let next = begin.checked_add_months(Months::new(1));
        pieces.add_by_months(day, between((begin, next), within));
    }
    pieces
}
