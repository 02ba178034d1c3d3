//! `/orders export`: the orders as a file, for whoever asked alone.

use anyhow::Context as _;
use serenity::all::CreateAttachment;

use super::super::bot::Context;
use super::super::error::Error;
use super::orders::store_names;
use super::stats::{filled, zone};
use super::words::{FormatWord, PeriodWord, StatusWord};
use crate::export::{self, Format, Limited, Mark};
use crate::ledger::{Disclosure, Ledger, OrderFilter};
use crate::period::Period;

/// What Discord takes from anybody, where it does not say.
const USUAL_BYTES_MAX: u64 = 10_000_000;
/// More is not held in memory, whatever Discord takes.
const HELD_BYTES_MAX: u64 = 25_000_000;
/// The form's other parts beside the file.
const FORM_BYTES: u64 = 16_384;

/// The orders as a file
#[poise::command(slash_command, guild_only)]
pub(super) async fn export(
    context: Context<'_>,
    #[description = "Of the file (xlsx)"] format: Option<FormatWord>,
    #[description = "Only these days (all)"] period: Option<PeriodWord>,
    #[description = "Only this store"]
    #[autocomplete = "store_names"]
    #[max_length = 100]
    store: Option<String>,
    #[description = "Only this status"] status: Option<StatusWord>,
) -> Result<(), Error> {
    // The file holds whole e-mail addresses: nobody else sees it, whatever `replies` says.
    context.defer_ephemeral().await?;
    let format = format.map_or(Format::Xlsx, |word| word.0);
    let zone = zone(context)?;
    let today = chrono::Utc::now().with_timezone(&zone).date_naive();
    let period = period.map_or(Period::All, |word| word.0);
    let (since, until) = period.days(today).moments(zone);
    let guild = super::guild(context)?;
    let status = status.map(|word| word.0);
    let filter = OrderFilter { guild: Some(guild), store: filled(store), status, since, until };
    let limit = limit_of(context);
    let (count, file) = file(context.data().ledger.clone(), filter, format, limit).await?;
    let user = context.author().id;
    let Some(bytes) = file else {
        tracing::info!(%user, %guild, "an export did not fit into a reply");
        return Err(Error::User(too_large(limit)));
    };
    let taken = Disclosure::Export { format: format.as_str(), orders: count };
    // Not handed out where it cannot be noted.
    context.data().ledger.note_disclosure(guild, user.into(), taken).await?;
    tracing::info!(%user, %guild, orders = count, format = format.as_str(), "orders were exported");
    let name = format!("orders-{today}.{}", format.as_str());
    let orders = if count == 1 { "1 order".to_owned() } else { format!("{count} orders") };
    let reply = super::private_reply()
        .content(format!("{orders}, {period}. The file holds e-mail addresses in full."))
        .attachment(CreateAttachment::bytes(bytes, name));
    context.send(reply).await?;
    Ok(())
}

fn too_large(limit: u64) -> String {
    format!(
        "These orders make a file of more than {} MB, and Discord takes no larger one here. Choose a \
         shorter `period`, a `store` or a `status`; whoever runs the bot gets all of them at once \
         with `refract-ledger export`.",
        limit / 1_000_000
    )
}

/// What fits into a reply to this command.
fn limit_of(context: Context<'_>) -> u64 {
    let stated = match context {
        poise::Context::Application(context) => {
            u64::from(context.interaction.attachment_size_limit)
        }
        poise::Context::Prefix(_) => 0,
    };
    let limit = if stated == 0 { USUAL_BYTES_MAX } else { stated.min(HELD_BYTES_MAX) };
    limit.saturating_sub(FORM_BYTES)
}

/// How many orders there were, and the file, if it fits. Writing takes a thread of its own: packing a
/// workbook would hold up the others.
async fn file(
    ledger: Ledger,
    filter: OrderFilter,
    format: Format,
    limit: u64,
) -> anyhow::Result<(u64, Option<Vec<u8>>)> {
    let runtime = tokio::runtime::Handle::current();
    let write = move || {
        runtime.block_on(async {
            let mut out = Limited::new(limit);
            let orders = ledger.export_orders(&filter);
            let written = match format {
                Format::Xlsx => export::xlsx(orders, &mut out).await,
                Format::Csv => export::csv(orders, Mark::Utf8, &mut out).await,
                Format::Json => export::json(orders, &mut out).await,
            };
            if out.overflowed() {
                return Ok((0, None));
            }
            Ok((written?, Some(out.into_bytes())))
        })
    };
    tokio::task::spawn_blocking(write).await.context("wait for the export")?
}
