//! Taking back what a person did to an order last.

mod acts;
mod added;
mod correction;
mod mark;

use anyhow::Context;
use chrono::Utc;
use sqlx::{Connection, SqliteConnection, query, query_scalar};

use self::acts::{ADDED, Act, last_act};
use self::added::take_added_back;
use self::correction::take_back;
use self::mark::{forget_mark, mark_of};
use super::marks::{add_to_order, not_before_others, orders_of};
use super::values::take_value_back;
use crate::ids::{GuildId, OrderId, UserId};
use crate::ledger::database::time::text_of;
use crate::ledger::database::words;
use crate::ledger::model::effective_status::undone::UndoneStatus;
use crate::ledger::recompute::{Cause, reapply};
use crate::ledger::{Ledger, MarkRequest, MarkSource, MarkTarget};
use crate::order::Status;
use crate::reading::Labels;

/// What was taken back: the column, what it showed, and what it shows again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// `status`, `tracking_number`, `notes`, `order_number`, `counted_apart`, the column of a value that was set by
    /// hand, or `added` for the order itself: then `before` is its number, and `after`, too, where it stays.
    pub column: String,
    /// What a person had made of it.
    pub before: Option<String>,
    /// What it is again.
    pub after: Option<String>,
    /// The order that it was taken back of: another one where two orders were parted.
    pub order: OrderId,
    /// What came of it.
    pub result: Undoing,
}

/// What came of undoing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undoing {
    /// It was taken back.
    Done,
    /// It was taken back, and the order is gone: its sheet had been undone before, and nothing else is known of it.
    Gone,
    /// The messages behind the order are no longer kept: nothing was taken back.
    NotKept,
    /// The order was added by hand, and other things are known of it by now: nothing was taken back.
    Evidenced,
}

impl Undone {
    /// Whether the order itself is gone: somebody had added it by hand, or nothing else was known of it any more.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        self.result == Undoing::Gone || (self.column == ADDED && self.after.is_none())
    }

    fn not_kept(act: Act) -> Self {
        let (before, after) = (act.after, act.before);
        Self { column: act.column, before, after, order: act.order, result: Undoing::NotKept }
    }
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
        let Some(mut act) = last_act(&mut transaction, guild, order).await? else {
            return Ok(None);
        };
        let now = text_of(Utc::now());
        let mut concerned = order;
        if let Some(batch) = act.added {
            let (added, by) = ((&act, batch), (user, now.as_str()));
            let undone = take_added_back(self, &mut transaction, added, by).await?;
            if undone.result == Undoing::Done {
                if !undone.is_gone() {
                    let who = (user, source);
                    note(&mut transaction, order, &act, who, &now).await.context("note an undo")?;
                }
                transaction.commit().await.context("commit an undo")?;
                self.committed();
            }
            return Ok(Some(undone));
        }
        match act.column.as_str() {
            "status" => {
                let who = (user, source);
                let again = self.undo_status(&mut transaction, (guild, order), &act, who, &now);
                act.before = Some(again.await?);
            }
            "order_number" | "counted_apart" => {
                let at = (guild, now.as_str());
                let parted = take_back(self, &mut transaction, &act, at, labels).await?;
                let Some(parted) = parted else { return Ok(Some(Undone::not_kept(act))) };
                self.show_first(&mut transaction, &[parted, order], &now).await?;
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
        let of = (Some(user), now.as_str());
        let gone = self.drop_unevidenced(&mut transaction, &[concerned], of).await?;
        transaction.commit().await.context("commit an undo")?;
        self.committed();
        let (before, after) = (act.after, act.before);
        let result = if gone.is_empty() { Undoing::Done } else { Undoing::Gone };
        let column = act.column;
        Ok(Some(Undone { column, before, after, order: concerned, result }))
    }

    /// Takes the mark away that made the status, where it speaks of this order alone, and marks the order with what
    /// it is to be again where that is something else. Gives the status that the order has by now.
    async fn undo_status(
        &self,
        connection: &mut SqliteConnection,
        (guild, order): (GuildId, OrderId),
        act: &Act,
        (user, source): (UserId, MarkSource),
        now: &str,
    ) -> anyhow::Result<String> {
        let mark = mark_of(connection, order, act).await.context("find the mark to undo")?;
        let message = mark.as_ref().and_then(|mark| mark.message);
        let cause = Cause { source: source.as_str(), user: Some(user), message, at: now };
        let mut is_shared = false;
        let mut without = connection.begin().await.context("begin to take a mark away")?;
        if let Some(mark) = mark {
            if let Some(message) = message {
                let target = MarkTarget::Message(message);
                is_shared = orders_of(&mut without, guild, target).await? != [order];
            }
            forget_mark(&mut without, act.user, mark).await.context("undo a mark")?;
            self.recompute_statuses(&mut without, &[order], cause).await?;
        }
        let unmarked = now_is(&mut without, order, act).await?;
        if is_shared {
            // It stays for the others.
            without.rollback().await.context("leave a mark")?;
        } else {
            without.commit().await.context("take a mark away")?;
        }
        let again = again_of(act, &unmarked)?;
        let shown = now_is(connection, order, act).await?.status;
        if again == shown {
            return Ok(shown.as_str().to_owned());
        }
        let again = MarkRequest {
            guild,
            target: MarkTarget::Order(order),
            user,
            status: again,
            emoji: None,
            source,
            at: not_before_others(connection, &[order], Some(Utc::now()), now).await?,
        };
        add_to_order(connection, order, &again, now).await?;
        self.recompute_statuses(connection, &[order], cause).await?;
        Ok(again.status.as_str().to_owned())
    }
}

/// What an order is without a mark.
struct NowIs {
    status: Status,
    said: Status,
    /// Whether a message came, or was edited, after the mark.
    is_heard_since: bool,
}

async fn now_is(
    connection: &mut SqliteConnection,
    order: OrderId,
    act: &Act,
) -> anyhow::Result<NowIs> {
    let row = query!(
        r#"SELECT status, said_status, EXISTS (
               SELECT 1 FROM order_messages CROSS JOIN deliveries USING (message_id)
               WHERE order_messages.order_id = orders.id AND (received_at > ?2 OR edited_at > ?2)
           ) AS "is_heard_since!: bool"
           FROM orders WHERE id = ?1"#,
        order.0,
        act.at
    );
    let row = row.fetch_one(connection).await.context("read a status")?;
    Ok(NowIs {
        status: words::status("orders.status", &row.status)?,
        said: words::status("orders.said_status", &row.said_status)?,
        is_heard_since: row.is_heard_since,
    })
}

/// The status that an order is to be again.
fn again_of(act: &Act, unmarked: &NowIs) -> anyhow::Result<Status> {
    let word = |word: &Option<String>| {
        let status =
            word.as_deref().map(|word| words::status("order_events.details", word)).transpose();
        status.context("undo a status")
    };
    let NowIs { status: without, said, is_heard_since } = *unmarked;
    let (Some(before), Some(after)) = (word(&act.before)?, word(&act.after)?) else {
        return Ok(without);
    };
    let said_then = word(&act.said)?;
    let undoing = UndoneStatus { before, after, said_then, without, said, is_heard_since };
    Ok(undoing.again())
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

/// Notes an undoing beside the act that it takes back: it goes wherever that goes.
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
        "INSERT INTO order_events (order_id, at, kind, source, user_id, details, home_id)
         SELECT order_id, ?, 'undone', ?, ?, ?, home_id FROM order_events WHERE id = ?",
        now,
        source,
        user.0,
        details,
        act.event
    )
    .execute(&mut *connection)
    .await?;
    query!("UPDATE orders SET updated_at = ? WHERE id = ?", now, order.0)
        .execute(connection)
        .await?;
    Ok(())
}
