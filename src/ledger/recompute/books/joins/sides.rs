//! What messages and sheets make of each order by itself, without the purchases that have joined it, and of each of
//! these: what people set by hand makes no two purchases one.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{SqliteConnection, query_scalar};

use super::super::evidence::families;
use super::super::purchases::joined::{Lone, joined_sides, names_of};
use super::super::widen::{NumberKey, json, numbers_of};
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::orders::{is_told, lay_orders};
use crate::ledger::model::books::purchase::is_purchase;
use crate::ledger::model::books::same_purchase::Side;
use crate::ledger::model::fold::OrderState;
use crate::ledger::orders::row;

/// What may be one purchase.
#[derive(Debug, Default)]
pub(super) struct Sides {
    pub(super) lone: Vec<Lone>,
    /// Messages without a number: which order each of them is, messages alone tell.
    pub(super) of_messages: Vec<Side>,
    /// Orders with a number of which no purchase without one is known for sure to be theirs.
    pub(super) numbered: Vec<Side>,
}

/// The rows that speak of orders by themselves.
#[derive(Default)]
struct Told {
    /// By the order, with one of the names that they give.
    rows: BTreeMap<i64, (NumberKey, Vec<Evidence>)>,
    /// Orders with rows that name them as a purchase without a number.
    purchased: BTreeSet<i64>,
}

/// What these orders are by themselves, and what has joined them.
pub(super) async fn of(
    connection: &mut SqliteConnection,
    ids: &BTreeSet<i64>,
) -> sqlx::Result<Sides> {
    let mut sides = Sides::default();
    let mut told = told(connection, ids).await?;
    let taken = taken(connection, ids).await?;
    for (row, items) in row::load(connection, &ids.iter().copied().collect::<Vec<_>>()).await? {
        let (id, has_number) = (row.id, row.order_number.is_some());
        let is_of_message = row.message_id.is_some();
        let (name, rows) = told.rows.remove(&id).unwrap_or_default();
        let mut state = OrderState::default();
        if has_number || is_of_message {
            state = row.into_state(items)?;
        }
        lay_orders(&mut state, &rows);
        let side = Side { id, state, rows };
        if side.state.announcement.is_none() {
            continue;
        }
        if !has_number && !is_of_message {
            sides.lone.push(Lone { name, side, joined: None });
        } else if !has_number {
            sides.of_messages.push(side);
        } else if !taken.contains(&id) && !told.purchased.contains(&id) {
            sides.numbered.push(side);
        }
    }
    sides.lone.extend(joined_sides(connection, ids).await?);
    Ok(sides)
}

async fn told(connection: &mut SqliteConnection, ids: &BTreeSet<i64>) -> sqlx::Result<Told> {
    let numbers = numbers_of(connection, ids).await?;
    let names = names_of(connection, ids).await?;
    let mut told = Told::default();
    for (key, family) in families(connection, &numbers).await? {
        let name = names.get(&key);
        let is_joined = name.is_some_and(|name| name.home.is_some());
        // A number that an order had before says nothing of a purchase without one.
        let is_sure = is_purchase(&key.1)
            && name.is_some_and(|name| name.home.is_none() || name.is_of_message);
        for (store, row) in &family.rows {
            let Some(order) =
                family.home_of(store, &row.row).filter(|order| ids.contains(&order.id))
            else {
                continue;
            };
            if is_sure && is_told(std::slice::from_ref(row)) {
                told.purchased.insert(order.id);
            }
            if !is_joined {
                let rows = told.rows.entry(order.id).or_default();
                rows.0.clone_from(&key);
                rows.1.push(row.clone());
            }
        }
    }
    Ok(told)
}

/// Those of these orders that a message without a number is a part of.
async fn taken(
    connection: &mut SqliteConnection,
    ids: &BTreeSet<i64>,
) -> sqlx::Result<BTreeSet<i64>> {
    let list = json(ids);
    let taken = query_scalar!(
        r#"SELECT id AS "id!" FROM orders
           WHERE id IN (SELECT value FROM json_each(?)) AND order_number IS NOT NULL AND EXISTS (
               SELECT 1 FROM order_messages WHERE order_id = orders.id AND unnumbered_at IS NOT NULL
           )"#,
        list
    );
    Ok(taken.fetch_all(connection).await?.into_iter().collect())
}
