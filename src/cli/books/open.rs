//! `open`: what is not finished.

use std::collections::BTreeMap;
use std::process::ExitCode;

use chrono::Utc;
use clap::Args;
use refract_ledger::config::Config;
use refract_ledger::count::count;
use refract_ledger::ids::GuildId;
use refract_ledger::ledger::{Ledger, Open, OpenKey, OpenLine, tolerance};
use serde::Serialize;

use super::{Form, answer, guild_of, json};
use crate::cli::bot::block_on;
use crate::cli::confined::must_be_known;
use crate::cli::failure::Failure;
use crate::cli::files::cannot_open;

#[derive(Args)]
pub(crate) struct OpenArguments {
    /// The id of the server, if the database knows several.
    #[arg(long, value_name = "ID")]
    guild: Option<GuildId>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// `open`
pub(crate) fn open(config: &Config, asked: &OpenArguments) -> Result<ExitCode, Failure> {
    block_on(show(config, asked))?
}

async fn show(config: &Config, asked: &OpenArguments) -> Result<ExitCode, Failure> {
    let ledger = Ledger::open_read_only(&config.database.path).await.map_err(cannot_open)?;
    must_be_known(&ledger, asked.guild).await?;
    let guild = guild_of(&ledger, asked.guild).await?;
    let open = ledger.open_orders(guild, tolerance(&config.books)).await?;
    answer(&match asked.format {
        Form::Json => as_json(&open),
        Form::Text => as_text(&open),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// Whole days since the oldest was ordered.
fn oldest_days(line: &OpenLine) -> Option<i64> {
    line.oldest.map(|oldest| (Utc::now() - oldest).num_days().max(0))
}

/// A line as programs read it.
#[derive(Serialize)]
struct Line {
    key: &'static str,
    orders: i64,
    units: i64,
    total: BTreeMap<&'static str, String>,
    oldest_days: Option<i64>,
}

fn as_json(open: &Open) -> String {
    let line = |(key, line): (&OpenKey, &OpenLine)| Line {
        key: key.as_str(),
        orders: line.orders,
        units: line.units,
        total: json::sums(&line.total),
        oldest_days: oldest_days(line),
    };
    let lines: Vec<Line> = open.iter().map(line).collect();
    json::text_of(&BTreeMap::from([("lines", lines)]))
}

fn as_text(open: &Open) -> String {
    let lines = open.iter().filter(|(_, line)| line.orders > 0 || line.units > 0);
    let lines: Vec<String> = lines.map(|(key, line)| of_line(*key, line)).collect();
    if lines.is_empty() { "Nothing is open.".to_owned() } else { lines.join("\n") }
}

fn of_line(key: OpenKey, line: &OpenLine) -> String {
    let units = line.units.unsigned_abs();
    if key == OpenKey::ForeignParcels {
        return format!("{}: {}", key.words(), count(units, "parcel", "parcels"));
    }
    let orders = count(line.orders.unsigned_abs(), "order", "orders");
    let mut text = format!("{}: {orders}, {}", key.words(), count(units, "unit", "units"));
    let sums: Vec<String> = line.total.iter().map(ToString::to_string).collect();
    if !sums.is_empty() {
        text.push_str(", ");
        text.push_str(&sums.join(" + "));
    }
    if let Some(days) = oldest_days(line) {
        let days = count(days.unsigned_abs(), "day", "days");
        text.push_str(", the oldest ");
        text.push_str(&days);
        text.push_str(" old");
    }
    text
}
