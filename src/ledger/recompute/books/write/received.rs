//! What the parcels of orders brought, divided among them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{SqliteConnection, query};

use super::loaded::Loaded;
use crate::ledger::database::words;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::by_hand;
use crate::ledger::model::books::decide::ends_life;
use crate::ledger::model::books::overlay::{StatedBy, taken_off};
use crate::ledger::model::books::received::facts;
use crate::ledger::model::books::shares::{Holder, Parcel, Received, shares};
use crate::ledger::recompute::books::evidence::evidence_of_parcels;
use crate::ledger::recompute::books::widen::{NumberKey, holders_of, json};

/// A parcel, what groups say of it, and the orders in it.
pub(super) struct OfParcel {
    number: String,
    pub(super) rows: Vec<Evidence>,
    pub(super) holders: Vec<i64>,
}

/// What groups say of the parcels of orders.
pub(super) struct Brought(pub(super) Vec<OfParcel>);

/// What groups say of the parcels of these orders, what is held back too.
pub(super) async fn brought(
    connection: &mut SqliteConnection,
    orders: &BTreeSet<i64>,
) -> sqlx::Result<Brought> {
    let list = json(orders);
    let held = query!(
        r#"SELECT DISTINCT parcels.guild_id AS "guild_id!", number AS "number!" FROM json_each(?) AS wanted
           CROSS JOIN parcels ON order_id = wanted.value
           CROSS JOIN batch_keys ON batch_keys.guild_id = parcels.guild_id AND kind = 'parcel'
               AND batch_keys.value = number"#,
        list
    );
    let held = held.fetch_all(&mut *connection).await?.into_iter();
    let held: BTreeSet<NumberKey> = held.map(|row| (row.guild_id, row.number)).collect();
    if held.is_empty() {
        return Ok(Brought(Vec::new()));
    }
    let mut parcels: BTreeMap<NumberKey, OfParcel> = BTreeMap::new();
    for (key, rows) in evidence_of_parcels(connection, &held).await? {
        let parcel = OfParcel { number: key.1.clone(), rows, holders: Vec::new() };
        parcels.insert(key, parcel);
    }
    for (key, order) in holders_of(connection, &held).await? {
        if let Some(parcel) = parcels.get_mut(&key) {
            parcel.holders.push(order);
        }
    }
    Ok(Brought(parcels.into_values().collect()))
}

impl Brought {
    /// What each order has of them. `until`: as it was before the row of this rank was brought.
    pub(super) fn divided(
        &self,
        loaded: &BTreeMap<i64, Loaded>,
        rows: &HashMap<i64, Vec<Evidence>>,
        until: Option<i64>,
    ) -> sqlx::Result<HashMap<i64, Received>> {
        let mut parcels = Vec::new();
        for OfParcel { number, rows: said, holders: orders } in &self.0 {
            let said = || said.iter().filter(|row| until.is_none_or(|until| row.rank < until));
            let rank = said().map(|row| row.rank).max().unwrap_or_default();
            let mut holders = Vec::new();
            for order in orders {
                let Some(loaded) = loaded.get(order) else { continue };
                let rows = rows.get(order).map(Vec::as_slice).unwrap_or_default();
                holders.push(holder(*order, loaded, rows)?);
            }
            parcels.push(Parcel { number: number.clone(), facts: facts(said()), rank, holders });
        }
        Ok(shares(parcels))
    }
}

fn holder(order: i64, loaded: &Loaded, rows: &[Evidence]) -> sqlx::Result<Holder> {
    let has_ended = ends_life(words::status("orders.status", &loaded.row.status)?);
    let said = || (loaded.laid.lines.quantity(), StatedBy::Row(loaded.old.quantity_rank));
    let (units, stated) = by_hand::units(&loaded.values).unwrap_or_else(said);
    let left = units.saturating_sub(taken_off(rows, &stated)).max(0);
    Ok(Holder {
        order,
        ordered_at: loaded.row.ordered_at.clone(),
        number: loaded.row.order_number.clone().unwrap_or_default(),
        units: left,
        has_ended,
        cost: loaded.laid.total_minor().unwrap_or(0),
        currency: loaded.laid.currency,
    })
}
