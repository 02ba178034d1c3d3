//! The questions, as the commands ask them.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use chrono::{TimeDelta, Utc};
use refract_ledger::export;
use refract_ledger::ids::ChannelId;
use refract_ledger::ingest::Ingest;
use refract_ledger::ledger::{Bounds, InLine, Ledger, Narrow, OpenKey, OrderFilter, OrderList};
use refract_ledger::order::period::Period;
use refract_ledger::order::{Sort, Status};
use refract_ledger::reading::Labels;
use refract_ledger::sheet::Amount;

use crate::books;
use crate::clock::{Clock, GOAL, TIMES};
use crate::orders::{self, GUILD};

/// Checkouts that come in meanwhile.
const A_SECOND: u64 = 50;
/// What the figures of a year, or of all years, may take: milliseconds.
const YEAR: f64 = 100.0;
/// Rows of CSV, at least.
const ROWS_A_SECOND: f64 = 150_000.0;
/// Of an order on disk, with all that belongs to it, at most.
const BYTES: u64 = 1_512;

pub(crate) async fn ask(path: &Path, count: u64, wanted: String) -> anyhow::Result<()> {
    let ledger = Ledger::open(path).await?;
    let coming = Coming::start(ledger.clone(), count)?;
    let clock = Clock::new(wanted);
    let bytes = std::fs::metadata(path)?.len() / count;
    println!("bytes an order, all in all: {bytes} (goal {BYTES}){}", clock.verdict(bytes <= BYTES));
    println!("each {TIMES} times, while {A_SECOND} checkouts a second come in:");
    lists(&ledger, &clock).await?;
    lookups(&ledger, count, &clock).await?;
    searches(&ledger, count, &clock).await?;
    figures(&ledger, &clock).await?;
    books::questions(&ledger, &clock).await?;
    println!("peak memory before the export: {} MB", peak_megabytes()?);
    if clock.wants("CSV") {
        export_all(&ledger, &clock).await?;
    }
    if clock.wants("sheet") {
        books::sheet(&ledger, count).await?;
    }
    println!("checkouts taken in meanwhile: {}", coming.stop().await?);
    println!("peak memory: {} MB", peak_megabytes()?);
    clock.sum_up();
    ledger.close().await;
    Ok(())
}

async fn export_all(ledger: &Ledger, clock: &Clock) -> anyhow::Result<()> {
    let begun = Instant::now();
    let all = OrderFilter::default();
    let orders = ledger.export_orders(&all);
    let rows = export::csv(orders, &export::Layout::default(), std::io::sink()).await?;
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let rate = rows as f64 / begun.elapsed().as_secs_f64();
    let goal = clock.least(ROWS_A_SECOND);
    let verdict = clock.verdict(rate >= goal);
    println!("CSV: {rows} rows, {rate:.0} a second (goal {goal:.0}){verdict}");
    Ok(())
}

/// The zone that all is asked in.
fn berlin() -> chrono_tz::Tz {
    "Europe/Berlin".parse().unwrap_or(chrono_tz::UTC)
}

pub(crate) fn of(period: Period) -> OrderFilter {
    let (since, until) = period.days(Utc::now().date_naive()).moments(berlin());
    OrderFilter { guild: Some(GUILD), since, until, ..OrderFilter::default() }
}

async fn lists(ledger: &Ledger, clock: &Clock) -> anyhow::Result<()> {
    let all = OrderFilter { guild: Some(GUILD), ..OrderFilter::default() };
    let list = async |filter: &OrderFilter, offset| {
        ledger.list_orders(GUILD, None, filter, 10, offset).await.map(|found| found.totals.count)
    };
    clock.time("latest 10 with count and sum", async |_| list(&all, 0).await).await?;
    clock.time("the 100th page", async |_| list(&all, 990).await).await?;
    let store = OrderFilter { store: Some("Nike SNKRS US".to_owned()), ..all.clone() };
    clock.time("latest 10 of a rare store", async |_| list(&store, 0).await).await?;
    let status = OrderFilter { status: Some(Status::Cancelled), ..all.clone() };
    clock.time("latest 10 cancelled", async |_| list(&status, 0).await).await?;
    let none = OrderFilter { status: Some(Status::Processing), ..all.clone() };
    clock.time("of a status that no order has", async |_| list(&none, 0).await).await?;
    let profile = OrderFilter { profile: Some("VCC Main 7".to_owned()), ..all.clone() };
    clock.time("latest 10 of a profile", async |_| list(&profile, 0).await).await?;
    let month = of(Period::LastMonth);
    clock.time("latest 10 of last month", async |_| list(&month, 0).await).await?;
    narrow_lists(ledger, clock).await
}

async fn narrow_lists(ledger: &Ledger, clock: &Clock) -> anyhow::Result<()> {
    let all = OrderFilter { guild: Some(GUILD), ..OrderFilter::default() };
    let with = |narrow: Narrow| OrderFilter { narrow, ..all.clone() };
    let tracking = with(Narrow { tracking: Some(false), ..Narrow::default() });
    let channel = with(Narrow { channel: Some(ChannelId(1)), ..Narrow::default() });
    let product = with(Narrow { product: Some("elite trainer".to_owned()), ..Narrow::default() });
    let line = Some(InLine { key: OpenKey::NoTracking, tolerance: Amount::default() });
    let line = with(Narrow { line, ..Narrow::default() });
    let store = OrderFilter { store: Some("Nike SNKRS US".to_owned()), ..all.clone() };
    for (name, filter, sort, offset) in [
        ("the oldest 10", &all, Sort::Oldest, 0),
        ("the 10 highest totals", &all, Sort::Total, 0),
        ("the 10 highest totals, the 1,000th page", &all, Sort::Total, 9_990),
        ("the 10 highest totals of a rare store", &store, Sort::Total, 0),
        ("the last 10 changed", &all, Sort::Changed, 0),
        ("latest 10 without tracking", &tracking, Sort::Newest, 0),
        ("of a channel without orders", &channel, Sort::Newest, 0),
        ("latest 10 of a product", &product, Sort::Newest, 0),
        ("latest 10 of a line of what is open", &line, Sort::Newest, 0),
    ] {
        let list = OrderList { filter: filter.clone(), sort, ..OrderList::default() };
        let page =
            async |_| ledger.list(GUILD, &list, (10, offset)).await.map(|found| found.totals.count);
        clock.time(name, page).await?;
    }
    Ok(())
}

async fn lookups(ledger: &Ledger, count: u64, clock: &Clock) -> anyhow::Result<()> {
    clock
        .time("an order by its number", async |turn| {
            let number = orders::order_number(turn * 4_801 % count);
            Ok(ledger.orders_by_number(GUILD, &number).await?.len())
        })
        .await?;
    for typed in ["", "b", "bby01", "10200", "0000123"] {
        let name = format!("autocomplete of a number: \"{typed}\"");
        clock
            .time(&name, async |_| Ok(ledger.suggest_numbers(GUILD, typed, 25).await?.len()))
            .await?;
    }
    clock
        .time("autocomplete of a store", async |_| {
            Ok(ledger.suggest_stores(GUILD, "best", 25).await?.len())
        })
        .await
}

async fn searches(ledger: &Ledger, count: u64, clock: &Clock) -> anyhow::Result<()> {
    let filter = OrderFilter::default();
    let rare = orders::order_number(count / 3);
    let part = rare.get(4..).unwrap_or_default();
    for (what, typed) in [
        ("a common word", "pokemon"),
        ("two words", "elite nvidia"),
        ("an account", "olivia.demo"),
        ("a rare part of a number", part),
        ("no hit", "zebra crossing"),
        ("no hit of common letters", "trainer sonytation"),
        ("one letter", "q"),
    ] {
        clock
            .time(&format!("search: {what}"), async |_| {
                Ok(ledger.list_orders(GUILD, Some(typed), &filter, 10, 0).await?.totals.count)
            })
            .await?;
    }
    Ok(())
}

async fn figures(ledger: &Ledger, clock: &Clock) -> anyhow::Result<()> {
    let zone = berlin();
    for (what, period, goal) in [
        ("today", Period::Today, GOAL),
        ("last month", Period::LastMonth, GOAL),
        ("the year", Period::Year, YEAR),
        ("all time", Period::All, YEAR),
    ] {
        let filter = of(period);
        let ask = async |_| Ok(ledger.figures(GUILD, &filter, zone).await?.orders);
        clock.time_within(goal, &format!("figures of {what}"), ask).await?;
    }
    let now = Utc::now();
    let days_ago = |days| now - TimeDelta::days(days);
    let bounds = Bounds {
        now,
        today: days_ago(1),
        week: days_ago(7),
        verified_before: Some(days_ago(5)),
        shipped_before: Some(days_ago(10)),
    };
    clock
        .time("what a board shows", async |_| {
            Ok(ledger.board_figures(GUILD, bounds).await?.week.orders)
        })
        .await?;
    let all = OrderFilter { guild: Some(GUILD), ..OrderFilter::default() };
    clock
        .time("all-time count and sum", async |_| Ok(ledger.count_and_sum(&all).await?.count))
        .await
}

/// Checkouts that come in at a steady pace.
struct Coming {
    stopped: Arc<AtomicBool>,
    taken: Arc<AtomicU64>,
    task: tokio::task::JoinHandle<anyhow::Result<()>>,
}

impl Coming {
    fn start(ledger: Ledger, first: u64) -> anyhow::Result<Self> {
        let ingest = Ingest::start(ledger, Labels::built_in())?;
        let (stopped, taken) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let (stop, count) = (Arc::clone(&stopped), Arc::clone(&taken));
        let task = tokio::spawn(async move {
            let mut pace = tokio::time::interval(Duration::from_micros(1_000_000 / A_SECOND));
            // Another run on the same database brings others.
            let mut number =
                first + u64::try_from(Utc::now().timestamp()).unwrap_or(0) % 10_000_000;
            while !stop.load(Ordering::Relaxed) {
                pace.tick().await;
                number += 1;
                ingest
                    .submit(orders::checkout(number, Utc::now()))
                    .await
                    .ok()
                    .context("taken in")?;
                count.fetch_add(1, Ordering::Relaxed);
            }
            ingest.close().await;
            Ok(())
        });
        Ok(Self { stopped, taken, task })
    }

    async fn stop(self) -> anyhow::Result<u64> {
        self.stopped.store(true, Ordering::Relaxed);
        self.task.await??;
        Ok(self.taken.load(Ordering::Relaxed))
    }
}

/// The most memory that this process has had in use.
fn peak_megabytes() -> anyhow::Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes / 1_000)
}
