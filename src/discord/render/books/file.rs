//! Every row of a sheet and what becomes of it, as a file.

use csv::Writer;

use super::preview::reason;
use crate::export::Cell;
use crate::ledger::{Bulk, BulkLine};

/// The name under which Discord shows the file of a preview's lines.
pub(crate) const NAME: &str = "rows.csv";
/// Bytes of it, at the most: Discord takes somewhat more.
const MOST: usize = 8 * 1024 * 1024;
const HEADINGS: [&str; 7] =
    ["file", "line", "outcome", "order_number", "store", "tracking_number", "reason"];
const LEFT_OUT: &str = "the other rows have no room in this file";

/// The rows as CSV, as Excel opens it. What has no room is left out, and the last row says so.
pub(crate) fn csv(bulk: &Bulk) -> Vec<u8> {
    let mut writer = Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let mut rows = std::iter::once(HEADINGS.map(Cell::Word)).chain(bulk.lines.iter().map(cells));
    // In memory nothing fails.
    while writer.get_ref().len() < MOST
        && let Some(row) = rows.next()
    {
        writer.write_record(row.iter().map(|cell| cell.csv(true).into_owned())).ok();
    }
    if rows.next().is_some() {
        writer.write_record(["", "", "", "", "", "", LEFT_OUT]).ok();
    }
    writer.into_inner().unwrap_or_default()
}

fn cells(line: &BulkLine) -> [Cell<'_>; 7] {
    [
        Cell::Text((*line.file).into()),
        Cell::Count(i64::try_from(line.line).unwrap_or(i64::MAX)),
        Cell::Word(line.becomes.as_str()),
        known(line.order_number.as_deref()),
        known(line.store.as_deref()),
        known(line.tracking_number.as_deref()),
        Cell::Text(reason(line).into()),
    ]
}

fn known(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, |text| Cell::Text(text.into()))
}
