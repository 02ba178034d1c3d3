//! Orders by the days of a zone, put together of hours. Where a day begins within an hour, the orders between the two are
//! counted themselves.

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;
use serde_json::{Value, json};
use sqlx::{SqliteConnection, query, query_scalar};

use super::named;
use crate::figures::{Day, Figures};
use crate::ids::GuildId;
use crate::ledger::OrderFilter;
use crate::ledger::database::time::{LAST, text_of, time_of};
use crate::ledger::database::words;
use crate::ledger::model::split::{Split, Unit};
use crate::order::period::midnight;

/// Some days of a span each, as queries take them: by the name of one of them.
#[derive(Default)]
pub(super) struct Days {
    /// Whole hours.
    hours: Vec<Value>,
    /// What is over at the ends.
    edges: Vec<Value>,
}

/// Adds the days of the orders of a span to figures.
pub(super) async fn add_to(
    figures: &mut Figures,
    connection: &mut SqliteConnection,
    guild: GuildId,
    (filter, zone): (&OrderFilter, Tz),
) -> anyhow::Result<()> {
    let days = with_orders(connection, guild, (filter, zone)).await?;
    let days = Days::of(days.iter().map(|day| (*day, day.succ_opt())), (filter, zone));
    let (hours, edges) = (days.hours(), days.edges());
    let rows = query!(
        r#"WITH hours AS MATERIALIZED (
               SELECT value ->> 'day' AS day, value ->> 'first' AS first, value ->> 'last' AS last FROM json_each(?2)
           ),
           edges AS MATERIALIZED (
               SELECT value ->> 'day' AS day, value ->> '$.edge.from' AS since, value ->> '$.edge.below' AS until,
                      value ->> '$.edge.sign' AS sign
               FROM json_each(?3)
           )
           SELECT day AS "day!: String", currency AS "currency!", payout_currency AS "payout_currency!",
                  sum(orders) AS "orders!: i64", sum(cancelled) AS "cancelled!: i64",
                  sum(live_totals) AS "live_totals!: i64",
                  CAST(total(live_minor) AS INTEGER) AS "live_minor!: i64", sum(payouts) AS "payouts!: i64",
                  CAST(total(payout_minor) AS INTEGER) AS "payout_minor!: i64"
           FROM (
               SELECT day, currency, payout_currency, orders, cancelled, live_totals, live_minor, payouts,
                      payout_minor
               FROM hours CROSS JOIN order_hours
               WHERE guild_id = ?1 AND hour >= first AND hour < last
               UNION ALL
               SELECT day, currency, payout_currency, sign, sign * cancelled, sign * live_totals,
                      sign * live_minor, sign * payouts, sign * payout_minor
               FROM edges CROSS JOIN order_sums
               WHERE guild_id = ?1 AND ordered_at >= since AND ordered_at < until
           ) GROUP BY day, currency, payout_currency HAVING sum(orders) <> 0"#,
        guild.0,
        hours,
        edges
    );
    for row in rows.fetch_all(connection).await.context("add up days")? {
        let currency = words::currency("orders.currency", named(&row.currency))?;
        let of_payout = words::currency("orders.payout_currency", named(&row.payout_currency))?;
        let spent = (row.live_totals != 0).then_some((currency, row.live_minor));
        let payout = (row.payouts != 0).then_some((of_payout.or(currency), row.payout_minor));
        let day: NaiveDate = row.day.parse().context("read a day back")?;
        figures.add_day(
            day,
            &Day {
                orders: row.orders,
                cancelled: row.cancelled,
                spent: spent.into_iter().collect(),
                payout: payout.into_iter().collect(),
                ..Day::default()
            },
        );
    }
    Ok(())
}

/// Days of a zone that may have orders in a span: those of the days of UTC that have some.
async fn with_orders(
    connection: &mut SqliteConnection,
    guild: GuildId,
    (filter, zone): (&OrderFilter, Tz),
) -> anyhow::Result<BTreeSet<NaiveDate>> {
    let day_of = |time| text_of(time).chars().take(10).collect::<String>();
    let (first, last) = (filter.since.map(day_of), filter.until.map(text_of));
    let (first, last) = (first.unwrap_or_default(), last.unwrap_or_else(|| LAST.to_owned()));
    let days = query_scalar!(
        r#"SELECT DISTINCT span FROM order_tallies
           WHERE guild_id = ?1 AND unit = 'day' AND span >= ?2 AND span < ?3"#,
        guild.0,
        first,
        last
    );
    let days = days.fetch_all(connection).await.context("find the days of the orders")?;
    let local = |time: &str| time_of(time).with_timezone(&zone).date_naive();
    let both = |day: &String| {
        [local(&format!("{day}T00:00:00.000Z")), local(&format!("{day}T23:59:59.999Z"))]
    };
    Ok(days.iter().flat_map(both).collect())
}

impl Days {
    /// Each from a day on, before another; `None`: the calendar ends there.
    pub(super) fn of(
        days: impl Iterator<Item = (NaiveDate, Option<NaiveDate>)>,
        (filter, zone): (&OrderFilter, Tz),
    ) -> Self {
        let mut of = Self::default();
        for (day, next) in days {
            let begin = midnight(day, zone);
            let end = next.map_or(begin + TimeDelta::days(1), |next| midnight(next, zone));
            let begin = filter.since.map_or(begin, |since| since.max(begin));
            let end = filter.until.map_or(end, |until| until.min(end));
            let split = Split::of(Some(begin), Some(end), Unit::Hour);
            let (first, last) = split.bounds();
            of.hours.push(json!({"day": day.to_string(), "first": first, "last": last}));
            let edge = |edge| json!({"day": day.to_string(), "edge": edge});
            of.edges.extend(split.edges.iter().map(edge));
        }
        of
    }

    /// The whole hours as a JSON array.
    pub(super) fn hours(&self) -> String {
        json!(self.hours).to_string()
    }

    /// What is over as a JSON array.
    pub(super) fn edges(&self) -> String {
        json!(self.edges).to_string()
    }
}
