//! Purchases that a sheet brought without a number, and whose number another witness tells. Which order each of them
//! is depends on what is said of both by now, never on what came first: it is asked anew whenever one of them, or
//! one that may be taken for it, has changed. What had joined parts where there is a choice.

mod near;
mod sides;

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{SqliteConnection, query, query_scalar};

use super::found::restore;
use super::purchases::joined::{Lone, joined_sides};
use super::purchases::{follow_home, names_of_messages};
use super::widen::json;
use crate::ids::MessageId;
use crate::ledger::model::books::same_purchase::same_purchases;
use crate::ledger::recompute::merged::{Merged, move_home, move_to, note_merged};
use crate::ledger::recompute::reapply;

pub(crate) use near::{Bought, bought};

/// What became of purchases without a number.
#[derive(Debug, Default)]
pub(super) struct Settled {
    /// All orders of which others speak by now.
    pub(super) orders: BTreeSet<i64>,
    /// Those that are orders again.
    pub(super) parted: BTreeSet<i64>,
}

/// Lets purchases of sheets be the orders with a number that they are, and parts those that are none of them any
/// more. `were`: what changed, as it was before.
pub(super) async fn settle(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
    were: Vec<Bought>,
) -> sqlx::Result<Settled> {
    let mut settled = Settled::default();
    if !any(connection).await? {
        return Ok(settled);
    }
    let near = near::around(connection, orders, were).await?;
    if near.all.is_empty() {
        return Ok(settled);
    }
    let sides = sides::of(connection, &near.all).await?;
    let of_messages = sides.of_messages;
    let lone: Vec<_> = sides.lone.iter().map(|lone| &lone.side).chain(&of_messages).collect();
    let same: BTreeMap<i64, i64> =
        same_purchases(&lone, &sides.numbered.iter().collect::<Vec<_>>()).into_iter().collect();
    let is_decided = |lone: &&Lone| near.decided.contains(&lone.order());
    let others = sides.lone.iter().filter(is_decided);
    let others = others.map(|lone| (lone, same.get(&lone.side.id).copied()));
    let others: Vec<_> = others.filter(|(lone, is)| *is != lone.joined).collect();
    for (lone, _) in &others {
        if let Some(order) = lone.joined {
            part(connection, lone, order).await?;
            settled.orders.extend([lone.side.id, order]);
            settled.parted.insert(lone.side.id);
        }
    }
    for (lone, numbered) in others {
        if let Some(numbered) = numbered {
            become_one(connection, lone.side.id, numbered).await?;
            settled.orders.extend([lone.side.id, numbered]);
        }
    }
    Ok(settled)
}

async fn any(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM purchases) AS "any!: bool""#)
        .fetch_one(connection)
        .await
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
    query!(
        "UPDATE purchases SET home_id = coalesce(home_id, order_id), order_id = ? WHERE order_id = ?",
        numbered,
        lone
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// It is an order again, with its names and with what people did to it.
async fn part(connection: &mut SqliteConnection, lone: &Lone, order: i64) -> sqlx::Result<()> {
    let id = lone.side.id;
    restore(connection, id, &lone.name, &lone.side.rows).await?;
    follow_home(connection, id, id).await?;
    move_home(connection, id, id).await?;
    reapply(connection, &[id, order]).await
}

/// Makes orders again of the purchases that joined these orders, which are about to go. Gives them.
pub(crate) async fn part_from(
    connection: &mut SqliteConnection,
    gone: &BTreeSet<i64>,
) -> sqlx::Result<Vec<i64>> {
    let mut parted = Vec::new();
    for lone in joined_sides(connection, gone).await? {
        if let Some(order) = lone.joined {
            part(connection, &lone, order).await?;
            parted.push(lone.side.id);
        }
    }
    Ok(parted)
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
