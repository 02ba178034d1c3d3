//! Orders by the days of a zone, put together of hours. Where a day begins within an hour, the orders between the two
//! are counted themselves.

use std::collections::{BTreeSet, HashMap};

use anyhow::Context;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use serde_json::{Value, json};
use sqlx::{SqliteConnection, query, query_scalar};

use super::named;
use crate::figures::{Day, Figures};
use crate::ids::GuildId;
use crate::ledger::OrderFilter;
use crate::ledger::database::time::{LAST, text_of, time_of};
use crate::ledger::database::words;
use crate::ledger::model::split::{Edge, Split, Unit};
use crate::order::period::midnight;

/// Some days of a span each, as queries take them: by the name of one of them.
#[derive(Default)]
pub(super) struct Days {
    /// Whole months.
    months: Vec<Value>,
    /// Whole hours, and those that the months have too much.
    hours: Vec<Value>,
    /// What is over at the ends.
    edges: Vec<Value>,
}

/// A day, the currency of its orders and that of their payouts.
type Kind = (String, String, String);

/// What is added up of each.
type Sums = [i64; 6];

/// Adds the days of the orders of a span to figures.
pub(super) async fn add_to(
    figures: &mut Figures,
    connection: &mut SqliteConnection,
    guild: GuildId,
    (filter, zone): (&OrderFilter, Tz),
) -> anyhow::Result<()> {
    let with_orders = with_orders(connection, guild, (filter, zone)).await?;
    let mut days = Days::default();
    for day in with_orders {
        days.add(day, between((day, day.succ_opt()), (filter, zone)));
    }
    for ((day, currency, of_payout), sums) in added_up(connection, guild, &days).await? {
        let [orders, cancelled, live_totals, live_minor, payouts, payout_minor] = sums;
        if orders == 0 {
            continue;
        }
        let currency = words::currency("orders.currency", named(&currency))?;
        let of_payout = words::currency("orders.payout_currency", named(&of_payout))?;
        let spent = (live_totals != 0).then_some((currency, live_minor));
        let payout = (payouts != 0).then_some((of_payout.or(currency), payout_minor));
        let day: NaiveDate = day.parse().context("read a day back")?;
        figures.add_day(
            day,
            &Day {
                orders,
                cancelled,
                spent: spent.into_iter().collect(),
                payout: payout.into_iter().collect(),
                ..Day::default()
            },
        );
    }
    Ok(())
}

async fn added_up(
    connection: &mut SqliteConnection,
    guild: GuildId,
    days: &Days,
) -> anyhow::Result<HashMap<Kind, Sums>> {
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
           -- Day by day: to sort the hours of years at once takes twice as long.
           SELECT day AS "day!: String", (
                      SELECT json_group_array(json_array(
                          currency, payout_currency,
                          json_array(orders, cancelled, live_totals, live_minor, payouts, payout_minor)
                      ))
                      FROM (
                          SELECT currency, payout_currency, sum(orders) AS orders, sum(cancelled) AS cancelled,
                                 sum(live_totals) AS live_totals, CAST(total(live_minor) AS INTEGER) AS live_minor,
                                 sum(payouts) AS payouts, CAST(total(payout_minor) AS INTEGER) AS payout_minor
                          FROM order_hours WHERE guild_id = ?1 AND hour >= first AND hour < last
                          GROUP BY currency, payout_currency
                      )
                  ) AS "sums!: String"
           FROM hours
           UNION ALL
           SELECT day, json_array(json_array(
                      currency, payout_currency,
                      json_array(sign, sign * cancelled, sign * live_totals, sign * live_minor, sign * payouts,
                                 sign * payout_minor)
                  ))
           FROM edges CROSS JOIN order_sums
           WHERE guild_id = ?1 AND ordered_at >= since AND ordered_at < until"#,
        guild.0,
        hours,
        edges
    );
    let mut sums: HashMap<Kind, Sums> = HashMap::new();
    for row in rows.fetch_all(connection).await.context("add up days")? {
        let of_day: Vec<(String, String, Sums)> =
            serde_json::from_str(&row.sums).context("read sums of a day back")?;
        for (currency, of_payout, more) in of_day {
            let of = sums.entry((row.day.clone(), currency, of_payout)).or_default();
            for (sum, more) in of.iter_mut().zip(more) {
                *sum = sum.saturating_add(more);
            }
        }
    }
    Ok(sums)
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
        // Jumps from day to day in the index instead of reading it all.
        r#"WITH RECURSIVE days (span) AS (
               SELECT min(span) FROM order_tallies
               WHERE guild_id = ?1 AND unit = 'day' AND span >= ?2 AND span < ?3
               UNION ALL
               SELECT (
                   SELECT min(span) FROM order_tallies
                   WHERE guild_id = ?1 AND unit = 'day' AND span > days.span AND span < ?3
               )
               FROM days WHERE days.span IS NOT NULL
           )
           SELECT span AS "span!: String" FROM days WHERE span IS NOT NULL"#,
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

/// What lies within a span of days of a zone, before another; `None`: the calendar ends there.
pub(super) fn between(
    (day, next): (NaiveDate, Option<NaiveDate>),
    (filter, zone): (&OrderFilter, Tz),
) -> (DateTime<Utc>, DateTime<Utc>) {
    let begin = midnight(day, zone);
    let end = next.map_or(begin + TimeDelta::days(1), |next| midnight(next, zone));
    let begin = filter.since.map_or(begin, |since| since.max(begin));
    (begin, filter.until.map_or(end, |until| until.min(end)))
}

impl Days {
    /// A span by its hours, in the name of a day.
    pub(super) fn add(&mut self, day: NaiveDate, (begin, end): (DateTime<Utc>, DateTime<Utc>)) {
        self.add_signed(day, &Split::of(Some(begin), Some(end), Unit::Hour), 1);
    }

    /// A span by its months, and by the hours at its ends.
    pub(super) fn add_by_months(
        &mut self,
        day: NaiveDate,
        (begin, end): (DateTime<Utc>, DateTime<Utc>),
    ) {
        let split = Split::of(Some(begin), Some(end), Unit::Month);
        let (first, last) = split.bounds();
        self.months.push(json!({"day": day.to_string(), "first": first, "last": last}));
        for Edge { from, below, sign } in &split.edges {
            let hours = Split::of(Some(time_of(from)), Some(time_of(below)), Unit::Hour);
            self.add_signed(day, &hours, *sign);
        }
    }

    fn add_signed(&mut self, day: NaiveDate, hours: &Split, sign: i64) {
        let (day, (first, last)) = (day.to_string(), hours.bounds());
        self.hours.push(json!({"day": day, "first": first, "last": last, "sign": sign}));
        let signed = |edge: &Edge| Edge { sign: sign * edge.sign, ..edge.clone() };
        let edge = |edge: &Edge| json!({"day": day, "edge": signed(edge)});
        self.edges.extend(hours.edges.iter().map(edge));
    }

    /// Whole months as a JSON array.
    pub(super) fn months(&self) -> String {
        json!(self.months).to_string()
    }

    /// Whole hours as a JSON array.
    pub(super) fn hours(&self) -> String {
        json!(self.hours).to_string()
    }

    /// What is over as a JSON array.
    pub(super) fn edges(&self) -> String {
        json!(self.edges).to_string()
    }
}
