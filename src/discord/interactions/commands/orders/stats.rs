//! `/orders stats`: what the orders of some days come to.

use anyhow::Context as _;
use chrono::NaiveDate;
use chrono_tz::Tz;
use serenity::all::CreateAttachment;

use crate::chart;
use crate::discord::interactions::commands::options::choices::{PeriodWord, StatusWord};
use crate::discord::interactions::commands::options::date_range::{self, filled};
use crate::discord::interactions::commands::options::names::{profile_names, store_names};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, commands, reply};
use crate::discord::render;
use crate::discord::render::books::stats::Came;
use crate::figures::Figures;
use crate::ledger::{Ledger, Narrow, OrderFilter};
use crate::order::Status;
use crate::order::period::{Period, Span};

/// The name of the picture.
const CHART: &str = "stats.png";

/// Show what you spent, and where, with a chart
#[poise::command(slash_command, guild_only)]
pub(crate) async fn stats(
    context: Context<'_>,
    #[description = "Which period (month)"] period: Option<PeriodWord>,
    #[description = "Only this store"]
    #[autocomplete = "store_names"]
    #[max_length = 100]
    store: Option<String>,
    #[description = "From this day, like 2026-01-31, 1/31/2026, Jan 31, yesterday"]
    #[max_length = 40]
    since: Option<String>,
    #[description = "Up to and including this day, like 2026-02-28 or yesterday"]
    #[max_length = 40]
    until: Option<String>,
    #[description = "Only this status"] status: Option<StatusWord>,
    #[description = "Only this profile"]
    #[autocomplete = "profile_names"]
    #[max_length = 100]
    profile: Option<String>,
) -> Result<(), Error> {
    let guild = commands::guild(context)?;
    let zone = context.data().zone(guild);
    let today = context.data().rest.clock().now().with_timezone(&zone).date_naive();
    let (period, is_span) = (period.map(|word| word.0), since.is_some() || until.is_some());
    let month = (!is_span).then(|| period.unwrap_or(Period::Month));
    let typed = (period, since, until);
    let (span, title) = date_range::asked(typed, Period::Month, today)?;
    reply::defer(context).await?;
    let (since, until) = span.moments(zone);
    let (store, profile, status) = (filled(store), filled(profile), status.map(|word| word.0));
    let only = only(store.as_deref(), status, profile.as_deref());
    let narrow = Narrow::default();
    let filter = OrderFilter { guild: Some(guild), store, status, profile, since, until, narrow };
    let figures = context.data().ledger.figures(guild, &filter, zone).await?;
    let before = month.and_then(|period| month_before(period, today));
    let came = came(&context.data().ledger, &filter, before.map(|span| (span, zone))).await?;
    let audience = reply::audience(context);
    let unknown_store = match figures.orders {
        0 => context.data().ledger.no_such_store(&filter).await?,
        _ => None,
    };
    let shown = render::stats::Shown {
        figures: &figures,
        title,
        only,
        audience,
        zone,
        came,
        unknown_store,
    };
    let emoji = context.data().ledger.emoji();
    let embed = render::stats::embed(&shown, emoji);
    let reply = match drawn(figures.clone(), span, today).await {
        Some(png) => reply::configured(context)
            .embed(embed.attachment(CHART))
            .attachment(CreateAttachment::bytes(png, CHART)),
        None => reply::configured(context).embed(embed),
    };
    reply::send(context, reply).await
}

/// The month before one that was asked for.
fn month_before(period: Period, today: NaiveDate) -> Option<Span> {
    match period {
        Period::Month => Some(Period::LastMonth.days(today)),
        Period::LastMonth => {
            Period::LastMonth.days(today).since.map(|first| Period::LastMonth.days(first))
        }
        _ => None,
    }
}

/// What the orders came to; nothing where they are confined to a status.
async fn came(
    ledger: &Ledger,
    filter: &OrderFilter,
    before: Option<(Span, Tz)>,
) -> anyhow::Result<Option<Came>> {
    let Some(guild) = filter.guild.filter(|_| filter.status.is_none()) else { return Ok(None) };
    let now = ledger.book_stats(guild, filter).await?;
    let before = match before {
        Some((span, zone)) => {
            let (since, until) = span.moments(zone);
            let filter = OrderFilter { since, until, ..filter.clone() };
            Some(ledger.book_stats(guild, &filter).await?)
        }
        None => None,
    };
    Ok(Some(Came { now, before }))
}

/// What the figures are confined to, in words.
fn only(store: Option<&str>, status: Option<Status>, profile: Option<&str>) -> Vec<String> {
    let words =
        [store.map(str::to_owned), status.map(|it| it.to_string()), profile.map(str::to_owned)];
    words.into_iter().flatten().collect()
}

/// The chart, if there is something to draw. Figures without a chart are better than none.
async fn drawn(figures: Figures, span: Span, today: NaiveDate) -> Option<Vec<u8>> {
    let draw = move || chart::png(&figures, span, today);
    let png = tokio::task::spawn_blocking(draw).await.context("wait for the chart");
    png.flatten().unwrap_or_else(|error| {
        tracing::warn!("could not draw the chart: {error:#}");
        None
    })
}
