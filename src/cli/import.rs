//! `import`: the messages of files into the ledger, also beside the running bot.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use chrono_tz::Tz;
use clap::{Args, ValueEnum};
use refract_ledger::config::Config;
use refract_ledger::count::{count, grouped};
use refract_ledger::files::{BytesRead, DateOrder, Dates, MessageFile, Messages};
use refract_ledger::ids::GuildId;
use refract_ledger::import::{self, Home, Tally};
use refract_ledger::ingest::Ingest;
use refract_ledger::ledger::Ledger;
use refract_ledger::platform::Signals;
use refract_ledger::reading::Message;

use super::bot::block_on;
use super::confined::newcomer;
use super::export::zone;
use super::failure::Failure;
use super::files::{Faults, cannot_open, open_all};
use super::output::print;
use super::output::progress::{Progress, share};

#[derive(Args)]
pub(super) struct Import {
    /// The files; `-` for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The id of the server whose orders they are, if the files do not say.
    #[arg(long, value_name = "ID")]
    guild: Option<GuildId>,
    /// The time zone of the dates in plain-text exports (default: `[stats] time_zone`).
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    time_zone: Option<Tz>,
    /// How these dates are written, if it is not clear.
    #[arg(long, value_name = "ORDER")]
    dates: Option<Order>,
}

/// The order of day, month and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Order {
    /// 1/31/2026
    Mdy,
    /// 31/1/2026
    Dmy,
    /// 2026/1/31
    Ymd,
}

impl From<Order> for DateOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Mdy => Self::Mdy,
            Order::Dmy => Self::Dmy,
            Order::Ymd => Self::Ymd,
        }
    }
}

/// A file, and how its dates are to be read.
type Dated = (MessageFile, Dates);

/// `import`
pub(super) fn import(config: &Config, asked: &Import) -> Result<ExitCode, Failure> {
    let zone = asked.time_zone.unwrap_or(config.zone);
    let dated = |mut file: MessageFile| -> Result<Dated, Failure> {
        let order = file.date_order(asked.dates.map(DateOrder::from)).context("read the dates")?;
        let order = order.map_err(Failure::usage)?;
        Ok((file, Dates { order, zone }))
    };
    let files = open_all(&asked.files)?.into_iter().map(dated).collect::<Result<Vec<_>, _>>()?;
    block_on(take_in(config, files, asked.guild))?
}

async fn take_in(
    config: &Config,
    mut files: Vec<Dated>,
    guild: Option<GuildId>,
) -> Result<ExitCode, Failure> {
    let (bytes, bytes_read) =
        (files.iter().map(|(file, _)| file.bytes()).sum(), BytesRead::default());
    let mut faults = Faults::default();
    let opened: Vec<Messages<'_>> = files
        .iter_mut()
        .map(|(file, dates)| file.messages(*dates, bytes_read.clone()))
        .collect::<Result<_, _>>()
        .context("read a file from its beginning")?;
    let mut messages = opened.into_iter().flatten().filter_map(|found| faults.of(found)).peekable();
    // A database that would stay empty is not begun.
    if messages.peek().is_none() {
        return Err(Failure::failed("found no messages in the input".to_owned()));
    }
    let stopped = stopped().context("listen for signals")?;
    let messages = messages.by_ref().take_while(|_| !stopped.load(Ordering::Relaxed));
    let ledger = Ledger::open_beside(&config.database.path).await.map_err(cannot_open)?;
    let ledger = ledger.with_emoji(config.emoji.clone());
    if let Some(about) = newcomer(&ledger, guild).await? {
        print::remark(&about);
    }
    let tally = write(config, &ledger, guild, messages, (bytes, &bytes_read)).await;
    // The last one to leave folds the log into the database, so that the file alone is a whole copy.
    ledger.close().await;
    let tally = tally?;
    faults.tell_rest();
    print::report(&summary(&tally));
    report_homeless(&tally);
    if stopped.load(Ordering::Relaxed) {
        return Err(Failure::failed(
            "stopped; what was read is stored, and the same command continues with the rest"
                .to_owned(),
        ));
    }
    Ok(if faults.any() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

async fn write(
    config: &Config,
    ledger: &Ledger,
    guild: Option<GuildId>,
    messages: impl Iterator<Item = Message>,
    (bytes, bytes_read): (u64, &BytesRead),
) -> Result<Tally, Failure> {
    let home = Home { guild: guild.unwrap_or_default(), channels: ledger.guilds().await? };
    let ingest = Ingest::start(ledger.clone(), config.labels.clone())?;
    let mut progress = Progress::new("import", "messages");
    let tally = import::import(messages, &home, (ledger, &ingest), |tally| {
        progress.show(tally.messages, share(bytes_read.count(), bytes));
    })
    .await;
    ingest.close().await;
    Ok(tally?)
}

/// Becomes true when the process is asked to stop: what was begun is written, and the log folded in.
/// Asked twice, the process ends at once.
fn stopped() -> std::io::Result<Arc<AtomicBool>> {
    let stopped = Arc::new(AtomicBool::new(false));
    let mut signals = Signals::listen()?;
    let told = Arc::clone(&stopped);
    tokio::spawn(async move {
        signals.next().await;
        told.store(true, Ordering::Relaxed);
        signals.next().await;
        std::process::exit(1);
    });
    Ok(stopped)
}

/// What became of the messages: each is counted once, and each new order.
fn summary(tally: &Tally) -> String {
    let mut parts = vec![
        count(tally.new_orders, "new order", "new orders"),
        format!("{} changed", grouped(tally.updated)),
        format!("{} could not be stored", grouped(tally.rejected)),
        format!("{} already known", grouped(tally.known)),
    ];
    if tally.unchanged > 0 {
        parts.push(format!("{} with nothing new", grouped(tally.unchanged)));
    }
    if tally.without_order > 0 {
        let others = grouped(tally.without_order);
        parts.push(format!("{others} without an order (tests, declines and the like)"));
    }
    format!("{}: {}", count(tally.messages, "message", "messages"), parts.join(", "))
}

fn report_homeless(tally: &Tally) {
    if tally.homeless > 0 {
        print::plain_remark(&format!(
            "{} not say which server they are from, so no server shows their orders; import them again \
             with --guild ID",
            count(tally.homeless, "message does", "messages do")
        ));
    }
}
