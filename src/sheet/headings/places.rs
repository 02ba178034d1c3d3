//! Sheets without headings: their columns are called by their places, `column 1`, `column 2`, and what those of a
//! tracking list mean is told by what stands in them.

use csv::StringRecord;

use super::{Columns, Found, MAX_SEARCHED, Meaning, judge, names};
use crate::order::carrier::Carrier;
use crate::reading::{order_number, tracking_number};
use crate::sheet::cells::{is_empty, shown};
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

/// Understands a sheet whose first row is one of numbers. `numbers_at`: the one column that may hold order numbers,
/// where the cells are words of a line: no number of theirs has a blank in it. `None`: it may have headings, or a person
/// names some.
pub(in crate::sheet) fn find(
    kind: Kind,
    (grid, numbers_at): (&Grid, Option<usize>),
    options: &Options,
) -> Option<Result<Found, Why>> {
    let mut mapped = names::mapped(kind, options).ok()?;
    for (_, name, _) in &mut mapped {
        *name = place_of(name)?;
    }
    let first = First::of(grid)?;
    let known = if !mapped.is_empty() {
        let names = (1..=first.cells.len()).map(name).collect::<StringRecord>();
        let mut candidate = judge(kind, &names, (&mapped, true), (first.above, None));
        candidate.found.columns.meaning = Meaning::Places;
        return Some(candidate.why.map_or(Ok(candidate.found), Err));
    } else if first.is_data && kind == Kind::Track {
        told(grid, &first).filter(|found| {
            let place = found.columns.place(Field::OrderNumber);
            numbers_at.is_none() || place == numbers_at
        })
    } else if first.is_data {
        None
    } else {
        return None;
    };
    let found = || first.cells.iter().zip(1..).map(|(cell, at)| example(at, cell)).collect();
    Some(known.ok_or_else(|| Why::NoHeadings { kind, found: found() }))
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
    cells: Vec<String>,
    is_data: bool,
}

impl First {
    fn of(grid: &Grid) -> Option<Self> {
        let (mut rows, mut record) = (grid.rows(), StringRecord::new());
        let (mut above, mut others) = (0, 0);
        while others <= 1 && rows.next_into(&mut record).is_some() {
            let filled = record.iter().filter(|cell| !is_empty(cell)).count();
            let is_data = record.iter().any(is_number);
            if is_data || filled > 1 {
                let cells = record.iter().map(str::to_owned).collect();
                return Some(Self { above, cells, is_data });
            }
            above += 1;
            others += filled;
        }
        None
    }
}

/// What the cells of a column can be, over the first rows.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    orders: usize,
    parcels: usize,
    /// Parcels that nothing else can be.
    distinct: usize,
}

/// A tracking list by what its cells are; `None`: they do not tell.
fn told(grid: &Grid, first: &First) -> Option<Found> {
    let mut tallies = vec![Tally::default(); first.cells.len()];
    let (mut rows, mut record) = (grid.rows(), StringRecord::new());
    for _ in 0..first.above {
        rows.next_into(&mut record);
    }
    let mut searched = 0;
    while searched < MAX_SEARCHED && rows.next_into(&mut record).is_some() {
        searched += 1;
        for (cell, tally) in record.iter().zip(&mut tallies) {
            tally.orders += usize::from(order_number::find_all(bare(cell)).len() == 1);
            tally.parcels += usize::from(is_parcel(cell, Carrier::has_form));
            tally.distinct += usize::from(is_parcel(cell, Carrier::is_distinct));
        }
    }
    let only = |is_it: &dyn Fn(usize, &Tally) -> bool| {
        let mut all = tallies.iter().enumerate().filter(|(at, tally)| is_it(*at, tally));
        all.next().filter(|_| all.next().is_none()).map(|(at, _)| at)
    };
    let is_distinct = tallies.iter().any(|tally| tally.distinct > 0);
    let parcels = only(&|_, tally| {
        if is_distinct { tally.distinct > 0 } else { tally.parcels > 0 }
    })?;
    let orders = only(&|at, tally| at != parcels && tally.orders > 0)?;
    let list = (0..tallies.len()).map(|at| Column {
        heading: name(at + 1),
        field: match at {
            at if at == parcels => Some(Field::Tracking),
            at if at == orders => Some(Field::OrderNumber),
            _ => None,
        },
    });
    let columns = Columns::new(Kind::Track, Meaning::Places, list.collect());
    Some(Found { rows: first.above, columns })
}
