//! Orders by what they were called before: by the number that they had before a person gave them another one, or by
//! our own id of one that has become a part of another.

use anyhow::Context;
use sqlx::query_scalar;

use crate::ids::GuildId;
use crate::ledger::model::typed::order::TypedOrder;
use crate::ledger::orders::filter::load;
use crate::ledger::{Ledger, Order};

impl Ledger {
    /// The orders that a person named by what they were called before. It says nothing of those that are called so
    /// now ([`Ledger::orders_by_number`]).
    pub async fn orders_by_previous_number(
        &self,
        guild: GuildId,
        number: &str,
    ) -> anyhow::Result<Vec<Order>> {
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let ids = match TypedOrder::of(number) {
            TypedOrder::Message(_) => return Ok(Vec::new()),
            // What happened to an order that is a part of another is told of that one.
            TypedOrder::Id(order) => {
                let home = query_scalar!(
                    r#"SELECT DISTINCT order_id AS "id!" FROM order_events
                       WHERE home_id = ? ORDER BY order_id"#,
                    order.0
                );
                home.fetch_all(&mut *connection).await
            }
            TypedOrder::Number(number) => {
                let renumbered = query_scalar!(
                    r#"SELECT DISTINCT order_id AS "id!" FROM order_events
                       WHERE kind = 'corrected' AND json_valid(details)
                           AND details ->> '$.order_number[0]' = ? ORDER BY order_id"#,
                    number
                );
                renumbered.fetch_all(&mut *connection).await
            }
        };
        let ids = ids.context("find an order by what it was called before")?;
        let orders = load(&mut connection, &ids).await?;
        Ok(orders.into_iter().filter(|order| order.guild_id == guild).collect())
    }
}
