//! Orders in other ways than the tallies can tell, by indexes that hold all that a list is narrowed by.

use anyhow::Context;

use crate::ledger::Ledger;
use crate::ledger::orders::filter::conditions::Conditions;
use crate::ledger::orders::filter::matching::matching;
use crate::ledger::orders::totals::CurrencyTotal;
use crate::order::Sort;

impl Ledger {
    /// The ids of a page of a guild's orders that match, but for profile and product.
    pub(crate) async fn sorted(
        &self,
        guild: i64,
        conditions: &Conditions,
        sort: Sort,
        (limit, offset): (u32, u32),
    ) -> anyhow::Result<Vec<i64>> {
        let ids = match sort {
            Sort::Newest => matching!(
                query_scalar,
                r#"SELECT id AS "id!" FROM orders INDEXED BY orders_latest WHERE"#,
                "ORDER BY ordered_at DESC, id DESC LIMIT ?10 OFFSET ?11",
                (guild, conditions),
                limit,
                offset
            )
            .fetch_all(&self.readers),
            Sort::Oldest => matching!(
                query_scalar,
                r#"SELECT id AS "id!" FROM orders INDEXED BY orders_latest WHERE"#,
                "ORDER BY ordered_at, id LIMIT ?10 OFFSET ?11",
                (guild, conditions),
                limit,
                offset
            )
            .fetch_all(&self.readers),
            Sort::Total => matching!(
                query_scalar,
                r#"SELECT id AS "id!" FROM orders INDEXED BY orders_by_total WHERE"#,
                "ORDER BY total_minor DESC, id DESC LIMIT ?10 OFFSET ?11",
                (guild, conditions),
                limit,
                offset
            )
            .fetch_all(&self.readers),
            Sort::Changed => matching!(
                query_scalar,
                r#"SELECT id AS "id!" FROM orders INDEXED BY orders_by_change WHERE"#,
                "ORDER BY updated_at DESC, id DESC LIMIT ?10 OFFSET ?11",
                (guild, conditions),
                limit,
                offset
            )
            .fetch_all(&self.readers),
        };
        ids.await.context("find the orders of a page")
    }

    /// How many of a guild's orders match, but for profile and product, and what they cost.
    pub(crate) async fn counted(
        &self,
        guild: i64,
        conditions: &Conditions,
    ) -> anyhow::Result<Vec<CurrencyTotal>> {
        let totals = matching!(
            query_as CurrencyTotal,
            r#"SELECT currency, count(*) AS "orders!: i64",
                   CAST(total(coalesce(total_minor, 0)) AS INTEGER) AS "total_minor!: i64"
               FROM orders INDEXED BY orders_latest WHERE"#,
            "GROUP BY currency",
            (guild, conditions),
        );
        totals.fetch_all(&self.readers).await.context("count the orders of a list")
    }
}
