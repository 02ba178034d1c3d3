//! Orders as far as rows are compared with them: of a hundred thousand the rest would take most of the time.

use std::collections::HashMap;

use serde::Deserialize;
use sqlx::{SqliteConnection, query_scalar};

use crate::ledger::database::words;
use crate::ledger::model::books::decide::{Side, ends_life};
use crate::ledger::model::books::parcel_key::key_of_parcel;
use crate::ledger::model::books::shares::Holder;
use crate::ledger::orders::row::json_of;
use crate::order::{Currency, Money};

/// An order, in the order in which [`known`] names its columns.
#[derive(Debug, Deserialize)]
pub(super) struct Known {
    pub(super) id: i64,
    pub(super) order_number: Option<String>,
    pub(super) store: Option<String>,
    pub(super) ordered_at: String,
    currency: Option<String>,
    status: String,
    quantity: i64,
    tracking_number: Option<String>,
    qty_received: Option<i64>,
    payout_minor: Option<i64>,
    payout_currency: Option<String>,
    total_minor: Option<i64>,
    total_stated: i64,
    lines: i64,
}

/// Orders by their ids.
pub(super) async fn known(
    connection: &mut SqliteConnection,
    ids: &[i64],
) -> sqlx::Result<HashMap<i64, Known>> {
    let list = json_of(ids);
    let rows = query_scalar!(
        r#"SELECT json_group_array(json_array(
               id, order_number, store, ordered_at, currency, status, quantity, tracking_number, qty_received,
               payout_minor, payout_currency, total_minor, total_stated,
               (SELECT count(*) FROM order_items WHERE order_id = orders.id)
           )) AS "rows!: String"
           FROM orders WHERE id IN (SELECT value FROM json_each(?))"#,
        list
    );
    let rows = rows.fetch_one(connection).await?;
    let rows: Vec<Known> =
        serde_json::from_str(&rows).map_err(|error| sqlx::Error::Decode(error.into()))?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

impl Known {
    /// As [`super::Judging::name`] takes it.
    pub(super) fn named(&self) -> (i64, Option<&String>, Option<&String>) {
        (self.id, self.order_number.as_ref(), self.store.as_ref())
    }

    pub(super) fn currency(&self) -> sqlx::Result<Option<Currency>> {
        words::currency("orders.currency", self.currency.as_deref())
    }

    /// As rows can change it.
    pub(super) fn side(&self) -> sqlx::Result<Side> {
        Ok(Side {
            status: Some(words::status("orders.status", &self.status)?),
            units: self.quantity,
            is_received: self.qty_received.is_some_and(|units| units > 0),
            is_paid: self.payout_minor.is_some_and(|minor| minor > 0),
            parcels: self.parcels().collect(),
            currency: self.currency()?,
            fixed_cost: self.fixed_cost()?,
        })
    }

    /// Its parcels as they are compared.
    pub(super) fn parcels(&self) -> impl Iterator<Item = String> + '_ {
        let numbers = self.tracking_number.iter().flat_map(|numbers| numbers.split(','));
        numbers.map(key_of_parcel)
    }

    /// What buying groups pay for it.
    pub(super) fn paid(&self) -> sqlx::Result<Option<Money>> {
        let other = words::currency("orders.payout_currency", self.payout_currency.as_deref())?;
        let currency = other.or(self.currency()?);
        Ok(self.payout_minor.map(|minor| Money { minor, currency }))
    }

    /// What it costs however many units are left. `None`: a price for each, or nothing is known.
    fn fixed_cost(&self) -> sqlx::Result<Option<Money>> {
        let currency = self.currency()?;
        let is_fixed = self.total_stated != 0 || self.lines > 1;
        let total = self.total_minor.filter(|_| is_fixed);
        Ok(total.map(|minor| Money { minor, currency }))
    }

    /// As one of the orders of a parcel.
    pub(super) fn holder(&self) -> sqlx::Result<Holder> {
        let has_ended = ends_life(words::status("orders.status", &self.status)?);
        Ok(Holder {
            order: self.id,
            ordered_at: self.ordered_at.clone(),
            number: self.order_number.clone().unwrap_or_default(),
            units: self.quantity,
            has_ended,
            cost: self.total_minor.unwrap_or(0),
            currency: self.currency()?,
        })
    }
}
