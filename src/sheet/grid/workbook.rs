//! The worksheets of a workbook as tables.

use std::io::Cursor;

use calamine::{Cell, DataRef, Reader, SheetVisible, Style, Xlsx, XlsxError};

use super::inflate;
use super::shown::{Format, number_text};
use super::table::{Builder, Full, Table};
use crate::sheet::limits::MAX_ROWS;
use crate::sheet::not_understood::Why;

/// The property by which a workbook of ours is known, and its value.
pub(crate) const WRITTEN_BY: (&str, &str) = ("Written by", "refract-ledger");

/// Columns that are looked at.
const MAX_COLUMNS: usize = 1_000;
/// The first day of the year 10,000, as a spreadsheet counts days.
const MAX_DAY: f64 = 2_958_466.0;

/// The visible worksheets with their names. Rows that the file leaves out between others are empty rows.
pub(in crate::sheet) fn worksheets(bytes: &[u8]) -> Result<Vec<(String, Table)>, Why> {
    let workbook = |reason: &str| Why::Workbook(reason.to_owned());
    inflate::check(bytes).map_err(workbook)?;
    // The library's faults are not to end more than this reading.
    std::panic::catch_unwind(|| tables(bytes)).map_err(|_| workbook("it is damaged"))?
}

fn tables(bytes: &[u8]) -> Result<Vec<(String, Table)>, Why> {
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let sheets = book.sheets_metadata().iter();
    let visible = sheets.filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let is_ours = inflate::is_ours(bytes);
    let mut tables = Vec::new();
    for name in names {
        match table(&mut book, &name) {
            Ok(table) => tables.push((name, table.written_here(is_ours))),
            // A sheet of charts has no cells.
            Err(Failed::Library(XlsxError::NotAWorksheet(_))) => {}
            Err(Failed::Library(error)) => return Err(broken(&error)),
            Err(Failed::Sentence(why)) => return Err(why),
        }
    }
    Ok(tables)
}

fn broken(error: &XlsxError) -> Why {
    match error {
        XlsxError::FileNotFound(_) | XlsxError::WorksheetNotFound(_) => {
            Why::OtherFormat("it is no XLSX workbook; save it as XLSX or CSV")
        }
        error => Why::Workbook(error.to_string()),
    }
}

enum Failed {
    Library(XlsxError),
    Sentence(Why),
}

impl From<XlsxError> for Failed {
    fn from(error: XlsxError) -> Self {
        Self::Library(error)
    }
}

impl From<Full> for Failed {
    fn from(Full: Full) -> Self {
        Self::Sentence(Why::Workbook(inflate::TOO_LARGE.to_owned()))
    }
}

fn table(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Table, Failed> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut rows = Copied { builder: Table::builder(), row: 0, next: 0, cells: Vec::new() };
    let format = |style: &Style| Format::of(&style.number_format.as_ref()?.format_code);
    let formats: Vec<Option<Format>> = reader.styles().iter().map(format).collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        rows.take(&cell, formats.get(style).and_then(Option::as_ref))?;
    }
    rows.end_row()?;
    Ok(rows.builder.finish())
}

/// The rows that were copied, and the one that is being copied.
struct Copied {
    builder: Builder,
    /// Of `cells`, from 0.
    row: u32,
    /// Behind the last row that was copied.
    next: u32,
    cells: Vec<String>,
}

impl Copied {
    fn take(&mut self, cell: &Cell<DataRef<'_>>, format: Option<&Format>) -> Result<(), Failed> {
        let (row, column) = cell.get_position();
        let value = cell.get_value();
        let text = text(value);
        let shown = number(value).and_then(|number| format?.shown(number, &text));
        let text = shown.unwrap_or(text);
        if text.is_empty() {
            return Ok(());
        }
        if row < self.row {
            return Err(Failed::Sentence(Why::Workbook("its rows are in disorder".to_owned())));
        }
        if row > self.row {
            self.end_row()?;
            self.row = row;
        }
        let column = column as usize;
        if column >= MAX_COLUMNS {
            return Ok(());
        }
        if column >= self.cells.len() {
            self.cells.resize(column + 1, String::new());
        }
        if let Some(cell) = self.cells.get_mut(column) {
            *cell = text;
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Failed> {
        if self.cells.is_empty() {
            return Ok(());
        }
        let rows = self.builder.rows() as u64 + u64::from(self.row - self.next);
        if rows > MAX_ROWS {
            return Err(Failed::Sentence(Why::too_many_rows()));
        }
        for empty in self.next..self.row {
            self.builder.push(u64::from(empty) + 1, [""].into_iter())?;
        }
        self.builder.push(u64::from(self.row) + 1, self.cells.iter().map(String::as_str))?;
        self.cells.clear();
        self.next = self.row + 1;
        Ok(())
    }
}

fn number(value: &DataRef<'_>) -> Option<f64> {
    match value {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a spreadsheet's numbers have no more digits than this one keeps"
        )]
        DataRef::Int(number) => Some(*number as f64),
        DataRef::Float(number) => Some(*number),
        _ => None,
    }
}

/// A cell as a person would type it, so that what reads texts reads workbooks too.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::SharedString(text) => no_formula(text),
        DataRef::Bool(value) => value.to_string(),
        DataRef::String(text) => no_formula(text),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(at) if at.is_duration() || at.as_f64() < 1.0 => {
            let milliseconds = (at.as_f64().rem_euclid(1.0) * 86_400_000.0).round();
            clock_text(milliseconds)
        }
        DataRef::DateTime(at) if at.as_f64() < MAX_DAY => at.as_datetime().map_or_else(
            || number_text(at.as_f64()),
            |at| match at.time() {
                chrono::NaiveTime::MIN => at.date().to_string(),
                time => format!("{}T{}", at.date(), time.format("%H:%M:%S")),
            },
        ),
        DataRef::DateTime(at) => number_text(at.as_f64()),
    }
}

/// A text as somebody types it who means no formula: of formulas a workbook keeps the values. `="12"` is one that
/// was taken over from a CSV.
fn no_formula(text: &str) -> String {
    let begun = text.trim_start();
    let bare = begun.trim_start_matches('\'');
    // An apostrophe that is a part of the text is not the one that guards it.
    let is_guarded = bare.len() < begun.len();
    let is_formula = match bare.strip_prefix('=') {
        Some(formula) => is_guarded || !formula.trim_start().starts_with('"'),
        None => is_guarded && bare.starts_with('@'),
    };
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

/// The time of a day so many milliseconds after midnight, in whole seconds: what has begun of the next one is no
/// whole one.
fn clock_text(milliseconds: f64) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most 86,400,000"
    )]
    let seconds = milliseconds as u32 / 1_000;
    let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(seconds % 86_400, 0);
    time.unwrap_or_default().format("%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_in_whole_seconds_that_have_passed() {
        let of = |hour: f64, minute: f64, second: f64| {
            let at = (hour * 3_600.0 + minute * 60.0 + second) / 86_400.0;
            clock_text((at * 86_400_000.0).round())
        };
        assert_eq!(of(14.0, 3.0, 0.0), "14:03:00");
        assert_eq!(of(23.0, 59.0, 59.938), "23:59:59");
        for second in 0..60 {
            assert_eq!(of(7.0, 7.0, f64::from(second)), format!("07:07:{second:02}"));
        }
    }

    #[test]
    fn a_text_of_a_workbook_is_no_formula() {
        for (cell, typed) in [
            ("=1+1", "'=1+1"),
            (" =A1", "' =A1"),
            ("=\"0012\"", "=\"0012\""),
            ("'90s", "'90s"),
            ("'=x", "''=x"),
        ] {
            assert_eq!(text(&DataRef::SharedString(cell)), typed);
            assert_eq!(text(&DataRef::String(cell.to_owned())), typed);
        }
    }

    #[test]
    fn what_is_no_workbook_is_one_sentence() {
        let bytes = super::inflate::tests::archive(&[("readme.txt", b"no workbook")]);
        assert!(matches!(worksheets(&bytes), Err(Why::OtherFormat(_))));
    }
}
