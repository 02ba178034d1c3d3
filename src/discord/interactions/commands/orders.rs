//! `/orders`: lists of orders.

pub(super) mod add;
pub(super) mod export;
mod open;
pub(super) mod stats;

use serenity::all::PartialChannel;

use super::options::choices::{LineWord, PeriodWord, SortWord, StatusWord};
use super::options::date_range::filled;
use super::options::names::{profile_names, store_names};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::render::orders::list::Page;
use crate::discord::render::orders::list_query::{ListQuery, Numbers};
use crate::ledger::typed_numbers;

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

/// List orders, the latest first
#[poise::command(slash_command, guild_only)]
#[expect(clippy::too_many_arguments, reason = "poise makes an option of each")]
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
    #[description = "Only products with this in their name"]
    #[max_length = 100]
    product: Option<String>,
    #[description = "True: only with a tracking number; False: only without one"] tracking: Option<
        bool,
    >,
    #[description = "Only this line of what is open"] open: Option<LineWord>,
    #[description = "Only orders announced in this channel or its threads"] channel: Option<
        PartialChannel,
    >,
    #[description = "Which orders come first (newest)"] sort: Option<SortWord>,
) -> Result<(), Error> {
    let asked = ListQuery {
        product: filled(product),
        tracking,
        line: open.map(|word| word.0),
        channel: channel.map(|channel| channel.id.into()),
        sort: sort.map(|word| word.0).unwrap_or_default(),
        ..asked(None, store, status, profile, period)
    };
    send_page(context, super::page_size(limit), asked).await
}

/// Find orders by any part of their texts, or by several numbers at once
#[poise::command(slash_command, guild_only)]
#[expect(clippy::too_many_arguments, reason = "poise makes an option of each")]
async fn search(
    context: Context<'_>,
    #[description = "Parts of a number, product, e-mail, profile, name or note; or several numbers"]
    #[max_length = 3000]
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
    #[description = "True: only with a tracking number; False: only without one"] tracking: Option<
        bool,
    >,
    #[description = "Only this line of what is open"] open: Option<LineWord>,
    #[description = "Only orders announced in this channel or its threads"] channel: Option<
        PartialChannel,
    >,
    #[description = "Which orders come first (newest)"] sort: Option<SortWord>,
) -> Result<(), Error> {
    let query = query.trim();
    if query.trim_matches('#').trim().is_empty() {
        let sentence = "Type at least one letter or digit to search for.";
        return Err(Error::User(sentence.to_owned()));
    }
    let numbers = numbers(context, query).await?;
    let is_found = numbers.as_ref().is_some_and(|numbers| !numbers.orders.is_empty());
    let asked = ListQuery {
        tracking,
        line: open.map(|word| word.0),
        channel: channel.map(|channel| channel.id.into()),
        sort: sort.map(|word| word.0).unwrap_or_default(),
        numbers,
        // Where no order has one of the numbers they may be parts of something.
        ..asked((!is_found).then(|| query.to_owned()), store, status, profile, period)
    };
    send_page(context, super::page_size(None), asked).await
}

/// What is found by several numbers. `None`: the query is something else.
async fn numbers(context: Context<'_>, query: &str) -> Result<Option<Numbers>, Error> {
    let Some(typed) = typed_numbers(query) else { return Ok(None) };
    let guild = super::guild(context)?;
    let found = context.data().ledger.orders_by_numbers(guild, &typed).await?;
    let (orders, missing) = (found.orders, found.missing);
    Ok(Some(Numbers { typed: typed.len(), orders, missing }))
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
        ..ListQuery::default()
    }
}

async fn send_page(context: Context<'_>, limit: u32, asked: ListQuery) -> Result<(), Error> {
    let page = Page { user: context.author().id.into(), limit, offset: 0, asked };
    let (embed, rows) = page.show(context.data(), super::guild(context)?).await?;
    reply::send(context, reply::configured(context).embed(embed).components(rows)).await
}
