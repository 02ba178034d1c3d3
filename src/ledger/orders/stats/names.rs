//! Orders by profile, and by product.

use anyhow::Context;
use sqlx::{SqliteConnection, query};

use super::named;
use crate::figures::{Figures, Group};
use crate::ids::GuildId;
use crate::ledger::database::words;
use crate::ledger::model::split::Split;
use crate::ledger::orders::filter::conditions::Conditions;

/// Adds the profiles of the orders of a span to figures.
pub(super) async fn add_profiles(
    figures: &mut Figures,
    connection: &mut SqliteConnection,
    guild: GuildId,
    split: &Split,
) -> anyhow::Result<()> {
    let ((first, last), edges) = (split.bounds(), split.edges());
    let rows = query!(
        r#"WITH edges AS MATERIALIZED (
               SELECT value ->> 'from' AS since, value ->> 'below' AS until, value ->> 'sign' AS sign
               FROM json_each(?4)
           )
           SELECT profile AS "profile!", currency AS "currency!", sum(orders) AS "orders!: i64",
                  CAST(total(units) AS INTEGER) AS "units!: i64", sum(live_totals) AS "live_totals!: i64",
                  CAST(total(live_minor) AS INTEGER) AS "live_minor!: i64"
           FROM (
               SELECT profile, currency, orders, units, live_totals, live_minor FROM profile_months
               WHERE guild_id = ?1 AND month >= ?2 AND month < ?3
               UNION ALL
               SELECT profile, currency, sign, sign * units, sign * live_totals, sign * live_minor
               FROM edges CROSS JOIN order_sums
               WHERE guild_id = ?1 AND ordered_at >= since AND ordered_at < until
           ) GROUP BY profile, currency HAVING sum(orders) <> 0"#,
        guild.0,
        first,
        last,
        edges
    );
    for row in rows.fetch_all(connection).await.context("add up profiles")? {
        let currency = words::currency("orders.currency", named(&row.currency))?;
        let spent = (row.live_totals != 0).then_some((currency, row.live_minor));
        let spent = spent.into_iter().collect();
        let group = Group { orders: row.orders, units: row.units, spent };
        figures.add_profile(named(&row.profile), &group);
    }
    Ok(())
}

/// Adds the products of the orders of a span to figures. The sums take each order for one of its first product alone:
/// orders of several lines are taken out of them again, and their lines are counted.
pub(super) async fn add_products(
    figures: &mut Figures,
    connection: &mut SqliteConnection,
    guild: GuildId,
    (split, conditions): (&Split, &Conditions),
) -> anyhow::Result<()> {
    let ((first, last), edges) = (split.bounds(), split.edges());
    let (since, until) = (conditions.since(), conditions.until());
    let rows = query!(
        r#"WITH edges AS MATERIALIZED (
               SELECT value ->> 'from' AS since, value ->> 'below' AS until, value ->> 'sign' AS sign
               FROM json_each(?4)
           ),
           -- Few orders have a second line, and none of those that are one unit.
           several AS MATERIALIZED (
               SELECT orders.id, orders.product, orders.quantity
               FROM order_items AS second INDEXED BY order_items_several
               CROSS JOIN orders ON orders.id = second.order_id
               WHERE second.line = 2 AND orders.guild_id = ?1 AND orders.quantity > 1
                   AND orders.ordered_at >= ?5 AND orders.ordered_at < ?6
           )
           SELECT product AS "product!: String", sum(orders) AS "orders!: i64",
                  CAST(total(units) AS INTEGER) AS "units!: i64"
           FROM (
               SELECT product, orders, units FROM product_months
               WHERE guild_id = ?1 AND month >= ?2 AND month < ?3
               UNION ALL
               SELECT product, sign, sign * units FROM edges CROSS JOIN order_sums
               WHERE guild_id = ?1 AND ordered_at >= since AND ordered_at < until
               UNION ALL
               SELECT coalesce(product, ''), -1, -quantity FROM several
               UNION ALL
               SELECT coalesce(order_items.product, ''), 1,
                      CAST(total(coalesce(order_items.quantity, 1)) AS INTEGER)
               FROM several CROSS JOIN order_items ON order_items.order_id = several.id
               GROUP BY several.id, order_items.product
           ) GROUP BY product HAVING sum(orders) <> 0"#,
        guild.0,
        first,
        last,
        edges,
        since,
        until
    );
    for row in rows.fetch_all(connection).await.context("add up products")? {
        figures.add_product(named(&row.product), row.orders, row.units);
    }
    Ok(())
}
