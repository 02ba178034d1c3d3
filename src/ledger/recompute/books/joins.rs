//! Purchases that a sheet brought without a number, and whose number another witness tells.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sqlx::{SqliteConnection, query, query_as, query_scalar};

use super::purchases::names_of_messages;
use super::rows_of;
use super::widen::json;
use crate::ids::MessageId;
use crate::ledger::database::time::{text_of, time_of};
use crate::ledger::model::books::same_purchase::{Side, same_purchases};
use crate::ledger::model::same_number::joining::WITHIN;
use crate::ledger::orders::row;
use crate::ledger::recompute::merged::{Merged, move_to, note_merged};
use crate::ledger::recompute::reapply;

/// Who bought an order, and when.
struct Bought {
    id: i64,
    guild_id: i64,
    ordered_at: String,
    email: Option<String>,
    profile: Option<String>,
}

impl Bought {
    fn at(&self) -> DateTime<Utc> {
        time_of(&self.ordered_at)
    }

    /// From when on until when others may be near it, as stored.
    fn span(&self) -> (String, String) {
        let at = self.at();
        (text_of(at - WITHIN), text_of(at + WITHIN))
    }

    fn is_of_the_buyer_of(&self, other: &Self) -> bool {
        let is_same = |one: &Option<String>, other: &Option<String>| {
            one.as_ref()
                .zip(other.as_ref())
                .is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        };
        is_same(&self.email, &other.email) || is_same(&self.profile, &other.profile)
    }
}

/// Those that were bought at the time of one of the others, and by the same buyer.
fn near(mut bought: Vec<Bought>, others: &[Bought]) -> Vec<Bought> {
    let mut by_time: BTreeMap<(i64, &str), Vec<&Bought>> = BTreeMap::new();
    for other in others {
        by_time.entry((other.guild_id, &other.ordered_at)).or_default().push(other);
    }
    bought.retain(|one| {
        let (from, until) = one.span();
        let span = (one.guild_id, from.as_str())..=(one.guild_id, until.as_str());
        by_time
            .range(span)
            .flat_map(|(_, others)| others)
            .any(|other| one.is_of_the_buyer_of(other))
    });
    bought
}

/// Lets purchases of sheets be the orders with a number that they are. Gives all of both.
pub(super) async fn join(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<i64>> {
    let mut joined = BTreeSet::new();
    if !any(connection).await? {
        return Ok(joined);
    }
    let mut lone = lone_of(connection, orders).await?;
    let changed = numbered_of(connection, orders).await?;
    lone.extend(lone_near(connection, &changed).await?);
    // Each must be the only candidate of the other among all that there are.
    let numbered = numbered_near(connection, &lone).await?;
    if numbered.is_empty() {
        return Ok(joined);
    }
    let lone = lone_near(connection, &numbered).await?;
    let lone = sides(connection, lone.iter().map(|one| one.id).collect()).await?;
    let numbered = sides(connection, numbered.iter().map(|one| one.id).collect()).await?;
    for (lone, numbered) in same_purchases(&lone, &numbered) {
        become_one(connection, lone, numbered).await?;
        joined.extend([lone, numbered]);
    }
    Ok(joined)
}

async fn any(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM purchases) AS "any!: bool""#)
        .fetch_one(connection)
        .await
}

/// Those of these orders that have no number, and that sheets alone announce.
async fn lone_of(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<Vec<Bought>> {
    let list = json(orders);
    let rows = query_as!(
        Bought,
        r#"SELECT id AS "id!", guild_id AS "guild_id!", ordered_at AS "ordered_at!", email, profile FROM orders
           WHERE id IN (SELECT value FROM json_each(?)) AND order_number IS NULL AND message_id IS NULL
               AND EXISTS (SELECT 1 FROM purchases WHERE order_id = orders.id)"#,
        list
    );
    rows.fetch_all(connection).await
}

/// Those of these orders that have a number.
async fn numbered_of(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<Vec<Bought>> {
    let list = json(orders);
    let rows = query_as!(
        Bought,
        r#"SELECT id AS "id!", guild_id AS "guild_id!", ordered_at AS "ordered_at!", email, profile FROM orders
           WHERE id IN (SELECT value FROM json_each(?)) AND order_number IS NOT NULL"#,
        list
    );
    rows.fetch_all(connection).await
}

/// The guilds and times in which others may be near these, as JSON.
fn spans(orders: &[Bought]) -> String {
    let span = |one: &Bought| {
        let (from, until) = one.span();
        (one.guild_id, from, until)
    };
    let spans: BTreeSet<(i64, String, String)> = orders.iter().map(span).collect();
    serde_json::to_string(&spans).unwrap_or_default()
}

/// The orders without a number that were bought at the time of one of these, and that sheets alone announce.
async fn lone_near(
    connection: &mut SqliteConnection,
    numbered: &[Bought],
) -> sqlx::Result<Vec<Bought>> {
    let spans = spans(numbered);
    let rows = query_as!(
        Bought,
        r#"SELECT DISTINCT orders.id AS "id!", orders.guild_id AS "guild_id!", ordered_at AS "ordered_at!", email, profile
           FROM json_each(?) AS span CROSS JOIN orders ON orders.guild_id = span.value ->> 0
               AND ordered_at >= span.value ->> 1 AND ordered_at <= span.value ->> 2
           WHERE order_number IS NULL AND message_id IS NULL
               AND EXISTS (SELECT 1 FROM purchases WHERE order_id = orders.id)"#,
        spans
    );
    Ok(near(rows.fetch_all(connection).await?, numbered))
}

/// The orders with a number that were bought at the time of one of these, and that no purchase without one has joined.
async fn numbered_near(
    connection: &mut SqliteConnection,
    lone: &[Bought],
) -> sqlx::Result<Vec<Bought>> {
    let spans = spans(lone);
    let rows = query_as!(
        Bought,
        r#"SELECT DISTINCT orders.id AS "id!", orders.guild_id AS "guild_id!", ordered_at AS "ordered_at!", email, profile
           FROM json_each(?) AS span CROSS JOIN orders ON orders.guild_id = span.value ->> 0
               AND ordered_at >= span.value ->> 1 AND ordered_at <= span.value ->> 2
           WHERE order_number IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM purchases WHERE order_id = orders.id)
               AND NOT EXISTS (SELECT 1 FROM order_messages
                               WHERE order_id = orders.id AND unnumbered_at IS NOT NULL)"#,
        spans
    );
    Ok(near(rows.fetch_all(connection).await?, lone))
}

/// The orders as people see them, with the rows that speak of them.
async fn sides(connection: &mut SqliteConnection, ids: BTreeSet<i64>) -> sqlx::Result<Vec<Side>> {
    let mut rows = rows_of(connection, &ids).await?;
    let ids: Vec<i64> = ids.into_iter().collect();
    let side = |(row, items): (row::OrderRow, _)| {
        let id = row.id;
        Ok(Side {
            id,
            state: row.into_shown_state(items)?,
            rows: rows.remove(&id).unwrap_or_default(),
        })
    };
    row::load(connection, &ids).await?.into_iter().map(side).collect()
}

/// Its rows mean the order with the number from now on, and what people did to it goes there. It goes itself when
/// it is looked at next, since no row announces it any more.
async fn become_one(
    connection: &mut SqliteConnection,
    lone: i64,
    numbered: i64,
) -> sqlx::Result<()> {
    for (message, position) in names_of_messages(connection, lone).await? {
        let part = (MessageId(message), position);
        note_merged(connection, Merged { id: lone, into: numbered, part }).await?;
    }
    move_to(connection, lone, numbered).await?;
    reapply(connection, &[numbered]).await?;
    query!("UPDATE purchases SET order_id = ? WHERE order_id = ?", numbered, lone)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes the number away from orders of sheets that no row gives it any more: what is left of them are rows without
/// one.
pub(super) async fn take_numbers_back(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<()> {
    let list = json(orders);
    query!(
        "UPDATE orders SET order_number = NULL
         WHERE id IN (SELECT value FROM json_each(?)) AND message_id IS NULL AND order_number IS NOT NULL
             AND EXISTS (SELECT 1 FROM purchases WHERE order_id = orders.id)
             AND NOT EXISTS (SELECT 1 FROM corrections
                             WHERE order_id = orders.id AND kind = 'number' AND undone_at IS NULL)
             AND NOT EXISTS (
                 SELECT 1 FROM batch_keys
                 CROSS JOIN batch_rows ON batch_rows.id = row_id AND dropped_at IS NULL
                 CROSS JOIN batches ON batches.id = batch_id AND (undone_at IS NULL OR stays = 1)
                     AND batches.kind IN ('orders', 'hand')
                 WHERE batch_keys.guild_id = orders.guild_id AND batch_keys.kind = 'order'
                     AND value = orders.order_number
             )",
        list
    )
    .execute(connection)
    .await?;
    Ok(())
}
