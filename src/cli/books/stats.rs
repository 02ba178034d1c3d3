//! `stats`: what orders came to.

use std::process::ExitCode;

use chrono::{DateTime, Days, NaiveDate, Utc};
use clap::{Args, ValueEnum};
use refract_ledger::config::Config;
use refract_ledger::count::{count, grouped};
use refract_ledger::ids::GuildId;
use refract_ledger::ledger::{BookStats, Ledger, OrderFilter};
use refract_ledger::order::Money;
use refract_ledger::order::period::{Period, Span};
use serde_json::{Number, Value, json};

use super::{Form, guild_of, json, print};
use crate::cli::bot::block_on;
use crate::cli::export::moment;
use crate::cli::failure::Failure;
use crate::cli::files::cannot_open;
use crate::cli::output::print::remark;

#[derive(Args)]
pub(crate) struct StatsArguments {
    /// today, yesterday, week, month (this is the default), last-month, year, all, 7d or 30d.
    #[arg(long, value_enum, hide_possible_values = true, conflicts_with_all = ["since", "until"])]
    period: Option<Named>,
    /// Only orders from this time on: a day like 2026-01-31, or a full time with its zone.
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

/// A span with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Named {
    Today,
    Yesterday,
    Week,
    Month,
    LastMonth,
    Year,
    All,
    #[value(name = "7d")]
    SevenDays,
    #[value(name = "30d")]
    ThirtyDays,
}

impl Named {
    fn span(self, today: NaiveDate) -> Span {
        let last = |days: u64| Span {
            since: today.checked_sub_days(Days::new(days - 1)),
            until: today.succ_opt(),
        };
        match self {
            Self::Today => Period::Today.days(today),
            Self::Yesterday => Span { since: today.pred_opt(), until: Some(today) },
            Self::Week => Period::Week.days(today),
            Self::Month => Period::Month.days(today),
            Self::LastMonth => Period::LastMonth.days(today),
            Self::Year => Period::Year.days(today),
            Self::All => Period::All.days(today),
            Self::SevenDays => last(7),
            Self::ThirtyDays => last(30),
        }
    }
}

/// `stats`
pub(crate) fn stats(config: &Config, asked: &StatsArguments) -> Result<ExitCode, Failure> {
    let (since, until) = asked.bounds(config)?;
    block_on(show(config, asked, (since, until)))?
}

type Bound = Option<DateTime<Utc>>;

impl StatsArguments {
    fn bounds(&self, config: &Config) -> Result<(Bound, Bound), Failure> {
        if self.since.is_some() || self.until.is_some() {
            let since =
                self.since.as_deref().map(|text| moment(("--since", text), config.zone, false));
            let until =
                self.until.as_deref().map(|text| moment(("--until", text), config.zone, true));
            return Ok((since.transpose()?, until.transpose()?));
        }
        let today = Utc::now().with_timezone(&config.zone).date_naive();
        Ok(self.period.unwrap_or(Named::Month).span(today).moments(config.zone))
    }
}

async fn show(
    config: &Config,
    asked: &StatsArguments,
    (since, until): (Bound, Bound),
) -> Result<ExitCode, Failure> {
    let ledger = Ledger::open_read_only(&config.database.path).await.map_err(cannot_open)?;
    let guild = guild_of(&ledger, asked.guild).await?;
    let filter = OrderFilter {
        guild: Some(guild),
        store: asked.store.clone(),
        profile: asked.profile.clone(),
        since,
        until,
        ..OrderFilter::default()
    };
    let stats = ledger.book_stats(guild, &filter).await?;
    if stats.placed == 0
        && let Some(unknown) = ledger.no_such_store(&filter).await?
    {
        remark(&unknown.to_string());
    }
    print(&match asked.format {
        Form::Json => as_json(&stats),
        Form::Text => as_text(&stats),
    });
    Ok(ExitCode::SUCCESS)
}

fn as_json(stats: &BookStats) -> String {
    json!({
        "placed": stats.placed,
        "cancelled": stats.cancelled,
        "orders": stats.orders(),
        "units": stats.units,
        "stick_rate": stats.stick_rate().map(rate),
        "spend": json::sums(&stats.spend),
        "payout": json::sums(&stats.payout),
        "commission": json::sums(&stats.commission),
        "profit": json::sums(&stats.profit),
        "open": json::sums(&stats.open),
        "charged": json::sums(&stats.charged),
        "refunded": json::sums(&stats.refunded),
    })
    .to_string()
}

/// Ten thousandths as a fraction with four decimals.
fn rate(rate: i64) -> Value {
    let text = decimals(rate);
    let number = text.parse().ok().and_then(Number::from_f64);
    number.map_or(Value::Null, Value::Number)
}

fn decimals(rate: i64) -> String {
    format!("{}.{:04}", rate / 10_000, rate % 10_000)
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
    if let Some(rate) = stats.stick_rate() {
        lines.push(format!("Stick rate  {}", decimals(rate)));
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
