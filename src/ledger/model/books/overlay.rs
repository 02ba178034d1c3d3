//! What an order shows where sheets say something else than its messages.

use super::charges::{Charges, charges};
use super::decide::ends_life;
use super::orders::OrderBooks;
use super::shares::Received;
use super::{Evidence, counted};
use crate::ledger::model::fold::OrderState;
use crate::order::{Money, Status};
use crate::sheet::{Row, StatusRow, TrackRow};

/// The columns that sheets alone fill.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Books {
    pub(crate) received: Received,
    pub(crate) charges: Option<Charges>,
    pub(crate) orders: OrderBooks,
}

/// A status that a sheet sets as a person would.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetMark {
    pub(crate) row: i64,
    pub(crate) status: Status,
    /// When its batch was applied, as stored.
    pub(crate) at: String,
}

/// A tracking number that a sheet states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SheetParcel {
    pub(crate) row: i64,
    pub(crate) number: String,
    pub(crate) at: String,
}

/// Who stated the units of an order. What sheets take off later lowers them; what they took off before is in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StatedBy {
    /// The row of this rank; 0: the messages.
    Row(i64),
    /// A person, at this time, as stored.
    Person(String),
}

impl StatedBy {
    fn is_before(&self, row: &Evidence) -> bool {
        match self {
            Self::Row(rank) => row.rank > *rank,
            Self::Person(at) => row.applied_at >= *at,
        }
    }
}

/// The units that sheets have taken off an order since its quantity was stated.
pub(crate) fn taken_off(rows: &[Evidence], stated: &StatedBy) -> i64 {
    let since = parts(rows).into_iter().filter(|(row, ..)| stated.is_before(row));
    since.fold(0, |sum, (_, units, _)| i64::saturating_add(sum, units))
}

/// Lowers the units of an order by what was taken off since.
pub(crate) fn take_off(state: &mut OrderState, rows: &[Evidence], stated: &StatedBy) {
    let taken = taken_off(rows, stated);
    if taken > 0 {
        let left = state.lines.quantity().saturating_sub(taken).max(0);
        state.lines.stated_quantity = Some(left);
    }
}

/// Whether a row names units beside its status.
pub(crate) fn name_units(rows: &[Evidence]) -> bool {
    rows.iter().any(|row| matches!(&row.row, Row::Status(StatusRow { units: Some(_), .. })))
}

/// Whether rows say nothing but parcels and the statuses of whole orders, which others lay over an order.
pub(crate) fn say_no_values(rows: &[Evidence]) -> bool {
    rows.iter()
        .all(|row| matches!(&row.row, Row::Track(_) | Row::Status(StatusRow { units: None, .. })))
}

fn parts(rows: &[Evidence]) -> Vec<(&Evidence, i64, Status)> {
    let of = |row: &Evidence| match &row.row {
        Row::Status(StatusRow { status: Some(status), units: Some(units), .. })
            if ends_life(*status) =>
        {
            Some((*units, *status))
        }
        _ => None,
    };
    let parts = counted(rows.iter().filter(|row| of(row).is_some())).into_iter();
    parts.filter_map(|row| of(row).map(|(units, status)| (row, units, status))).collect()
}

/// The statuses that rows set on an order of so many units. That of a part counts once nothing is left.
pub(crate) fn marks(rows: &[Evidence], (units, stated): (i64, &StatedBy)) -> Vec<SheetMark> {
    let whole = rows.iter().filter_map(|row| match &row.row {
        Row::Status(StatusRow { status: Some(status), units: None, .. }) => Some((row, *status)),
        // A blank cell of a tracking list marks nothing; older versions kept such rows.
        Row::Track(TrackRow { status: Some(status), parcels, .. }) if !parcels.is_empty() => {
            Some((row, *status))
        }
        // All of it, said by a number: no part.
        Row::Status(StatusRow { status: Some(status), units: Some(all), .. })
            if !ends_life(*status) && *all >= units =>
        {
            Some((row, *status))
        }
        _ => None,
    });
    let last = parts(rows)
        .last()
        .filter(|_| taken_off(rows, stated) >= units)
        .map(|(row, _, status)| (*row, *status));
    let mark = |(row, status): (&Evidence, Status)| SheetMark {
        row: row.id,
        status,
        at: row.applied_at.clone(),
    };
    in_effect(whole.chain(last).collect()).into_iter().map(mark).collect()
}

/// Without those that a later row of the same time takes back: of marks of one time the later stage of life counts,
/// and of rows of one sheet the last.
fn in_effect(mut said: Vec<(&Evidence, Status)>) -> Vec<(&Evidence, Status)> {
    said.sort_by_key(|(row, _)| (row.rank, row.id));
    let mut in_effect: Vec<(&Evidence, Status)> = Vec::new();
    for (row, status) in said {
        in_effect.retain(|(before, was)| before.applied_at != row.applied_at || *was <= status);
        in_effect.push((row, status));
    }
    in_effect
}

/// Whether a row sets the status of a whole order.
pub(crate) fn is_mark(row: &Row) -> bool {
    match row {
        Row::Status(StatusRow { status, units, .. }) => {
            status.is_some_and(|status| units.is_none() || !ends_life(status))
        }
        Row::Track(TrackRow { status, .. }) => status.is_some(),
        Row::Received(_) | Row::Charges(_) | Row::Orders(_) => false,
    }
}

/// The parcels that rows add to an order, the oldest row first.
pub(crate) fn parcels(rows: &[Evidence]) -> Vec<SheetParcel> {
    let mut parcels = Vec::new();
    for row in rows {
        let numbers = match &row.row {
            Row::Track(track) => &track.parcels,
            Row::Orders(order) => &order.parcels,
            _ => continue,
        };
        let parcel = |number: &String| SheetParcel {
            row: row.id,
            number: number.clone(),
            at: row.applied_at.clone(),
        };
        parcels.extend(numbers.iter().map(parcel));
    }
    parcels
}

/// Lays what the other sheets say over what messages and sheets of old orders say, and gives what the messages have
/// no column for. Of each value the row that was brought last wins.
pub(crate) fn lay_over(
    state: &mut OrderState,
    rows: &[Evidence],
    (received, orders): (Received, OrderBooks),
) -> Books {
    take_off(state, rows, &StatedBy::Row(orders.quantity_rank));
    let charges = charges(rows, state.currency);
    let newer = charges.as_ref().filter(|charges| charges.rank > orders.reference_rank);
    if let Some(reference) = newer.and_then(|charges| charges.reference.clone()) {
        state.details.reference_number = Some(reference);
    }
    let own = |money: &Money| money.currency == state.currency || state.currency.is_none();
    let is_newer = received.rank > orders.commission_rank;
    if let Some(commission) = received.commission.filter(own).filter(|_| is_newer) {
        state.commission_minor = Some(commission.minor);
    }
    Books { received, charges, orders }
}
