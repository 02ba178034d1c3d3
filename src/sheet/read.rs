//! From the bytes of a file to its rows.

mod without_headings;

use csv::StringRecord;

use super::cells::{Cells, Settled, Votes, is_empty};
use super::field::Column;
use super::format;
use super::grid::{self, Grid, Separated, Table};
use super::headings::{self, Columns, Found, Meaning};
use super::limits::{MAX_BYTES, MAX_ROWS};
use super::line::{Line, Named, Refusal, What};
use super::not_understood::{NotUnderstood, Why};
use super::options::{Kind, Options};
use super::says;
use crate::files::text_of;
use without_headings::without_headings;

/// A file that was understood.
#[derive(Debug, Clone)]
pub struct Sheet {
    grid: Grid,
    /// How many rows stand above the data, the headings with them.
    above: usize,
    /// `None`: a plain list of numbers.
    columns: Option<Columns>,
    settled: Settled,
    /// Rows that were read before, in the place of the grid's.
    noted: Vec<Line>,
    rows: u64,
    /// What somebody said that its columns are.
    said: Vec<(String, String)>,
}

impl Sheet {
    /// A sheet of rows that were read before, without its headings.
    pub fn of_lines(lines: Vec<Line>) -> Self {
        let (grid, settled) = (Grid::Table(Table::default()), Settled::default());
        let rows = lines.len() as u64;
        Self { grid, above: 0, columns: None, settled, noted: lines, rows, said: Vec::new() }
    }

    /// Its columns from left to right; none in a plain list of numbers.
    pub fn columns(&self) -> &[Column] {
        self.columns.as_ref().map_or(&[], |columns| &columns.list)
    }

    /// The headings of columns that are not read, from left to right; none where the whole layout is known, and what is
    /// left out is left out on purpose.
    pub fn unread(&self) -> impl Iterator<Item = &str> {
        let by_names = |meaning: Meaning| matches!(meaning, Meaning::Names | Meaning::Places);
        let columns = self.columns.iter().filter(move |columns| by_names(columns.meaning));
        let unread =
            columns.flat_map(|columns| &columns.list).filter(|column| column.field.is_none());
        unread.map(|column| column.heading.as_str()).filter(|heading| !heading.is_empty())
    }

    /// The same for each file with these headings; under it a map of columns can be remembered. `None`: it has no
    /// headings.
    pub fn fingerprint(&self) -> Option<String> {
        let columns = self.columns.as_ref();
        columns.filter(|columns| columns.meaning != Meaning::Places).map(Columns::fingerprint)
    }

    /// The headings that somebody had to say the meaning of, with the words of the fields; none where the headings
    /// speak for themselves.
    pub fn said(&self) -> &[(String, String)] {
        &self.said
    }

    /// How many lines [`Self::lines`] hands out, those that are ignored with them.
    pub const fn rows(&self) -> u64 {
        self.rows
    }

    /// The rows below the headings from top to bottom, each time anew.
    pub fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        let (mut rows, mut record) = (self.grid.rows(), StringRecord::new());
        for _ in 0..self.above {
            rows.next_into(&mut record);
        }
        let read = std::iter::from_fn(move || {
            let line = rows.next_into(&mut record)?;
            Some(match &self.columns {
                None => says::numbers(&record, line),
                Some(columns) => {
                    let (settled, record) = (&self.settled, &record);
                    let (is_text, is_ours) = (self.is_text(), self.grid.is_ours());
                    let cells = Cells { columns, settled, record, is_text, is_ours };
                    let mut what = says::what(&cells);
                    if matches!(what, What::Says(_)) && self.is_shifted(columns, record) {
                        what = What::Refused(Refusal::MoreCells);
                    }
                    let is_refused = matches!(what, What::Refused(_));
                    let named = if is_refused { says::named(&cells) } else { Named::default() };
                    vec![Line { line, what, named, others: says::others(&cells) }]
                }
            })
        });
        self.noted.iter().cloned().chain(read.flatten())
    }

    const fn is_text(&self) -> bool {
        matches!(self.grid, Grid::Separated(_))
    }

    /// Whether a row of a text fills cells that have no heading: which cell belongs to which cannot be told.
    fn is_shifted(&self, columns: &Columns, record: &StringRecord) -> bool {
        let by_names = columns.meaning != Meaning::Places;
        self.is_text()
            && by_names
            && record.iter().skip(columns.list.len()).any(|cell| !is_empty(cell))
    }
}

/// Understands a file. `file`: its name without folders, for sentences; what the file is, its bytes tell.
///
/// # Errors
/// When the file as a whole cannot be read; rows that cannot are lines of the sheet.
pub fn read(
    kind: Kind,
    file: &str,
    bytes: Vec<u8>,
    options: &Options,
) -> Result<Sheet, NotUnderstood> {
    understand(kind, bytes, options).map_err(|why| NotUnderstood { file: file.to_owned(), why })
}

fn understand(kind: Kind, bytes: Vec<u8>, options: &Options) -> Result<Sheet, Why> {
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Why::TooLarge("64 MiB".to_owned()));
    }
    if bytes.starts_with(b"PK") {
        return of_workbook(kind, &bytes, options);
    }
    if let Some(told) = format::of_bytes(&bytes) {
        return Err(Why::OtherFormat(told));
    }
    let text = text_of(&bytes);
    drop(bytes);
    if let Some(told) = format::of_text(&text) {
        return Err(Why::OtherFormat(told));
    }
    if kind == Kind::Orders && text.trim_start().starts_with(['[', '{']) {
        return of_grid(kind, Grid::Table(grid::json_table(&text)?), options)
            .map_err(|(why, _)| why);
    }
    of_text(kind, text, options)
}

/// Tries each separator: the right one is that by which the headings are found, else the one that parts the best
/// row into the most columns.
fn of_text(kind: Kind, text: String, options: &Options) -> Result<Sheet, Why> {
    let mut text = Separated::new(text);
    if let Some(named) = text.named_separator() {
        text.separate_by(named);
        return of_grid(kind, Grid::Separated(text), options).map_err(|(why, _)| why);
    }
    let mut best: Option<(Why, usize)> = None;
    let mut grid = Grid::Separated(text);
    for separator in Separated::SEPARATORS {
        if let Grid::Separated(text) = &mut grid {
            text.separate_by(separator);
        }
        match headings::find(kind, &grid, options) {
            Ok(found) => return sheet(grid, found, options),
            Err((why, worth)) => {
                if best.as_ref().is_none_or(|(_, most)| worth > *most) {
                    best = Some((why, worth));
                }
            }
        }
    }
    let failed = best.unwrap_or((Why::Empty, 0));
    without_headings(kind, grid, options, failed).map_err(|(why, _)| why)
}

fn of_workbook(kind: Kind, bytes: &[u8], options: &Options) -> Result<Sheet, Why> {
    let mut understood: Vec<(String, Sheet)> = Vec::new();
    let mut best: Option<(Why, usize)> = None;
    for (name, table) in grid::worksheets(bytes)? {
        match of_grid(kind, Grid::Table(table), options) {
            Ok(sheet) => understood.push((name, sheet)),
            Err((why, worth)) => {
                if best.as_ref().is_none_or(|(_, most)| worth > *most) {
                    best = Some((why, worth));
                }
            }
        }
    }
    if understood.len() > 1 {
        return Err(Why::SeveralWorksheets(understood.into_iter().map(|(name, _)| name).collect()));
    }
    let sheet = understood.pop().map(|(_, sheet)| sheet);
    sheet.ok_or_else(|| best.map_or(Why::Empty, |(why, _)| why))
}

pub(super) fn of_grid(kind: Kind, grid: Grid, options: &Options) -> Result<Sheet, (Why, usize)> {
    match headings::find(kind, &grid, options) {
        Ok(found) => sheet(grid, found, options).map_err(|why| (why, usize::MAX)),
        Err(failed) => without_headings(kind, grid, options, failed),
    }
}

/// Looks at all rows once: how many they are, and what they settle together.
fn sheet(grid: Grid, found: Found, options: &Options) -> Result<Sheet, Why> {
    let Found { rows: above, columns } = found;
    let (mut votes, mut rows, mut last) = (Votes::default(), 0, None);
    let (mut all, mut record) = (grid.rows(), StringRecord::new());
    for _ in 0..above {
        all.next_into(&mut record);
    }
    while let Some(line) = all.next_into(&mut record) {
        rows += 1;
        if rows > MAX_ROWS {
            return Err(Why::too_many_rows());
        }
        votes.take(&columns, (&record, matches!(grid, Grid::Separated(_))), line);
        last = record.iter().next_back().filter(|cell| cell.contains('\n')).map(|_| line);
    }
    drop(all);
    if let Some(line) = last.filter(|_| !grid.ends_quoted()) {
        return Err(Why::OpenQuotation(line));
    }
    let settled = votes.settle(&columns, options)?;
    let (noted, said) = (Vec::new(), options.map.clone());
    Ok(Sheet { grid, above, columns: Some(columns), settled, noted, rows, said })
}

fn list(grid: Grid, above: usize) -> Result<Sheet, Why> {
    let (settled, noted, said) = (Settled::default(), Vec::new(), Vec::new());
    let sheet = Sheet { grid, above, columns: None, settled, noted, rows: 0, said };
    let most = usize::try_from(MAX_ROWS).unwrap_or(usize::MAX);
    let rows = sheet.lines().take(most + 1).count() as u64;
    if rows > MAX_ROWS { Err(Why::too_many_rows()) } else { Ok(Sheet { rows, ..sheet }) }
}
