//! Counting many orders at once in the sums by kind: the triggers that keep these do it for each change of each order.

use sqlx::{SqliteConnection, query, query_scalar};

use crate::ledger::orders::row::json_of;

/// Orders that the sums by kind do not count for now. They must be counted again in the same transaction.
#[derive(Debug)]
#[must_use = "they must be counted again"]
pub(crate) struct Uncounted {
    orders: Vec<i64>,
}

/// Takes orders out of the sums by kind, but for those that are out already.
pub(crate) async fn uncount(
    connection: &mut SqliteConnection,
    orders: &[i64],
) -> sqlx::Result<Uncounted> {
    let list = json_of(orders);
    let taken = query_scalar!(
        r#"INSERT INTO uncounted_orders (order_id) SELECT value FROM json_each(?)
           WHERE true ON CONFLICT DO NOTHING RETURNING order_id AS "order_id!""#,
        list
    );
    let orders = taken.fetch_all(&mut *connection).await?;
    add(connection, &orders, -1).await?;
    Ok(Uncounted { orders })
}

impl Uncounted {
    /// Counts those of them again that are there, as they are by now.
    pub(crate) async fn count(self, connection: &mut SqliteConnection) -> sqlx::Result<()> {
        add(connection, &self.orders, 1).await?;
        let list = json_of(&self.orders);
        query!(
            "DELETE FROM uncounted_orders WHERE order_id IN (SELECT value FROM json_each(?))",
            list
        )
        .execute(&mut *connection)
        .await?;
        query!("DELETE FROM order_tallies WHERE orders = 0").execute(connection).await?;
        Ok(())
    }
}

/// Adds what these orders come to, so many times.
async fn add(connection: &mut SqliteConnection, orders: &[i64], times: i64) -> sqlx::Result<()> {
    let list = json_of(orders);
    query!(
        "INSERT INTO order_tallies
         SELECT guild_id, wider.unit, substr(ordered_at, 1, wider.length), store_key, status, currency, store,
                channel_id, untracked, open_line, settled, payout_currency, charge_currency,
                ?2 * count(*), CAST(?2 * total(units) AS INTEGER), ?2 * sum(totals),
                CAST(?2 * total(total_minor) AS INTEGER), ?2 * sum(payouts),
                CAST(?2 * total(payout_minor) AS INTEGER), ?2 * sum(commissions),
                CAST(?2 * total(commission_minor) AS INTEGER), CAST(?2 * total(sold_minor) AS INTEGER),
                ?2 * sum(charges), CAST(?2 * total(charged_minor) AS INTEGER), ?2 * sum(refunds),
                CAST(?2 * total(refunded_minor) AS INTEGER)
         FROM json_each(?1) AS wanted CROSS JOIN order_sums ON order_sums.id = wanted.value
         CROSS JOIN (SELECT 'all' AS unit, 0 AS length UNION ALL SELECT 'month', 7 UNION ALL SELECT 'day', 10)
             AS wider
         GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13
         -- The casts keep a sum that no integer holds from failing, as those of the triggers do.
         ON CONFLICT DO UPDATE SET
             orders = orders + excluded.orders, units = CAST(units + excluded.units AS INTEGER),
             totals = totals + excluded.totals,
             total_minor = CAST(total_minor + excluded.total_minor AS INTEGER),
             payouts = payouts + excluded.payouts,
             payout_minor = CAST(payout_minor + excluded.payout_minor AS INTEGER),
             commissions = commissions + excluded.commissions,
             commission_minor = CAST(commission_minor + excluded.commission_minor AS INTEGER),
             sold_minor = CAST(sold_minor + excluded.sold_minor AS INTEGER),
             charges = charges + excluded.charges,
             charged_minor = CAST(charged_minor + excluded.charged_minor AS INTEGER),
             refunds = refunds + excluded.refunds,
             refunded_minor = CAST(refunded_minor + excluded.refunded_minor AS INTEGER)",
        list,
        times
    )
    .execute(connection)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;

    const ORDERS: &str =
        "INSERT INTO orders (id, guild_id, order_number, quantity, status, total_minor, ordered_at, source,
             created_at, updated_at, store_key, total_stated, quantity_stated, said_status)
         SELECT value, 77, 'A-' || value, value, 'verified', 100 * value, '2026-01-0' || value || 'T12:00:00.000Z',
                'sheet', '', '', '', 0, 0, 'verified'
         FROM json_each('[1, 2, 3, 4, 5]')";
    const CHANGES: [&str; 3] = [
        "UPDATE orders SET status = 'cancelled', ordered_at = '2026-02-01T12:00:00.000Z' WHERE id IN (1, 2, 4)",
        "DELETE FROM orders WHERE id = 2",
        "UPDATE orders SET tracking_number = 'X1', total_minor = NULL WHERE id IN (3, 4)",
    ];

    /// What the sums by kind are after all of that, where these orders are uncounted, one within the other.
    async fn tallies(outer: &[i64], inner: &[i64]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let mut connection = ledger.writer.acquire().await.unwrap();
        sqlx::query(ORDERS).execute(&mut *connection).await.unwrap();
        let of_outer = uncount(&mut connection, outer).await.unwrap();
        let of_inner = uncount(&mut connection, inner).await.unwrap();
        for change in CHANGES {
            sqlx::query(change).execute(&mut *connection).await.unwrap();
        }
        of_inner.count(&mut connection).await.unwrap();
        of_outer.count(&mut connection).await.unwrap();
        let rows = "SELECT json_group_array(json_array(unit, span, status, untracked, open_line, orders, units, totals,
                        total_minor) ORDER BY unit, span, status, untracked, open_line)
                    FROM order_tallies";
        sqlx::query_scalar(rows).fetch_one(&mut *connection).await.unwrap()
    }

    #[tokio::test]
    async fn orders_that_are_counted_together_come_to_what_each_by_itself_does() {
        let each = tallies(&[], &[]).await;
        for (outer, inner) in [(&[1, 2, 3, 9][..], &[][..]), (&[1, 2], &[2, 3, 4]), (&[5], &[5])] {
            assert_eq!(tallies(outer, inner).await, each, "{outer:?} {inner:?}");
        }
    }
}
