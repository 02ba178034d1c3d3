//! Which row holds the headings, and what each of them means.

mod fold;
mod layouts;
mod names;
mod order_numbers;
mod places;
mod status_columns;

use csv::StringRecord;

pub(crate) use fold::fold;
pub(super) use layouts::{Meaning, Writer};
pub(super) use places::{SaidOfTwo, examples, find as find_by_places, said_of_two};

use super::field::{Column, Field};
use super::grid::Grid;
use super::not_understood::Why;
use super::options::{Kind, Options};

/// Rows with something in them that are looked at for headings.
const MAX_SEARCHED: usize = 50;

/// What a column that is known adds to the worth of a row of headings.
pub(super) const KNOWN: usize = 1_000;

/// What words in front of a number of a tracking list call it.
pub(super) fn field_of_label(words: &str) -> Option<Field> {
    names::field(Kind::Track, &fold(words))
}

/// What the columns of a sheet mean.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) kind: Kind,
    pub(super) meaning: Meaning,
    /// From left to right.
    pub(super) list: Vec<Column>,
    /// The place of each field, by its number in [`Field`].
    places: Vec<Option<usize>>,
}

impl Columns {
    pub(super) fn new(kind: Kind, meaning: Meaning, list: Vec<Column>) -> Self {
        let mut places = vec![None; Field::ALL.len()];
        for (place, column) in list.iter().enumerate() {
            let slot = column.field.and_then(|field| places.get_mut(field as usize));
            if let Some(slot) = slot {
                slot.get_or_insert(place);
            }
        }
        Self { kind, meaning, list, places }
    }

    /// Where a field stands.
    pub(super) fn place(&self, field: Field) -> Option<usize> {
        self.places.get(field as usize).copied().flatten()
    }

    fn has(&self, field: Field) -> bool {
        self.place(field).is_some()
    }

    /// What a sheet of its kind must have and this one has not.
    fn missing(&self) -> Option<&'static str> {
        let needs = |fields: &[Field], name: &'static str| {
            (!fields.iter().any(|field| self.has(*field))).then_some(name)
        };
        let order = || needs(&[Field::OrderNumber], "order number");
        let parcel = || needs(&[Field::Tracking], "tracking number");
        match self.kind {
            Kind::Track => order().or_else(parcel),
            Kind::Status | Kind::Orders => order(),
            Kind::Received => parcel().or_else(|| {
                let tells = [Field::Payout, Field::Received, Field::GroupStatus];
                needs(&tells, "total, qty or status")
            }),
            Kind::Charges => needs(&[Field::Date], "date")
                .or_else(|| {
                    use Field::{Amount, Charged, NegativeAmount, Refunded};
                    needs(&[Amount, NegativeAmount, Charged, Refunded], "amount")
                })
                .or_else(|| {
                    let holds = [Field::Description, Field::OrderNumber];
                    needs(&holds, "Extended Details (or one mapped to description)")
                }),
        }
    }

    /// What a `status` sheet may say in a column that nobody knows: without it whole orders would get a status that the
    /// sheet does not mean. `addresses`: a column of the states of a country.
    fn overlooked(&self, addresses: Option<usize>) -> Option<&'static str> {
        let columns = self.list.iter().enumerate();
        let unread = columns
            .filter(|(place, column)| column.field.is_none() && Some(*place) != addresses)
            .map(|(_, column)| column);
        let mut may_be = unread.filter_map(|column| status_columns::overlooked(&column.heading));
        let field = may_be.find(|field| !self.has(*field))?;
        (self.kind == Kind::Status).then_some(if field == Field::Status { "status" } else { "qty" })
    }

    /// The same for the same headings in the same order.
    pub(super) fn fingerprint(&self) -> String {
        let folded = self.list.iter().map(|column| fold(&column.heading));
        fold::fingerprint(&folded.collect::<Vec<_>>())
    }

    /// The headings as written, without blank ones.
    fn headings(&self) -> Vec<String> {
        let headings = self.list.iter().map(|column| column.heading.clone());
        headings.filter(|heading| !heading.is_empty()).collect()
    }
}

/// Where the headings stand.
#[derive(Debug)]
pub(super) struct Found {
    /// How many rows the grid hands out up to them, themselves included.
    pub(super) rows: usize,
    pub(super) columns: Columns,
}

/// A row that may be the headings, and why it is not.
struct Candidate {
    found: Found,
    why: Option<Why>,
    /// Columns that have a meaning, then columns.
    worth: (usize, usize),
}

/// Finds the first row that has what a sheet of this kind needs, or says what the best one lacks.
pub(super) fn find(kind: Kind, grid: &Grid, options: &Options) -> Result<Found, (Why, usize)> {
    let mapped = names::mapped(kind, options).map_err(|why| (why, usize::MAX))?;
    let is_of_numbers = |field: &Field| matches!(field, Field::OrderNumber | Field::Tracking);
    let mut numbers = mapped.iter().filter(|(.., field)| is_of_numbers(field));
    if let Some((number, ..)) = numbers.find(|(typed, ..)| places::is_number(typed)) {
        return Err((Why::NumberForHeading(number.clone()), usize::MAX));
    }
    let (mut rows, mut record) = (grid.rows(), StringRecord::new());
    let (mut best, mut searched, mut passed): (Option<Candidate>, _, _) = (None, 0, 0);
    while searched < MAX_SEARCHED && rows.next_into(&mut record).is_some() {
        passed += 1;
        if record.iter().all(|cell| fold(cell).is_empty()) {
            continue;
        }
        searched += 1;
        let addresses = addresses(kind, &record, grid, passed);
        let said = (mapped.as_slice(), options.status_is_said);
        let candidate = judge(kind, &record, said, (passed, addresses));
        if candidate.why.is_none() {
            return Ok(candidate.found);
        }
        if best.as_ref().is_none_or(|best| candidate.worth > best.worth) {
            best = Some(candidate);
        }
    }
    let best = best.ok_or((Why::Empty, 0))?;
    Err((best.why.unwrap_or(Why::Empty), best.worth.0 * KNOWN + best.worth.1))
}

/// The place of a column `State` that belongs to addresses: all cells below these headings are states of a country.
fn addresses(kind: Kind, record: &StringRecord, grid: &Grid, passed: usize) -> Option<usize> {
    let is_state = |heading: &str| kind == Kind::Status && fold(heading) == "state";
    let place = record.iter().position(is_state)?;
    let (mut rows, mut row) = (grid.rows(), StringRecord::new());
    let (mut read, mut is_found) = (0, false);
    while rows.next_into(&mut row).is_some() {
        read += 1;
        let cell = row.get(place).unwrap_or_default().trim();
        if read > passed && !cell.is_empty() {
            if !status_columns::is_state_of_a_country(cell) {
                return None;
            }
            is_found = true;
        }
    }
    is_found.then_some(place)
}

fn judge(
    kind: Kind,
    record: &StringRecord,
    (mapped, status_is_said): (&[(String, String, Field)], bool),
    (rows, addresses): (usize, Option<usize>),
) -> Candidate {
    let folded: Vec<String> = record.iter().map(fold).collect();
    let mut meant = folded.clone();
    if let Some(heading) = addresses.and_then(|place| meant.get_mut(place)) {
        heading.clear();
    }
    let (meaning, fields) = layouts::of(kind, &meant, !mapped.is_empty());
    let headings = record.iter().map(fold::shown);
    let mut list: Vec<Column> =
        headings.zip(fields).map(|(heading, field)| Column { heading, field }).collect();
    let unknown = names::apply(mapped, &folded, &mut list);
    let twice = names::twice(&list);
    let columns = Columns::new(kind, meaning, list);
    let found = || columns.headings();
    let fingerprint = || columns.fingerprint();
    let is_settled = status_is_said || !mapped.is_empty();
    let overlooked = || columns.overlooked(addresses).filter(|_| !is_settled);
    let missing = columns.missing().or_else(overlooked);
    let why = if let Some(column) = unknown {
        Some(Why::UnknownColumn { column, found: found() })
    } else if let Some(missing) = missing {
        Some(Why::MissingColumn { kind, missing, found: found(), fingerprint: fingerprint() })
    } else if let Some((one, other)) = twice {
        Some(Why::TwoColumns(one, other))
    } else if meaning == Meaning::Unclear {
        let fields = names::fields(kind);
        Some(Why::NeedsMap { found: found(), fields, fingerprint: fingerprint() })
    } else {
        None
    };
    let known = columns.list.iter().filter(|column| column.field.is_some()).count();
    let worth = (known, columns.headings().len());
    Candidate { found: Found { rows, columns }, why, worth }
}
