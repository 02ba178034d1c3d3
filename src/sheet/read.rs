//! From the bytes of a file to its rows.

use super::field::Field;
use super::line::Line;
use super::not_understood::{NotUnderstood, Why};
use super::options::{Kind, Options};

/// Bytes of a file, at the most: whoever opens one need not read more.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Rows of a file, at the most.
pub const MAX_ROWS: u64 = 500_000;

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading, as written.
    pub heading: String,
    /// `None`: it is not read.
    pub field: Option<Field>,
}

/// A file that was understood.
#[derive(Debug, Clone)]
pub struct Sheet {
    kind: Kind,
    columns: Vec<Column>,
    fingerprint: String,
    rows: u64,
}

impl Sheet {
    /// What it was read as.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Its columns from left to right; none in a plain list of numbers.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The same for each file with these headings; under it a map of columns can be remembered.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// How many lines [`Self::lines`] hands out, those that are ignored with them.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// The rows below the headings from top to bottom, each time anew.
    pub fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        std::iter::empty()
    }
}

/// Understands a file. `file`: its name without folders, for sentences; what the file is, its bytes tell.
///
/// # Errors
/// When the file as a whole cannot be read; rows that cannot are lines of the sheet.
pub fn read(
    kind: Kind,
    file: &str,
    _bytes: Vec<u8>,
    _options: &Options,
) -> Result<Sheet, NotUnderstood> {
    let _ = kind;
    Err(NotUnderstood { file: file.to_owned(), why: Why::Empty })
}

/// The rows of the table `orders` in a `roms_v2.db`; whoever opens it hands its columns and rows over.
#[derive(Debug)]
pub struct RomsTable {
    fields: Vec<Option<Field>>,
}

impl RomsTable {
    /// What the columns mean, by their names.
    ///
    /// # Errors
    /// When there is no column `order_number`.
    pub fn new(_file: &str, columns: &[&str]) -> Result<Self, NotUnderstood> {
        Ok(Self { fields: columns.iter().map(|_| None).collect() })
    }

    /// What a row says; one value for each column, as text. Numbers as SQLite writes them.
    pub fn line(&self, rowid: u64, _values: &[Option<&str>]) -> Option<Line> {
        let _ = (&self.fields, rowid);
        None
    }
}
