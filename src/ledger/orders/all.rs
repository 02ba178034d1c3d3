//! All orders that match, for the export: page by page, so that memory stays constant and no long
//! read keeps SQLite from reusing its log. While one page is written the next is parsed, and the one behind it read.

use anyhow::Context;
use futures::stream::{self, Stream, TryStreamExt};
use sqlx::query_scalar;
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use super::filter::conditions::Conditions;
use super::filter::matching::matching;
use super::filter::orders_of;
use super::row::{self, Unparsed};
use crate::ids::GuildId;
use crate::ledger::database::time::text_of;
use crate::ledger::{Ledger, Order, OrderFilter};

/// Orders of one page.
const PAGE: i64 = 500;
/// Pages that are read while others are written.
const AHEAD: usize = 1;

/// Orders that are being parsed.
type Page = JoinHandle<anyhow::Result<Vec<Order>>>;

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
        let (pages, coming) = mpsc::channel(AHEAD);
        let (ledger, filter) = (self.clone(), filter.clone());
        let reading = tokio::spawn(async move { ledger.read_pages(&filter, behind, pages).await });
        stream::try_unfold((coming, Some(reading)), |(mut coming, mut reading)| async move {
            if let Some(page) = coming.recv().await {
                let page = page.await.context("parse orders")??;
                return Ok(Some((page, (coming, reading))));
            }
            // An export that breaks off must not look like a whole one.
            if let Some(reading) = reading.take() {
                reading.await.context("read the orders")??;
            }
            anyhow::Ok(None)
        })
        .map_ok(|page| stream::iter(page.into_iter().map(Ok)))
        .try_flatten()
    }

    /// Reads page after page for as long as somebody takes them.
    async fn read_pages(
        &self,
        filter: &OrderFilter,
        behind: Option<ExportPlace>,
        pages: mpsc::Sender<Page>,
    ) -> anyhow::Result<()> {
        let mut conditions = self.conditions(filter).await?;
        let since = conditions.since.take();
        let mut guilds = self.guilds_of(filter).await?;
        guilds.retain(|guild| behind.as_ref().is_none_or(|behind| *guild >= behind.guild));
        for guild in guilds {
            let behind = behind.clone().filter(|behind| behind.guild == guild);
            let mut place =
                behind.unwrap_or(ExportPlace { guild, ordered_at: String::new(), id: 0 });
            loop {
                // SQLite enters the index here: by the whole span it would walk over all earlier pages again.
                conditions.since = since.clone().max(Some(place.ordered_at.clone()));
                let Some((rows, last)) = self.page(&conditions, &place).await? else { break };
                place = last;
                let conditions = conditions.clone();
                let page = spawn_blocking(move || parsed(rows, &conditions));
                if pages.send(page).await.is_err() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The servers that there are orders, watched channels or sheets of. Only where there is no other
    /// those of sheets that were undone, and 0: orders whose server no import could tell.
    pub async fn known_guilds(&self) -> anyhow::Result<Vec<GuildId>> {
        let watched = query_scalar!("SELECT DISTINCT guild_id FROM watches");
        let watched = watched.fetch_all(&self.readers).await.context("find the watched guilds")?;
        // Sheets may wait for orders that are not there yet.
        let brought =
            query_scalar!("SELECT DISTINCT guild_id FROM batches WHERE undone_at IS NULL");
        let brought =
            brought.fetch_all(&self.readers).await.context("find the guilds of sheets")?;
        let mut guilds = self.guilds_of(&OrderFilter::default()).await?;
        guilds.extend(watched);
        guilds.extend(brought);
        if guilds.is_empty() {
            let undone = query_scalar!("SELECT DISTINCT guild_id FROM batches");
            let undone = undone.fetch_all(&self.readers).await;
            guilds.extend(undone.context("find the guilds of sheets that were undone")?);
        }
        guilds.sort_unstable();
        guilds.dedup();
        if guilds.len() > 1 {
            guilds.retain(|guild| *guild != 0);
        }
        Ok(guilds.into_iter().map(GuildId).collect())
    }

    pub(crate) async fn guilds_of(&self, filter: &OrderFilter) -> anyhow::Result<Vec<i64>> {
        if let Some(guild) = filter.guild {
            return Ok(vec![guild.0]);
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
        guilds.fetch_all(&self.readers).await.context("find the guilds")
    }

    async fn page(
        &self,
        conditions: &Conditions,
        from: &ExportPlace,
    ) -> anyhow::Result<Option<(Unparsed, ExportPlace)>> {
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let rows = matching!(
            query,
            r#"SELECT id AS "id!", ordered_at FROM orders WHERE"#,
            "AND (ordered_at, id) > (?10, ?11) AND (?12 IS NULL OR profile = ?12 COLLATE NOCASE)
             ORDER BY ordered_at, id LIMIT ?13",
            (from.guild, conditions),
            from.ordered_at,
            from.id,
            conditions.profile,
            PAGE
        );
        let rows = rows.fetch_all(&mut *connection).await.context("read a page of orders")?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let Some(last) = rows.into_iter().next_back() else { return Ok(None) };
        let last = ExportPlace { guild: from.guild, ordered_at: last.ordered_at, id: last.id };
        let rows = row::read(&mut connection, ids).await.context("read orders")?;
        Ok(Some((rows, last)))
    }
}

/// The orders of a page, but for those that only their products keep out.
fn parsed(rows: Unparsed, conditions: &Conditions) -> anyhow::Result<Vec<Order>> {
    let rows = rows.parse().context("parse orders")?;
    let mut orders = orders_of(rows).context("parse orders")?;
    orders.retain(|order| {
        let products = order.items.iter().filter_map(|item| item.product.as_deref());
        conditions.allow_products(products)
    });
    Ok(orders)
}
