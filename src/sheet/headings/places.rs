//! Sheets without headings: their columns are called by their places, `column 1`, `column 2`, and what those of a
//! tracking list mean is told by what stands in them.

use csv::StringRecord;

use super::{Columns, Found, MAX_SEARCHED, Meaning, fold, judge, names};
use crate::order::carrier::Carrier;
use crate::reading::{is_blank, order_number, tracking_number};
use crate::sheet::cells::{is_day, is_empty, shown};
use crate::sheet::field::{Column, Field};
use crate::sheet::grid::Grid;
use crate::sheet::not_understood::Why;
use crate::sheet::options::{Kind, Options};

/// Digits of a number that no heading is.
const MIN_DIGITS: usize = 4;
/// Characters of a cell that stand beside the name of its column.
const MAX_SHOWN: usize = 24;

/// Whether a text is a number of an order or a parcel, and no heading.
pub(super) fn is_number(cell: &str) -> bool {
    let digits = |number: String| number.bytes().filter(u8::is_ascii_digit).count();
    let number = order_number::normal(bare(cell));
    number.is_some_and(|number| digits(number) >= MIN_DIGITS) || is_parcel(cell, Carrier::has_form)
}

fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix('=').unwrap_or(cell).trim_matches(['"', '\''])
}

fn is_parcel(cell: &str, is_one: fn(&str) -> bool) -> bool {
    let numbers = tracking_number::numbers(bare(cell)).unwrap_or_default();
    !numbers.is_empty() && numbers.iter().all(|number| is_one(number))
}

/// Understands a sheet whose first row is one of numbers. `None`: it may have headings, or a person
/// names some.
pub(in crate::sheet) fn find(
    kind: Kind,
    grid: &Grid,
    options: &Options,
) -> Option<Result<Found, Why>> {
    let mapped = by_place(kind, options)?;
    let first = First::of(kind, grid)?;
    if !mapped.is_empty() {
        let names = (1..=first.cells.len()).map(name).collect::<StringRecord>();
        let mut candidate = judge(kind, &names, (&mapped, true), (first.above, None));
        candidate.found.columns.meaning = Meaning::Places;
        return Some(candidate.why.map_or(Ok(candidate.found), Err));
    }
    if !first.is_data {
        return None;
    }
    let found = examples(&first.cells);
    let asks = |numbers| Why::NoHeadings { kind, found, numbers };
    Some(if kind == Kind::Track {
        told(grid, &first, options).map_err(asks)
    } else {
        Err(asks(Vec::new()))
    })
}

/// What a person says that the columns are, all of them called by their places.
fn by_place(kind: Kind, options: &Options) -> Option<Vec<(String, String, Field)>> {
    let mut mapped = names::mapped(kind, options).ok()?;
    for (_, name, _) in &mut mapped {
        *name = place_of(name)?;
    }
    Some(mapped)
}

/// What a person says of a list of two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sheet) enum SaidOfTwo {
    Nothing,
    OrderFirst,
    OrderLast,
}

/// What a person says of two columns. `None`: something that a list of numbers does not have.
pub(in crate::sheet) fn said_of_two(options: &Options) -> Option<SaidOfTwo> {
    let mapped = by_place(Kind::Track, options)?;
    let is = |at, field| {
        mapped.iter().any(|(_, place, meant)| *place == fold(&name(at)) && *meant == field)
    };
    match mapped.len() {
        0 => Some(SaidOfTwo::Nothing),
        2 if is(1, Field::OrderNumber) && is(2, Field::Tracking) => Some(SaidOfTwo::OrderFirst),
        2 if is(2, Field::OrderNumber) && is(1, Field::Tracking) => Some(SaidOfTwo::OrderLast),
        _ => None,
    }
}

/// What the columns are called, each with what stands in it.
pub(in crate::sheet) fn examples(cells: &[String]) -> Vec<String> {
    cells.iter().zip(1..).map(|(cell, at)| example(at, cell)).collect()
}

/// What a column without a heading is called.
fn name(place: usize) -> String {
    format!("column {place}")
}

/// The same with what stands in it.
fn example(place: usize, cell: &str) -> String {
    match shown(cell).chars().take(MAX_SHOWN).collect::<String>() {
        cell if cell.is_empty() => name(place),
        cell => format!("{} ({cell})", name(place)),
    }
}

/// The folded name of a column that is called by its place; `None`: it is called otherwise.
fn place_of(folded: &str) -> Option<String> {
    let called = folded.split('(').next().unwrap_or(folded);
    let digits = called.strip_prefix("column")?;
    let is_place = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_place.then(|| called.to_owned())
}

/// The first row, behind a title at the most.
struct First {
    /// Rows above it.
    above: usize,
    /// As many as the widest row has.
    cells: Vec<String>,
    is_data: bool,
}

impl First {
    fn of(kind: Kind, grid: &Grid) -> Option<Self> {
        let (mut rows, mut record) = (grid.rows(), StringRecord::new());
        let (mut above, mut others) = (0, 0);
        while others <= 1 && rows.next_into(&mut record).is_some() {
            let filled = record.iter().filter(|cell| !is_empty(cell)).count();
            let is_data = record.iter().any(|cell| holds_number(kind, cell));
            if is_data || filled > 1 {
                let mut cells: Vec<String> = record.iter().map(str::to_owned).collect();
                for _ in 0..MAX_SEARCHED {
                    if rows.next_into(&mut record).is_none() {
                        break;
                    }
                    cells.resize(cells.len().max(record.len()), String::new());
                }
                return Some(Self { above, cells, is_data });
            }
            above += 1;
            others += filled;
        }
        None
    }
}

/// Whether a cell is a number, or in a tracking list holds one among other words: no title does.
fn holds_number(kind: Kind, cell: &str) -> bool {
    is_number(cell) || (kind == Kind::Track && cell.split(is_blank).any(is_number))
}

/// What the cells of a column can be, over the first rows.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    orders: usize,
    /// Orders of the ledger.
    known: usize,
    parcels: usize,
    /// Parcels with a check digit of their carrier.
    checked: usize,
    /// Parcels that nothing else can be.
    distinct: usize,
}

/// A tracking list by what its cells are; `Err`: they do not tell, and these may be orders' numbers.
fn told(grid: &Grid, first: &First, options: &Options) -> Result<Found, Vec<String>> {
    let mut tallies = vec![Tally::default(); first.cells.len()];
    let (mut rows, mut record) = (grid.rows(), StringRecord::new());
    for _ in 0..first.above {
        rows.next_into(&mut record);
    }
    let (mut searched, mut numbers) = (0, Vec::new());
    while searched < MAX_SEARCHED && rows.next_into(&mut record).is_some() {
        searched += 1;
        for (cell, tally) in record.iter().zip(&mut tallies) {
            let found = order_number::find_all(bare(cell));
            if let [number] = found.as_slice()
                && !is_day(cell.trim())
            {
                tally.orders += 1;
                tally.known += usize::from(options.known.has(number));
                numbers.push(number.clone());
            }
            tally.parcels += usize::from(is_parcel(cell, Carrier::has_form));
            tally.checked += usize::from(is_parcel(cell, |number| Carrier::of(number).is_some()));
            tally.distinct += usize::from(is_parcel(cell, Carrier::is_distinct));
        }
    }
    let only = |is_it: &dyn Fn(usize, &Tally) -> bool| {
        let mut all = tallies.iter().enumerate().filter(|(at, tally)| is_it(*at, tally));
        all.next().filter(|_| all.next().is_none()).map(|(at, _)| at)
    };
    let any = |count: fn(&Tally) -> usize| tallies.iter().any(|tally| count(tally) > 0);
    let places = if any(|tally| tally.distinct) {
        let parcels = only(&|_, tally| tally.distinct > 0);
        parcels.zip(only(&|at, tally| Some(at) != parcels && tally.orders > 0))
    } else if options.known.is_unasked() {
        return Err(numbers);
    } else if any(|tally| tally.known) {
        let orders = only(&|_, tally| tally.known > 0);
        only(&|at, tally| Some(at) != orders && tally.parcels > 0).zip(orders)
    } else {
        let parcels = only(&|_, tally| tally.checked * 2 > searched);
        parcels.zip(only(&|at, tally| Some(at) != parcels && tally.orders > 0))
    };
    let (parcels, orders) = places.ok_or_else(Vec::new)?;
    let list = (0..tallies.len()).map(|at| Column {
        heading: name(at + 1),
        field: match at {
            at if at == parcels => Some(Field::Tracking),
            at if at == orders => Some(Field::OrderNumber),
            _ => None,
        },
    });
    let columns = Columns::new(Kind::Track, Meaning::Places, list.collect());
    Ok(Found { rows: first.above, columns })
}
