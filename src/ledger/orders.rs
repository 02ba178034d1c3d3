//! Reading orders: one filter for every read.

use anyhow::bail;
use chrono::{DateTime, Utc};
use futures::Stream;

use super::{Ledger, Order, OrderEvent};
use crate::checkout::{Currency, Status};
use crate::ids::{GuildId, OrderId};

/// Which orders. An absent condition does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Always set by what answers in Discord: nothing crosses guilds.
    pub guild: Option<GuildId>,
    /// Compared as stores are: without case, spaces and punctuation. `Best Buy` finds
    /// `Best Buy US` too.
    pub store: Option<String>,
    /// The current status.
    pub status: Option<Status>,
    /// Ordered at this time or later.
    pub since: Option<DateTime<Utc>>,
    /// Ordered before this time.
    pub until: Option<DateTime<Utc>>,
}

/// How many orders, and what they cost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Orders.
    pub count: i64,
    /// The sum of known totals per currency, minor units; the largest number of orders first.
    pub sums: Vec<(Option<Currency>, i64)>,
}

impl Ledger {
    /// The latest orders first, by the time of the checkout.
    pub async fn recent_orders(
        &self,
        filter: &OrderFilter,
        limit: u32,
        offset: u32,
    ) -> anyhow::Result<Vec<Order>> {
        bail!("not written yet: {filter:?} {limit} {offset}")
    }

    /// How many orders match, and their sum per currency.
    pub async fn count_and_sum(&self, filter: &OrderFilter) -> anyhow::Result<Totals> {
        bail!("not written yet: {filter:?}")
    }

    /// The orders with this number, as typed by a person: several where several stores gave it.
    pub async fn orders_by_number(
        &self,
        guild: GuildId,
        number: &str,
    ) -> anyhow::Result<Vec<Order>> {
        bail!("not written yet: {guild} {number}")
    }

    /// One order, if it is of this guild.
    pub async fn order(&self, guild: GuildId, order: OrderId) -> anyhow::Result<Option<Order>> {
        bail!("not written yet: {guild} {order}")
    }

    /// What happened to an order, oldest first.
    pub async fn order_history(
        &self,
        guild: GuildId,
        order: OrderId,
    ) -> anyhow::Result<Vec<OrderEvent>> {
        bail!("not written yet: {guild} {order}")
    }

    /// All orders that match, oldest first, read page by page: memory stays constant and the bot
    /// may write meanwhile.
    pub fn export_orders(&self, filter: &OrderFilter) -> impl Stream<Item = anyhow::Result<Order>> {
        futures::stream::iter([Err(anyhow::anyhow!("not written yet: {filter:?}"))])
    }
}
