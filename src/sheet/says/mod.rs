//! What a row says, by the kind of its sheet.

mod charge;
mod dollars;
mod numbers;
mod order;
mod sums;
mod tracking_list;
mod written_here;

use csv::StringRecord;

pub(super) use numbers::{list_begins, numbers};
pub(super) use tracking_list::{List as TrackingList, read as tracking_list};

use super::amount::Amount;
use super::cells::{Cells, MAX_CELL, is_empty};
use super::field::Field;
use super::headings::fold;
use super::line::{Ignored, Named, Refusal, What};
use super::options::Kind;
use super::rows::{ReceivedRow, Row, StatusRow, TrackRow};
use crate::order::Status;
use crate::order::carrier::Carrier;
use crate::reading::status_of_words;

/// What a row below the headings comes to.
pub(super) fn what(cells: &Cells<'_>) -> What {
    if let Some(cell) = cells.record.iter().find(|cell| cell.len() > MAX_CELL) {
        return What::Refused(Refusal::LongCell(cell.len()));
    }
    if is_blank(cells.record) {
        return What::Ignored(Ignored::Blank);
    }
    if repeats_headings(cells) {
        return What::Ignored(Ignored::Headings);
    }
    if sums::are(cells) {
        return What::Ignored(Ignored::Sums);
    }
    let row = match cells.columns.kind {
        Kind::Track => track(cells).map(Row::Track),
        Kind::Received => received(cells).map(|row| Row::Received(Box::new(row))),
        Kind::Status => status(cells).map(Row::Status),
        Kind::Charges => charge::row(cells).map(|row| Row::Charges(Box::new(row))),
        Kind::Orders => order::row(cells).map(|row| Row::Orders(Box::new(row))),
    };
    row.map_or_else(What::Refused, What::Says)
}

/// The order and the parcels that a row names, whatever else is in it.
pub(super) fn named(cells: &Cells<'_>) -> Named {
    let kind = cells.columns.kind;
    let numbers = [Field::OrderNumber, Field::Description, Field::Tracking];
    if numbers.iter().any(|field| cells.is_long(*field)) {
        return Named::default();
    }
    let order_number = match kind {
        Kind::Received => None,
        Kind::Charges => charge::order_numbers(cells).ok().and_then(|all| all.into_iter().next()),
        Kind::Track | Kind::Status | Kind::Orders => cells.order_number().ok(),
    };
    let parcels = cells.parcels(Field::Tracking).unwrap_or_default();
    let tracking_number = Some(parcels.join(", ")).filter(|parcels| !parcels.is_empty());
    Named { order_number, tracking_number }
}

/// Of a line of a statement what may be numbers of orders besides.
pub(super) fn others(cells: &Cells<'_>) -> Vec<String> {
    let may_have = cells.columns.kind == Kind::Charges && !cells.is_long(Field::Description);
    if may_have { charge::others(cells) } else { Vec::new() }
}

/// Whether nothing is said in a row: nothing can be seen, or only rules like `---`.
pub(super) fn is_blank(record: &StringRecord) -> bool {
    record.iter().all(|cell| is_empty(cell) || !cell.contains(char::is_alphanumeric))
}

fn repeats_headings(cells: &Cells<'_>) -> bool {
    let columns = cells.columns.list.iter().enumerate();
    let mut known = columns.filter(|(_, column)| column.field.is_some()).peekable();
    known.peek().is_some()
        && known.all(|(place, column)| {
            let cell = cells.record.get(place).unwrap_or_default();
            cell.len() < 256 && fold(cell) == fold(&column.heading)
        })
}

fn track(cells: &Cells<'_>) -> Result<TrackRow, Refusal> {
    let order_number = cells.order_number()?;
    // The columns are the other way round, in this row or in all.
    if Carrier::is_distinct(&order_number) {
        return Err(Refusal::NotAnOrderNumber(super::cells::shown(&order_number)));
    }
    Ok(TrackRow {
        order_number,
        store: cells.text(Field::Store)?,
        parcels: cells.parcels(Field::Tracking)?,
        status: None,
    })
}

fn received(cells: &Cells<'_>) -> Result<ReceivedRow, Refusal> {
    let mut parcels = cells.parcels(Field::Tracking)?;
    let parcel = parcels.pop().ok_or(Refusal::NoParcel)?;
    if !parcels.is_empty() {
        let all = [parcels, vec![parcel]].concat().join(", ");
        return Err(Refusal::SeveralParcels(all));
    }
    let currency = order::currency(cells)?;
    let of_row = |mut amount: Amount| {
        amount.currency = amount.currency.or(currency);
        amount
    };
    Ok(ReceivedRow {
        parcel,
        units: cells.count(Field::Received)?,
        payout: cells.amount(Field::Payout)?.map(of_row),
        commission: cells.amount(Field::Commission)?.map(of_row),
        status: cells.text(Field::GroupStatus)?.map(|word| word.to_uppercase()),
        group_order_number: cells.reference(Field::GroupNumber)?,
        created: cells.moment(Field::GroupCreated)?,
        modified: cells.moment(Field::GroupModified)?,
    })
}

fn status(cells: &Cells<'_>) -> Result<StatusRow, Refusal> {
    let units = cells.count(Field::Quantity)?;
    if units == Some(0) {
        return Err(Refusal::NoUnits);
    }
    Ok(StatusRow {
        order_number: cells.order_number()?,
        store: cells.text(Field::Store)?,
        status: known_status(cells)?,
        units,
    })
}

fn known_status(cells: &Cells<'_>) -> Result<Option<Status>, Refusal> {
    let Some(words) = cells.text(Field::Status)? else { return Ok(None) };
    let unknown = || Refusal::UnknownStatus(super::cells::shown(&words));
    status_of_words(&words).map(Some).ok_or_else(unknown)
}
