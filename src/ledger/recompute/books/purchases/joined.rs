//! Purchases without a number that have joined orders with one, as their own rows make them.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{SqliteConnection, query};

use super::super::rows::rows_naming;
use super::super::widen::{NumberKey, json};
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::orders::{is_told, lay_orders};
use crate::ledger::model::books::same_purchase::Side;
use crate::ledger::model::fold::OrderState;

/// A purchase without a number, of sheets alone.
#[derive(Debug)]
pub(crate) struct Lone {
    /// One of its names.
    pub(crate) name: NumberKey,
    /// Its id is that of the order that it is by itself.
    pub(crate) side: Side,
    /// The order with a number that it has joined.
    pub(crate) joined: Option<i64>,
}

impl Lone {
    /// Where its rows are by now.
    pub(crate) fn order(&self) -> i64 {
        self.joined.unwrap_or(self.side.id)
    }
}

/// What a name of a purchase means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name {
    order: i64,
    /// The order that it was made for, where that has joined this one.
    pub(crate) home: Option<i64>,
    /// Whether a message that is here tells which order the purchase is.
    pub(crate) is_of_message: bool,
}

/// The names that mean these orders.
pub(crate) async fn names_of(
    connection: &mut SqliteConnection,
    ids: &BTreeSet<i64>,
) -> sqlx::Result<BTreeMap<NumberKey, Name>> {
    let list = json(ids);
    let rows = query!(
        r#"SELECT guild_id AS "guild_id!", name AS "name!", order_id AS "order_id!", home_id, EXISTS (
               SELECT 1 FROM merged_orders JOIN order_messages USING (message_id, position)
               WHERE merged_orders.id = home_id
           ) AS "is_of_message!: bool"
           FROM purchases WHERE order_id IN (SELECT value FROM json_each(?))"#,
        list
    );
    let mut names = BTreeMap::new();
    for row in rows.fetch_all(connection).await? {
        let (order, home, is_of_message) = (row.order_id, row.home_id, row.is_of_message);
        names.insert((row.guild_id, row.name), Name { order, home, is_of_message });
    }
    Ok(names)
}

/// The purchases that have joined these orders and that rows still speak of. Of those with a message here the message
/// tells what they are.
pub(crate) async fn joined_sides(
    connection: &mut SqliteConnection,
    ids: &BTreeSet<i64>,
) -> sqlx::Result<Vec<Lone>> {
    let names = names_of(connection, ids).await?;
    let joined = names.iter().filter(|(_, name)| name.home.is_some() && !name.is_of_message);
    let joined: BTreeSet<NumberKey> = joined.map(|(key, _)| key.clone()).collect();
    let mut rows: BTreeMap<(i64, i64), (NumberKey, Vec<Evidence>)> = BTreeMap::new();
    if joined.is_empty() {
        return Ok(Vec::new());
    }
    for (key, _, row) in rows_naming(connection, &joined).await? {
        if let Some(Name { order, home: Some(home), .. }) = names.get(&key) {
            let of_home = rows.entry((*order, *home)).or_default();
            of_home.0 = key;
            of_home.1.push(row);
        }
    }
    let lone = rows.into_iter().filter(|(_, (_, rows))| is_told(rows));
    let lone = lone.map(|((order, id), (name, rows))| {
        let mut state = OrderState::default();
        lay_orders(&mut state, &rows);
        Lone { name, side: Side { id, state, rows }, joined: Some(order) }
    });
    Ok(lone.collect())
}
