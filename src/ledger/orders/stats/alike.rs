//! Orders by store, status and currency.

use anyhow::Context;
use sqlx::{SqliteConnection, query};

use super::named;
use crate::figures::{Alike, Figures};
use crate::ids::GuildId;
use crate::ledger::database::words;
use crate::ledger::model::split::Split;

/// Adds the orders of a span to figures, without their days, profiles and products.
pub(in crate::ledger::orders) async fn add_to(
    figures: &mut Figures,
    connection: &mut SqliteConnection,
    guild: GuildId,
    split: &Split,
) -> anyhow::Result<()> {
    let ((first, last), edges, unit) = (split.bounds(), split.edges(), split.unit.as_str());
    let rows = query!(
        r#"WITH edges AS MATERIALIZED (
               SELECT value ->> 'from' AS since, value ->> 'below' AS until, value ->> 'sign' AS sign
               FROM json_each(?5)
           )
           SELECT store AS "store!", status AS "status!", currency AS "currency!", sum(orders) AS "orders!: i64",
                  CAST(total(units) AS INTEGER) AS "units!: i64", sum(totals) AS "totals!: i64",
                  CAST(total(total_minor) AS INTEGER) AS "total_minor!: i64"
           FROM (
               SELECT store, status, currency, orders, units, totals, total_minor FROM order_tallies
               WHERE guild_id = ?1 AND unit = ?2 AND span >= ?3 AND span < ?4
               UNION ALL
               SELECT store, status, currency, sign, sign * units, sign * totals, sign * total_minor
               FROM edges CROSS JOIN order_sums
               WHERE guild_id = ?1 AND ordered_at >= since AND ordered_at < until
           ) GROUP BY store, status, currency HAVING sum(orders) <> 0"#,
        guild.0,
        unit,
        first,
        last,
        edges
    );
    for row in rows.fetch_all(connection).await.context("add up orders of a span")? {
        figures.add_alike(&Alike {
            store: named(&row.store),
            status: words::status("orders.status", &row.status)?,
            currency: words::currency("orders.currency", named(&row.currency))?,
            orders: row.orders,
            units: row.units,
            totals: row.totals,
            total_minor: row.total_minor,
        });
    }
    Ok(())
}
