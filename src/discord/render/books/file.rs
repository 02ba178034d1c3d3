//! Every row of a sheet and what becomes of it, as a file.

use csv::Writer;

use super::preview::reason;
use crate::ledger::Bulk;

/// Its name.
pub(crate) const NAME: &str = "rows.csv";
/// Bytes of it, at the most: Discord takes somewhat more.
const MOST: usize = 8 * 1024 * 1024;
const HEADINGS: [&str; 7] =
    ["file", "line", "outcome", "order_number", "store", "tracking_number", "reason"];

/// The rows as CSV, as Excel opens it. What has no room is left out, and the last row says so.
pub(crate) fn csv(bulk: &Bulk) -> Vec<u8> {
    let mut writer = Writer::from_writer("\u{feff}".as_bytes().to_vec());
    // In memory nothing fails.
    let mut write =
        |row: &[&str]| writer.write_record(row).is_ok() && writer.get_ref().len() < MOST;
    write(&HEADINGS);
    for line in &bulk.lines {
        let text = |text: &Option<String>| harmless(text.as_deref().unwrap_or_default());
        let row = [
            harmless(&line.file),
            line.line.to_string(),
            line.becomes.as_str().to_owned(),
            text(&line.order_number),
            text(&line.store),
            text(&line.tracking_number),
            harmless(reason(line)),
        ];
        if !write(&row.each_ref().map(String::as_str)) {
            write(&["", "", "", "", "", "", "the other rows have no room in this file"]);
            break;
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// A text that no spreadsheet runs.
fn harmless(text: &str) -> String {
    let is_run = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if is_run { format!("'{text}") } else { text.to_owned() }
}
