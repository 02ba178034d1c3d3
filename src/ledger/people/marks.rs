//! Marks: statuses set by people.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{SqliteConnection, query, query_scalar};

use crate::ids::{GuildId, MessageId, OrderId, UserId};
use crate::ledger::Ledger;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::model::mark_request::{
    MarkRequest, MarkSource, MarkTarget, Marked, UnmarkRequest,
};
use crate::ledger::orders::row::json_of;
use crate::ledger::recompute::Cause;
use crate::order::status_emoji::plain_emoji;

impl Ledger {
    /// Sets a mark. Twice is once. A mark on a message that has not been read yet waits for it.
    pub async fn mark(&self, request: MarkRequest) -> anyhow::Result<Marked> {
        Ok(self.mark_all(&[request]).await?.pop().unwrap_or_default())
    }

    /// Sets several marks: all of them, or none where that fails.
    pub async fn mark_all(&self, requests: &[MarkRequest]) -> anyhow::Result<Vec<Marked>> {
        let mut transaction = self.begin().await.context("begin a mark")?;
        let now = text_of(Utc::now());
        let mut marked = Vec::new();
        for request in requests {
            marked.push(self.set(&mut transaction, request, &now).await?);
        }
        transaction.commit().await.context("commit a mark")?;
        self.committed();
        Ok(marked)
    }

    async fn set(
        &self,
        connection: &mut SqliteConnection,
        request: &MarkRequest,
        now: &str,
    ) -> anyhow::Result<Marked> {
        let orders = orders_of(connection, request.guild, request.target).await?;
        let request = &MarkRequest {
            at: not_before_others(connection, &orders, request.at, now).await?,
            ..request.clone()
        };
        match (request.target, request.emoji.as_deref()) {
            (MarkTarget::Message(message), Some(emoji)) => {
                add_to_message(connection, message, &plain_emoji(emoji), request, now).await?;
            }
            _ => {
                for order in &orders {
                    add_to_order(connection, *order, request, now).await?;
                }
            }
        }
        let cause = cause(request.target, request.source, Some(request.user), now);
        let changes = self.recompute_statuses(connection, &orders, cause).await?;
        self.show_without_order(connection, &orders, cause).await?;
        Ok(Marked { orders, changes })
    }

    /// Takes marks back: the marks before them count again, or else what the messages said.
    pub async fn unmark(&self, request: UnmarkRequest) -> anyhow::Result<Marked> {
        let mut transaction = self.begin().await.context("begin to unmark")?;
        let now = text_of(Utc::now());
        let orders = orders_of(&mut transaction, request.guild, request.target).await?;
        let user = request.user.map(|user| user.0);
        let emoji = request.emoji.as_deref().map(plain_emoji);
        let (message, order) = match request.target {
            MarkTarget::Message(message) => (Some(message.0), None),
            MarkTarget::Order(order) => (None, Some(order.0)),
        };
        query!(
            "DELETE FROM marks WHERE guild_id = ?1 AND (message_id = ?2 OR order_id = ?3)
                 AND (?4 IS NULL OR user_id = ?4) AND (?5 IS NULL OR emoji = ?5)",
            request.guild.0,
            message,
            order,
            user,
            emoji
        )
        .execute(&mut *transaction)
        .await
        .context("take marks back")?;
        forget_unheard(&mut transaction, message, user, emoji.as_deref()).await?;
        let cause = cause(request.target, request.source, request.user, &now);
        let changes = self.recompute_statuses(&mut transaction, &orders, cause).await?;
        self.show_without_order(&mut transaction, &orders, cause).await?;
        self.drop_unevidenced(&mut transaction, &orders, (request.user, &now)).await?;
        transaction.commit().await.context("commit the end of a mark")?;
        self.committed();
        Ok(Marked { orders, changes })
    }

    /// The marks that stand on a message, to compare them with the reactions that Discord shows.
    pub async fn marks_of_message(
        &self,
        message: MessageId,
    ) -> anyhow::Result<Vec<(UserId, String)>> {
        let rows = query!(
            r#"SELECT user_id, emoji AS "emoji!" FROM marks
               WHERE message_id = ? AND emoji IS NOT NULL ORDER BY id"#,
            message.0
        );
        let rows = rows.fetch_all(&self.readers).await.context("read the marks of a message")?;
        Ok(rows.into_iter().map(|row| (UserId(row.user_id), row.emoji)).collect())
    }
}

fn cause(target: MarkTarget, source: MarkSource, user: Option<UserId>, at: &str) -> Cause<'_> {
    let message = match target {
        MarkTarget::Message(message) => Some(message),
        MarkTarget::Order(_) => None,
    };
    Cause { source: source.as_str(), user, message, at }
}

pub(crate) async fn orders_of(
    connection: &mut SqliteConnection,
    guild: GuildId,
    target: MarkTarget,
) -> anyhow::Result<Vec<OrderId>> {
    let (message, order) = match target {
        MarkTarget::Message(message) => (Some(message.0), None),
        MarkTarget::Order(order) => (None, Some(order.0)),
    };
    let ids = query_scalar!(
        r#"SELECT id AS "id!" FROM orders
           -- The plus keeps SQLite from walking all orders of the guild.
           WHERE +guild_id = ?1
               AND id IN (SELECT ?3
                          UNION SELECT order_id FROM order_messages WHERE message_id = ?2
                          UNION SELECT order_id FROM cards WHERE message_id = ?2)
           ORDER BY id"#,
        guild.0,
        message,
        order
    );
    let ids = ids.fetch_all(connection).await.context("find the orders to mark")?;
    Ok(ids.into_iter().map(OrderId).collect())
}

/// The time of a mark that is set now. This machine's clock may have been ahead of itself when others were
/// set: then the new one comes right behind them.
pub(crate) async fn not_before_others(
    connection: &mut SqliteConnection,
    orders: &[OrderId],
    at: Option<DateTime<Utc>>,
    now: &str,
) -> anyhow::Result<Option<DateTime<Utc>>> {
    let orders = json_of(&orders.iter().map(|order| order.0).collect::<Vec<_>>());
    let ahead = query_scalar!(
        r#"SELECT max(marked_at) AS "ahead: String" FROM json_each(?1) AS concerned CROSS JOIN marks
           ON marks.order_id = concerned.value
               OR marks.message_id IN (SELECT message_id FROM order_messages WHERE order_id = concerned.value
                                       UNION SELECT message_id FROM cards WHERE order_id = concerned.value)
           WHERE marked_at >= ?2"#,
        orders,
        now
    );
    let ahead = ahead.fetch_one(connection).await.context("look for marks of the future")?;
    let behind = ahead.map(|ahead| time_of(&ahead) + TimeDelta::milliseconds(1));
    Ok(at.map(|at| behind.map_or(at, |behind| behind.max(at))))
}

/// A reaction stands once for each person and emoji. When it was seen first counts, unless that
/// was unknown.
async fn add_to_message(
    connection: &mut SqliteConnection,
    message: MessageId,
    emoji: &str,
    request: &MarkRequest,
    now: &str,
) -> anyhow::Result<()> {
    let (status, source) = (request.status.as_str(), request.source.as_str());
    let at = request.at.map(text_of);
    query!(
        "INSERT INTO marks (guild_id, message_id, user_id, emoji, status, source, marked_at, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (message_id, user_id, emoji) WHERE message_id IS NOT NULL
         DO UPDATE SET marked_at = coalesce(marked_at, excluded.marked_at), status = excluded.status",
        request.guild.0,
        message.0,
        request.user.0,
        emoji,
        status,
        source,
        at,
        now
    )
    .execute(&mut *connection)
    .await
    .context("set a mark on a message")?;
    // Whoever may set a status now is heard.
    forget_unheard(connection, Some(message.0), Some(request.user.0), Some(emoji)).await
}

/// Forgets reactions without effect; an absent user or emoji means all.
async fn forget_unheard(
    connection: &mut SqliteConnection,
    message: Option<i64>,
    user: Option<i64>,
    emoji: Option<&str>,
) -> anyhow::Result<()> {
    query!(
        "DELETE FROM unheard_reactions WHERE message_id = ?1
             AND (?2 IS NULL OR user_id = ?2) AND (?3 IS NULL OR emoji = ?3)",
        message,
        user,
        emoji
    )
    .execute(connection)
    .await
    .context("forget a reaction without effect")?;
    Ok(())
}

/// The same status by the same person, twice in a row, is one mark.
pub(crate) async fn add_to_order(
    connection: &mut SqliteConnection,
    order: OrderId,
    request: &MarkRequest,
    now: &str,
) -> anyhow::Result<()> {
    let (status, source) = (request.status.as_str(), request.source.as_str());
    let at = request.at.map(text_of);
    query!(
        "INSERT INTO marks (guild_id, order_id, user_id, status, source, marked_at, created_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
         WHERE NOT EXISTS (
             SELECT 1 FROM orders WHERE id = ?2 AND status = ?4
                 AND ?4 = (SELECT status FROM marks WHERE order_id = ?2 AND user_id = ?3
                           ORDER BY id DESC LIMIT 1)
         )",
        request.guild.0,
        order.0,
        request.user.0,
        status,
        source,
        at,
        now
    )
    .execute(connection)
    .await
    .context("set a mark on an order")?;
    Ok(())
}
