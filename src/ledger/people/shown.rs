//! What people see of orders and messages after somebody has changed something: status and reactions.

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query};

use super::marks::orders_of;
use crate::ids::{GuildId, MessageId, OrderId, UserId};
use crate::ledger::database::time::text_of;
use crate::ledger::recompute::ended::recompute_statuses;
use crate::ledger::recompute::{Cause, Refused, messages_of, recompute_deliveries};
use crate::ledger::{Ledger, MarkTarget, StatusChange};

impl Ledger {
    /// Brings the orders of a message in line with the marks that stand on it.
    pub(crate) async fn recompute_marked(
        &self,
        connection: &mut SqliteConnection,
        message: MessageId,
    ) -> anyhow::Result<()> {
        let marks = query!(
            "SELECT guild_id, user_id, source FROM marks WHERE message_id = ? ORDER BY id DESC LIMIT 1",
            message.0
        );
        let last = marks.fetch_optional(&mut *connection).await.context("find a card's marks")?;
        let Some(last) = last else { return Ok(()) };
        let target = MarkTarget::Message(message);
        let orders = orders_of(connection, GuildId(last.guild_id), target).await?;
        let (user, now) = (Some(UserId(last.user_id)), text_of(Utc::now()));
        let cause = Cause { source: &last.source, user, message: Some(message), at: &now };
        self.recompute_statuses(connection, &orders, cause).await.map(|_changes| ())
    }

    pub(crate) async fn recompute_statuses(
        &self,
        connection: &mut SqliteConnection,
        orders: &[OrderId],
        cause: Cause<'_>,
    ) -> anyhow::Result<Vec<StatusChange>> {
        let changes = recompute_statuses(connection, orders, cause).await;
        let changes = changes.context("recompute the statuses of orders")?;
        // Also where the status stays: what asked for a person has found one.
        self.show_first(connection, orders, cause.at).await?;
        Ok(changes)
    }

    /// A message that made no order and asked for a person has found one, or has lost one.
    pub(super) async fn show_without_order(
        &self,
        connection: &mut SqliteConnection,
        orders: &[OrderId],
        cause: Cause<'_>,
    ) -> anyhow::Result<()> {
        let Some(message) = cause.message.filter(|_| orders.is_empty()) else { return Ok(()) };
        let first = Refused::TryFirst(cause.at);
        let shown = recompute_deliveries(connection, &[message], &self.emoji, first).await;
        shown.map(|_summaries| ()).context("recompute a delivery")
    }

    /// Lets the bot show first what a person has changed about orders.
    pub(crate) async fn show_first(
        &self,
        connection: &mut SqliteConnection,
        orders: &[OrderId],
        now: &str,
    ) -> anyhow::Result<()> {
        let messages =
            messages_of(connection, orders).await.context("find the messages of orders")?;
        let first = Refused::TryFirst(now);
        let shown = recompute_deliveries(connection, &messages, &self.emoji, first).await;
        shown.map(|_summaries| ()).context("recompute deliveries")
    }
}
