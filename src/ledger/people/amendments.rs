//! What people add to orders: tracking numbers and notes.

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query};

use crate::ids::{GuildId, OrderId, UserId};
use crate::ledger::database::time::text_of;
use crate::ledger::model::additions::Addition;
use crate::ledger::model::typed::order::handle_of;
use crate::ledger::recompute::{last_note, reapply};
use crate::ledger::{Ledger, MarkSource, Order};

/// A person adds something to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmendRequest {
    /// An order of another guild is not found.
    pub guild: GuildId,
    /// Which order.
    pub order: OrderId,
    /// The person who adds it.
    pub user: UserId,
    /// By which command or form.
    pub source: MarkSource,
    /// The tracking number or note.
    pub addition: Addition,
}

/// What an order shows of a column before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// What commands take it by, for the reply.
    pub handle: String,
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
        let mut transaction = self.begin().await.context("begin to amend an order")?;
        let AmendRequest { guild, order, user, source, mut addition } = request;
        let Some(before) = shown(&mut transaction, guild, order).await? else { return Ok(None) };
        let left_out = addition.leave_out(before.tracking_number.as_deref());
        let now = text_of(Utc::now());
        add(&mut transaction, order, user, &addition, &now).await.context("add to an order")?;
        reapply(&mut transaction, &[order.0]).await.context("apply an addition")?;
        let Some(after) = shown(&mut transaction, guild, order).await? else { return Ok(None) };
        let column = addition.column();
        let amended = Amended {
            handle: handle_of(after.order_number.as_deref(), order),
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
        let note = last_note(&mut connection, order.id.0).await.context("read a note")?;
        Ok(note.filter(|note| !note.is_empty()))
    }
}

/// The columns that people add to, as they are shown.
pub(crate) struct Shown {
    pub(crate) order_number: Option<String>,
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
