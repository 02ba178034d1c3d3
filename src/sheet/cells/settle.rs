//! What is the same for a whole file, found by looking at all of it: in which order its dates are written, and
//! which mark stands in front of its decimals.

use csv::StringRecord;

use super::amounts::{self, Mark};
use super::clean;
use super::dates::{self, Says};
use crate::sheet::field::Field;
use crate::sheet::headings::{Columns, Meaning};
use crate::sheet::not_understood::Why;
use crate::sheet::options::{DateOrder, Kind, Options};

use Field as F;

const DATES: [Field; 7] = [
    F::Date,
    F::GroupCreated,
    F::GroupModified,
    F::ShippedAt,
    F::DeliveredAt,
    F::ChargePostedOn,
    F::CreatedAt,
];
const AMOUNTS: [Field; 10] = [
    F::Payout,
    F::Commission,
    F::Amount,
    F::NegativeAmount,
    F::Price,
    F::Total,
    F::Charged,
    F::Refunded,
    F::SoldPrice,
    F::Fees,
];

/// What was settled.
#[derive(Debug, Clone, Default)]
pub(in crate::sheet) struct Settled {
    /// `None`: no amount tells.
    pub(super) decimal_mark: Option<Mark>,
    /// In which order a person said that all dates are written.
    pub(super) said: Option<DateOrder>,
    orders: Vec<(Field, DateOrder)>,
}

impl Settled {
    pub(super) fn order(&self, field: Field) -> Option<DateOrder> {
        self.orders.iter().find(|(other, _)| *other == field).map(|(_, order)| *order)
    }
}

/// What the rows say that were looked at.
#[derive(Debug, Default)]
pub(in crate::sheet) struct Votes {
    points: u64,
    commas: u64,
    columns: [Column; DATES.len()],
}

/// What the dates of one column say: the first of each sort, as it is written, with its line.
#[derive(Debug, Default, Clone)]
struct Column {
    month_first: Option<(String, u64)>,
    day_first: Option<(String, u64)>,
    /// A date that can be read in two ways.
    either: Option<(String, u64)>,
}

impl Votes {
    /// Looks at a row. `is_text`: it is of a text; the numbers of a workbook have a point whatever people write.
    pub(in crate::sheet) fn take(
        &mut self,
        columns: &Columns,
        (record, is_text): (&StringRecord, bool),
        line: u64,
    ) {
        let cell = |field: Field| {
            let cell = columns.place(field).and_then(|place| record.get(place))?;
            clean::value(cell, columns.meaning.writer())
                .ok()
                .flatten()
                .filter(|cell| cell.len() <= clean::MAX_CELL)
        };
        for cell in AMOUNTS.into_iter().filter_map(cell) {
            match amounts::shows_mark(&cell) {
                Some(Mark::Point) if !is_text && !cell.contains(',') => {}
                Some(Mark::Point) => self.points += 1,
                Some(Mark::Comma) => self.commas += 1,
                None => {}
            }
        }
        for (field, column) in DATES.into_iter().zip(&mut self.columns) {
            let Some(cell) = cell(field) else { continue };
            let first = match dates::says(&cell).filter(|_| !is_groups(field, &cell)) {
                Some(Says::Order(DateOrder::Dmy)) => &mut column.day_first,
                Some(Says::Order(_)) => &mut column.month_first,
                Some(Says::Either) => &mut column.either,
                Some(Says::Nothing) | None => continue,
            };
            first.get_or_insert_with(|| (clean::shown(&cell), line));
        }
    }

    /// Settles what all rows say together, or asks.
    pub(in crate::sheet) fn settle(
        self,
        columns: &Columns,
        options: &Options,
    ) -> Result<Settled, Why> {
        let decimal_mark = match self.commas.cmp(&self.points) {
            std::cmp::Ordering::Greater => Some(Mark::Comma),
            std::cmp::Ordering::Less => Some(Mark::Point),
            // Programs write the numbers that they count with by a point.
            std::cmp::Ordering::Equal => columns.meaning.is_programs().then_some(Mark::Point),
        };
        // The statements of this card and the files of the group are known to be written month first.
        let known = columns.meaning == Meaning::Amex || columns.kind == Kind::Received;
        let mut orders = Vec::new();
        for (field, column) in DATES.into_iter().zip(&self.columns) {
            let by_dates = || match column.contradiction(known) {
                Some(_) => None,
                None if known => Some(DateOrder::Mdy),
                None => {
                    column.order().or_else(|| agreed(self.columns.iter().filter_map(Column::order)))
                }
            };
            match (options.dates.or_else(by_dates), &column.either) {
                (Some(order), _) => orders.push((field, order)),
                (None, Some((example, line))) => {
                    let against = column.contradiction(known).cloned();
                    return Err(Why::Dates { example: example.clone(), line: *line, against });
                }
                (None, None) => {}
            }
        }
        Ok(Settled { decimal_mark, said: options.dates, orders })
    }
}

impl Column {
    const fn order(&self) -> Option<DateOrder> {
        match (&self.month_first, &self.day_first) {
            (Some(_), None) => Some(DateOrder::Mdy),
            (None, Some(_)) => Some(DateOrder::Dmy),
            _ => None,
        }
    }

    /// A date with the day first, where others of the column, or all of such files, are written month first.
    fn contradiction(&self, is_month_first: bool) -> Option<&(String, u64)> {
        self.day_first.as_ref().filter(|_| is_month_first || self.month_first.is_some())
    }
}

/// The order that all columns share which tell one.
fn agreed(mut orders: impl Iterator<Item = DateOrder>) -> Option<DateOrder> {
    let first = orders.next()?;
    orders.all(|order| order == first).then_some(first)
}

/// Whether a date is written as buying groups write theirs, `01-02-2026, 15:04:05`: month first.
pub(super) fn is_groups(field: Field, cell: &str) -> bool {
    matches!(field, F::GroupCreated | F::GroupModified)
        && cell.split_once(", ").is_some_and(|(day, _)| day.contains('-'))
}
