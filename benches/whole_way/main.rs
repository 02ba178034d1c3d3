//! The whole way, from the sandbox's gateway to the committed row, beside a bare serenity consumer that
//! only counts, in turns: memory and processor time when nothing happens, a flood, a steady stream. And
//! how long the bot takes from its start until it listens, and to fill a gap from the history, beside a
//! bare client that only fetches the same pages.
//!
//! `cargo bench --bench whole_way`, with `-- gaps`, `-- idle`, `-- flood` or `-- steady` only that part;
//! Linux only, since it reads /proc.
#![expect(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot go on stops, and its counts are small"
)]

use std::fmt;
use std::time::{Duration, Instant};

use goals::Goals;
use process::{megabytes, peak_megabytes, processor_time, wakeups};
use stage::{Consumer, PAGE, Stage};

mod bare;
mod goals;
mod process;
mod stage;

const MESSAGES: usize = 20_000;
const ROUNDS: usize = 3;
const STARTS: usize = 5;
const GAPS: [(usize, Duration); 4] = [
    (1_000, Duration::ZERO),
    (10_000, Duration::ZERO),
    (1_000, Duration::from_millis(30)),
    (10_000, Duration::from_millis(30)),
];
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);
/// Set for the child that is the bare consumer: how many it waits for, and the address of the sandbox.
pub(crate) const BARE: &str = "WHOLE_WAY_BARE_CONSUMER";
/// After a start, and after a flood, until memory is looked at: what was only needed for it is given back.
const SETTLED: Duration = Duration::from_secs(10);
/// How long it is looked at what a consumer does when nothing happens.
const NOTHING: Duration = Duration::from_secs(30);
/// A stream of 300 a second for 20 s.
const STEADY_MESSAGES: usize = 6_000;
const BETWEEN: Duration = Duration::from_nanos(3_333_333);

#[tokio::main]
async fn main() {
    if let Ok(asked) = std::env::var(BARE) {
        let (awaited, api_url) = asked.split_once(' ').expect("a count and an address");
        return bare::consume(api_url, awaited.parse().expect("a count")).await;
    }
    let parts = ["idle", "flood", "steady", "starts", "gaps"];
    let named: Vec<_> =
        std::env::args().filter(|argument| parts.contains(&argument.as_str())).collect();
    let wanted = |part: &str| named.is_empty() || named.iter().any(|name| name == part);
    let mut goals = Goals::default();
    if wanted("idle") {
        idle(&mut goals).await;
    }
    if wanted("flood") {
        floods(&mut goals).await;
    }
    if wanted("steady") {
        steady(&mut goals).await;
    }
    if wanted("starts") {
        starts().await;
    }
    if wanted("gaps") {
        for (messages, latency) in GAPS {
            println!("{}", fill_gap(messages, latency).await);
        }
    }
    goals.sum_up();
}

/// Fresh, and nothing happens.
async fn idle(goals: &mut Goals) {
    let (bare_megabytes, bare_percent) = at_rest(Consumer::Bare).await;
    let (megabytes, percent) = at_rest(Consumer::Ledger).await;
    println!("idle, bare serenity consumer: {bare_megabytes:.1} MB, {bare_percent:.2} % of a core");
    goals.below("idle, memory", megabytes, 22.0, "MB");
    goals.below("idle, processor", percent, 0.5, "% of a core");
}

/// Memory of a consumer that has just started, and percent of a core that it uses.
async fn at_rest(consumer: Consumer) -> (f64, f64) {
    let stage = Stage::set().await;
    let running = stage.start(consumer, MESSAGES).await;
    tokio::time::sleep(SETTLED).await;
    let memory = megabytes(running.id());
    let (before, woken) = (processor_time(running.id()), wakeups(running.id()));
    tokio::time::sleep(NOTHING).await;
    let used = processor_time(running.id()).saturating_sub(before).as_secs_f64();
    if consumer == Consumer::Ledger {
        let wakeups = (wakeups(running.id()) - woken) as f64 / NOTHING.as_secs_f64();
        println!("idle, threads woken: {wakeups:.1} times a second");
    }
    (memory, 100.0 * used / NOTHING.as_secs_f64())
}

async fn floods(goals: &mut Goals) {
    println!(
        "{MESSAGES} messages pushed as fast as the socket takes them, {ROUNDS} rounds in turns"
    );
    let mut bare = Vec::new();
    let mut ledger = Vec::new();
    for round in 1..=ROUNDS {
        bare.push(flood(Consumer::Bare).await);
        ledger.push(flood(Consumer::Ledger).await);
        println!("round {round}: bare {}, ledger {}", bare[round - 1], ledger[round - 1]);
    }
    let (bare, ledger) = (median(bare), median(ledger));
    println!("median, bare serenity consumer: {bare}");
    println!("median, refract-ledger:         {ledger}");
    println!("processor time, ratio: {:.2}", ledger.micros_a_message / bare.micros_a_message);
    goals.below("peak of the flood", ledger.peak_megabytes, 50.0, "MB");
    goals.below("memory after the flood", ledger.megabytes_after, 35.0, "MB");
}

#[derive(Clone, Copy)]
struct Figures {
    messages_a_second: f64,
    micros_a_message: f64,
    peak_megabytes: f64,
    megabytes_after: f64,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.0} messages/s, {:.0} µs of processor a message, peak {:.1} MB, afterwards {:.1} MB",
            self.messages_a_second,
            self.micros_a_message,
            self.peak_megabytes,
            self.megabytes_after
        )
    }
}

/// The round in the middle, by processor time.
fn median(mut rounds: Vec<Figures>) -> Figures {
    rounds.sort_by(|a, b| a.micros_a_message.total_cmp(&b.micros_a_message));
    rounds[rounds.len() / 2]
}

async fn flood(consumer: Consumer) -> Figures {
    let stage = Stage::set().await;
    let running = stage.start(consumer, MESSAGES).await;
    let before = processor_time(running.id());
    let start = Instant::now();
    for number in 0..MESSAGES {
        stage.post(number);
        if number % 100 == 0 {
            tokio::task::yield_now().await;
        }
    }
    stage.finished(consumer, MESSAGES).await;
    let seconds = start.elapsed().as_secs_f64();
    let used = processor_time(running.id()).saturating_sub(before);
    tokio::time::sleep(SETTLED).await;
    Figures {
        messages_a_second: MESSAGES as f64 / seconds,
        micros_a_message: used.as_secs_f64() * 1e6 / MESSAGES as f64,
        peak_megabytes: peak_megabytes(running.id()),
        megabytes_after: megabytes(running.id()),
    }
}

/// As many messages a second as a large server may see, for a while.
async fn steady(goals: &mut Goals) {
    let bare = stream(Consumer::Bare).await;
    let ledger = stream(Consumer::Ledger).await;
    println!(
        "steady 300 messages a second: bare {bare:.0} µs of processor a message, ledger {ledger:.0} µs"
    );
    goals.below("steady, processor beside the bare consumer", ledger / bare, 3.0, "times");
}

/// Microseconds of processor that a message takes.
async fn stream(consumer: Consumer) -> f64 {
    let stage = Stage::set().await;
    let running = stage.start(consumer, STEADY_MESSAGES).await;
    tokio::time::sleep(SETTLED).await;
    let before = processor_time(running.id());
    let mut turn = tokio::time::interval(BETWEEN);
    for number in 0..STEADY_MESSAGES {
        turn.tick().await;
        stage.post(number);
    }
    stage.finished(consumer, STEADY_MESSAGES).await;
    let used = processor_time(running.id()).saturating_sub(before);
    used.as_secs_f64() * 1e6 / STEADY_MESSAGES as f64
}

async fn starts() {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let stage = Stage::set().await;
        let start = Instant::now();
        let _running = stage.start(Consumer::Ledger, MESSAGES).await;
        starts.push(start.elapsed());
    }
    starts.sort();
    println!("start to ready, median of {STARTS}: {:?}", starts[STARTS / 2]);
}

/// Messages that were posted before the bot came are fetched from the history; Discord takes this long
/// for each answer.
async fn fill_gap(messages: usize, latency: Duration) -> String {
    let stage = Stage::set().await;
    for number in 0..messages {
        stage.post(number);
    }
    stage.sandbox.set_latency(latency);
    let bare = stage.fetch_history().await;
    let running = stage.start(Consumer::Ledger, messages).await;
    let start = Instant::now();
    stage.finished(Consumer::Ledger, messages).await;
    let took = start.elapsed();
    let peak = peak_megabytes(running.id());
    let local = took.saturating_sub(bare).as_secs_f64() * 1e3 / (messages / PAGE) as f64;
    format!(
        "a gap of {messages} messages, {latency:?} for an answer: filled in {took:.0?}, a bare client fetches its pages in \
         {bare:.0?}: {local:.1} ms more a page of {PAGE}; peak {peak:.1} MB"
    )
}
