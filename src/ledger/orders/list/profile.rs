//! Orders of one profile, by the sums of its months.

use anyhow::Context;
use sqlx::query_as;

use super::Counted;
use crate::count::page_start;
use crate::ids::GuildId;
use crate::ledger::orders::search::CANDIDATES;
use crate::ledger::orders::totals::CurrencyTotal;
use crate::ledger::{Found, Ledger, OrderFilter, OrderList, Totals};

impl Ledger {
    /// A page of the latest orders of a profile that has more of them than a search looks at, or a name that is too
    /// short for one. `None`: a search finds all of them, or more than a profile is asked for.
    pub(super) async fn of_profile(
        &self,
        guild: GuildId,
        list: &OrderList,
        (limit, offset): (u32, u32),
    ) -> anyhow::Result<Option<Found>> {
        let profile = list.filter.profile.clone();
        let filter = OrderFilter { guild: Some(guild), profile, ..OrderFilter::default() };
        if filter.profile.is_none() || *list != (OrderList { filter, ..OrderList::default() }) {
            return Ok(None);
        }
        let conditions = self.conditions(&list.filter).await?;
        let totals = self.totals_of_profile(guild.0, conditions.profile.as_deref()).await?;
        let totals = Totals::of(totals.into_iter()).context("sum orders up")?;
        // The index of words, which is quicker where orders are few, knows no name of two letters.
        let is_indexed =
            conditions.profile.as_deref().is_some_and(|name| name.chars().count() >= 3);
        if is_indexed && totals.count <= i64::from(CANDIDATES) {
            return Ok(None);
        }
        let offset = page_start(offset, limit, totals.count);
        let orders = self.recent_orders(&list.filter, limit, offset).await?;
        Ok(Some(Found { orders, offset, totals, only_latest: None }))
    }

    /// The months in which a profile has orders, the latest first.
    pub(super) async fn months_of_profile(
        &self,
        guild: i64,
        profile: &str,
    ) -> anyhow::Result<Vec<Counted>> {
        let months = query_as!(
            Counted,
            r#"SELECT month AS name, sum(orders) AS "orders!: i64"
               FROM profile_months INDEXED BY profile_months_of_profile
               WHERE guild_id = ?1 AND profile = ?2 COLLATE NOCASE
               GROUP BY month ORDER BY month DESC"#,
            guild,
            profile
        );
        months.fetch_all(&self.readers).await.context("find the months of a profile")
    }

    async fn totals_of_profile(
        &self,
        guild: i64,
        profile: Option<&str>,
    ) -> anyhow::Result<Vec<CurrencyTotal>> {
        let totals = query_as!(
            CurrencyTotal,
            r#"SELECT currency AS "currency?", sum(orders) AS "orders!: i64",
                      CAST(total(total_minor) AS INTEGER) AS "total_minor!: i64"
               FROM profile_months INDEXED BY profile_months_of_profile
               WHERE guild_id = ?1 AND profile = ?2 COLLATE NOCASE GROUP BY currency"#,
            guild,
            profile
        );
        totals.fetch_all(&self.readers).await.context("count the orders of a profile")
    }
}
