//! The whole way, from the sandbox's gateway to the committed row: messages a second, processor time
//! a message and peak memory of the bot's process, beside a bare serenity consumer that only counts,
//! in turns. And how long the bot takes from its start until it listens, and to fill a gap from the
//! history, beside a bare client that only fetches the same pages.
//!
//! `cargo bench --bench whole_way`, with `-- gaps` only the gaps; Linux only, since it reads /proc.
#![expect(
    clippy::cast_precision_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot go on stops, and its counts are small"
)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use discord_sandbox::{Sandbox, Webhook};
use refract_ledger::refract::{self, Event};
use serenity::all::{Context, EventHandler, GatewayIntents, Message};
use serenity::async_trait;

const MESSAGES: usize = 20_000;
const ROUNDS: usize = 3;
const STARTS: usize = 5;
const GAPS: [(usize, Duration); 4] = [
    (1_000, Duration::ZERO),
    (10_000, Duration::ZERO),
    (1_000, Duration::from_millis(30)),
    (10_000, Duration::from_millis(30)),
];
const PAGE: usize = 100;
const PATIENCE: Duration = Duration::from_mins(2);
/// Set for the child that is the bare consumer: the address of the sandbox.
const BARE: &str = "WHOLE_WAY_BARE_CONSUMER";

#[tokio::main]
async fn main() {
    if let Ok(api_url) = std::env::var(BARE) {
        return consume(&api_url).await;
    }
    if !std::env::args().any(|argument| argument == "gaps") {
        floods_and_starts().await;
    }
    for (messages, latency) in GAPS {
        println!("{}", fill_gap(messages, latency).await);
    }
}

async fn floods_and_starts() {
    println!(
        "{MESSAGES} messages pushed as fast as the socket takes them, {ROUNDS} rounds in turns"
    );
    let mut bare = Vec::new();
    let mut ledger = Vec::new();
    for round in 1..=ROUNDS {
        bare.push(run(Consumer::Bare).await);
        ledger.push(run(Consumer::Ledger).await);
        println!("round {round}: bare {}, ledger {}", bare[round - 1], ledger[round - 1]);
    }
    let (bare, ledger) = (median(bare), median(ledger));
    println!("median, bare serenity consumer: {bare}");
    println!("median, refract-ledger:         {ledger}");
    println!("processor time, ratio: {:.2}", ledger.micros_a_message / bare.micros_a_message);
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(start_to_ready().await);
    }
    starts.sort();
    println!("start to ready, median of {STARTS}: {:?}", starts[STARTS / 2]);
}

#[derive(Clone, Copy)]
enum Consumer {
    Bare,
    Ledger,
}

#[derive(Clone, Copy)]
struct Figures {
    messages_a_second: f64,
    micros_a_message: f64,
    peak_megabytes: f64,
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:.0} messages/s, {:.0} µs of processor a message, peak {:.1} MB",
            self.messages_a_second, self.micros_a_message, self.peak_megabytes
        )
    }
}

/// The round in the middle, by processor time.
fn median(mut rounds: Vec<Figures>) -> Figures {
    rounds.sort_by(|a, b| a.micros_a_message.total_cmp(&b.micros_a_message));
    rounds[rounds.len() / 2]
}

/// A sandbox with a watched channel, and the folder of a bot that is configured for it.
struct Stage {
    sandbox: Sandbox,
    webhook: Webhook,
    folder: tempfile::TempDir,
}

impl Stage {
    async fn set() -> Self {
        let sandbox =
            Sandbox::builder().rate_limits(false).replay(100).start().await.expect("start");
        let guild = sandbox.add_guild("Benchmark");
        let channel = sandbox.add_channel(guild, "checkouts");
        let webhook = sandbox.add_webhook(channel, "Refract");
        let folder = tempfile::tempdir().expect("a folder");
        let config = format!(
            "[discord]\napi_url = \"{}\"\n[[watch]]\nchannel_id = \"{channel}\"\n",
            sandbox.api_url()
        );
        std::fs::write(folder.path().join("config.toml"), config).expect("write");
        Self { sandbox, webhook, folder }
    }

    fn spawn(&self, consumer: Consumer) -> Child {
        let mut command = match consumer {
            Consumer::Bare => {
                let mut command = Command::new(std::env::current_exe().expect("this program"));
                command.env(BARE, self.sandbox.api_url());
                command
            }
            Consumer::Ledger => {
                let mut command = Command::new(env!("CARGO_BIN_EXE_refract-ledger"));
                command.arg("run");
                command
            }
        };
        command
            .current_dir(self.folder.path())
            .env("DISCORD_TOKEN", self.sandbox.token())
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .spawn()
            .expect("spawn")
    }

    /// Fetches all pages of the channel's history, one after the other, and reads their JSON.
    async fn fetch_history(&self) -> Duration {
        let client = reqwest::Client::new();
        let url = format!(
            "{}/api/v10/channels/{}/messages",
            self.sandbox.api_url(),
            self.webhook.channel
        );
        let token = format!("Bot {}", self.sandbox.token());
        let start = Instant::now();
        let mut after = 0_u64;
        loop {
            let url = format!("{url}?limit={PAGE}&after={after}");
            let request = client.get(&url).header("authorization", &token);
            let page = request.send().await.expect("an answer").bytes().await.expect("a page");
            let page: Vec<serde_json::Value> = serde_json::from_slice(&page).expect("a list");
            let Some(last) = page.first().and_then(|message| message["id"].as_str()) else { break };
            after = last.parse().expect("an id");
        }
        start.elapsed()
    }

    async fn finished(&self, consumer: Consumer) {
        match consumer {
            Consumer::Bare => wait_for(|| self.folder.path().join("done").exists()).await,
            Consumer::Ledger => {
                let database = self.folder.path().join("refract-ledger.db");
                wait_for(|| stored(&database) == MESSAGES).await;
            }
        }
    }
}

async fn run(consumer: Consumer) -> Figures {
    let stage = Stage::set().await;
    let mut child = stage.spawn(consumer);
    assert!(stage.sandbox.wait_for_bot(PATIENCE).await, "the consumer connects");
    let before = processor_time(child.id());
    let start = Instant::now();
    for number in 0..MESSAGES {
        let payload = refract::payload(Event::Checkout, number as u64, chrono::Utc::now());
        stage.sandbox.post(&stage.webhook, payload).expect("posted");
        if number % 100 == 0 {
            tokio::task::yield_now().await;
        }
    }
    stage.finished(consumer).await;
    let seconds = start.elapsed().as_secs_f64();
    let used = processor_time(child.id()).saturating_sub(before);
    let figures = Figures {
        messages_a_second: MESSAGES as f64 / seconds,
        micros_a_message: used.as_secs_f64() * 1e6 / MESSAGES as f64,
        peak_megabytes: peak_megabytes(child.id()),
    };
    child.kill().expect("kill");
    child.wait().expect("wait");
    figures
}

async fn start_to_ready() -> Duration {
    let stage = Stage::set().await;
    let start = Instant::now();
    let mut child = stage.spawn(Consumer::Ledger);
    assert!(stage.sandbox.wait_for_bot(PATIENCE).await, "the bot connects");
    let took = start.elapsed();
    child.kill().expect("kill");
    child.wait().expect("wait");
    took
}

/// Messages that were posted before the bot came are fetched from the history; Discord takes this long
/// for each answer.
async fn fill_gap(messages: usize, latency: Duration) -> String {
    let stage = Stage::set().await;
    for number in 0..messages {
        let payload = refract::payload(Event::Checkout, number as u64, chrono::Utc::now());
        stage.sandbox.post(&stage.webhook, payload).expect("posted");
    }
    stage.sandbox.set_latency(latency);
    let bare = stage.fetch_history().await;
    let mut child = stage.spawn(Consumer::Ledger);
    assert!(stage.sandbox.wait_for_bot(PATIENCE).await, "the bot connects");
    let start = Instant::now();
    let database = stage.folder.path().join("refract-ledger.db");
    wait_for(|| stored(&database) == messages).await;
    let took = start.elapsed();
    let peak = peak_megabytes(child.id());
    child.kill().expect("kill");
    child.wait().expect("wait");
    let local = took.saturating_sub(bare).as_secs_f64() * 1e3 / (messages / PAGE) as f64;
    format!(
        "a gap of {messages} messages, {latency:?} for an answer: filled in {took:.0?}, a bare client fetches its pages in \
         {bare:.0?}: {local:.1} ms more a page of {PAGE}; peak {peak:.1} MB"
    )
}

async fn wait_for(condition: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < end, "it takes too long");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Orders that are committed.
fn stored(database: &Path) -> usize {
    let count = || {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = rusqlite::Connection::open_with_flags(database, flags)?;
        connection.query_row("SELECT count(*) FROM orders", [], |row| row.get::<_, i64>(0))
    };
    count().map_or(0, |count| usize::try_from(count).expect("a count"))
}

/// User and system time of a process so far.
fn processor_time(process: u32) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).expect("read /proc");
    let after_name = stat.rsplit_once(')').expect("a name in brackets").1;
    let ticks: u64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u64>().expect("ticks"))
        .sum();
    // A tick is 10 ms on every Linux that this runs on.
    Duration::from_millis(ticks * 10)
}

fn peak_megabytes(process: u32) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("read /proc");
    let line = status.lines().find(|line| line.starts_with("VmHWM")).expect("a peak");
    let kilobytes: f64 =
        line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number");
    kilobytes / 1024.0
}

/// The bare consumer: counts, and says when it has seen all.
async fn consume(api_url: &str) {
    struct Count(AtomicUsize);

    #[async_trait]
    impl EventHandler for Count {
        async fn message(&self, _context: Context, _message: Message) {
            if self.0.fetch_add(1, Ordering::Relaxed) + 1 == MESSAGES {
                std::fs::write("done", "").expect("write");
            }
        }
    }

    let token = std::env::var("DISCORD_TOKEN").expect("a token");
    let http =
        serenity::http::HttpBuilder::new(token).proxy(api_url).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS
        | GatewayIntents::GUILD_MESSAGES
        | GatewayIntents::GUILD_MESSAGE_REACTIONS
        | GatewayIntents::MESSAGE_CONTENT;
    let mut client = serenity::client::ClientBuilder::new_with_http(http, intents)
        .event_handler(Count(AtomicUsize::new(0)))
        .await
        .expect("a client");
    client.start().await.expect("start");
}
