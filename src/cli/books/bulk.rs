//! `bulk`: sheets into the ledger, also while the bot runs.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono_tz::Tz;
use clap::{Args, Subcommand};
use refract_ledger::config::Config;
use refract_ledger::ids::GuildId;
use refract_ledger::ledger::{BulkLine, BulkRequest, Ledger, ListRange, SheetFile, WaitingPlace};
use refract_ledger::order::Status;
use refract_ledger::sheet::{DateOrder, Kind, Known, Options};

use super::held::{Held, open};
use super::read::{looked_up, read};
use super::text::clean;
use super::typed::{Place, batch, dates, mapped, place};
use super::waited::waited;
use super::{Form, answer, json, report, text};
use crate::cli::bot::block_on;
use crate::cli::confined::{must_be_known, newcomer};
use crate::cli::export::zone;
use crate::cli::failure::Failure;
use crate::cli::output::print::remark;

#[derive(Args)]
pub(crate) struct BulkArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Tracking numbers of orders.
    Track(Bring),
    /// What a buying group received, by parcel.
    Received(Bring),
    /// A status for orders.
    Status(Bring),
    /// Lines of a card's statement.
    Charges(Bring),
    /// Orders of the past: the old spreadsheet or its database, or what `export` has written.
    Orders(Bring),
    /// The sheets that were applied.
    List(List),
    /// Take an applied sheet back.
    Undo(Undo),
    /// Rows whose order is not in the ledger yet.
    Waiting(Waiting),
}

#[derive(Args)]
struct Bring {
    /// The files: CSV, TSV, XLSX, a list of numbers, JSON of `export` or `roms_v2.db`; `-` for standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The id of the server whose orders they speak of, if the database knows several.
    #[arg(long, value_name = "ID")]
    guild: Option<GuildId>,
    /// Change the orders; without it you only see what would happen.
    #[arg(long)]
    apply: bool,
    /// The status for rows that name none (default: cancelled), or of the orders of `track`.
    #[arg(long)]
    status: Option<Status>,
    /// Cancel also what is shipped, delivered, received or paid.
    #[arg(long)]
    anyway: bool,
    /// What a column means: `--map "Parcel No"=tracking_number`.
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapped)]
    map: Vec<(String, String)>,
    /// How dates are written, if it is not clear: mdy, dmy or ymd.
    #[arg(long, value_name = "ORDER", value_parser = dates)]
    dates: Option<DateOrder>,
    /// The time zone of dates and times that name none (default: that of `/setup timezone`).
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    time_zone: Option<Tz>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

#[derive(Args)]
struct List {
    /// Only the server with this id.
    #[arg(long, value_name = "ID")]
    guild: Option<GuildId>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

#[derive(Args)]
struct Undo {
    /// Its number, as `bulk list` shows it.
    #[arg(value_parser = batch)]
    batch: i64,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

#[derive(Args)]
struct Waiting {
    /// Take away what waits: a batch, or a line of it; with several files `BATCH:FILE:LINE`.
    #[arg(long, value_name = "BATCH[:LINE]", value_parser = place)]
    drop: Option<Place>,
    /// Only the server with this id.
    #[arg(long, value_name = "ID")]
    guild: Option<GuildId>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// `bulk`
pub(crate) fn bulk(config: &Config, asked: &BulkArguments) -> Result<ExitCode, Failure> {
    match &asked.what {
        What::Track(bring) => brought(config, Kind::Track, bring),
        What::Received(bring) => brought(config, Kind::Received, bring),
        What::Status(bring) => brought(config, Kind::Status, bring),
        What::Charges(bring) => brought(config, Kind::Charges, bring),
        What::Orders(bring) => brought(config, Kind::Orders, bring),
        What::List(list) => block_on(listed(config, list))?,
        What::Undo(undo) => block_on(undone(config, undo))?,
        What::Waiting(waiting) => block_on(waits(config, waiting))?,
    }
}

fn brought(config: &Config, kind: Kind, bring: &Bring) -> Result<ExitCode, Failure> {
    let of_status = [("--status", bring.status.is_some()), ("--anyway", bring.anyway)];
    let wrong = of_status.iter().find(|(option, asked)| {
        *asked && kind != Kind::Status && !(kind == Kind::Track && *option == "--status")
    });
    if let Some((option, _)) = wrong {
        let kind = kind.as_str();
        return Err(Failure::usage(format!(
            "{option} means nothing for `bulk {kind}`; leave it out"
        )));
    }
    let options = Options {
        map: bring.map.clone(),
        dates: bring.dates,
        status_is_said: bring.status.is_some(),
        known: Known::Unasked,
    };
    let read = |path: &PathBuf| read(path, kind, &options);
    let files = bring.files.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    block_on(async {
        let mut understood = Vec::new();
        for file in files {
            understood.push(looked_up(config, (kind, &options), bring.guild, file).await?);
        }
        bring_in(config, kind, bring, understood).await
    })?
}

async fn bring_in(
    config: &Config,
    kind: Kind,
    bring: &Bring,
    files: Vec<SheetFile>,
) -> Result<ExitCode, Failure> {
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let held = if bring.apply {
        Held::to_change(config, bring.guild).await?
    } else {
        Held::to_preview(config).await?
    };
    let ledger = &held.ledger;
    let taken = async {
        let guild = held.guild(bring.guild).await?;
        if let Some(about) = newcomer(ledger, bring.guild).await? {
            remark(&about);
        }
        let (status, anyway) = (bring.status, bring.anyway);
        let zone = match bring.time_zone {
            Some(zone) => zone,
            None => ledger.zone_set_in(Some(guild)).await?.unwrap_or(config.zone),
        };
        let request = BulkRequest { guild, kind, files, status, anyway, user: None, zone };
        let bulk = if bring.apply {
            waited(ledger, ledger.apply_sheet(&request)).await?
        } else {
            waited(ledger, ledger.preview_sheet(&request)).await?
        };
        Ok(bulk)
    };
    let taken: Result<_, Failure> = taken.await;
    ledger.close().await;
    let bulk = taken?;
    let text = match (bring.format, held.remark(config)) {
        (Form::Json, about) => {
            // The answer has the form that programs expect.
            if let Some(about) = about {
                remark(&about);
            }
            json::bulk(kind, &names, &bulk)
        }
        (Form::Text, None) => text::bulk(kind, &names, &bulk, bring.apply),
        (Form::Text, Some(about)) => {
            format!("{about}\n\n{}", text::bulk(kind, &names, &bulk, bring.apply))
        }
    };
    said(&text, bring.apply)
}

/// Prints what a sheet does, or what was done. That it is done does not hang on whether it can be printed.
fn said(text: &str, is_done: bool) -> Result<ExitCode, Failure> {
    if is_done {
        report(text);
    } else {
        answer(text)?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn listed(config: &Config, asked: &List) -> Result<ExitCode, Failure> {
    let ledger = open(config, false).await?;
    let batches = ledger.batches(asked.guild, ListRange::ALL).await?.rows;
    // Those that were undone are listed, too.
    if batches.is_empty() {
        must_be_known(&ledger, asked.guild).await?;
    }
    let text = match asked.format {
        Form::Json => json::batches(&batches),
        Form::Text => text::batches(&batches),
    };
    said(&text, false)
}

async fn undone(config: &Config, asked: &Undo) -> Result<ExitCode, Failure> {
    let ledger = open(config, true).await?;
    let undone = waited(&ledger, ledger.undo_batch(None, asked.batch, None)).await;
    ledger.close().await;
    let Some((batch, _)) = undone? else {
        let why = format!("there is no batch {}; `bulk list` shows all of them", asked.batch);
        return Err(Failure::usage(why));
    };
    let text = match asked.format {
        Form::Json => json::batch(&batch),
        Form::Text => text::undone(&batch),
    };
    said(&text, true)
}

async fn waits(config: &Config, asked: &Waiting) -> Result<ExitCode, Failure> {
    let ledger = open(config, asked.drop.is_some()).await?;
    let waiting = async {
        must_be_known(&ledger, asked.guild).await?;
        if let Some(place) = &asked.drop {
            drop_waiting(&ledger, asked.guild, place).await?;
        }
        Ok(ledger.waiting_rows(asked.guild, ListRange::ALL).await?.rows)
    };
    let waiting: Result<_, Failure> = waiting.await;
    ledger.close().await;
    let lines = waiting?;
    let text = match asked.format {
        Form::Json => json::waiting(&lines),
        Form::Text => text::waiting(&lines),
    };
    said(&text, asked.drop.is_some())
}

/// Takes away what waits there. A line of several files is not guessed.
async fn drop_waiting(
    ledger: &Ledger,
    guild: Option<GuildId>,
    Place { batch, file, line }: &Place,
) -> Result<(), Failure> {
    let waiting = ledger.waiting_rows(guild, ListRange::ALL).await?.rows;
    let is_meant = |row: &&BulkLine| {
        row.batch == Some(*batch)
            && line.is_none_or(|line| row.line == line)
            && file.as_ref().is_none_or(|file| *row.file == **file)
    };
    let files: BTreeSet<&str> = waiting.iter().filter(is_meant).map(|row| &*row.file).collect();
    let from = line.map(|line| format!(" from line {line}")).unwrap_or_default();
    match (files.len(), line) {
        (0, _) => return Err(Failure::usage(format!("nothing of batch {batch}{from} waits"))),
        (2.., Some(line)) => {
            let places = files.iter().map(|file| format!("{batch}:{file}:{line}"));
            let places = clean(&places.collect::<Vec<_>>().join(" or "));
            return Err(Failure::usage(format!(
                "line {line} waits in several files of batch {batch}; say which with --drop {places}"
            )));
        }
        _ => {}
    }
    let place = WaitingPlace { file: file.as_deref(), line: *line, row: None };
    ledger.drop_waiting(guild, *batch, place).await?;
    Ok(())
}
