//! `/orders`: lists of orders.

pub(super) mod add;
pub(super) mod export;
mod open;
pub(super) mod stats;

use super::options::choices::{PeriodWord, StatusWord};
use super::options::date_range::filled;
use super::options::names::{profile_names, store_names};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::render::orders::list::Page;
use crate::discord::render::orders::list_query::ListQuery;

/// List, find, count and export orders
#[poise::command(
    slash_command,
    guild_only,
    subcommands(
        "recent",
        "search",
        "self::add::add",
        "self::export::export",
        "self::open::open",
        "self::stats::stats"
    ),
    subcommand_required,
    default_member_permissions = "MANAGE_MESSAGES"
)]
#[expect(clippy::unused_async, reason = "poise wants an async function; only subcommands run")]
pub(crate) async fn orders(_context: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// List the latest orders
#[poise::command(slash_command, guild_only)]
async fn recent(
    context: Context<'_>,
    #[description = "How many orders per page (10)"]
    #[min = 1]
    #[max = 25]
    limit: Option<u32>,
    #[description = "Only this store"]
    #[autocomplete = "store_names"]
    #[max_length = 100]
    store: Option<String>,
    #[description = "Only this status"] status: Option<StatusWord>,
    #[description = "Only this profile"]
    #[autocomplete = "profile_names"]
    #[max_length = 100]
    profile: Option<String>,
    #[description = "Only this period (all)"] period: Option<PeriodWord>,
) -> Result<(), Error> {
    let asked = asked(None, store, status, profile, period);
    send_page(context, super::page_size(limit), asked).await
}

/// Find orders by number, product, e-mail, profile or tracking number
#[poise::command(slash_command, guild_only)]
async fn search(
    context: Context<'_>,
    #[description = "Any part of a number, product, e-mail, profile or tracking number; all words must match"]
    #[max_length = 100]
    query: String,
    #[description = "Only this store"]
    #[autocomplete = "store_names"]
    #[max_length = 100]
    store: Option<String>,
    #[description = "Only this status"] status: Option<StatusWord>,
    #[description = "Only this profile"]
    #[autocomplete = "profile_names"]
    #[max_length = 100]
    profile: Option<String>,
    #[description = "Only this period (all)"] period: Option<PeriodWord>,
) -> Result<(), Error> {
    let query = query.trim();
    if query.trim_matches('#').trim().is_empty() {
        let sentence = "Type at least one letter or digit to search for.";
        return Err(Error::User(sentence.to_owned()));
    }
    let asked = asked(Some(query.to_owned()), store, status, profile, period);
    send_page(context, super::page_size(None), asked).await
}

fn asked(
    text: Option<String>,
    store: Option<String>,
    status: Option<StatusWord>,
    profile: Option<String>,
    period: Option<PeriodWord>,
) -> ListQuery {
    ListQuery {
        text,
        store: filled(store),
        status: status.map(|word| word.0),
        profile: filled(profile),
        period: period.map(|word| word.0),
    }
}

async fn send_page(context: Context<'_>, limit: u32, asked: ListQuery) -> Result<(), Error> {
    let page = Page { user: context.author().id.into(), limit, offset: 0, asked };
    let (embed, rows) = page.show(context.data(), super::guild(context)?).await?;
    reply::send(context, reply::configured(context).embed(embed).components(rows)).await
}
