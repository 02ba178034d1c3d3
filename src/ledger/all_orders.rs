//! All orders that match, for the export: page by page, so that memory stays constant and no long
//! read keeps SQLite from reusing its log.

use std::collections::VecDeque;

use anyhow::Context;
use futures::stream::{self, Stream};
use sqlx::query;

use super::orders::load;
use super::{Ledger, Order, OrderFilter};

/// Orders of one page.
const PAGE: i64 = 500;

/// Where the next page begins: behind this order.
#[derive(Debug, Clone, Default)]
struct Place {
    ordered_at: String,
    id: i64,
}

impl Ledger {
    /// All orders that match, oldest first. What is stored meanwhile may or may not be among them.
    pub fn export_orders(&self, filter: &OrderFilter) -> impl Stream<Item = anyhow::Result<Order>> {
        let start = (self.clone(), filter.clone(), Some(Place::default()), VecDeque::new());
        stream::unfold(start, |(ledger, filter, mut place, mut page)| async move {
            if page.is_empty() {
                let from = place.take()?;
                match ledger.page(&filter, &from).await {
                    Ok((orders, next)) => (page, place) = (orders, next),
                    Err(error) => return Some((Err(error), (ledger, filter, None, page))),
                }
            }
            let order = page.pop_front()?;
            Some((Ok(order), (ledger, filter, place, page)))
        })
    }

    async fn page(
        &self,
        filter: &OrderFilter,
        from: &Place,
    ) -> anyhow::Result<(VecDeque<Order>, Option<Place>)> {
        let conditions = filter.conditions();
        let (store_from, store_below) = conditions.stores;
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let rows = query!(
            r#"SELECT id AS "id!", ordered_at FROM orders
               WHERE (ordered_at, id) > (?1, ?2)
                   AND (?3 IS NULL OR guild_id = ?3)
                   AND (?4 IS NULL OR (store_key >= ?4 AND store_key < ?5))
                   AND (?6 IS NULL OR status = ?6)
                   AND ordered_at >= coalesce(?7, '')
                   AND ordered_at < coalesce(?8, 'a')
               ORDER BY ordered_at, id LIMIT ?9"#,
            from.ordered_at,
            from.id,
            conditions.guild,
            store_from,
            store_below,
            conditions.status,
            conditions.since,
            conditions.until,
            PAGE
        );
        let rows = rows.fetch_all(&mut *connection).await.context("read a page of orders")?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let last = rows.last().map(|row| Place { ordered_at: row.ordered_at.clone(), id: row.id });
        Ok((load(&mut connection, &ids).await?.into(), last))
    }
}
