//! Taking back what a person did to an order last.

use std::collections::HashSet;

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

use super::corrections::take_back;
use super::marks::{add_to_order, not_before_others, orders_of};
use super::values::take_value_back;
use crate::ids::{GuildId, MessageId, OrderId, UserId};
use crate::ledger::database::time::text_of;
use crate::ledger::database::words;
use crate::ledger::model::books::by_hand::OrderField;
use crate::ledger::recompute::{Cause, reapply};
use crate::ledger::{Ledger, MarkRequest, MarkSource, MarkTarget};
use crate::reading::Labels;

/// What was taken back: the column, what it showed, and what it shows again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// `status`, `tracking_number`, `notes`, `order_number` or `counted_apart`.
    pub column: String,
    /// What a person had made of it.
    pub before: Option<String>,
    /// What it is again.
    pub after: Option<String>,
    /// The order that it was taken back of: another one where two orders were parted.
    pub order: OrderId,
    /// Whether the messages behind it are still kept: without them nothing was taken back.
    pub is_kept: bool,
}

impl Undone {
    fn not_kept(act: Act) -> Self {
        let (before, after) = (act.after, act.before);
        Self { column: act.column, before, after, order: act.order, is_kept: false }
    }
}

/// A change that a person made.
struct Act {
    event: i64,
    order: OrderId,
    user: i64,
    column: String,
    before: Option<String>,
    after: Option<String>,
    at: String,
    /// The value that was set by hand.
    value: Option<OrderField>,
}

impl Ledger {
    /// Takes the last change back that a person made to the order and that was not taken back yet.
    /// `None`: there is no such order in the guild, or nobody has changed it.
    pub async fn undo(
        &self,
        guild: GuildId,
        order: OrderId,
        user: UserId,
        source: MarkSource,
        labels: &Labels,
    ) -> anyhow::Result<Option<Undone>> {
        let mut transaction = self.begin().await.context("begin to undo")?;
        let Some(act) = last_act(&mut transaction, guild, order).await? else { return Ok(None) };
        let now = text_of(Utc::now());
        let mut concerned = order;
        match act.column.as_str() {
            "status" => {
                let who = (user, source);
                self.undo_status(&mut transaction, (guild, order), &act, who, &now).await?;
            }
            "order_number" | "counted_apart" => {
                let made = (act.user, act.at.as_str());
                let parted = take_back(self, &mut transaction, made, &now, labels).await?;
                let Some(parted) = parted else { return Ok(Some(Undone::not_kept(act))) };
                self.show_first(&mut transaction, parted, &now).await?;
                self.show_first(&mut transaction, order, &now).await?;
                concerned = parted;
            }
            _ => match act.value {
                Some(field) => {
                    let (of, at) = ((order, field), act.at.as_str());
                    take_value_back(self, &mut transaction, of, at, (user, &now)).await?;
                }
                None => undo_addition(&mut transaction, order, &act)
                    .await
                    .context("undo an addition")?,
            },
        }
        let who = (user, source);
        note(&mut transaction, concerned, &act, who, &now).await.context("note an undo")?;
        transaction.commit().await.context("commit an undo")?;
        self.committed();
        let (before, after) = (act.after, act.before);
        Ok(Some(Undone { column: act.column, before, after, order: concerned, is_kept: true }))
    }

    /// Takes the mark away that made the status; where that is not to be had (it was a removal that is
    /// undone, or the mark speaks of other orders, too), marks the order with what it was before.
    async fn undo_status(
        &self,
        connection: &mut SqliteConnection,
        (guild, order): (GuildId, OrderId),
        act: &Act,
        (user, source): (UserId, MarkSource),
        now: &str,
    ) -> anyhow::Result<()> {
        let mark = mark_of(connection, order, act).await.context("find the mark to undo")?;
        let message = mark.as_ref().and_then(|mark| mark.message);
        let cause = Cause { source: source.as_str(), user: Some(user), message, at: now };
        if let Some(mark) = mark {
            let speaks_of = match message {
                Some(message) => orders_of(connection, guild, MarkTarget::Message(message)).await?,
                None => vec![order],
            };
            if speaks_of == [order] {
                forget_mark(connection, act.user, mark).await.context("undo a mark")?;
                self.recompute_statuses(connection, &speaks_of, cause).await?;
            }
        }
        let status = query_scalar!("SELECT status FROM orders WHERE id = ?", order.0);
        let status = status.fetch_one(&mut *connection).await.context("read a status")?;
        let Some(before) = act.before.as_deref().filter(|before| *before != status) else {
            return Ok(());
        };
        let again = MarkRequest {
            guild,
            target: MarkTarget::Order(order),
            user,
            status: words::status("order_events.details", before).context("undo a status")?,
            emoji: None,
            source,
            at: not_before_others(connection, &[order], Some(Utc::now()), now).await?,
        };
        add_to_order(connection, order, &again, now).await?;
        self.recompute_statuses(connection, &[order], cause).await.map(|_changes| ())
    }
}

/// The last change by a person that stands.
async fn last_act(
    connection: &mut SqliteConnection,
    guild: GuildId,
    order: OrderId,
) -> anyhow::Result<Option<Act>> {
    let rows = query!(
        r#"SELECT order_events.id AS "id!", kind, at, user_id AS "user_id!", details
           FROM order_events JOIN orders ON orders.id = order_id
           WHERE order_id = ? AND guild_id = ? AND user_id IS NOT NULL AND order_events.source <> 'sheet'
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
        let Some((column, words)) = details.as_object().and_then(|details| details.iter().next())
        else {
            continue;
        };
        let word = |index| words.get(index).and_then(|word| word.as_str()).map(str::to_owned);
        return Ok(Some(Act {
            event: row.id,
            order,
            user: row.user_id,
            column: column.clone(),
            before: word(0),
            after: word(1),
            value: OrderField::of_column(column).filter(|_| row.kind == "corrected"),
            at: row.at,
        }));
    }
    Ok(None)
}

/// A mark that made a status.
struct MarkRow {
    id: i64,
    message: Option<MessageId>,
    emoji: Option<String>,
}

/// The mark by which the person made the status in that moment.
async fn mark_of(
    connection: &mut SqliteConnection,
    order: OrderId,
    act: &Act,
) -> sqlx::Result<Option<MarkRow>> {
    let mark = query!(
        r#"SELECT id, message_id, emoji FROM marks
           WHERE user_id = ?2 AND status = ?3 AND created_at = ?4
               AND (order_id = ?1 OR message_id IN (SELECT message_id FROM order_messages WHERE order_id = ?1
                                                    UNION SELECT message_id FROM cards WHERE order_id = ?1))
           ORDER BY id DESC LIMIT 1"#,
        order.0,
        act.user,
        act.after,
        act.at
    );
    let mark = mark.fetch_optional(connection).await?;
    Ok(mark.map(|mark| MarkRow {
        id: mark.id,
        message: mark.message_id.map(MessageId),
        emoji: mark.emoji,
    }))
}

/// Takes a person's mark away. A reaction that still stands below the message is remembered as one without
/// effect, or the next look at the history would bring it back.
async fn forget_mark(
    connection: &mut SqliteConnection,
    user: i64,
    mark: MarkRow,
) -> sqlx::Result<()> {
    if let (Some(message), Some(emoji)) = (mark.message, mark.emoji) {
        query!(
            "INSERT INTO unheard_reactions (message_id, user_id, emoji) VALUES (?, ?, ?)
             ON CONFLICT DO NOTHING",
            message.0,
            user,
            emoji
        )
        .execute(&mut *connection)
        .await?;
    }
    query!("DELETE FROM marks WHERE id = ?", mark.id).execute(connection).await?;
    Ok(())
}

/// Takes away what was added in that moment.
async fn undo_addition(
    connection: &mut SqliteConnection,
    order: OrderId,
    act: &Act,
) -> sqlx::Result<()> {
    let kind = if act.column == "notes" { "note" } else { "tracking" };
    query!(
        "DELETE FROM additions WHERE order_id = ? AND kind = ? AND user_id = ? AND added_at = ?",
        order.0,
        kind,
        act.user,
        act.at
    )
    .execute(&mut *connection)
    .await?;
    reapply(connection, &[order.0]).await
}

async fn note(
    connection: &mut SqliteConnection,
    order: OrderId,
    act: &Act,
    (user, source): (UserId, MarkSource),
    now: &str,
) -> sqlx::Result<()> {
    // The changes of status that undoing made are no acts of their own.
    let results = query_scalar!(
        r#"SELECT id AS "id!" FROM order_events
           WHERE order_id = ? AND id > ? AND kind = 'status' AND at = ?"#,
        order.0,
        act.event,
        now
    );
    let results = results.fetch_all(&mut *connection).await?;
    let details = serde_json::json!({
        "event": act.event, "results": results, &act.column: [act.after, act.before]
    })
    .to_string();
    let source = source.as_str();
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, details)
         VALUES (?, ?, 'undone', ?, ?, ?)",
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
