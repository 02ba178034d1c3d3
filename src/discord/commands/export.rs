//! `/orders export`: the orders as a file, for whoever asked alone.

use std::time::Duration;

use serenity::all::CreateAttachment;

use super::super::bot::Context;
use super::super::error::Error;
use super::orders::{profile_names, store_names};
use super::stats::{filled, zone};
use super::words::{FormatWord, PeriodWord, StatusWord};
use crate::export::{Format, Part, Parts};
use crate::ledger::{Disclosure, OrderFilter};
use crate::period::Period;

/// What Discord takes from anybody, where it does not say.
const USUAL_BYTES_MAX: u64 = 10_000_000;
/// More is not held in memory, whatever Discord takes.
const HELD_BYTES_MAX: u64 = 25_000_000;
/// Files of one export; more would flood the screen of whoever asked.
const PARTS_MAX: usize = 10;
/// Discord takes five answers in two seconds.
const BETWEEN_PARTS: Duration = Duration::from_millis(500);
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
    #[description = "Only this profile"]
    #[autocomplete = "profile_names"]
    #[max_length = 100]
    profile: Option<String>,
) -> Result<(), Error> {
    // The file holds whole e-mail addresses: nobody else sees it, whatever `replies` says.
    context.defer_ephemeral().await?;
    let format = format.map_or(Format::Xlsx, |word| word.0);
    let zone = zone(context)?;
    let today = context.data().rest.clock().now().with_timezone(&zone).date_naive();
    let period = period.map_or(Period::All, |word| word.0);
    let (since, until) = period.days(today).moments(zone);
    let guild = super::guild(context)?;
    let status = status.map(|word| word.0);
    let (store, profile) = (filled(store), filled(profile));
    let filter = OrderFilter { guild: Some(guild), store, status, profile, since, until };
    let user = context.author().id;
    let mut parts = Parts::new(context.data().ledger.clone(), filter, format, limit_of(context));
    let (mut sent, mut count) = (0, 0);
    while let Some(part) = parts.next().await? {
        sent += 1;
        count += part.orders;
        // Not handed out where it cannot be noted.
        let orders = part.orders as u64;
        let taken = Disclosure::Export { format: format.as_str(), orders };
        context.data().ledger.note_disclosure(guild, user.into(), taken).await?;
        send(context, &part, &name(today, format, sent, part.is_last), period, sent).await?;
        if !part.is_last {
            tokio::time::sleep(BETWEEN_PARTS).await;
        }
        if sent == PARTS_MAX && !part.is_last {
            context.send(super::private_reply().content(too_many(count))).await?;
            break;
        }
    }
    tracing::info!(%user, %guild, orders = count, format = format.as_str(), "orders were exported");
    Ok(())
}

async fn send(
    context: Context<'_>,
    part: &Part,
    name: &str,
    period: Period,
    number: usize,
) -> Result<(), Error> {
    let orders =
        if part.orders == 1 { "1 order".to_owned() } else { format!("{} orders", part.orders) };
    let said = if number == 1 && part.is_last {
        format!("{orders}, {period}. The file holds e-mail addresses in full.")
    } else if number == 1 {
        format!(
            "They do not fit into one file. Part 1: the first {orders}, {period}. The files hold \
             e-mail addresses in full."
        )
    } else {
        format!("Part {number}: {orders}.")
    };
    let file = CreateAttachment::bytes(part.bytes.as_slice(), name);
    context.send(super::private_reply().content(said).attachment(file)).await?;
    Ok(())
}

/// `orders-2026-01-31.csv`; with the number of the part where there are several.
fn name(today: chrono::NaiveDate, format: Format, number: usize, is_last: bool) -> String {
    let part = if number == 1 && is_last { String::new() } else { format!("-part{number}") };
    format!("orders-{today}{part}.{}", format.as_str())
}

fn too_many(sent: usize) -> String {
    format!(
        "These were the first {sent} orders; more files are too many for Discord. Choose a shorter \
         `period`, a `store` or a `status` for the others; whoever runs the bot gets all of them at \
         once with `refract-ledger export`."
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
