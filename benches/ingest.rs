//! Ingest of Refract messages into a fresh database, durable, beside the same rows written by bare
//! prepared statements: how much of what SQLite can take on one thread is left after reading,
//! redacting, compressing and sqlx.
//!
//! `cargo bench --bench ingest`, or with another number of messages: `-- 50000`.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use refract_ledger::ids::{ChannelId, GuildId, MessageId};
use refract_ledger::ingest::{HandedIn, Ingest};
use refract_ledger::ledger::Ledger;
use refract_ledger::reading::{Labels, Message};
use refract_ledger::refract::{Event, payload};
use refract_ledger::verdict::{Incoming, Via};
use rusqlite::types::Value;
use serde_json::json;

const MESSAGES: usize = 20_000;
const ROUNDS: usize = 5;
/// How many times as fast as the floor ingest is to be.
const GOAL: f64 = 1.3;
/// As many as the writer commits at once.
const BATCH: usize = 256;
const TABLES: [&str; 5] = ["deliveries", "orders", "order_items", "order_messages", "order_events"];

/// What one run took.
#[derive(Clone, Copy)]
struct Taken {
    wall: Duration,
    cpu: Duration,
}

fn main() -> anyhow::Result<()> {
    let count = std::env::args().find_map(|argument| argument.parse().ok());
    let messages = messages(count.unwrap_or(MESSAGES))?;
    let folder = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let first = folder.path().join("first.db");
    runtime.block_on(ingest(&first, messages.clone()))?;
    let rows = rows_of(&first)?;
    println!(
        "{} messages, medians of {ROUNDS} rounds, database in {}",
        messages.len(),
        folder.path().display()
    );
    let (mut ours, mut floor) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let path = folder.path().join(format!("floor-{round}.db"));
        runtime.block_on(create(&path))?;
        floor.push(write_rows(&path, &rows)?);
        let path = folder.path().join(format!("ingest-{round}.db"));
        ours.push(runtime.block_on(ingest(&path, messages.clone()))?);
    }
    let floor =
        report("floor: rusqlite, prepared, 256 messages a transaction", &floor, messages.len());
    let ours = report("ingest: read, redact, compress, store", &ours, messages.len());
    let verdict = if ours / floor < GOAL { "MISSED" } else { "reached" };
    println!("beside the floor: {:.2} times as fast, goal {GOAL} times: {verdict}", ours / floor);
    println!(
        "database: {} bytes a message",
        std::fs::metadata(&first)?.len() / messages.len() as u64
    );
    Ok(())
}

/// Messages as the gateway brings them, all different.
fn messages(count: usize) -> anyhow::Result<Vec<Incoming>> {
    let start: DateTime<Utc> = "2025-11-03T12:00:00Z".parse()?;
    let mut messages = Vec::with_capacity(count);
    for (number, place) in (0..).zip(0_i64..).take(count) {
        let at = start + chrono::Duration::milliseconds(place * 40);
        let mut json = payload(Event::Checkout, number, at);
        // The id of a message holds its time: 40 ms later each.
        let id = 1_434_800_000_000_000_000 + place * (40 << 22);
        let object = json.as_object_mut().context("a payload is an object")?;
        object.insert("id".to_owned(), json!(id.to_string()));
        object.insert("webhook_id".to_owned(), json!("1290000000000000777"));
        let author = json!({"id": "1290000000000000777", "username": "Refract", "bot": true});
        object.insert("author".to_owned(), author);
        object.insert("timestamp".to_owned(), json!(at.to_rfc3339()));
        messages.push(Incoming {
            message: Message::from_json(&json),
            id: MessageId(id),
            channel_id: ChannelId(1_290_000_000_000_000_100),
            guild_id: GuildId(1_290_000_000_000_000_001),
            via: Via::Live,
            trust: Ok(()),
        });
    }
    Ok(messages)
}

async fn create(path: &Path) -> anyhow::Result<()> {
    Ledger::open(path).await?.close().await;
    Ok(())
}

async fn ingest(path: &Path, messages: Vec<Incoming>) -> anyhow::Result<Taken> {
    let ledger = Ledger::open(path).await?;
    let ingest = Ingest::start(ledger.clone(), Labels::built_in())?;
    let count = messages.len();
    let clock = Clock::start()?;
    let mut receipts = Vec::with_capacity(count);
    let mut on_its_way = HandedIn::default();
    let mut messages = messages.into_iter();
    // As an import does: while one batch is written the next is handed in.
    while receipts.len() < count {
        let next = ingest.hand_in(messages.by_ref().take(BATCH).collect()).await;
        let before = std::mem::replace(&mut on_its_way, next.ok().context("the queue closed")?);
        receipts.extend(before.stored().await.ok().context("the queue closed")?);
    }
    let taken = clock.stop()?;
    ingest.close().await;
    ledger.close().await;
    ensure!(receipts.iter().filter(|receipt| receipt.orders.len() == 1).count() == count);
    Ok(taken)
}

/// All rows that a run wrote: for each message those of each table.
fn rows_of(path: &Path) -> anyhow::Result<Vec<Vec<Vec<Value>>>> {
    let database = rusqlite::Connection::open(path)?;
    let mut rows = Vec::new();
    for table in TABLES {
        let mut statement = database.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| (0..columns).map(|column| row.get(column)).collect();
        let of_table: Result<Vec<Vec<Value>>, _> = statement.query_map([], row)?.collect();
        rows.push(of_table?);
    }
    Ok(rows)
}

/// The floor: the same rows, in the same order, by prepared statements on one thread.
fn write_rows(path: &Path, tables: &[Vec<Vec<Value>>]) -> anyhow::Result<Taken> {
    let mut database = rusqlite::Connection::open(path)?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;
         PRAGMA cache_size = -8000;",
    )?;
    let count = tables.first().map_or(0, Vec::len);
    let clock = Clock::start()?;
    for start in (0..count).step_by(BATCH) {
        let transaction =
            database.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        for message in start..(start + BATCH).min(count) {
            for (table, rows) in TABLES.iter().zip(tables) {
                let Some(row) = rows.get(message) else { continue };
                let values = vec!["?"; row.len()].join(", ");
                let insert = format!("INSERT INTO {table} VALUES ({values})");
                let mut statement = transaction.prepare_cached(&insert)?;
                statement.execute(rusqlite::params_from_iter(row))?;
            }
        }
        transaction.commit()?;
    }
    clock.stop()
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn report(name: &str, runs: &[Taken], messages: usize) -> f64 {
    let median = |value: fn(&Taken) -> Duration| {
        let mut values: Vec<Duration> = runs.iter().map(value).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or_default().as_secs_f64()
    };
    let (wall, cpu) = (median(|taken| taken.wall), median(|taken| taken.cpu));
    let rate = messages as f64 / wall;
    println!("{name}: {rate:.0} messages/s, {:.1} µs CPU a message", cpu * 1e6 / messages as f64);
    rate
}

/// Wall time and the processor time of all threads.
struct Clock {
    wall: Instant,
    cpu: Duration,
}

impl Clock {
    fn start() -> anyhow::Result<Self> {
        Ok(Self { wall: Instant::now(), cpu: cpu()? })
    }

    fn stop(&self) -> anyhow::Result<Taken> {
        Ok(Taken { wall: self.wall.elapsed(), cpu: cpu()?.saturating_sub(self.cpu) })
    }
}

/// Processor time of this process so far, from Linux's accounting in hundredths of a second.
fn cpu() -> anyhow::Result<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = stat.rsplit_once(')').context("no fields in /proc/self/stat")?;
    let ticks = fields.split_whitespace().skip(11).take(2).map(str::parse::<u64>);
    let ticks: u64 = ticks.sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}
