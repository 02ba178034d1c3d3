//! Orders as a workbook.

use rust_xlsxwriter::{DocProperties, Format, Workbook, Worksheet, XlsxError};

use super::cell::{Cell, with_code};
use super::columns::Column;
use super::layout::Layout;
use super::sheet::rows;
use crate::ledger::Order;
use crate::order::Money;
use crate::sheet::WRITTEN_BY;

/// Rows of one sheet with the headings: Excel takes no more.
const SHEET_ROWS: u32 = 1_048_576;
/// Characters of one cell.
const CELL_CHARS: usize = 32_767;

/// A workbook that is being written; the next sheet begins where one is full.
pub(super) struct Book {
    workbook: Workbook,
    formats: Formats,
    layout: Layout,
    columns: Vec<Column>,
    sheets: usize,
    next_row: u32,
}

struct Formats {
    heading: Format,
    day: Format,
    clock: Format,
    at: Format,
    /// By the number of decimals.
    money: [Format; 4],
}

impl Formats {
    fn new() -> Self {
        let number = |format: &str| Format::new().set_num_format(format);
        Self {
            heading: Format::new().set_bold(),
            day: number("yyyy-mm-dd"),
            clock: number("hh:mm:ss"),
            at: number("yyyy-mm-dd hh:mm:ss"),
            money: ["#,##0", "#,##0.0", "#,##0.00", "#,##0.000"].map(number),
        }
    }
}

impl Book {
    pub(super) fn new(layout: &Layout) -> Result<Self, XlsxError> {
        let (zone, columns) = (layout.zone, layout.columns.of(layout.rows));
        let layout = layout.clone();
        let (mut workbook, formats) = (Workbook::new(), Formats::new());
        let properties = DocProperties::new().set_comment(format!("Times of {zone}"));
        let (name, program) = WRITTEN_BY;
        let properties = properties.set_custom_property("Time zone", zone.name());
        workbook.set_properties(&properties.set_custom_property(name, program));
        let mut book = Self { workbook, formats, layout, columns, sheets: 0, next_row: 0 };
        book.begin_sheet()?;
        Ok(book)
    }

    fn begin_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name(if self.sheets == 1 {
            "Orders".to_owned()
        } else {
            format!("Orders {}", self.sheets)
        })?;
        sheet.set_freeze_panes(1, 0)?;
        for (column, heading) in (0..).zip(self.columns.iter().map(|column| column.heading)) {
            let width = if matches!(heading, "Product") { 40.0 } else { 20.0 };
            sheet.set_column_width(column, width)?;
            sheet.write_string_with_format(0, column, heading, &self.formats.heading)?;
        }
        self.next_row = 1;
        Ok(())
    }

    pub(super) fn add(&mut self, order: &Order) -> Result<(), XlsxError> {
        for row in rows(order, &self.layout, &self.columns) {
            if self.next_row >= SHEET_ROWS {
                self.begin_sheet()?;
            }
            let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
            for (column, cell) in (0..).zip(row) {
                write(sheet, (self.next_row, column), cell, &self.formats)?;
            }
            self.next_row += 1;
        }
        Ok(())
    }

    pub(super) fn save(
        mut self,
        out: impl std::io::Write + std::io::Seek + Send,
    ) -> Result<(), XlsxError> {
        self.workbook.save_to_writer(out)
    }
}

fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: Cell<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => return Ok(()),
        Cell::Text(text) => sheet.write_string(row, column, fitting(&text))?,
        Cell::Word(word) => sheet.write_string(row, column, word)?,
        Cell::Id(id) => sheet.write_string(row, column, id.to_string())?,
        Cell::Count(count) => sheet.write_number(row, column, number(&count.to_string()))?,
        Cell::ForeignMoney(money) => sheet.write_string(row, column, with_code(money))?,
        Cell::Money(money) => write_money(sheet, (row, column), money, formats)?,
        Cell::Day(day) => sheet.write_date_with_format(row, column, day, &formats.day)?,
        Cell::Clock(time) => sheet.write_time_with_format(row, column, time, &formats.clock)?,
        Cell::At(at) => {
            sheet.write_datetime_with_format(row, column, at.naive_local(), &formats.at)?
        }
    };
    Ok(())
}

fn write_money<'s>(
    sheet: &'s mut Worksheet,
    (row, column): (u32, u16),
    money: Money,
    formats: &Formats,
) -> Result<&'s mut Worksheet, XlsxError> {
    let decimal = money.decimal();
    let decimals = decimal.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    match formats.money.get(decimals) {
        Some(format) => sheet.write_number_with_format(row, column, number(&decimal), format),
        None => sheet.write_number(row, column, number(&decimal)),
    }
}

/// The number of a decimal text; a spreadsheet's numbers are of this kind.
fn number(decimal: &str) -> f64 {
    decimal.parse().unwrap_or_default()
}

/// As much of a text as a cell takes, counted as Excel counts.
fn fitting(text: &str) -> String {
    let mut units = 0;
    let fits = |character: &char| {
        units += character.len_utf16();
        units <= CELL_CHARS
    };
    text.chars().take_while(fits).collect()
}
