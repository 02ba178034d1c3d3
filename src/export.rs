//! Orders as files: CSV for spreadsheets, JSON for programs. Row by row, so that a million orders
//! take no more memory than ten.

use std::io::Write;

use anyhow::Context;
use futures::{Stream, StreamExt};

use crate::ledger::Order;

mod json;
mod sheet;

/// Writes the orders as CSV: the 23 columns of the spreadsheet first, then what else is known.
/// Returns how many there were.
///
/// # Errors
/// When an order cannot be read or a row not be written.
pub async fn csv(
    orders: impl Stream<Item = anyhow::Result<Order>>,
    out: impl Write,
) -> anyhow::Result<u64> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(sheet::HEADINGS).context("write the headings")?;
    let mut orders = std::pin::pin!(orders);
    let mut count = 0;
    while let Some(order) = orders.next().await {
        writer.write_record(sheet::row(&order?)).context("write an order")?;
        count += 1;
    }
    writer.flush().context("write the last orders")?;
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
