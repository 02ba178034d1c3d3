//! What sheets of old orders say of an order: the rows of one together, then sheet over sheet, the latest on top.

mod lay;
mod together;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::Evidence;
use super::charges::Charged;
use crate::ledger::model::fold::OrderState;
use crate::order::{Money, Status};
use crate::sheet::{Moment, OrderRow, Row};

/// A value and the rank of the row that states it.
pub(crate) type Ranked<T> = Option<(i64, T)>;

/// What sheets of old orders state and messages have no column for, and how late the rest was stated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct OrderBooks {
    /// Ranks; 0: no sheet states it.
    pub(crate) quantity_rank: i64,
    pub(crate) reference_rank: i64,
    pub(crate) commission_rank: i64,
    pub(crate) qty_received: Ranked<i64>,
    pub(crate) payout: Ranked<Money>,
    pub(crate) group_status: Ranked<String>,
    pub(crate) group_numbers: Ranked<String>,
    pub(crate) group_created: Ranked<DateTime<Utc>>,
    pub(crate) group_modified: Ranked<DateTime<Utc>>,
    pub(crate) posted_on: Ranked<NaiveDate>,
    pub(crate) charged: Ranked<Money>,
    pub(crate) refunded: Ranked<Money>,
    /// In other currencies, sorted by their codes.
    pub(crate) other_charges: Ranked<Vec<Charged>>,
    pub(crate) sold_price: Ranked<Money>,
    pub(crate) fees: Ranked<Money>,
    pub(crate) buyer: Ranked<String>,
}

/// What one sheet says of one order.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    /// Of two the one with the greater rank is the later.
    rank: i64,
    /// When its batch was applied, as stored.
    applied_at: String,
    by_hand: bool,
    /// Whether it speaks of a purchase that is only a part of the order.
    is_part: bool,
    /// Its rows together.
    row: OrderRow,
    /// The status of each of its rows, and when it was.
    statuses: Vec<(Status, Option<DateTime<Utc>>)>,
}

/// Whether a sheet of old orders speaks of the order.
pub(crate) fn is_told(rows: &[Evidence]) -> bool {
    rows.iter().any(|row| matches!(row.row, Row::Orders(_)))
}

/// Leaves out what only stayed when its batch was undone, where other rows announce the order by now.
pub(crate) fn leave_out_undone(rows: &mut Vec<Evidence>) {
    if rows.iter().any(|row| !row.stays && matches!(row.row, Row::Orders(_))) {
        rows.retain(|row| !row.stays);
    }
}

/// What each sheet says, the earliest first.
pub(crate) fn told(rows: &[Evidence]) -> Vec<Told> {
    let mut sheets: BTreeMap<SheetKey, Vec<(&Evidence, &OrderRow)>> = BTreeMap::new();
    for evidence in rows {
        if let Row::Orders(row) = &evidence.row {
            sheets.entry(sheet_of(evidence, row)).or_default().push((evidence, &**row));
        }
    }
    let mut told: Vec<Told> = sheets.values().filter_map(|rows| of_sheet(rows)).collect();
    told.sort_by_key(|told| told.rank);
    told
}

/// A batch, and one of its files where each of them says all of an order.
type SheetKey = (i64, Option<i64>);

/// The files of one call are one sheet: their rows add up. Not those that say all of an order, as our exports do: of
/// these the later file counts. Nor purchases without a number, which each file counts for itself.
fn sheet_of(evidence: &Evidence, row: &OrderRow) -> SheetKey {
    let adds_up = row.adds_up && !row.order_number.is_empty();
    (evidence.batch, (!adds_up).then_some(evidence.file))
}

/// Whether a row is of a file that says all of its order.
pub(crate) fn says_all(evidence: &Evidence) -> bool {
    matches!(&evidence.row, Row::Orders(row) if sheet_of(evidence, row).1.is_some())
}

fn of_sheet(rows: &[(&Evidence, &OrderRow)]) -> Option<Told> {
    let (first, _) = rows.first()?;
    let at = |moment: Option<Moment>| moment.map(|moment| moment.utc(Tz::UTC));
    let status = |(_, row): &(&Evidence, &OrderRow)| Some((row.status?, at(row.ordered_at)));
    Some(Told {
        rank: rows.iter().map(|(evidence, _)| evidence.rank).max().unwrap_or_default(),
        applied_at: first.applied_at.clone(),
        by_hand: first.by_hand,
        is_part: false,
        row: together::together(rows)?,
        statuses: rows.iter().filter_map(status).collect(),
    })
}

/// Lays what sheets of old orders say over what an order is without them.
pub(crate) fn lay_orders(state: &mut OrderState, rows: &[Evidence]) -> OrderBooks {
    let mut books = OrderBooks::default();
    for mut told in told(rows) {
        told.is_part = told.is_of_part(state);
        told.lay(state, &mut books);
    }
    books
}

/// Whether the sheet that said something of an order last says this, too.
pub(crate) fn says_last(rows: &[Evidence], fingerprint: &str) -> bool {
    let old = || {
        rows.iter().filter_map(|evidence| match &evidence.row {
            Row::Orders(row) => Some((evidence, sheet_of(evidence, row))),
            _ => None,
        })
    };
    let Some((_, last)) = old().max_by_key(|(evidence, _)| evidence.rank) else { return false };
    old().any(|(evidence, sheet)| sheet == last && evidence.fingerprint == fingerprint)
}

#[cfg(test)]
mod tests;
