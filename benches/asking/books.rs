//! Questions about the books, and a sheet of many rows: read, previewed, applied and taken back, while people look.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono_tz::Tz;
use refract_ledger::ledger::{BulkRequest, Ledger, OrderFilter, SheetFile};
use refract_ledger::order::period::Period;
use refract_ledger::sheet::{self, Kind, Options};

use crate::clock::Clock;
use crate::orders::{self, GUILD};
use crate::questions::of;

/// Rows of the sheet: the most that one batch takes.
const ROWS: u64 = 100_000;
/// Between two looks at the list of orders.
const BETWEEN_LOOKS: Duration = Duration::from_millis(5);

pub(crate) async fn questions(ledger: &Ledger, clock: &Clock) -> anyhow::Result<()> {
    let tolerance = "1.00".parse().ok().context("an amount")?;
    clock
        .time("what is open", async |_| {
            let open = ledger.open_orders(GUILD, tolerance).await?;
            Ok(open.values().map(|line| line.orders).sum::<i64>())
        })
        .await?;
    let month = of(Period::LastMonth);
    clock
        .time("what the orders of last month came to", async |_| {
            Ok(ledger.book_stats(GUILD, &month).await?.placed)
        })
        .await
}

/// A tracking list of a tenth of the orders, or of as many as a batch takes.
pub(crate) async fn sheet(ledger: &Ledger, count: u64) -> anyhow::Result<()> {
    let rows = ROWS.min(count / 10);
    // SQL has set what groups say of nine in ten: a sheet would take that back. These it has left as they were.
    let order = |number: u64| orders::order_number(number * 10 + 9);
    let row = |number: u64| format!("{},1Z{number:016}\n", order(number));
    let text = format!("order,tracking\n{}", (0..rows).map(row).collect::<String>());
    let begun = Instant::now();
    let sheet = sheet::read(Kind::Track, "list.csv", text.into_bytes(), &Options::default());
    let sheet = sheet.ok().context("a sheet that is understood")?;
    println!("a sheet of {rows} rows: read in {:.1} s", begun.elapsed().as_secs_f64());
    let request = BulkRequest {
        guild: GUILD,
        kind: Kind::Track,
        files: vec![SheetFile { name: "list.csv".to_owned(), sha256: String::new(), sheet }],
        status: None,
        anyway: false,
        user: None,
        zone: Tz::UTC,
    };
    looking(ledger, "previewed", ledger.preview_sheet(&request)).await?;
    let applied = looking(ledger, "applied", ledger.apply_sheet(&request)).await?;
    let batch = applied.batch.context("a batch")?;
    looking(ledger, "taken back", ledger.undo_batch(None, batch, None)).await?;
    Ok(())
}

/// Does it, and tells how long it took, and a look at the latest orders meanwhile.
async fn looking<T>(
    ledger: &Ledger,
    what: &str,
    work: impl Future<Output = anyhow::Result<T>>,
) -> anyhow::Result<T> {
    let is_done = AtomicBool::new(false);
    let looks = async {
        let mut taken = Vec::new();
        let filter = OrderFilter { guild: Some(GUILD), ..OrderFilter::default() };
        while !is_done.load(Ordering::Relaxed) {
            let begun = Instant::now();
            ledger.list_orders(GUILD, None, &filter, 10, 0).await?;
            taken.push(begun.elapsed());
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        anyhow::Ok(taken)
    };
    let begun = Instant::now();
    let work = async {
        let result = work.await;
        is_done.store(true, Ordering::Relaxed);
        (result, begun.elapsed())
    };
    let ((result, took), looks) = tokio::join!(work, looks);
    let mut looks = looks?;
    looks.sort_unstable();
    let p99 = looks.get(looks.len() * 99 / 100).copied().unwrap_or_default().as_secs_f64() * 1e3;
    println!("  {what} in {:.1} s; a look meanwhile: p99 {p99:.1} ms", took.as_secs_f64());
    result
}
