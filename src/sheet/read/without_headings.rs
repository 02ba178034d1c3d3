//! Files in which no headings were found: lists of numbers, and columns that are known by their places.

use super::{Sheet, list, sheet};
use crate::sheet::grid::{Grid, Separated};
use crate::sheet::headings::{self, Found};
use crate::sheet::limits::MAX_ROWS;
use crate::sheet::line::What;
use crate::sheet::not_understood::Why;
use crate::sheet::options::{Kind, Options};
use crate::sheet::says;

/// What such a file is, and else why it is not understood. `failed`: why it has no headings.
pub(super) fn without_headings(
    kind: Kind,
    mut grid: Grid,
    options: &Options,
    failed: (Why, usize),
) -> Result<Sheet, (Why, usize)> {
    if let Some(above) = list_begins(kind, &grid, options).filter(|_| !failed.0.is_of_a_table()) {
        return list(grid, above).map_err(|why| (why, usize::MAX));
    }
    // A row that knows a heading is one of headings.
    if failed.1 >= headings::KNOWN {
        return Err(failed);
    }
    let listed = (kind == Kind::Track).then(|| tracking_list(&grid, options)).flatten();
    let placed = by_places(kind, &mut grid, options)
        .map(|found| found.and_then(|found| sheet(grid, found, options)));
    match (placed, listed) {
        (Some(Ok(placed)), Some(Ok(listed))) => Ok(fuller(placed, listed)),
        (Some(Ok(sheet)), _) | (_, Some(Ok(sheet))) => Ok(sheet),
        (Some(Err(why)), Some(Err(other))) => Err((both(why, other), failed.1)),
        (Some(Err(why)), None) | (None, Some(Err(why))) => Err((why, failed.1)),
        (None, None) => Err(failed),
    }
}

/// How many rows stand above a plain list of numbers; `None`: it is none.
fn list_begins(kind: Kind, grid: &Grid, options: &Options) -> Option<usize> {
    let may_be = kind == Kind::Status && options.map.is_empty();
    may_be.then(|| says::list_begins(grid)).flatten()
}

/// Each row as an order and its parcels, whatever parts it.
fn tracking_list(grid: &Grid, options: &Options) -> Option<Result<Sheet, Why>> {
    let said = headings::said_of_two(options)?;
    let why = match says::tracking_list(grid, &options.known, said)? {
        says::TrackingList::Lines(lines) if lines.len() as u64 > MAX_ROWS => Why::too_many_rows(),
        says::TrackingList::Lines(lines) => {
            return Some(Ok(Sheet { said: options.map.clone(), ..Sheet::of_lines(lines) }));
        }
        says::TrackingList::Asks { columns, numbers } => {
            Why::NoHeadings { kind: Kind::Track, found: headings::examples(&columns), numbers }
        }
    };
    Some(Err(why))
}

/// The one in which more rows say something; where they are as many, the one by columns.
fn fuller(placed: Sheet, listed: Sheet) -> Sheet {
    let filled = |sheet: &Sheet| {
        let says = |what: &What| matches!(what, What::Says(row) if !row.says_nothing());
        sheet.lines().filter(|line| says(&line.what)).count()
    };
    if filled(&listed) > filled(&placed) { listed } else { placed }
}

/// The question that names more columns, with the numbers of both.
fn both(placed: Why, listed: Why) -> Why {
    match (placed, listed) {
        (
            Why::NoHeadings { kind, found, mut numbers },
            Why::NoHeadings { found: of_list, numbers: others, .. },
        ) => {
            numbers.extend(others);
            let found = if of_list.len() > found.len() { of_list } else { found };
            Why::NoHeadings { kind, found, numbers }
        }
        (placed, _) => placed,
    }
}

/// The columns of a file without headings, which leaves the grid with its cells parted in this way. `None`: it may have
/// headings.
fn by_places(kind: Kind, grid: &mut Grid, options: &Options) -> Option<Result<Found, Why>> {
    let mut failed: Option<Why> = None;
    for separator in Separated::SEPARATORS {
        if let Grid::Separated(text) = grid {
            text.separate_by(separator);
        }
        match headings::find_by_places(kind, grid, options) {
            Some(Ok(found)) => return Some(Ok(found)),
            Some(Err(why)) => {
                let columns = |why: &Why| {
                    if let Why::NoHeadings { found, .. } = why { found.len() } else { 0 }
                };
                if failed.as_ref().is_none_or(|other| columns(&why) > columns(other)) {
                    failed = Some(why);
                }
            }
            None => {}
        }
    }
    failed.map(Err)
}
