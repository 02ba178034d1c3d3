//! `/orders`: lists of orders.

use serenity::all::CreateAutocompleteResponse;

use super::super::bot::{Bot, Context};
use super::super::components::page::Page;
use super::super::error::Error;
use super::super::render;
use super::words::StatusWord;
use crate::ids::GuildId;
use crate::ledger::OrderFilter;

/// Lists of orders
#[poise::command(
    slash_command,
    guild_only,
    subcommands("recent", "super::export::export", "super::stats::stats"),
    subcommand_required,
    default_member_permissions = "MANAGE_MESSAGES"
)]
#[expect(clippy::unused_async, reason = "poise wants an async function; only subcommands run")]
pub(super) async fn orders(_context: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// The latest orders
#[poise::command(slash_command, guild_only)]
async fn recent(
    context: Context<'_>,
    #[description = "How many orders a page shows (10)"]
    #[min = 1]
    #[max = 25]
    limit: Option<u32>,
    #[description = "Only this store"]
    #[autocomplete = "store_names"]
    #[max_length = 100]
    store: Option<String>,
    #[description = "Only this status"] status: Option<StatusWord>,
) -> Result<(), Error> {
    let page = Page {
        user: context.author().id.into(),
        limit: super::page_size(limit),
        offset: 0,
        status: status.map(|word| word.0),
        store: store.filter(|store| !store.trim().is_empty()),
    };
    let (embed, buttons) = page_of_orders(context.data(), super::guild(context)?, &page).await?;
    context.send(super::reply_to(context).embed(embed).components(buttons)).await?;
    Ok(())
}

/// One page of the latest orders, with the buttons to turn it.
pub(in super::super) async fn page_of_orders(
    bot: &Bot,
    guild: GuildId,
    page: &Page,
) -> Result<(serenity::all::CreateEmbed, Vec<serenity::all::CreateActionRow>), Error> {
    let filter = OrderFilter {
        guild: Some(guild),
        store: page.store.clone(),
        status: page.status,
        ..OrderFilter::default()
    };
    let orders = bot.ledger.recent_orders(&filter, page.limit, page.offset).await?;
    let totals = bot.ledger.count_and_sum(&filter).await?;
    let alarm = bot.alarms.is_content_hidden().then_some(super::super::alarm::CONTENT_HIDDEN);
    let list = render::list::List { orders: &orders, totals: &totals, page, alarm };
    Ok((render::list::embed(&list, bot.ledger.emoji()), page.buttons(totals.count)))
}

pub(super) async fn store_names(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let Ok(guild) = super::guild(context) else { return super::choices(Vec::new()) };
    let stores = context.data().ledger.suggest_stores(guild, typed, 25).await;
    let stores = stores.unwrap_or_else(|error| {
        tracing::warn!("stores cannot be suggested: {error:#}");
        Vec::new()
    });
    super::choices(stores)
}
