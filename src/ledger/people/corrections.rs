//! What people correct of orders: that a doubtful product counts, and the number of an order without one.

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

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
    /// Who.
    pub user: UserId,
    /// How.
    pub source: MarkSource,
    /// What.
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
    /// No message names the order, so that there is nothing of which the number could be corrected.
    NoMessage,
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
        let Some(number) = number_of(&mut transaction, request).await? else { return Ok(None) };
        let correction = match &request.what {
            Correct::CountBoth => Correction::Apart,
            Correct::Number(typed) => match order_number::normal(typed) {
                Some(typed) if number.as_ref() == Some(&typed) => {
                    return Ok(Some(Corrected::Nothing));
                }
                Some(number) => Correction::Number(number),
                None => return Ok(Some(Corrected::NoNumber)),
            },
        };
        let mut parts = parts_of(&mut transaction, request.order).await?;
        if parts.is_empty() && correction != Correction::Apart {
            return Ok(Some(Corrected::NoMessage));
        }
        parts.retain(|part| correction != Correction::Apart || part.doubt.is_some());
        if parts.is_empty() {
            return Ok(Some(Corrected::Nothing));
        }
        let now = text_of(Utc::now());
        for part in &parts {
            store(&mut transaction, request, part, &correction, &now).await?;
        }
        let messages: Vec<MessageId> = parts.iter().map(|part| part.message).collect();
        if !read_again(&mut transaction, &messages, labels, &self.emoji).await? {
            return Ok(Some(Corrected::NotKept));
        }
        let spoken_of = parts.iter().map(|part| (part.message, part.position));
        let order = order_of(&mut transaction, spoken_of).await?.unwrap_or(request.order);
        let said = said(&correction, &parts);
        note(&mut transaction, request, order, said, &now).await.context("note a correction")?;
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

/// The order's number, where there is such an order.
async fn number_of(
    connection: &mut SqliteConnection,
    request: &CorrectRequest,
) -> anyhow::Result<Option<Option<String>>> {
    let row = query!(
        "SELECT order_number FROM orders WHERE id = ? AND guild_id = ?",
        request.order.0,
        request.guild.0
    );
    let row = row.fetch_optional(connection).await.context("read an order to correct")?;
    Ok(row.map(|row| row.order_number))
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

/// The column of the history, and what was written into it.
fn said(correction: &Correction, parts: &[LinkedPart]) -> (&'static str, String) {
    match correction {
        Correction::Number(number) => ("order_number", number.clone()),
        Correction::Apart => {
            let doubts = parts.iter().filter_map(|part| part.doubt.as_deref());
            ("counted_apart", doubts.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Notes a correction in the order's history. It belongs to the order that was corrected where that has become a part
/// of another one, and to the order that came of it where the two have parted.
async fn note(
    connection: &mut SqliteConnection,
    request: &CorrectRequest,
    order: OrderId,
    (column, after): (&str, String),
    now: &str,
) -> sqlx::Result<()> {
    let details = serde_json::json!({ column: [serde_json::Value::Null, after] }).to_string();
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
