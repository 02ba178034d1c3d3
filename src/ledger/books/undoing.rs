//! Orders that a sheet of old orders announced and that are there after it was undone.

use std::collections::BTreeSet;

use anyhow::Context;
use sqlx::{SqliteConnection, query, query_scalar};

use crate::ids::{OrderId, UserId};
use crate::ledger::Ledger;
use crate::ledger::recompute::books::{BookCause, keep_evidenced};

/// No batch has this id.
const NO_BATCH: i64 = 0;

impl Ledger {
    /// Takes those of these orders away that stayed when their sheet was undone, and of which nothing else is known any
    /// more since a person took something back just now. Gives these.
    pub(in crate::ledger) async fn drop_unevidenced(
        &self,
        connection: &mut SqliteConnection,
        orders: &[OrderId],
        (user, now): (Option<UserId>, &str),
    ) -> anyhow::Result<Vec<OrderId>> {
        let ids: BTreeSet<i64> = orders.iter().map(|order| order.0).collect();
        let holds_less = keep_evidenced(connection, NO_BATCH, &ids).await;
        if !holds_less.context("look what is still known of an order")? {
            return Ok(Vec::new());
        }
        let cause = BookCause { batch: None, user: user.map(|user| user.0), at: now };
        self.bring_in_line(connection, &ids, cause).await?;
        let mut gone = Vec::new();
        for &order in orders {
            let is_there = query_scalar!(
                r#"SELECT EXISTS (SELECT 1 FROM orders WHERE id = ?) AS "is_there!: bool""#,
                order.0
            );
            if !is_there.fetch_one(&mut *connection).await.context("look for an order")? {
                gone.push(order);
            }
        }
        Ok(gone)
    }
}

/// The orders that a batch announced and that are there, by number and store; `no:5` for one without a number.
pub(super) async fn left_of(
    connection: &mut SqliteConnection,
    batch: i64,
) -> sqlx::Result<Vec<(String, Option<String>)>> {
    let rows = query!(
        r#"WITH named AS (
               SELECT orders.id FROM batch_rows
               CROSS JOIN batch_keys ON row_id = batch_rows.id AND batch_keys.kind = 'order'
               CROSS JOIN orders ON orders.guild_id = batch_keys.guild_id AND order_number = batch_keys.value
               WHERE batch_rows.batch_id = ?1
               UNION
               SELECT order_id FROM batch_rows
               CROSS JOIN batch_keys ON row_id = batch_rows.id AND batch_keys.kind = 'order'
               CROSS JOIN purchases ON purchases.guild_id = batch_keys.guild_id AND name = batch_keys.value
               WHERE batch_rows.batch_id = ?1
           )
           SELECT DISTINCT coalesce(order_number, 'no:' || orders.id) AS "number!: String", store
           FROM named CROSS JOIN orders ON orders.id = named.id
           WHERE EXISTS (
               SELECT 1 FROM order_events
               WHERE order_events.order_id = orders.id AND order_events.kind = 'created'
                   -- The sign keeps SQLite from walking over all that the batch did for each order.
                   AND +order_events.batch_id = ?1
           ) ORDER BY 1, 2"#,
        batch
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    Ok(rows.map(|row| (row.number, row.store)).collect())
}
