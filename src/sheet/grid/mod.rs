//! A file as rows of cells, whatever its format: where each row stands, and the texts of its cells.

mod inflate;
mod json;
mod separated;
mod shown;
mod table;
mod workbook;

use csv::StringRecord;

#[cfg(test)]
pub(super) use json::MEMBERS as JSON_MEMBERS;
pub(super) use json::table as json_table;
pub(super) use separated::Separated;
pub(super) use table::{Builder as TableBuilder, Table};
pub(crate) use workbook::WRITTEN_BY;
pub(super) use workbook::worksheets;

/// The cells of a file, in memory.
#[derive(Debug, Clone)]
pub(super) enum Grid {
    /// A text, read again from its bytes each time.
    Separated(Separated),
    /// Rows that were copied out of another format.
    Table(Table),
}

impl Grid {
    /// Whether a quoted cell that goes on to the end has a mark that closes it.
    pub(super) fn ends_quoted(&self) -> bool {
        match self {
            Self::Separated(text) => text.ends_quoted(),
            Self::Table(_) => true,
        }
    }

    /// Whether it is a workbook that says that this program has written it.
    pub(super) const fn is_ours(&self) -> bool {
        match self {
            Self::Separated(_) => false,
            Self::Table(table) => table.is_ours,
        }
    }

    /// The rows from top to bottom, empty ones with them.
    pub(super) fn rows(&self) -> Rows<'_> {
        match self {
            Self::Separated(text) => Rows::Separated(text.rows()),
            Self::Table(table) => Rows::Table(table.rows()),
        }
    }
}

/// Reads rows one by one into the same record.
pub(super) enum Rows<'g> {
    Separated(separated::Rows<'g>),
    Table(table::Rows<'g>),
}

impl Rows<'_> {
    /// Fills the record with the next row and returns the line on which it stands.
    pub(super) fn next_into(&mut self, record: &mut StringRecord) -> Option<u64> {
        match self {
            Self::Separated(rows) => rows.next_into(record),
            Self::Table(rows) => rows.next_into(record),
        }
    }
}
