//! Orders as files: CSV and XLSX for spreadsheets, JSON for programs. Row by row, so that a million orders
//! take no more memory than ten.

use std::io::{Seek, Write};

use anyhow::Context;
use futures::{Stream, StreamExt};

use crate::ledger::Order;

mod cell;
mod columns;
mod json;
mod layout;
mod limited;
mod parts;
mod sheet;
mod xlsx;

pub(crate) use cell::Cell;
pub use columns::{Columns, NoSuchColumn};
pub use layout::{Layout, Rows};
use limited::Limited;
pub use parts::{Part, Parts};

/// The format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A workbook.
    Xlsx,
    /// For any spreadsheet.
    Csv,
    /// For programs.
    Json,
}

impl Format {
    /// All of them, as people are offered them.
    pub const ALL: [Self; 3] = [Self::Xlsx, Self::Csv, Self::Json];

    /// The format that a file of this name is of, by its ending.
    pub fn of_name(path: &std::path::Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.as_str().eq_ignore_ascii_case(ending))
    }

    /// The ending of a file's name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// What tells Excel that a CSV is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Writes the orders as CSV: the 23 columns of the spreadsheet first, then what else is known.
/// Returns how many there were.
///
/// # Errors
/// When an order cannot be read or a row not be written.
pub async fn csv(
    orders: impl Stream<Item = anyhow::Result<Order>>,
    layout: &Layout,
    mut out: impl Write,
) -> anyhow::Result<u64> {
    if layout.byte_order_mark {
        out.write_all(BYTE_ORDER_MARK).context("write the byte order mark")?;
    }
    let mut writer = csv::WriterBuilder::new().delimiter(layout.separator).from_writer(out);
    let columns = layout.columns.of(layout.rows);
    let headings = columns.iter().map(|column| column.heading);
    writer.write_record(headings).context("write the headings")?;
    let mut orders = std::pin::pin!(orders);
    let mut count = 0;
    while let Some(order) = orders.next().await {
        let order = order?;
        for row in sheet::rows(&order, layout, &columns) {
            for cell in &row {
                writer.write_field(&*cell.csv(layout.numbers_for_excel)).context("write a cell")?;
            }
            writer.write_record(None::<&[u8]>).context("end a row")?;
        }
        count += 1;
    }
    writer.flush().context("write the last orders")?;
    Ok(count)
}

/// Writes the orders as a workbook: the columns of [`csv()`], money, counts and times as such, and all
/// else as text that is never a formula. The zone of the times stands in its properties. Rows go through
/// a temporary file. Returns how many orders there were.
///
/// # Errors
/// As [`csv()`].
pub async fn xlsx(
    orders: impl Stream<Item = anyhow::Result<Order>>,
    layout: &Layout,
    out: impl Write + Seek + Send,
) -> anyhow::Result<u64> {
    let mut book = xlsx::Book::new(layout)?;
    let mut orders = std::pin::pin!(orders);
    let mut count = 0;
    while let Some(order) = orders.next().await {
        book.add(&order?).context("write an order")?;
        count += 1;
    }
    book.save(out).context("write the workbook")?;
    Ok(count)
}

/// Writes the orders as one JSON array: the columns of the table `orders` by name, money as decimal
/// strings, Discord's ids as strings, and the items. Returns how many there were.
///
/// # Errors
/// As [`csv()`].
pub async fn json(
    orders: impl Stream<Item = anyhow::Result<Order>>,
    mut out: impl Write,
) -> anyhow::Result<u64> {
    let mut orders = std::pin::pin!(orders);
    let mut count = 0;
    out.write_all(b"[").context("write the beginning")?;
    while let Some(order) = orders.next().await {
        out.write_all(if count == 0 { b"\n" } else { b",\n" }).context("write an order")?;
        serde_json::to_writer(&mut out, &json::Row::of(&order?)).context("write an order")?;
        count += 1;
    }
    out.write_all(b"\n]\n").context("write the end")?;
    out.flush().context("write the last orders")?;
    Ok(count)
}
