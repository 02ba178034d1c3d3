//! Reading orders: one filter for every read.

pub(crate) mod conditions;
pub(crate) mod matching;
pub(in crate::ledger) mod narrow;
pub(in crate::ledger) mod ordered;

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use super::row::{self, OrderRow, json_of};
use super::totals::to_usize;
use crate::ids::{GuildId, MessageId, OrderId, UserId};
use crate::ledger::database::time::time_of;
use crate::ledger::model::typed::order::TypedOrder;
use crate::ledger::{Ledger, Order, OrderEvent};
use crate::order::{OrderItem, Status};

pub use narrow::{InLine, Narrow};

/// More of an order's history than anybody reads.
const MAX_EVENTS: i64 = 500;

/// Which orders. An absent condition does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Always set by what answers in Discord: nothing crosses guilds.
    pub guild: Option<GuildId>,
    /// Compared as stores are: without case, spaces and punctuation. `Best Buy` finds
    /// `Best Buy US` too, and `pokemon`, where no store is called so, `Pokemon Center US`.
    pub store: Option<String>,
    /// The current status.
    pub status: Option<Status>,
    /// Refract's billing profile, whole, in any case.
    pub profile: Option<String>,
    /// Ordered at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// Ordered before this time.
    pub until: Option<DateTime<Utc>>,
    /// What only lists and exports ask for; figures do not look at it.
    pub narrow: Narrow,
}

/// What happened to an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderHistory {
    /// The latest changes, the oldest of them first.
    pub events: Vec<OrderEvent>,
    /// How many came before them.
    pub earlier: usize,
}

impl Ledger {
    /// The orders that a person named: with this number, several where several stores gave it; the one
    /// that has our id (`no:5`); or those of a message, by its link.
    pub async fn orders_by_number(
        &self,
        guild: GuildId,
        number: &str,
    ) -> anyhow::Result<Vec<Order>> {
        let ids = match TypedOrder::of(number) {
            TypedOrder::Id(order) => {
                return Ok(self.order(guild, order).await?.into_iter().collect());
            }
            TypedOrder::Message(message) => {
                let orders = self.orders_of_message(message).await?;
                orders.into_iter().map(|order| order.0).collect()
            }
            TypedOrder::Number(number) => self.ids_numbered(guild, &number).await?,
        };
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let orders = load(&mut connection, &ids).await?;
        Ok(orders.into_iter().filter(|order| order.guild_id == guild).collect())
    }

    async fn ids_numbered(&self, guild: GuildId, number: &str) -> anyhow::Result<Vec<i64>> {
        let ids = query_scalar!(
            r#"SELECT id AS "id!" FROM orders WHERE guild_id = ? AND order_number = ? ORDER BY id"#,
            guild.0,
            number
        );
        ids.fetch_all(&self.readers).await.context("find an order by its number")
    }

    /// One order, if it is of this guild.
    pub async fn order(&self, guild: GuildId, order: OrderId) -> anyhow::Result<Option<Order>> {
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let orders = load(&mut connection, &[order.0]).await?;
        Ok(orders.into_iter().find(|order| order.guild_id == guild))
    }

    /// The last thing that happened to an order.
    pub async fn last_change(
        &self,
        guild: GuildId,
        order: OrderId,
    ) -> anyhow::Result<Option<OrderEvent>> {
        let row = query!(
            "SELECT at, kind, order_events.source, user_id, order_events.message_id, details, batch_id
             FROM order_events JOIN orders ON orders.id = order_id
             WHERE order_id = ? AND guild_id = ? ORDER BY order_events.id DESC LIMIT 1",
            order.0,
            guild.0
        );
        let row = row.fetch_optional(&self.readers).await.context("read an order's last change")?;
        Ok(row.map(|row| OrderEvent {
            at: time_of(&row.at),
            kind: row.kind,
            source: row.source,
            user_id: row.user_id.map(UserId),
            message_id: row.message_id.map(MessageId),
            details: row.details,
            batch: row.batch_id,
        }))
    }

    /// The latest that happened to an order.
    pub async fn order_history(
        &self,
        guild: GuildId,
        order: OrderId,
    ) -> anyhow::Result<OrderHistory> {
        let rows = query!(
            r#"SELECT at, kind, order_events.source, user_id, order_events.message_id, details, batch_id,
                   count(*) OVER () AS "all!: u32"
               FROM order_events JOIN orders ON orders.id = order_id
               WHERE order_id = ?1 AND guild_id = ?2
                   -- What an undoing caused on its way is told by the undoing itself.
                   AND order_events.id NOT IN (
                       SELECT result.value
                       FROM order_events AS undoing, json_each(undoing.details, '$.results') AS result
                       WHERE undoing.order_id = ?1 AND undoing.kind = 'undone'
                   )
               ORDER BY order_events.id DESC LIMIT ?3"#,
            order.0,
            guild.0,
            MAX_EVENTS
        );
        let rows = rows.fetch_all(&self.readers).await.context("read an order's history")?;
        let all = rows.first().map_or(0, |row| to_usize(row.all));
        let earlier = all.saturating_sub(rows.len());
        let events = rows.into_iter().rev().map(|row| OrderEvent {
            at: time_of(&row.at),
            kind: row.kind,
            source: row.source,
            user_id: row.user_id.map(UserId),
            message_id: row.message_id.map(MessageId),
            details: row.details,
            batch: row.batch_id,
        });
        Ok(OrderHistory { events: events.collect(), earlier })
    }
}

/// Loads orders with their lines, in the order of the ids.
pub(crate) async fn load(
    connection: &mut SqliteConnection,
    ids: &[i64],
) -> anyhow::Result<Vec<Order>> {
    let rows = row::load(connection, ids).await.context("load orders")?;
    let mut orders = orders_of(rows).context("load orders")?;
    let messages: Vec<i64> =
        orders.iter().filter_map(|order| order.message_id).map(|message| message.0).collect();
    let messages = json_of(&messages);
    let deleted = query_scalar!(
        "SELECT message_id FROM deliveries
         WHERE message_id IN (SELECT value FROM json_each(?)) AND deleted_at IS NOT NULL",
        messages
    );
    let deleted = deleted.fetch_all(connection).await.context("look for deleted messages")?;
    for order in &mut orders {
        let is_message = |message: MessageId| deleted.contains(&message.0);
        order.is_message_deleted = order.message_id.is_some_and(is_message);
    }
    Ok(orders)
}

/// What people see of these rows.
pub(super) fn orders_of(rows: Vec<(OrderRow, Vec<OrderItem>)>) -> sqlx::Result<Vec<Order>> {
    rows.into_iter().map(|(row, items)| row.into_order(items)).collect()
}
