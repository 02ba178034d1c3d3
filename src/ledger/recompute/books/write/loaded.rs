//! Orders before sheets are laid over them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::SqliteConnection;

use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::by_hand::Value;
use crate::ledger::model::books::orders::{OrderBooks, is_told, lay_orders};
use crate::ledger::model::fold::OrderState;
use crate::ledger::orders::row::{self, OrderRow};
use crate::ledger::recompute::by_hand::values_of;
use crate::order::OrderItem;

/// An order as it is, as its messages alone make it, and as sheets of old orders make it of that.
pub(super) struct Loaded {
    pub(super) row: OrderRow,
    pub(super) shown: OrderState,
    pub(super) base: OrderState,
    pub(super) laid: OrderState,
    pub(super) old: OrderBooks,
    /// What people set by hand.
    pub(super) values: Vec<Value>,
}

/// Orders as they are, and those that nothing announces any more.
pub(super) async fn load(
    connection: &mut SqliteConnection,
    ids: &BTreeSet<i64>,
    rows: &HashMap<i64, Vec<Evidence>>,
) -> sqlx::Result<(BTreeMap<i64, Loaded>, BTreeSet<i64>)> {
    let (mut loaded, mut unannounced) = (BTreeMap::new(), BTreeSet::new());
    let mut values = values_of(connection, ids).await?;
    let list: Vec<i64> = ids.iter().copied().collect();
    for (row, items) in row::load(connection, &list).await? {
        let order = row.id;
        let rows = rows.get(&order).map(Vec::as_slice).unwrap_or_default();
        if row.message_id.is_some() || is_told(rows) {
            let values = values.remove(&order).unwrap_or_default();
            loaded.insert(order, of(row, items, (rows, values))?);
        } else {
            unannounced.insert(order);
        }
    }
    Ok((loaded, unannounced))
}

fn of(
    row: OrderRow,
    items: Vec<OrderItem>,
    (rows, values): (&[Evidence], Vec<Value>),
) -> sqlx::Result<Loaded> {
    let shown = row.clone().into_shown_state(items.clone())?;
    let base = row.clone().into_state(items)?;
    let mut laid = base.clone();
    let old = lay_orders(&mut laid, rows);
    Ok(Loaded { row, shown, base, laid, old, values })
}
