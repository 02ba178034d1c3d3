//! `stats`: what orders came to.

use std::collections::BTreeMap;
use std::process::ExitCode;

use chrono::Utc;
use chrono_tz::Tz;
use clap::Args;
use refract_ledger::config::Config;
use refract_ledger::count::{count, grouped};
use refract_ledger::ids::GuildId;
use refract_ledger::ledger::{BookStats, Ledger, OrderFilter};
use refract_ledger::order::Money;
use refract_ledger::order::period::Period;
use serde::Serialize;

use super::{Form, answer, guild_of, json};
use crate::cli::bot::block_on;
use crate::cli::confined::must_be_there;
use crate::cli::export::{Bound, span};
use crate::cli::failure::Failure;
use crate::cli::files::{cannot_open, zone_in};

#[derive(Args)]
pub(crate) struct StatsArguments {
    /// today, yesterday, week, 7d, month (the default), 30d, last-month, year, last-year or all.
    #[arg(long, value_parser = period, conflicts_with_all = ["since", "until"])]
    period: Option<Period>,
    /// Only orders from this time on: a day like 2026-01-31 or 7d, or a full time with its zone.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only orders up to this day, with the whole day, or before this full time with its zone.
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Only this store, by its name or a part of it.
    #[arg(long)]
    store: Option<String>,
    /// Only this profile.
    #[arg(long)]
    profile: Option<String>,
    /// The id of the server, if the database knows several.
    #[arg(long, value_name = "ID")]
    guild: Option<GuildId>,
    /// How the answer is written.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
}

/// A period as somebody types it.
fn period(typed: &str) -> Result<Period, String> {
    Period::from_word(typed).ok_or_else(|| {
        let words = Period::ALL.map(|period| period.as_str().replace(' ', "-"));
        format!("write one of {}", words.join(", "))
    })
}

/// `stats`
pub(crate) fn stats(config: &Config, asked: &StatsArguments) -> Result<ExitCode, Failure> {
    let zone = block_on(zone_in(config, asked.guild))?;
    let times = asked.times(zone)?;
    block_on(show(config, asked, &times))?
}

/// Which orders are looked at by their time, and what that is called.
struct Times {
    since: Bound,
    until: Bound,
    title: String,
}

impl StatsArguments {
    fn times(&self, zone: Tz) -> Result<Times, Failure> {
        let (from, to) = (self.since.as_deref(), self.until.as_deref());
        if from.is_some() || to.is_some() {
            let (since, until) = span([from, to], zone)?;
            let said = [("since", from), ("until", to)].into_iter();
            let said = said.filter_map(|(word, typed)| Some(format!("{word} {}", typed?)));
            let title = format!("Orders {} ({zone})", said.collect::<Vec<_>>().join(" "));
            return Ok(Times { since, until, title });
        }
        let today = Utc::now().with_timezone(&zone).date_naive();
        let period = self.period.unwrap_or(Period::Month);
        let days = period.days(today);
        let title = match days.days_in_words() {
            Some(days) => format!("Orders of {period} ({days}, {zone})"),
            None => "All orders".to_owned(),
        };
        let (since, until) = days.moments(zone);
        Ok(Times { since, until, title })
    }
}

async fn show(config: &Config, asked: &StatsArguments, times: &Times) -> Result<ExitCode, Failure> {
    let Times { since, until, title } = times;
    let ledger = Ledger::open_read_only(&config.database.path).await.map_err(cannot_open)?;
    let guild = guild_of(&ledger, asked.guild).await?;
    let filter = OrderFilter {
        guild: Some(guild),
        store: asked.store.clone(),
        profile: asked.profile.clone(),
        since: *since,
        until: *until,
        ..OrderFilter::default()
    };
    must_be_there(&ledger, &filter).await?;
    let stats = ledger.book_stats(guild, &filter).await?;
    answer(&match asked.format {
        Form::Json => as_json(&stats),
        Form::Text if stats.placed == 0 => {
            let all = OrderFilter { since: None, until: None, ..filter };
            format!("{title}\n{}", none_of(ledger.count_and_sum(&all).await?.count))
        }
        Form::Text => format!("{title}\n{}", as_text(&stats)),
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The figures as programs read them.
#[derive(Serialize)]
struct Figures {
    placed: i64,
    cancelled: i64,
    orders: i64,
    units: i64,
    stick_rate: Option<f64>,
    spend: Sums,
    payout: Sums,
    commission: Sums,
    profit: Sums,
    open: Sums,
    charged: Sums,
    refunded: Sums,
}

/// Decimal strings by currency.
type Sums = BTreeMap<&'static str, String>;

fn as_json(stats: &BookStats) -> String {
    json::text_of(&Figures {
        placed: stats.placed,
        cancelled: stats.cancelled,
        orders: stats.orders(),
        units: stats.units,
        stick_rate: stats.stick_rate().and_then(|rate| decimals(rate).parse().ok()),
        spend: json::sums(&stats.spend),
        payout: json::sums(&stats.payout),
        commission: json::sums(&stats.commission),
        profit: json::sums(&stats.profit),
        open: json::sums(&stats.open),
        charged: json::sums(&stats.charged),
        refunded: json::sums(&stats.refunded),
    })
}

/// Ten thousandths as a fraction with four decimals.
fn decimals(rate: i64) -> String {
    format!("{}.{:04}", rate / 10_000, rate % 10_000)
}

/// That there is nothing, and how many orders of other times there are.
fn none_of(all: i64) -> String {
    match all {
        0 => "none".to_owned(),
        all => format!("none; `--period all` has {}", grouped(all.unsigned_abs())),
    }
}

fn as_text(stats: &BookStats) -> String {
    let mut lines = vec![
        format!(
            "{} placed, {} cancelled, {} kept",
            count(stats.placed.unsigned_abs(), "order", "orders"),
            grouped(stats.cancelled.unsigned_abs()),
            grouped(stats.orders().unsigned_abs())
        ),
        count(stats.units.unsigned_abs(), "unit", "units"),
    ];
    if let Some(percent) = stats.stick_percent() {
        lines.push(format!("Stick rate  {percent}"));
    }
    for (name, sums) in [
        ("Spend", &stats.spend),
        ("Payout", &stats.payout),
        ("Commission", &stats.commission),
        ("Profit", &stats.profit),
        ("Open", &stats.open),
        ("Charged", &stats.charged),
        ("Refunded", &stats.refunded),
    ] {
        if !sums.is_empty() {
            let sums: Vec<String> = sums.iter().map(Money::to_string).collect();
            lines.push(format!("{name:<10}  {}", sums.join(" + ")));
        }
    }
    lines.join("\n")
}
