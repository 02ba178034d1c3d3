//! Questions to a ledger with a million orders, while checkouts come in: how long each takes, what it
//! costs in memory, how fast the export and a large sheet are, and what an order takes on disk.
//!
//! The orders are made by ingest itself, a message each, spread over two years; then SQL gives most of the
//! older ones a later status, as marks would. `cargo bench --bench asking`, or with another number of
//! orders: `-- 100000`, or only the questions that hold a word: `-- CSV`. With `ASKING_DATABASE` set the
//! database is made there, and used again. Each figure is printed beside its goal, and a last line counts those that
//! miss theirs; with `ASKING_SLOW` set goals are those of a machine that is half as fast. Linux only, since it reads
//! /proc.

mod books;
mod clock;
mod orders;
mod questions;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use refract_ledger::ingest::Ingest;
use refract_ledger::ledger::Ledger;
use refract_ledger::reading::Labels;

const ORDERS: u64 = 1_000_000;
const DAYS: i64 = 730;
/// Messages that are handed in together.
const CHUNK: u64 = 4_096;
/// Set for the child that asks, so that its memory is its own: the database.
const ASK: &str = "ASKING_CHILD";
/// Where the database is made and kept.
const KEPT: &str = "ASKING_DATABASE";

fn main() -> anyhow::Result<()> {
    let count = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(ORDERS);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    if let Ok(path) = std::env::var(ASK) {
        return runtime.block_on(questions::ask(Path::new(&path), count, wanted()));
    }
    let folder = tempfile::tempdir()?;
    let kept = std::env::var(KEPT).ok().map(PathBuf::from);
    let path = kept.unwrap_or_else(|| folder.path().join("ledger.db"));
    if !path.exists() {
        runtime.block_on(fill(&path, count))?;
        age(&path)?;
    }
    sizes(&path, count)?;
    drop(runtime);
    let child = Command::new(std::env::current_exe()?)
        .args(std::env::args().skip(1))
        .env(ASK, &path)
        .status()
        .context("start the child that asks")?;
    ensure!(child.success(), "the child failed");
    Ok(())
}

/// A word of the questions that are asked; empty: all of them.
fn wanted() -> String {
    let words = std::env::args().skip(1).filter(|word| !word.starts_with("--"));
    words.filter(|word| word.parse::<u64>().is_err()).collect()
}

/// When a checkout happened: they are spread evenly, up to now.
fn at(number: u64, count: u64) -> DateTime<Utc> {
    let span = TimeDelta::days(DAYS).num_milliseconds();
    let step = span / i64::try_from(count).unwrap_or(1).max(1);
    let back = i64::try_from(count.saturating_sub(number)).unwrap_or_default() * step;
    Utc::now() - TimeDelta::milliseconds(back)
}

async fn fill(path: &Path, count: u64) -> anyhow::Result<()> {
    let ledger = Ledger::open(path).await?;
    let ingest = Ingest::start(ledger.clone(), Labels::built_in())?;
    let begun = Instant::now();
    let mut next = 0;
    while next < count {
        let chunk = next..count.min(next + CHUNK);
        next = chunk.end;
        let messages = chunk.map(|number| orders::checkout(number, at(number, count))).collect();
        ingest.submit_all(messages).await.ok().context("the queue closed")?;
    }
    ingest.close().await;
    ledger.close().await;
    println!("{count} messages taken in, in {:.0} s", begun.elapsed().as_secs_f64());
    Ok(())
}

/// Most orders older than a month have arrived, and a group has counted and paid them; a few were cancelled or
/// refunded.
fn age(path: &Path) -> anyhow::Result<()> {
    let database = rusqlite::Connection::open(path)?;
    database.execute_batch(
        "UPDATE orders SET status = CASE id % 20 WHEN 0 THEN 'cancelled' WHEN 1 THEN 'refunded'
             WHEN 2 THEN 'shipped' WHEN 3 THEN 'sold' ELSE 'delivered' END
         WHERE ordered_at < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-30 days');
         UPDATE orders SET qty_received = quantity, group_status = 'VERIFIED', payout_minor = total_minor + 100
         WHERE status = 'delivered' AND id % 10 > 0;
         PRAGMA wal_checkpoint(TRUNCATE)",
    )?;
    Ok(())
}

/// Bytes on disk, by table and index.
fn sizes(path: &Path, count: u64) -> anyhow::Result<()> {
    let database = rusqlite::Connection::open(path)?;
    let mut statement = database.prepare(
        "SELECT CASE WHEN name LIKE 'order_search%' THEN 'index of words' ELSE name END,
                sum(pgsize) FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 12",
    )?;
    let rows =
        statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
    println!("bytes an order:");
    for row in rows {
        let (name, bytes) = row?;
        println!("  {:>4} {name}", bytes / i64::try_from(count)?);
    }
    Ok(())
}
