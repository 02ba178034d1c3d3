//! The commands that read and write files.

use std::fs::File;
use std::io::{BufWriter, ErrorKind, IsTerminal, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use futures::Stream;
use refract_ledger::config::Config;
use refract_ledger::count::{count, grouped};
use refract_ledger::export;
use refract_ledger::files::{FileError, MessageFile};
use refract_ledger::ids::GuildId;
use refract_ledger::import::{self, Home, Tally};
use refract_ledger::ingest::Ingest;
use refract_ledger::ledger::{self, Ledger, OpenError, Order, OrderFilter};
use refract_ledger::parse::parse_to;

use super::bot::block_on;
use super::failure::Failure;

/// What a database that cannot be opened means for the command.
pub(super) fn cannot_open(error: OpenError) -> Failure {
    anyhow::Error::new(error).into()
}

/// `parse`
pub(super) fn parse(config: &Config, files: &[PathBuf]) -> Result<ExitCode, Failure> {
    let standard_input = [PathBuf::from("-")];
    let files = if files.is_empty() { &standard_input } else { files };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let mut all_well = true;
    for path in files {
        for message in open(path)?.messages() {
            match message {
                Ok(message) => match parse_to(&mut out, &message, &config.labels) {
                    Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                        return Ok(ExitCode::SUCCESS);
                    }
                    written => written.context("print what a message says")?,
                },
                Err(error) => all_well = report(&error),
            }
        }
    }
    out.flush().context("print the last message")?;
    Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `import`
pub(super) fn import(
    config: &Config,
    files: &[PathBuf],
    guild: Option<GuildId>,
) -> Result<ExitCode, Failure> {
    let files: Vec<MessageFile> =
        files.iter().map(|path| open(path)).collect::<Result<_, Failure>>()?;
    block_on(take_in(config, &files, guild))?
}

async fn take_in(
    config: &Config,
    files: &[MessageFile],
    guild: Option<GuildId>,
) -> Result<ExitCode, Failure> {
    let ledger = Ledger::open(&config.database.path).await.map_err(cannot_open)?;
    let ledger = ledger.with_emoji(config.emoji.clone());
    let watches = ledger.watches().await?;
    let channels = watches.into_iter().map(|watch| (watch.channel_id, watch.guild_id)).collect();
    let home = Home { guild: guild.unwrap_or_default(), channels };
    let (ingest, writer) = Ingest::start(ledger, config.labels.clone())?;
    let mut all_well = true;
    let messages =
        files.iter().flat_map(MessageFile::messages).filter_map(|message| match message {
            Ok(message) => Some(message),
            Err(error) => {
                all_well = report(&error);
                None
            }
        });
    let shows_progress = std::io::stderr().is_terminal();
    let tally = import::import(messages, &home, &ingest, |tally| {
        if shows_progress {
            eprint!("\r{}", count(tally.messages, "message", "messages"));
        }
    })
    .await;
    ingest.close().await;
    writer.await.context("wait for the writer")?;
    let tally = tally?;
    if shows_progress {
        eprintln!();
    }
    if tally.messages == 0 {
        eprintln!("refract-ledger: found no messages in the input");
        return Ok(ExitCode::FAILURE);
    }
    println!("{}", summary(&tally));
    if tally.homeless > 0 {
        eprintln!(
            "{} not say which server they are from, so no server shows their orders; import them again \
             with --guild ID",
            count(tally.homeless, "message does", "messages do")
        );
    }
    Ok(if all_well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What became of the messages: each is counted once.
fn summary(tally: &Tally) -> String {
    let mut parts = vec![
        count(tally.stored, "new order", "new orders"),
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

/// The file of that path, or standard input.
fn open(path: &Path) -> Result<MessageFile, Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("read standard input")?;
        return Ok(MessageFile::new("standard input", &bytes));
    }
    let bytes =
        std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(MessageFile::new(path.display().to_string(), &bytes))
}

/// Tells what is wrong with a part of a file; the rest goes on. Never well.
fn report(error: &FileError) -> bool {
    eprintln!("refract-ledger: {error}");
    false
}

/// `export`
pub(super) fn export(config: &Config, asked: &super::Export) -> Result<ExitCode, Failure> {
    let filter = OrderFilter {
        guild: asked.guild,
        store: asked.store.clone(),
        status: asked.status,
        profile: asked.profile.clone(),
        since: asked.since.as_deref().map(|text| time("--since", text)).transpose()?,
        until: asked.until.as_deref().map(|text| time("--until", text)).transpose()?,
    };
    require_begin_before_end(asked, &filter)?;
    let stdout = asked.output.as_deref().is_none_or(|path| path == Path::new("-"));
    if asked.format == super::Format::Xlsx && stdout && std::io::stdout().is_terminal() {
        let why = "a workbook cannot be shown in a terminal; write it to a file with -o FILE";
        return Err(Failure::usage(why.to_owned()));
    }
    if asked.bom && asked.format != super::Format::Csv {
        return Err(Failure::usage("--bom works with --format csv only; leave it out".to_owned()));
    }
    block_on(write_orders(config, asked, &filter))?
}

/// Nothing is both after its beginning and before an earlier end: a file without an order would hide that.
fn require_begin_before_end(asked: &super::Export, filter: &OrderFilter) -> Result<(), Failure> {
    let is_empty = filter.since.zip(filter.until).is_some_and(|(since, until)| since >= until);
    match (&asked.since, &asked.until) {
        (Some(since), Some(until)) if is_empty => Err(Failure::usage(format!(
            "--since {since} is not before --until {until}, so no order can match; --until itself is \
             not included"
        ))),
        _ => Ok(()),
    }
}

async fn write_orders(
    config: &Config,
    asked: &super::Export,
    filter: &OrderFilter,
) -> Result<ExitCode, Failure> {
    let ledger = Ledger::open_read_only(&config.database.path).await.map_err(cannot_open)?;
    let orders = ledger.export_orders(filter);
    let mark = if asked.bom { export::Mark::Utf8 } else { export::Mark::None };
    let output_file = asked.output.as_deref();
    let written = match asked.format {
        super::Format::Csv => export::csv(orders, mark, output(output_file)?).await,
        super::Format::Xlsx => write_workbook(orders, output_file).await,
        super::Format::Json => export::json(orders, output(output_file)?).await,
    };
    let written = match written {
        // `export | head` closes the pipe when it has enough: that is no failure.
        Err(error) if is_broken_pipe(&error) => return Ok(ExitCode::SUCCESS),
        other => other?,
    };
    if let Some(path) = &asked.output {
        eprintln!("wrote {} to {}", count(written, "order", "orders"), path.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn output(path: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    match path.filter(|path| *path != Path::new("-")) {
        None => Ok(Box::new(BufWriter::new(std::io::stdout().lock()))),
        Some(path) => Ok(Box::new(create(path)?)),
    }
}

/// The parts of a workbook are not written one after another, as standard output wants them: on its way
/// there it is a file without a name.
async fn write_workbook(
    orders: impl Stream<Item = anyhow::Result<Order>>,
    path: Option<&Path>,
) -> anyhow::Result<u64> {
    if let Some(path) = path.filter(|path| *path != Path::new("-")) {
        return export::xlsx(orders, create(path)?).await;
    }
    let mut file = tempfile::tempfile().context("make a file for the workbook")?;
    let count = export::xlsx(orders, BufWriter::new(&file)).await?;
    file.rewind().context("read the workbook again")?;
    std::io::copy(&mut file, &mut output(None)?).context("write the workbook")?;
    Ok(count)
}

fn create(path: &Path) -> anyhow::Result<BufWriter<File>> {
    let file = ledger::private().create(true).truncate(true).write(true).open(path);
    let file = file.with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(BufWriter::new(file))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let kind = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        kind == Some(std::io::ErrorKind::BrokenPipe)
            || cause.to_string().to_lowercase().contains("broken pipe")
    })
}

/// A day, which begins at midnight UTC, or a full time with its zone.
fn time(option: &str, text: &str) -> Result<DateTime<Utc>, Failure> {
    let day = text.parse::<NaiveDate>().ok().and_then(|day| day.and_hms_opt(0, 0, 0));
    day.map(|midnight| midnight.and_utc())
        .or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc()))
        .ok_or_else(|| {
            Failure::usage(format!(
                "{option} \"{text}\" is not a time; write a day like 2026-01-31, or a time like \
                 2026-01-31T18:00:00Z"
            ))
        })
}
