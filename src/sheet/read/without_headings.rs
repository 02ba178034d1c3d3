//! Files in which no headings were found: lists of numbers, and columns that are known by their
//! places.

use csv::StringRecord;

use super::{Sheet, list, sheet};
use crate::sheet::grid::{Grid, Separated};
use crate::sheet::headings::{self, Found};
use crate::sheet::limits::MAX_ROWS;
use crate::sheet::line::{Line, What};
use crate::sheet::not_understood::Why;
use crate::sheet::options::{Kind, Options};
use crate::sheet::rows::Row;
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
        // What the ledger knows may tell more of the list than its columns.
        (Some(Ok(placed)), Some(Err(why))) if why.may_be_told() && !is_whole(&placed) => {
            Err((why, failed.1))
        }
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
    let list = says::tracking_list(grid, &options.known, said)?;
    if let Some(line) = open_quotation(grid) {
        return Some(Err(Why::OpenQuotation(line)));
    }
    let why = match list {
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

/// Where a quotation mark opens that is never closed.
fn open_quotation(grid: &Grid) -> Option<u64> {
    let (mut rows, mut record, mut last) = (grid.rows(), StringRecord::new(), None);
    while let Some(line) = rows.next_into(&mut record) {
        last = record.iter().next_back().filter(|cell| cell.contains('\n')).map(|_| line);
    }
    last.filter(|_| !grid.ends_quoted())
}

/// Whether a row says something.
fn says(line: &Line) -> bool {
    matches!(&line.what, What::Says(row) if !row.says_nothing())
}

/// Whether all rows that are not empty say something.
fn is_whole(sheet: &Sheet) -> bool {
    sheet.lines().all(|line| says(&line) || matches!(line.what, What::Ignored(_)))
}

/// The one in which more rows say something, or as many name more parcels; else the one by columns.
fn fuller(placed: Sheet, listed: Sheet) -> Sheet {
    let filled = |sheet: &Sheet| {
        let named = sheet.lines().filter(says).map(|line| match line.what {
            What::Says(Row::Track(row)) => row.parcels.len(),
            _ => 0,
        });
        named.fold((0_usize, 0_usize), |(rows, parcels), named| (rows + 1, parcels + named))
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
        (Why::NoHeadings { .. }, listed) => listed,
        (placed, _) => placed,
    }
}

/// The columns of a file without headings, which leaves the grid with its cells parted in this way.
/// `None`: it may have headings.
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
