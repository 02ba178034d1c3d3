//! Rows and orders as they are compared with each other.

use crate::ledger::books::request::{Becomes, Brought, BulkLine, BulkRequest, Said, parcels_of};
use crate::ledger::database::words;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::decide::Side;
use crate::ledger::orders::row::OrderRow;
use crate::ledger::recompute::books::key_of_parcel;
use crate::order::Currency;
use crate::sheet::Row;

/// The batch that is not one yet.
const NOT_YET: i64 = 0;

pub(super) const WAITS: &str = "the order is not in the ledger yet";
pub(super) const PARCEL_WAITS: &str = "no order in the ledger has this tracking number yet";
pub(super) const TOO_MANY: &str = "more than 1,000 rows of the sheet name the same";
pub(super) const WAITS_ALREADY: &str = "it waits already";
pub(super) const SEVERAL: &str =
    "orders of several stores have this number, and the row names no store";

pub(super) fn line(request: &BulkRequest, row: &Brought) -> BulkLine {
    let file = usize::try_from(row.file).ok().and_then(|file| request.files.get(file));
    let (becomes, reason) = match &row.said {
        Ok(_) => (Becomes::Already, String::new()),
        Err(why) => why.clone(),
    };
    let said = row.said.as_ref().ok();
    BulkLine {
        batch: None,
        file: file.map(|file| file.name.clone()).unwrap_or_default(),
        line: row.line,
        becomes,
        order_number: said.and_then(|said| said.numbers.first().cloned()),
        store: said.and_then(|said| said.store.clone()),
        tracking_number: said.and_then(|said| parcels_of(&said.row)),
        reason,
    }
}

/// The row as one that holds, behind all that do.
pub(super) fn evidence(place: usize, row: &Brought, said: &Said) -> Evidence {
    Evidence {
        id: i64::MAX / 2 + i64::try_from(place).unwrap_or(i64::MAX / 4),
        batch: NOT_YET,
        file: row.file,
        fingerprint: said.fingerprint.clone(),
        applied_at: String::new(),
        row: said.row.clone(),
    }
}

/// Rows that are no events of their own wait once, however often they are said.
pub(super) fn waits_once(rows: &[Evidence], row: &Evidence) -> bool {
    let counts_alone = match &row.row {
        Row::Charges(_) => true,
        Row::Status(status) => status.units.is_some(),
        Row::Track(_) | Row::Received(_) | Row::Orders(_) => false,
    };
    !counts_alone && rows.iter().any(|known| known.fingerprint == row.fingerprint)
}

pub(super) fn currency_of(order: &OrderRow) -> sqlx::Result<Option<Currency>> {
    words::currency("orders.currency", order.currency.as_deref())
}

pub(super) fn side(order: &OrderRow) -> sqlx::Result<Side> {
    let numbers = order.details.tracking_number.iter().flat_map(|numbers| numbers.split(','));
    Ok(Side {
        status: Some(words::status("orders.status", &order.status)?),
        units: order.quantity,
        is_received: order.books.qty_received.is_some_and(|units| units > 0),
        is_paid: order.books.payout_minor.is_some_and(|minor| minor > 0),
        parcels: numbers.map(key_of_parcel).collect(),
    })
}

/// Why such a row waits.
pub(in crate::ledger::books) fn waits(row: &Row) -> &'static str {
    if matches!(row, Row::Received(_)) { PARCEL_WAITS } else { WAITS }
}
