//! Rows of tables in Markdown: `| Product | Example |`, and rows of values below one of labels.

use super::LineReader;
use crate::reading::labels::{Label, Labels};

/// Cells of one row.
const MAX_CELLS: usize = 16;

impl<'t> LineReader<'t, '_> {
    /// Takes a row of a table: labels that head one, values below them, or a label with its value.
    pub(super) fn row(&mut self, line: &'t str) -> bool {
        let Some(cells) = cells_of(line) else {
            self.columns.clear();
            return false;
        };
        if let Some(heads) = heads(&cells, self.labels) {
            self.columns = heads;
            return true;
        }
        if self.columns.len() == cells.len() {
            for ((label, name), value) in self.columns.clone().into_iter().zip(cells) {
                self.push(label, name, value);
            }
            return true;
        }
        let found = match *cells.as_slice() {
            [name, value] => self.labels.look_up(name).map(|label| (label, name, value)),
            _ => None,
        };
        if let Some((label, name, value)) = found {
            self.push(label, name, value);
        }
        found.is_some()
    }
}

/// The cells of a row. `None` for any other line.
fn cells_of(line: &str) -> Option<Vec<&str>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let is_spoiler = inner.starts_with('|') || inner.ends_with('|');
    let cells: Vec<&str> = inner.split(" | ").map(str::trim).take(MAX_CELLS).collect();
    (!is_spoiler && cells.len() > 1).then_some(cells)
}

/// The labels of a row that heads a table.
fn heads<'t>(cells: &[&'t str], labels: &Labels) -> Option<Vec<(Label, &'t str)>> {
    cells.iter().map(|cell| Some((labels.look_up(cell)?, *cell))).collect()
}
