//! What the feed still has to post, and what it has posted.

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use crate::ids::{ChannelId, GuildId, OrderId};
use crate::ledger::database::time::text_of;
use crate::ledger::database::words;
use crate::ledger::orders::filter::load;
use crate::ledger::{Ledger, Order};

/// Orders that were not posted yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Unposted {
    /// The oldest of them.
    pub orders: Vec<Order>,
    /// How many there are.
    pub count: i64,
    /// After they are posted, all orders up to this one are.
    pub up_to: OrderId,
}

/// How far the feed of a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedPlace {
    /// New orders up to this one are posted.
    pub posted: OrderId,
    /// The last day whose summary is posted.
    pub summarised: Option<NaiveDate>,
}

impl Ledger {
    /// How far the feed of a channel is. It begins with the next order.
    pub async fn feed_place(&self, channel: ChannelId) -> anyhow::Result<FeedPlace> {
        let mut reader = self.readers.acquire().await.context("reach the database")?;
        if let Some(place) = place_in(&mut reader, channel).await? {
            return Ok(place);
        }
        let place = FeedPlace { posted: last_order(&mut reader).await?, summarised: None };
        drop(reader);
        self.set_feed_place(channel, place).await?;
        Ok(place)
    }

    /// Notes how far the feed of a channel is.
    pub async fn set_feed_place(&self, channel: ChannelId, place: FeedPlace) -> anyhow::Result<()> {
        let mut writer = self.writer.acquire().await.context("reach the database")?;
        set_place(&mut writer, channel, place).await
    }

    /// The orders of a guild after `posted` that a webhook posted at this time or later: what is older
    /// comes from the history of a channel, and is no news.
    pub async fn unposted_orders(
        &self,
        guild: GuildId,
        posted: OrderId,
        posted_since: DateTime<Utc>,
        limit: u32,
    ) -> anyhow::Result<Unposted> {
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let up_to = last_order(&mut connection).await?;
        let since = text_of(posted_since);
        // The plus keeps SQLite to the range of ids, which is short.
        let rows = query!(
            r#"SELECT id AS "id!", count(*) OVER () AS "count!: i64" FROM orders
               WHERE id > ?1 AND id <= ?2 AND +guild_id = ?3 AND source = 'webhook'
                   AND coalesce(posted_at, '') >= ?4
               ORDER BY id LIMIT ?5"#,
            posted.0,
            up_to.0,
            guild.0,
            since,
            limit
        );
        let rows = rows.fetch_all(&mut *connection).await.context("find orders for the feed")?;
        let count = rows.first().map_or(0, |row| row.count);
        let ids: Vec<i64> = rows.into_iter().map(|row| row.id).collect();
        Ok(Unposted { orders: load(&mut connection, &ids).await?, count, up_to })
    }
}

/// Begins a feed in a channel with the next order, whatever was posted there before. Of a day that had its
/// summary in the channel before it (`from`) there is none again.
pub(super) async fn move_to(
    connection: &mut SqliteConnection,
    from: Option<ChannelId>,
    to: ChannelId,
) -> anyhow::Result<()> {
    let mut summarised = None;
    for channel in from.into_iter().chain([to]) {
        let place = place_in(connection, channel).await?;
        summarised = summarised.max(place.and_then(|place| place.summarised));
    }
    let posted = last_order(connection).await?;
    set_place(connection, to, FeedPlace { posted, summarised }).await
}

async fn place_in(
    connection: &mut SqliteConnection,
    channel: ChannelId,
) -> anyhow::Result<Option<FeedPlace>> {
    let place =
        query!("SELECT told_order_id, summarised_day FROM feeds WHERE channel_id = ?", channel.0);
    let place = place.fetch_optional(connection).await.context("read a feed's place")?;
    let Some(place) = place else { return Ok(None) };
    let day = |day: String| words::known("feeds.summarised_day", &day, day.parse().ok());
    let summarised = place.summarised_day.map(day).transpose()?;
    Ok(Some(FeedPlace { posted: OrderId(place.told_order_id), summarised }))
}

async fn set_place(
    connection: &mut SqliteConnection,
    channel: ChannelId,
    place: FeedPlace,
) -> anyhow::Result<()> {
    let day = place.summarised.map(|day| day.to_string());
    query!(
        "INSERT INTO feeds (channel_id, told_order_id, summarised_day) VALUES (?, ?, ?)
         ON CONFLICT (channel_id) DO UPDATE SET told_order_id = excluded.told_order_id,
             summarised_day = excluded.summarised_day",
        channel.0,
        place.posted.0,
        day
    )
    .execute(connection)
    .await
    .context("note a feed's place")?;
    Ok(())
}

async fn last_order(connection: &mut SqliteConnection) -> anyhow::Result<OrderId> {
    let last = query_scalar!(r#"SELECT coalesce(max(id), 0) AS "last!: i64" FROM orders"#);
    Ok(OrderId(last.fetch_one(connection).await.context("find the last order")?))
}
