//! Orders as files that may not grow beyond a limit: as many as it takes.

use anyhow::{Context, bail};
use futures::{StreamExt, TryStreamExt};
use tokio::runtime::Handle;

use super::{Format, Layout, Limited};
use crate::ledger::{ExportPlace, Ledger, OrderFilter};

/// Orders that are tried in one file at first; a workbook tells only when it is packed whether it fits.
const FIRST_ORDERS: usize = 100_000;

/// The files of an export, one after the other: only one of them is in memory.
#[derive(Debug)]
pub struct Parts {
    ledger: Ledger,
    filter: OrderFilter,
    format: Format,
    layout: Layout,
    limit: u64,
    /// Orders that are tried in one file.
    orders: usize,
    behind: Option<ExportPlace>,
    ended: bool,
}

/// One file.
#[derive(Debug)]
pub struct Part {
    /// What it holds.
    pub bytes: Vec<u8>,
    /// How many orders.
    pub orders: usize,
    /// Whether no other follows.
    pub is_last: bool,
}

/// What was written, if it fits, and the last order that was.
struct Written {
    bytes: Option<Vec<u8>>,
    orders: usize,
    last: Option<ExportPlace>,
}

impl Parts {
    /// The orders that match as files of at most `limit` bytes each.
    pub fn new(
        ledger: Ledger,
        filter: OrderFilter,
        (format, layout): (Format, Layout),
        limit: u64,
    ) -> Self {
        let orders = FIRST_ORDERS;
        Self { ledger, filter, format, layout, limit, orders, behind: None, ended: false }
    }

    /// The next file; the first one also where no order matches. `None`: that were all.
    ///
    /// # Errors
    /// When an order cannot be read, or does not even fit into a file alone.
    pub async fn next(&mut self) -> anyhow::Result<Option<Part>> {
        while !self.ended {
            let Written { bytes, orders, last } = self.write().await?;
            let Some(bytes) = bytes else {
                self.orders = orders * 3 / 4;
                if self.orders == 0 {
                    bail!("an order does not fit into a file of {} bytes", self.limit);
                }
                continue;
            };
            self.behind = last;
            self.ended = orders < self.orders || !self.has_more().await?;
            return Ok(Some(Part { bytes, orders, is_last: self.ended }));
        }
        Ok(None)
    }

    async fn has_more(&self) -> anyhow::Result<bool> {
        let rest = self.ledger.export_orders_behind(&self.filter, self.behind.clone());
        Ok(std::pin::pin!(rest).try_next().await?.is_some())
    }

    /// Writing takes a thread of its own: packing a workbook would hold up the others.
    async fn write(&self) -> anyhow::Result<Written> {
        let orders = self.ledger.export_orders_behind(&self.filter, self.behind.clone());
        let (how, limit, most) = ((self.format, self.layout.clone()), self.limit, self.orders);
        let runtime = Handle::current();
        let write = move || runtime.block_on(write(orders.take(most), how, limit));
        tokio::task::spawn_blocking(write).await.context("wait for the export")?
    }
}

async fn write(
    orders: impl futures::Stream<Item = anyhow::Result<crate::ledger::Order>>,
    (format, layout): (Format, Layout),
    limit: u64,
) -> anyhow::Result<Written> {
    // A workbook is packed at the end: whether it fits is seen then.
    let mut out = Limited::new(if format == Format::Xlsx { u64::MAX } else { limit });
    let (mut count, mut last) = (0, None);
    let orders = orders.inspect_ok(|order| {
        count += 1;
        last = Some(ExportPlace::of(order));
    });
    let written = match format {
        Format::Xlsx => super::xlsx(orders, &layout, &mut out).await,
        Format::Csv => super::csv(orders, &layout, &mut out).await,
        Format::Json => super::json(orders, &mut out).await,
    };
    if out.overflowed() {
        return Ok(Written { bytes: None, orders: count, last });
    }
    written?;
    let bytes = Some(out.into_bytes()).filter(|bytes| bytes.len() as u64 <= limit);
    Ok(Written { bytes, orders: count, last })
}
