//! What a board shows of a guild's orders: read often, so each query is bounded by a range of time.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{query, query_scalar};

use super::stats::alike;
use crate::figures::Figures;
use crate::ids::GuildId;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::model::split::{Split, Unit};
use crate::ledger::{Ledger, Order, OrderFilter};

/// Orders of before are not called stuck: nobody waits for them any more.
pub const STUCK_AT_MOST: TimeDelta = TimeDelta::days(60);
/// Stuck orders that are named, the oldest first.
const NAMED: i64 = 3;
/// The latest orders that are shown.
const LATEST: u32 = 10;

/// From when on the parts of a board count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Now.
    pub now: DateTime<Utc>,
    /// When today began.
    pub today: DateTime<Utc>,
    /// When this week began.
    pub week: DateTime<Utc>,
    /// Verified orders without tracking from before this are stuck; absent: not asked for.
    pub verified_before: Option<DateTime<Utc>>,
    /// Orders that were shipped before this are stuck; absent: not asked for.
    pub shipped_before: Option<DateTime<Utc>>,
}

/// What a board shows.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardFigures {
    /// Orders of today, without their days, profiles and products.
    pub today: Figures,
    /// The same of this week, today's too.
    pub week: Figures,
    /// The latest orders first.
    pub latest: Vec<Order>,
    /// Verified for long, and without tracking.
    pub verified: Stuck,
    /// Shipped long ago.
    pub shipped: Stuck,
    /// When a webhook last posted what concerns orders.
    pub posted_at: Option<DateTime<Utc>>,
}

/// Orders that do not move.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stuck {
    /// How many.
    pub count: i64,
    /// The oldest of them.
    pub orders: Vec<StuckOrder>,
}

/// An order that does not move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckOrder {
    /// What commands take it by.
    pub handle: String,
    /// The shop's name; `None`: nothing named one.
    pub store: Option<String>,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl Ledger {
    /// What a board shows of a guild.
    pub async fn board_figures(
        &self,
        guild: GuildId,
        bounds: Bounds,
    ) -> anyhow::Result<BoardFigures> {
        let today = self.since(guild, bounds.today).await?;
        let week = self.since(guild, bounds.week).await?;
        let filter = OrderFilter { guild: Some(guild), ..OrderFilter::default() };
        let oldest = bounds.now - STUCK_AT_MOST;
        let verified = match bounds.verified_before {
            Some(before) => self.stuck_verified(guild, oldest, before).await?,
            None => Stuck::default(),
        };
        let shipped = match bounds.shipped_before {
            Some(before) => self.stuck_shipped(guild, &text_of(oldest), &text_of(before)).await?,
            None => Stuck::default(),
        };
        let latest = self.recent_orders(&filter, LATEST, 0).await?;
        let posted_at = self.last_post(guild).await?;
        Ok(BoardFigures { today, week, latest, verified, shipped, posted_at })
    }

    /// By the sums of days: of a busy week only the orders of some hours are looked at.
    async fn since(&self, guild: GuildId, since: DateTime<Utc>) -> anyhow::Result<Figures> {
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let mut figures = Figures::default();
        let split = Split::of(Some(since), None, Unit::Day);
        alike::add_to(&mut figures, &mut connection, guild, &split).await?;
        Ok(figures)
    }

    /// They are counted by the sums of days: of a ledger that nobody brings trackings to they are all of two months.
    async fn stuck_verified(
        &self,
        guild: GuildId,
        oldest: DateTime<Utc>,
        before: DateTime<Utc>,
    ) -> anyhow::Result<Stuck> {
        let mut reading = self.readers.begin().await.context("begin to look for what is stuck")?;
        let (since, until) = (text_of(oldest), text_of(before));
        let rows = query!(
            r#"SELECT coalesce(order_number, 'no:' || id) AS "handle!: String", store, ordered_at FROM orders
               WHERE guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3
                   AND status = 'verified' AND tracking_number IS NULL
               ORDER BY ordered_at LIMIT ?4"#,
            guild.0,
            since,
            until,
            NAMED
        );
        let rows = rows.fetch_all(&mut *reading).await.context("find what waits for tracking")?;
        let split = Split::of(Some(oldest), Some(before), Unit::Day);
        let ((first, last), edges, unit) = (split.bounds(), split.edges(), split.unit.as_str());
        let count = query_scalar!(
            r#"WITH edges AS MATERIALIZED (
                   SELECT value ->> 'from' AS since, value ->> 'below' AS until, value ->> 'sign' AS sign
                   FROM json_each(?5)
               )
               SELECT coalesce(sum(orders), 0) AS "count!: i64" FROM (
                   SELECT orders FROM order_tallies
                   WHERE guild_id = ?1 AND unit = ?2 AND span >= ?3 AND span < ?4
                       AND status = 'verified' AND untracked = 1
                   UNION ALL
                   SELECT sign FROM edges CROSS JOIN orders
                   WHERE guild_id = ?1 AND ordered_at >= since AND ordered_at < until
                       AND status = 'verified' AND tracking_number IS NULL
               )"#,
            guild.0,
            unit,
            first,
            last,
            edges
        );
        let count =
            count.fetch_one(&mut *reading).await.context("count what waits for tracking")?;
        let orders = rows.into_iter().map(|row| StuckOrder {
            handle: row.handle,
            store: row.store,
            since: time_of(&row.ordered_at),
        });
        Ok(Stuck { count, orders: orders.collect() })
    }

    async fn stuck_shipped(
        &self,
        guild: GuildId,
        oldest: &str,
        before: &str,
    ) -> anyhow::Result<Stuck> {
        let rows = query!(
            r#"SELECT coalesce(order_number, 'no:' || id) AS "handle!: String", store, coalesce(shipped_at, ordered_at) AS "since!: String", (
                   SELECT count(*) FROM orders
                   WHERE guild_id = ?1 AND coalesce(shipped_at, ordered_at) >= ?2
                       AND coalesce(shipped_at, ordered_at) < ?3 AND status = 'shipped'
               ) AS "count!: i64"
               FROM orders
               WHERE guild_id = ?1 AND coalesce(shipped_at, ordered_at) >= ?2
                   AND coalesce(shipped_at, ordered_at) < ?3 AND status = 'shipped'
               ORDER BY coalesce(shipped_at, ordered_at) LIMIT ?4"#,
            guild.0,
            oldest,
            before,
            NAMED
        );
        let rows = rows.fetch_all(&self.readers).await.context("find what is long under way")?;
        let count = rows.first().map_or(0, |row| row.count);
        let orders = rows.into_iter().map(|row| StuckOrder {
            handle: row.handle,
            store: row.store,
            since: time_of(&row.since),
        });
        Ok(Stuck { count, orders: orders.collect() })
    }

    async fn last_post(&self, guild: GuildId) -> anyhow::Result<Option<DateTime<Utc>>> {
        // One step into the index for each outcome that a checkout, a notice or a test can have. What was
        // received last may be of an old history: then the latest order is later.
        let last = query_scalar!(
            r#"SELECT max(posted_at) AS "posted_at: String" FROM (
                   SELECT (
                       SELECT posted_at FROM deliveries
                       WHERE guild_id = ?1 AND outcome = value ORDER BY received_at DESC LIMIT 1
                   ) AS posted_at FROM json_each(?2)
                   UNION ALL
                   SELECT * FROM (
                       SELECT posted_at FROM orders
                       WHERE guild_id = ?1 ORDER BY ordered_at DESC, id DESC LIMIT 1
                   )
               )"#,
            guild.0,
            OF_REFRACT
        );
        let last = last.fetch_one(&self.readers).await.context("find the last post")?;
        Ok(last.as_deref().map(time_of))
    }
}

/// The outcomes of what Refract posts.
const OF_REFRACT: &str = r#"["stored", "updated", "unchanged", "rejected", "declined", "test"]"#;
