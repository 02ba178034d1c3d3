//! What people did to an order.

use std::collections::HashSet;

use anyhow::Context;
use sqlx::{SqliteConnection, query};

use crate::ids::{GuildId, OrderId};
use crate::ledger::model::books::by_hand::OrderField;

/// The column of an act that added the order itself.
pub(super) const ADDED: &str = "added";

/// A change that a person made.
pub(super) struct Act {
    pub(super) event: i64,
    pub(super) order: OrderId,
    pub(super) user: i64,
    pub(super) column: String,
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
    /// Of a status what messages and sheets said then; `None`: an earlier version noted the act.
    pub(super) said: Option<String>,
    /// Of a number that a person gave how rows name the order beside it.
    pub(super) names: Vec<String>,
    /// The orders that were parts of it then.
    pub(super) homes: Vec<i64>,
    pub(super) at: String,
    /// The value that was set by hand.
    pub(super) value: Option<OrderField>,
    /// The batch of an order that was added by hand.
    pub(super) added: Option<i64>,
}

/// The last change by a person that stands.
pub(super) async fn last_act(
    connection: &mut SqliteConnection,
    guild: GuildId,
    order: OrderId,
) -> anyhow::Result<Option<Act>> {
    let rows = query!(
        r#"SELECT order_events.id AS "id!", order_events.kind, at, order_events.user_id AS "user_id!", details,
                  order_number, batches.id AS "added?"
           FROM order_events JOIN orders ON orders.id = order_id
           LEFT JOIN batches ON batches.id = batch_id AND batches.kind = 'hand' AND undone_at IS NULL
               AND order_events.kind = 'created'
           WHERE order_id = ? AND orders.guild_id = ? AND order_events.user_id IS NOT NULL
               AND order_events.source <> 'sheet'
           ORDER BY order_events.id DESC"#,
        order.0,
        guild.0
    );
    let rows = rows.fetch_all(connection).await.context("read what people changed")?;
    let mut undone: HashSet<i64> = HashSet::new();
    for row in rows {
        let details: serde_json::Value = serde_json::from_str(&row.details).unwrap_or_default();
        if row.kind == "undone" {
            undone.extend(details.get("event").and_then(serde_json::Value::as_i64));
            let results = details.get("results").and_then(serde_json::Value::as_array);
            undone.extend(results.into_iter().flatten().filter_map(serde_json::Value::as_i64));
            continue;
        }
        if undone.contains(&row.id) {
            continue;
        }
        if row.added.is_some() {
            return Ok(Some(Act {
                event: row.id,
                order,
                user: row.user_id,
                column: ADDED.to_owned(),
                before: None,
                after: row.order_number,
                said: None,
                names: Vec::new(),
                homes: Vec::new(),
                value: None,
                added: row.added,
                at: row.at,
            }));
        }
        let Some((column, words)) = details.as_object().and_then(|details| details.iter().next())
        else {
            continue;
        };
        let word = |index| words.get(index).and_then(|word| word.as_str()).map(str::to_owned);
        let list = |index| words.get(index).and_then(|list| list.as_array()).into_iter().flatten();
        return Ok(Some(Act {
            event: row.id,
            order,
            user: row.user_id,
            column: column.clone(),
            before: word(0),
            after: word(1),
            said: word(2),
            names: list(2).filter_map(|name| name.as_str()).map(str::to_owned).collect(),
            homes: list(3).filter_map(serde_json::Value::as_i64).collect(),
            value: OrderField::of_column(column).filter(|_| row.kind == "corrected"),
            added: None,
            at: row.at,
        }));
    }
    Ok(None)
}
