//! The commands that read and write files.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use refract_ledger::config::Config;
use refract_ledger::export;
use refract_ledger::ids::GuildId;
use refract_ledger::ledger::{Ledger, OpenError, OrderFilter};

use super::bot::block_on;
use super::failure::Failure;

/// What a database that cannot be opened means for the command.
pub(super) fn cannot_open(error: OpenError) -> Failure {
    anyhow::Error::new(error).into()
}

pub(super) fn parse(_config: &Config, _files: &[PathBuf]) -> Result<ExitCode, Failure> {
    Ok(ExitCode::SUCCESS)
}
pub(super) fn import(
    _config: &Config,
    _files: &[PathBuf],
    _guild: Option<GuildId>,
) -> Result<ExitCode, Failure> {
    Ok(ExitCode::SUCCESS)
}

/// `export`
pub(super) fn export(config: &Config, asked: &super::Export) -> Result<ExitCode, Failure> {
    let filter = OrderFilter {
        guild: asked.guild,
        store: asked.store.clone(),
        status: asked.status,
        since: asked.since.as_deref().map(|text| time("--since", text)).transpose()?,
        until: asked.until.as_deref().map(|text| time("--until", text)).transpose()?,
    };
    block_on(write_orders(config, asked, &filter))?
}

async fn write_orders(
    config: &Config,
    asked: &super::Export,
    filter: &OrderFilter,
) -> Result<ExitCode, Failure> {
    let ledger = Ledger::open_read_only(&config.database.path).await.map_err(cannot_open)?;
    let orders = ledger.export_orders(filter);
    let out = output(asked.output.as_deref())?;
    let count = match asked.format {
        super::Format::Csv => export::csv(orders, out).await,
        super::Format::Json => export::json(orders, out).await,
    };
    let count = match count {
        // `export | head` closes the pipe when it has enough: that is no failure.
        Err(error) if is_broken_pipe(&error) => return Ok(ExitCode::SUCCESS),
        other => other?,
    };
    if let Some(path) = &asked.output {
        eprintln!("{count} orders are in {}", path.display());
    }
    Ok(ExitCode::SUCCESS)
}

fn output(path: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    match path.filter(|path| *path != Path::new("-")) {
        None => Ok(Box::new(BufWriter::new(std::io::stdout().lock()))),
        Some(path) => {
            let file = File::create(path);
            let file = file.with_context(|| format!("write the file {}", path.display()))?;
            Ok(Box::new(BufWriter::new(file)))
        }
    }
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
                "{option} is \"{text}\"; write a day like 2026-01-31 or a time like \
                 2026-01-31T18:00:00Z"
            ))
        })
}
