//! Bringing a delivery in line with what became of its orders: outcome, reason, and the reaction
//! that the bot should show.

use sqlx::{SqliteConnection, query, query_scalar};

use crate::ids::{MessageId, OrderId};
use crate::ledger::database::words;
use crate::ledger::orders::row::json_of;
use crate::order::Status;
use crate::order::status_emoji::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI};
use crate::verdict::{Outcome, Via};

/// One part of a message and the order that it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) outcome: Outcome,
    pub(crate) order: Option<(OrderId, Status)>,
    /// The number of an order that is not there yet.
    pub(crate) waiting_for: Option<String>,
}

/// What a delivery's row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) outcome: Outcome,
    pub(crate) reason: String,
    pub(crate) orders: Vec<OrderId>,
    pub(crate) reaction: Option<String>,
}

/// Sums a message up. Without parts, what was decided about it stands.
pub(crate) fn sum_up(
    (outcome, reason): (Outcome, &str),
    parts: &[Part],
    via: Via,
    emoji: &StatusEmoji,
) -> Summary {
    let outcome = parts.iter().map(|part| part.outcome).min().unwrap_or(outcome);
    let waiting = parts.iter().find_map(|part| part.waiting_for.as_deref());
    let reason = match waiting {
        Some(number) => {
            let all = format!("{WAITING}{number}{NOT_YET} {}", without_waiting(reason));
            all.trim_end().to_owned()
        }
        None => without_waiting(reason).to_owned(),
    };
    let mut orders: Vec<OrderId> = parts.iter().filter_map(|part| Some(part.order?.0)).collect();
    orders.sort_unstable();
    orders.dedup();
    let least = parts.iter().filter_map(|part| Some(part.order?.1)).min();
    let reaction = match (least, outcome) {
        // The bot was not there when these were posted, and may not see their channel.
        _ if via == Via::Import => None,
        (Some(status), _) => emoji.emoji(status),
        (None, Outcome::Rejected) => Some(REJECTED_EMOJI),
        (None, Outcome::Test) => Some(TEST_EMOJI),
        (None, _) => None,
    };
    Summary { outcome, reason, orders, reaction: reaction.map(str::to_owned) }
}

const WAITING: &str = "It names order ";
const NOT_YET: &str = ", which is not in the ledger yet.";

/// What there was to say besides the order that is not there yet.
fn without_waiting(reason: &str) -> &str {
    match reason.split_once(NOT_YET) {
        Some((before, after)) if before.starts_with(WAITING) => after.trim_start(),
        _ => reason,
    }
}

/// Whether a reaction that Discord refused is asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// There may be another one to show.
    TryAgain,
    /// Nothing has changed.
    Keep,
}

/// Sums a kept delivery up again and writes what is different.
pub(crate) async fn recompute_delivery(
    connection: &mut SqliteConnection,
    message: MessageId,
    emoji: &StatusEmoji,
    refused: Refused,
) -> sqlx::Result<Option<Summary>> {
    let row = query!(
        "SELECT outcome, reason, order_ids, via, deleted_at, reaction_wanted, reaction_refused
         FROM deliveries WHERE message_id = ?",
        message.0
    );
    let Some(row) = row.fetch_optional(&mut *connection).await? else { return Ok(None) };
    let parts = parts(connection, message).await?;
    let base = (words::outcome("deliveries.outcome", &row.outcome)?, row.reason.as_str());
    let via = words::via("deliveries.via", &row.via)?;
    let summary = sum_up(base, &parts, via, emoji);
    let orders = order_ids_json(&summary.orders);
    // A reaction on a message that is gone cannot change any more.
    let stays =
        row.deleted_at.is_some() || (refused == Refused::Keep && row.reaction_refused.is_some());
    let reaction = if stays { &row.reaction_wanted } else { &summary.reaction };
    let outcome = summary.outcome.as_str();
    if (outcome, &summary.reason, &orders, reaction)
        != (row.outcome.as_str(), &row.reason, &row.order_ids, &row.reaction_wanted)
    {
        query!(
            "UPDATE deliveries SET outcome = ?, reason = ?, order_ids = ?, reaction_wanted = ?
             WHERE message_id = ?",
            outcome,
            summary.reason,
            orders,
            reaction,
            message.0
        )
        .execute(connection)
        .await?;
    }
    Ok(Some(summary))
}

/// Order ids as their JSON column.
pub(crate) fn order_ids_json(orders: &[OrderId]) -> String {
    let ids: Vec<i64> = orders.iter().map(|order| order.0).collect();
    json_of(&ids)
}

/// The messages that speak of an order.
pub(crate) async fn messages_of(
    connection: &mut SqliteConnection,
    order: OrderId,
) -> sqlx::Result<Vec<MessageId>> {
    let ids = query_scalar!(
        r#"SELECT DISTINCT message_id AS "message_id!" FROM order_messages WHERE order_id = ?"#,
        order.0
    );
    Ok(ids.fetch_all(connection).await?.into_iter().map(MessageId).collect())
}

async fn parts(connection: &mut SqliteConnection, message: MessageId) -> sqlx::Result<Vec<Part>> {
    let rows = query!(
        r#"SELECT order_messages.outcome, order_id, waiting_for, status AS "status?"
           FROM order_messages LEFT JOIN orders ON orders.id = order_id
           WHERE order_messages.message_id = ? ORDER BY position"#,
        message.0
    );
    let rows = rows.fetch_all(connection).await?.into_iter();
    let parts = rows.map(|row| {
        let order = match row.order_id.zip(row.status) {
            Some((id, word)) => Some((OrderId(id), words::status("orders.status", &word)?)),
            None => None,
        };
        let outcome = words::outcome("order_messages.outcome", &row.outcome)?;
        Ok(Part { outcome, order, waiting_for: row.waiting_for })
    });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(outcome: Outcome, order: Option<(i64, Status)>) -> Part {
        let order = order.map(|(id, status)| (OrderId(id), status));
        let waiting_for = order.is_none().then(|| "A-1".to_owned());
        Part { outcome, order, waiting_for }
    }

    fn of(parts: &[Part]) -> Summary {
        sum_up((Outcome::Rejected, ""), parts, Via::Live, &StatusEmoji::default())
    }

    #[test]
    fn the_least_advanced_order_of_a_message_shows() {
        let summary = of(&[
            part(Outcome::Unchanged, Some((2, Status::Delivered))),
            part(Outcome::Stored, Some((1, Status::Shipped))),
        ]);
        assert_eq!(summary.reaction.as_deref(), Some("📦"));
        assert_eq!(
            (summary.outcome, summary.orders),
            (Outcome::Stored, vec![OrderId(1), OrderId(2)])
        );
    }

    #[test]
    fn an_update_that_waits_says_for_what_and_forgets_it_later() {
        let waiting = of(&[part(Outcome::Rejected, None)]);
        assert_eq!(waiting.reason, "It names order A-1, which is not in the ledger yet.");
        assert_eq!(waiting.reaction.as_deref(), Some(REJECTED_EMOJI));
        let parts = [part(Outcome::Updated, Some((1, Status::Verified)))];
        let base = (Outcome::Rejected, waiting.reason.as_str());
        let applied = sum_up(base, &parts, Via::Live, &StatusEmoji::default());
        assert_eq!((applied.outcome, applied.reason.as_str()), (Outcome::Updated, ""));
    }

    #[test]
    fn nothing_is_shown_on_imported_and_ignored_messages() {
        let emoji = StatusEmoji::default();
        let parts = [part(Outcome::Stored, Some((1, Status::Verified)))];
        assert_eq!(sum_up((Outcome::Stored, ""), &parts, Via::Import, &emoji).reaction, None);
        assert_eq!(sum_up((Outcome::Ignored, ""), &[], Via::Live, &emoji).reaction, None);
        let test = sum_up((Outcome::Test, ""), &[], Via::Live, &emoji);
        assert_eq!(test.reaction.as_deref(), Some(TEST_EMOJI));
    }
}
