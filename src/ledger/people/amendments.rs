//! What people add to orders: tracking numbers and notes.

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

use crate::ids::{GuildId, OrderId, UserId};
use crate::ledger::database::time::text_of;
use crate::ledger::model::additions::{Addition, notes, tracking};
use crate::ledger::orders::row::json_of;
use crate::ledger::{Ledger, MarkSource, Order};

/// A person adds something to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmendRequest {
    /// An order of another guild is not found.
    pub guild: GuildId,
    /// Which order.
    pub order: OrderId,
    /// Who.
    pub user: UserId,
    /// How.
    pub source: MarkSource,
    /// What.
    pub addition: Addition,
}

/// What an order shows of a column before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// Its number, for the reply.
    pub order_number: String,
    /// Before.
    pub before: Option<String>,
    /// After; the same where nothing changed.
    pub after: Option<String>,
    /// Tracking numbers for which there was no room.
    pub left_out: Vec<String>,
}

impl Ledger {
    /// Adds to an order. Adding the same again changes nothing. `None`: there is no such order in
    /// the guild.
    pub async fn amend(&self, request: AmendRequest) -> anyhow::Result<Option<Amended>> {
        let mut transaction =
            self.writer.begin_with("BEGIN IMMEDIATE").await.context("begin to amend an order")?;
        let AmendRequest { guild, order, user, source, mut addition } = request;
        let Some(before) = shown(&mut transaction, guild, order).await? else { return Ok(None) };
        let left_out = addition.leave_out(before.tracking_number.as_deref());
        let now = text_of(Utc::now());
        add(&mut transaction, order, user, &addition, &now).await.context("add to an order")?;
        reapply(&mut transaction, &[order.0]).await.context("apply an addition")?;
        let Some(after) = shown(&mut transaction, guild, order).await? else { return Ok(None) };
        let column = addition.column();
        let amended = Amended {
            order_number: after.order_number.clone(),
            before: before.column(&addition),
            after: after.column(&addition),
            left_out,
        };
        if amended.before != amended.after {
            let words = (amended.before.as_deref(), amended.after.as_deref());
            note(&mut transaction, order, user, source, (column, words), &now)
                .await
                .context("note an addition")?;
            transaction.commit().await.context("commit an addition")?;
            self.committed();
        }
        Ok(Some(amended))
    }

    /// The note that a person wrote to an order last, without what the messages say.
    pub async fn written_note(&self, order: &Order) -> anyhow::Result<Option<String>> {
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let notes = values(&mut connection, order.id.0, "note").await.context("read a note")?;
        Ok(notes.into_iter().next_back().filter(|note| !note.is_empty()))
    }
}

/// The columns that people add to, as they are shown.
pub(crate) struct Shown {
    pub(crate) order_number: String,
    pub(crate) tracking_number: Option<String>,
    pub(crate) notes: Option<String>,
}

impl Shown {
    fn column(&self, addition: &Addition) -> Option<String> {
        match addition {
            Addition::Tracking(_) => self.tracking_number.clone(),
            Addition::Note(_) => self.notes.clone(),
        }
    }
}

pub(crate) async fn shown(
    connection: &mut SqliteConnection,
    guild: GuildId,
    order: OrderId,
) -> anyhow::Result<Option<Shown>> {
    let row = sqlx::query_as!(
        Shown,
        "SELECT order_number, tracking_number, notes FROM orders WHERE id = ? AND guild_id = ?",
        order.0,
        guild.0
    );
    row.fetch_optional(connection).await.context("read an order to amend")
}

async fn add(
    connection: &mut SqliteConnection,
    order: OrderId,
    user: UserId,
    addition: &Addition,
    now: &str,
) -> sqlx::Result<()> {
    query!(
        "INSERT INTO amended_orders (order_id, said_tracking, said_notes)
         SELECT id, tracking_number, notes FROM orders WHERE id = ?
         ON CONFLICT DO NOTHING",
        order.0
    )
    .execute(&mut *connection)
    .await?;
    let kind = addition.kind();
    for value in addition.values() {
        query!(
            "INSERT INTO additions (order_id, kind, value, user_id, added_at)
             VALUES (?, ?, ?, ?, ?)",
            order.0,
            kind,
            value,
            user.0,
            now
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Notes a change in the order's history.
pub(crate) async fn note(
    connection: &mut SqliteConnection,
    order: OrderId,
    user: UserId,
    source: MarkSource,
    (column, words): (&str, (Option<&str>, Option<&str>)),
    now: &str,
) -> sqlx::Result<()> {
    let details = serde_json::json!({ column: [words.0, words.1] }).to_string();
    let source = source.as_str();
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, details)
         VALUES (?, ?, 'amended', ?, ?, ?)",
        order.0,
        now,
        source,
        user.0,
        details
    )
    .execute(&mut *connection)
    .await?;
    query!("UPDATE orders SET updated_at = ? WHERE id = ?", now, order.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes what the messages make of these orders by now, before additions are laid over them again.
pub(crate) async fn said_anew(
    connection: &mut SqliteConnection,
    orders: &[i64],
) -> sqlx::Result<()> {
    let list = json_of(orders);
    query!(
        "UPDATE amended_orders SET said_tracking = orders.tracking_number, said_notes = orders.notes
         FROM orders WHERE orders.id = order_id AND order_id IN (SELECT value FROM json_each(?))",
        list
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lays the additions over what the messages say, of those orders that have any.
pub(crate) async fn reapply(connection: &mut SqliteConnection, orders: &[i64]) -> sqlx::Result<()> {
    let list = json_of(orders);
    let amended = query!(
        r#"SELECT order_id AS "order_id!", said_tracking, said_notes FROM amended_orders
           WHERE order_id IN (SELECT value FROM json_each(?))"#,
        list
    );
    for row in amended.fetch_all(&mut *connection).await? {
        let numbers = values(connection, row.order_id, "tracking").await?;
        let written = values(connection, row.order_id, "note").await?;
        let tracking = tracking(row.said_tracking.as_deref(), &numbers);
        let notes = notes(row.said_notes.as_deref(), written.last().map(String::as_str));
        query!(
            "UPDATE orders SET tracking_number = ?, notes = ? WHERE id = ?",
            tracking,
            notes,
            row.order_id
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

async fn values(
    connection: &mut SqliteConnection,
    order: i64,
    kind: &str,
) -> sqlx::Result<Vec<String>> {
    query_scalar!(
        "SELECT value FROM additions WHERE order_id = ? AND kind = ? ORDER BY id",
        order,
        kind
    )
    .fetch_all(connection)
    .await
}
