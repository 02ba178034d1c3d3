//! A page of orders, in the quickest way that what was asked for allows.

use anyhow::Context;

use crate::count::page_start;
use crate::ids::GuildId;
use crate::ledger::orders::filter::load;
use crate::ledger::{Found, Ledger, Order, OrderFilter, OrderList};
use crate::order::Sort;

impl Ledger {
    /// A page of a guild's orders that match the filter and, where one is given, hold all words of a
    /// text. The latest first.
    pub async fn list_orders(
        &self,
        guild: GuildId,
        typed: Option<&str>,
        filter: &OrderFilter,
        limit: u32,
        offset: u32,
    ) -> anyhow::Result<Found> {
        let list = OrderList {
            typed: typed.map(str::to_owned),
            filter: filter.clone(),
            ..OrderList::default()
        };
        self.list(guild, &list, (limit, offset)).await
    }

    /// A page of a guild's orders: so many, behind so many; the last page where the list ends before it.
    pub async fn list(
        &self,
        guild: GuildId,
        list: &OrderList,
        (limit, offset): (u32, u32),
    ) -> anyhow::Result<Found> {
        let list = OrderList {
            filter: OrderFilter { guild: Some(guild), ..list.filter.clone() },
            ..list.clone()
        };
        // Profiles and products are found by the index of words, too.
        let is_searched = list.typed.is_some()
            || list.among.is_some()
            || list.filter.profile.is_some()
            || list.filter.narrow.product.is_some();
        if let Some(found) = self.of_profile(guild, &list, (limit, offset)).await? {
            return Ok(found);
        }
        if is_searched {
            return self.search(guild, &list, (limit, offset)).await;
        }
        let totals = self.count_and_sum(&list.filter).await?;
        let offset = page_start(offset, limit, totals.count);
        let orders = if totals.count > 0 {
            self.page_of(guild, &list, (limit, offset)).await?
        } else {
            Vec::new()
        };
        Ok(Found { orders, offset, totals, only_latest: None })
    }

    async fn page_of(
        &self,
        guild: GuildId,
        list: &OrderList,
        (limit, offset): (u32, u32),
    ) -> anyhow::Result<Vec<Order>> {
        let conditions = self.conditions(&list.filter).await?;
        if list.sort == Sort::Newest && conditions.are_tallied() {
            return self.recent_orders(&list.filter, limit, offset).await;
        }
        let ids = self.sorted(guild.0, &conditions, list.sort, (limit, offset)).await?;
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        load(&mut connection, &ids).await
    }
}
