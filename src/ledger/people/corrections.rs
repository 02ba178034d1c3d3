//! What people correct of orders: that a doubtful product counts, and the number of an order without one.

use std::collections::BTreeSet;

use anyhow::Context;
use chrono::Utc;
use serde_json::json;
use sqlx::{SqliteConnection, query, query_scalar};

use super::renumbered::{Given, Numbered, give, numbered};
use crate::ids::{GuildId, MessageId, OrderId, UserId};
use crate::ledger::database::time::text_of;
use crate::ledger::model::fold::corrected::Correction;
use crate::ledger::write::read_again;
use crate::ledger::{Ledger, MarkSource};
use crate::reading::{Labels, order_number};

/// A person corrects an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectRequest {
    /// An order of another guild is not found.
    pub guild: GuildId,
    /// Which order.
    pub order: OrderId,
    /// The person who corrects it.
    pub user: UserId,
    /// By which command or button.
    pub source: MarkSource,
    /// What is to be put right.
    pub what: Correct,
}

/// What a person corrects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correct {
    /// The products that were counted once, although they may be others, count each.
    CountBoth,
    /// Its number, as typed.
    Number(String),
}

/// What became of a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Corrected {
    /// The order by now: another one where it turned out to be a part of that.
    Done(OrderId),
    /// There is nothing to correct: no doubt, or the order has this number.
    Nothing,
    /// What was typed is no order number.
    NoNumber,
    /// Several orders have the number, or rows of another one name the number that the order has.
    Several,
    /// Its message is kept no longer, so that it cannot be read again.
    NotKept,
}

/// A part of a message that speaks of the order.
struct LinkedPart {
    message: MessageId,
    position: i64,
    doubt: Option<String>,
}

impl Ledger {
    /// Corrects an order. Doing the same again changes nothing. `None`: there is no such order in the guild.
    pub async fn correct(
        &self,
        request: &CorrectRequest,
        labels: &Labels,
    ) -> anyhow::Result<Option<Corrected>> {
        let mut transaction = self.begin().await.context("begin to correct an order")?;
        let of = (request.guild, request.order);
        let Some(before) = numbered(&mut transaction, of).await? else { return Ok(None) };
        let correction = match &request.what {
            Correct::CountBoth => Correction::Apart,
            Correct::Number(typed) => match order_number::normal(typed) {
                Some(typed) if before.number.as_ref() == Some(&typed) => {
                    return Ok(Some(Corrected::Nothing));
                }
                Some(number) => Correction::Number(number),
                None => return Ok(Some(Corrected::NoNumber)),
            },
        };
        let mut parts = parts_of(&mut transaction, request.order).await?;
        parts.retain(|part| correction != Correction::Apart || part.doubt.is_some());
        let now = text_of(Utc::now());
        let mut given = None;
        if let Correction::Number(number) = &correction {
            given = give(&mut transaction, request, (&before, number), &now).await?;
            if given.is_none() {
                return Ok(Some(Corrected::Several));
            }
        }
        if parts.is_empty() && (given.is_none() || before.has_message) {
            return Ok(Some(given.map_or(Corrected::Nothing, |_| Corrected::NotKept)));
        }
        for part in &parts {
            store(&mut transaction, request, part, &correction, &now).await?;
        }
        let messages: Vec<MessageId> = parts.iter().map(|part| part.message).collect();
        if !read_again(&mut transaction, &messages, labels, &self.emoji).await? {
            return Ok(Some(Corrected::NotKept));
        }
        let spoken_of = parts.iter().map(|part| (part.message, part.position));
        let spoken_of = order_of(&mut transaction, spoken_of).await?;
        let order = given.as_ref().filter(|_| !before.has_message).map(|given| given.order);
        let order = order.or(spoken_of).unwrap_or(request.order);
        let said = said(&correction, &parts, (&before, given.as_ref()));
        note(&mut transaction, request, order, said, &now).await.context("note a correction")?;
        if let (Correction::Number(number), Some(given)) = (&correction, &given) {
            let mut numbers = BTreeSet::from([number.clone()]);
            numbers.extend(before.number.clone());
            self.settle(&mut transaction, (request, order), (&given.names, numbers), &now).await?;
        }
        self.show_first(&mut transaction, &[order], &now).await?;
        transaction.commit().await.context("commit a correction")?;
        self.committed();
        Ok(Some(Corrected::Done(order)))
    }

    /// The products of an order that were counted once and may be others, as its messages name them.
    pub async fn doubts(&self, order: OrderId) -> anyhow::Result<Vec<String>> {
        let doubts = query_scalar!(
            r#"SELECT doubt AS "doubt!" FROM order_messages
               WHERE order_id = ? AND doubt IS NOT NULL ORDER BY message_id, position"#,
            order.0
        );
        doubts.fetch_all(&self.readers).await.context("read what is doubtful about an order")
    }
}

async fn parts_of(
    connection: &mut SqliteConnection,
    order: OrderId,
) -> anyhow::Result<Vec<LinkedPart>> {
    let rows = query!(
        r#"SELECT message_id AS "message_id!", position AS "position!", doubt FROM order_messages
           WHERE order_id = ? ORDER BY message_id, position"#,
        order.0
    );
    let rows = rows.fetch_all(connection).await.context("read the messages of an order")?;
    let part =
        |message, position, doubt| LinkedPart { message: MessageId(message), position, doubt };
    Ok(rows.into_iter().map(|row| part(row.message_id, row.position, row.doubt)).collect())
}

/// Keeps a correction in the place of the one before, which holds again when this one is taken back.
async fn store(
    connection: &mut SqliteConnection,
    request: &CorrectRequest,
    part: &LinkedPart,
    correction: &Correction,
    now: &str,
) -> anyhow::Result<()> {
    let (kind, value) = (correction.kind(), correction.value());
    query!(
        "UPDATE corrections SET undone_at = ?
         WHERE message_id = ? AND position = ? AND kind = ? AND undone_at IS NULL",
        now,
        part.message.0,
        part.position,
        kind
    )
    .execute(&mut *connection)
    .await
    .context("take the correction before away")?;
    query!(
        "INSERT INTO corrections (guild_id, message_id, position, kind, value, user_id, made_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        request.guild.0,
        part.message.0,
        part.position,
        kind,
        value,
        request.user.0,
        now
    )
    .execute(connection)
    .await
    .context("store a correction")?;
    Ok(())
}

/// The order that the first of these parts of messages speaks of which speaks of one: an update may wait
/// for another store's order, now that its number is another.
pub(super) async fn order_of(
    connection: &mut SqliteConnection,
    parts: impl Iterator<Item = (MessageId, i64)>,
) -> anyhow::Result<Option<OrderId>> {
    for (message, position) in parts {
        let order = query_scalar!(
            "SELECT order_id FROM order_messages WHERE message_id = ? AND position = ?",
            message.0,
            position
        );
        let order = order.fetch_optional(&mut *connection).await;
        if let Some(order) = order.context("find a corrected order")?.flatten() {
            return Ok(Some(OrderId(order)));
        }
    }
    Ok(None)
}

/// The column of the history, and what was written into it: before and after, and of an order without a checkout how
/// rows name it beside its number, and which orders were parts of it.
fn said(
    correction: &Correction,
    parts: &[LinkedPart],
    (before, given): (&Numbered, Option<&Given>),
) -> (&'static str, serde_json::Value) {
    match (correction, given) {
        (Correction::Number(number), Some(given)) if !before.has_message => {
            ("order_number", json!([before.number, number, given.names, given.homes]))
        }
        (Correction::Number(number), _) => ("order_number", json!([before.number, number])),
        (Correction::Apart, _) => {
            let doubts = parts.iter().filter_map(|part| part.doubt.as_deref());
            ("counted_apart", json!([null, doubts.collect::<Vec<_>>().join(", ")]))
        }
    }
}

/// Notes a correction in the order's history. It belongs to the order that was corrected where that has become a part
/// of another one, and to the order that came of it where the two have parted.
async fn note(
    connection: &mut SqliteConnection,
    request: &CorrectRequest,
    order: OrderId,
    (column, words): (&str, serde_json::Value),
    now: &str,
) -> sqlx::Result<()> {
    let details = json!({ column: words }).to_string();
    let source = request.source.as_str();
    query!(
        "INSERT INTO order_events (order_id, at, kind, source, user_id, details, home_id)
         VALUES (?1, ?2, 'corrected', ?3, ?4, ?5,
                 CASE WHEN NOT EXISTS (SELECT 1 FROM orders WHERE id = ?6) THEN ?6 END)",
        order.0,
        now,
        source,
        request.user.0,
        details,
        request.order.0
    )
    .execute(&mut *connection)
    .await?;
    query!("UPDATE orders SET updated_at = ? WHERE id = ?", now, order.0)
        .execute(connection)
        .await?;
    Ok(())
}
