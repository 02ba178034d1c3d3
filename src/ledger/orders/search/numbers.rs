//! Orders by several numbers at once: their own, or those of their parcels.

use std::collections::{BTreeSet, HashSet};

use anyhow::Context;
use serde_json::json;
use sqlx::{query, query_scalar};

use crate::ids::{GuildId, OrderId};
use crate::ledger::Ledger;
use crate::ledger::model::books::parcel_key::key_of_parcel;
use crate::ledger::model::typed::order::TypedOrder;
use crate::sheet::Known;

/// What was found by several numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundByNumber {
    /// The orders, each once.
    pub orders: Vec<OrderId>,
    /// The numbers of no order, as they were asked for.
    pub missing: Vec<String>,
}

impl Ledger {
    /// The orders of a guild that have one of the numbers, or a parcel with it. Numbers as
    /// [`crate::ledger::typed_numbers`] gives them.
    pub async fn orders_by_numbers(
        &self,
        guild: GuildId,
        numbers: &[String],
    ) -> anyhow::Result<FoundByNumber> {
        let (asked, ids) = (json!(numbers).to_string(), json!(ids(numbers)).to_string());
        let parcels: Vec<String> = numbers.iter().map(|number| key_of_parcel(number)).collect();
        let parcels = json!(parcels).to_string();
        let rows = query!(
            r#"SELECT typed.key + 0 AS "place!: i64", orders.id + 0 AS "order!: i64"
               FROM json_each(?2) AS typed
               CROSS JOIN orders ON guild_id = ?1 AND order_number = typed.value
               UNION
               SELECT typed.key + 0, order_id FROM json_each(?3) AS typed
               CROSS JOIN parcels ON guild_id = ?1 AND number = typed.value
               UNION
               SELECT typed.key + 0, orders.id FROM json_each(?4) AS typed
               CROSS JOIN orders ON orders.id = typed.value AND +guild_id = ?1"#,
            guild.0,
            asked,
            parcels,
            ids
        );
        let rows = rows.fetch_all(&self.readers).await.context("find orders by their numbers")?;
        let places: HashSet<i64> = rows.iter().map(|row| row.place).collect();
        let orders: BTreeSet<i64> = rows.iter().map(|row| row.order).collect();
        let missing = (0_i64..).zip(numbers).filter(|(place, _)| !places.contains(place));
        Ok(FoundByNumber {
            orders: orders.into_iter().map(OrderId).collect(),
            missing: missing.map(|(_, number)| number.clone()).collect(),
        })
    }

    /// Which of the numbers orders of a guild have, as a sheet without headings is told by them.
    pub async fn known_numbers(&self, guild: GuildId, numbers: &[String]) -> anyhow::Result<Known> {
        let asked = json!(numbers).to_string();
        let found = query_scalar!(
            r#"SELECT DISTINCT order_number AS "number!" FROM json_each(?2) AS asked
               CROSS JOIN orders ON guild_id = ?1 AND order_number = asked.value"#,
            guild.0,
            asked
        );
        let found = found.fetch_all(&self.readers).await.context("look numbers of orders up")?;
        Ok(Known::Orders(found.into_iter().collect()))
    }
}

/// Our own ids among what was typed, each at its place.
fn ids(numbers: &[String]) -> Vec<Option<i64>> {
    let id = |number: &String| match TypedOrder::of(number) {
        TypedOrder::Id(order) => Some(order.0),
        TypedOrder::Number(_) | TypedOrder::Message(_) => None,
    };
    numbers.iter().map(id).collect()
}
