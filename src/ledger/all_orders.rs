//! All orders that match, for the export: page by page, so that memory stays constant and no long
//! read keeps SQLite from reusing its log.

use std::collections::VecDeque;

use anyhow::Context;
use futures::stream::{self, Stream, TryStreamExt};
use sqlx::{query, query_scalar};

use super::orders::load;
use super::time::text_of;
use super::{Ledger, Order, OrderFilter};

/// Orders of one page.
const PAGE: i64 = 500;

/// An order's place in the export: what comes next is behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportPlace {
    guild: i64,
    ordered_at: String,
    id: i64,
}

impl ExportPlace {
    /// The place of this order.
    pub fn of(order: &Order) -> Self {
        let ordered_at = text_of(order.ordered_at);
        Self { guild: order.guild_id.0, ordered_at, id: order.id.0 }
    }
}

/// Where the next page begins: behind this order. Guild by guild, as the index has them.
#[derive(Debug, Clone)]
struct Place {
    guilds: VecDeque<i64>,
    ordered_at: String,
    id: i64,
}

/// What is read and not yet handed out, and where to go on.
struct Reading {
    ledger: Ledger,
    filter: OrderFilter,
    place: Option<Place>,
    page: VecDeque<Order>,
}

impl Ledger {
    /// All orders that match, guild by guild, oldest first. What is stored meanwhile may or may not
    /// be among them.
    pub fn export_orders(&self, filter: &OrderFilter) -> impl Stream<Item = anyhow::Result<Order>> {
        self.export_orders_behind(filter, None)
    }

    /// The same, from behind a place on.
    pub fn export_orders_behind(
        &self,
        filter: &OrderFilter,
        behind: Option<ExportPlace>,
    ) -> impl Stream<Item = anyhow::Result<Order>> + use<> {
        let (ledger, filter) = (self.clone(), filter.clone());
        let start = async move {
            let mut guilds = ledger.guilds_of(&filter).await?;
            let (mut ordered_at, mut id) = (String::new(), 0);
            if let Some(behind) = behind {
                guilds.retain(|guild| *guild >= behind.guild);
                (ordered_at, id) = (behind.ordered_at, behind.id);
            }
            let place = Some(Place { guilds, ordered_at, id });
            let reading = Reading { ledger, filter, place, page: VecDeque::new() };
            anyhow::Ok(stream::try_unfold(reading, |mut reading| async move {
                Ok(reading.next().await?.map(|order| (order, reading)))
            }))
        };
        stream::once(start).try_flatten()
    }

    pub(super) async fn guilds_of(&self, filter: &OrderFilter) -> anyhow::Result<VecDeque<i64>> {
        if let Some(guild) = filter.guild {
            return Ok([guild.0].into());
        }
        // Jumps from guild to guild in the index instead of reading it all.
        let guilds = query_scalar!(
            r#"WITH RECURSIVE guilds (id) AS (
                   SELECT min(guild_id) FROM orders
                   UNION ALL
                   SELECT (SELECT min(guild_id) FROM orders WHERE guild_id > guilds.id)
                   FROM guilds WHERE guilds.id IS NOT NULL
               )
               SELECT id AS "id!: i64" FROM guilds WHERE id IS NOT NULL"#
        );
        Ok(guilds.fetch_all(&self.readers).await.context("find the guilds")?.into())
    }

    async fn page(
        &self,
        filter: &OrderFilter,
        from: &Place,
        guild: i64,
    ) -> anyhow::Result<(VecDeque<Order>, Option<(String, i64)>)> {
        let conditions = filter.conditions();
        let (store_from, store_below) = conditions.stores;
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let rows = query!(
            r#"SELECT id AS "id!", ordered_at FROM orders
               WHERE guild_id = ?3 AND (ordered_at, id) > (?1, ?2)
                   AND (?4 IS NULL OR (store_key >= ?4 AND store_key < ?5))
                   AND (?6 IS NULL OR status = ?6)
                   AND (?7 IS NULL OR profile = ?7 COLLATE NOCASE)
                   AND ordered_at >= coalesce(?8, '')
                   AND ordered_at < coalesce(?9, 'a')
               ORDER BY ordered_at, id LIMIT ?10"#,
            from.ordered_at,
            from.id,
            guild,
            store_from,
            store_below,
            conditions.status,
            conditions.profile,
            conditions.since,
            conditions.until,
            PAGE
        );
        let rows = rows.fetch_all(&mut *connection).await.context("read a page of orders")?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let last = rows.last().map(|row| (row.ordered_at.clone(), row.id));
        Ok((load(&mut connection, &ids).await?.into(), last))
    }
}

impl Reading {
    async fn next(&mut self) -> anyhow::Result<Option<Order>> {
        while self.page.is_empty() {
            let Some(mut place) = self.place.take() else { return Ok(None) };
            let Some(&guild) = place.guilds.front() else { return Ok(None) };
            let (page, last) = self.ledger.page(&self.filter, &place, guild).await?;
            self.page = page;
            if let Some(last) = last {
                (place.ordered_at, place.id) = last;
            } else {
                place.guilds.pop_front();
                (place.ordered_at, place.id) = (String::new(), 0);
            }
            self.place = Some(place);
        }
        Ok(self.page.pop_front())
    }
}
