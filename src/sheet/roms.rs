//! The table of orders of a `roms_v2.db` as a sheet.

use super::grid::{Grid, Table, TableBuilder};
use super::limits::MAX_ROWS;
use super::not_understood::{NotUnderstood, Why};
use super::options::{Kind, Options};
use super::read::{Sheet, of_grid};
use crate::files::text_of;

/// The rows of the table `orders` in a `roms_v2.db`, handed over by whoever opens the database.
#[derive(Debug)]
pub struct RomsRows {
    table: TableBuilder,
    is_full: bool,
}

impl RomsRows {
    /// Begins with the names of the columns.
    pub fn new(columns: &[&str]) -> Self {
        let mut table = Table::builder();
        let is_full = table.push(0, columns.iter().copied()).is_err();
        Self { table, is_full }
    }

    /// A text of the database that is no UTF-8: SQLite takes any bytes. It is read as one of a file is.
    pub fn text_of(bytes: &[u8]) -> String {
        text_of(bytes)
    }

    /// Takes a row: one value for each column, as SQLite writes it as text; empty for NULL.
    pub fn push(&mut self, rowid: u64, values: &[&str]) {
        if !self.is_full && self.table.rows() as u64 <= MAX_ROWS + 1 {
            self.is_full = self.table.push(rowid, values.iter().copied()).is_err();
        }
    }

    /// Understands them as an `orders` sheet whose lines are the rowids.
    ///
    /// # Errors
    /// As [`crate::sheet::read()`].
    pub fn read(self, file: &str, options: &Options) -> Result<Sheet, NotUnderstood> {
        let failed = |why| NotUnderstood { file: file.to_owned(), why };
        if self.is_full {
            return Err(failed(Why::TooLarge("128 MiB".to_owned())));
        }
        let grid = Grid::Table(self.table.finish());
        of_grid(Kind::Orders, grid, options).map_err(|(why, _)| failed(why))
    }
}
