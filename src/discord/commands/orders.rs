//! `/orders`: lists of orders.

use serenity::all::CreateAutocompleteResponse;

use super::super::bot::{Bot, Context};
use super::super::components::Page;
use super::super::error::Error;
use super::super::render;
use crate::checkout::Status;
use crate::ids::GuildId;
use crate::ledger::OrderFilter;

/// Orders that a page shows when nothing else is asked.
const DEFAULT_LIMIT: u32 = 10;

/// A status, as the option's choices.
#[derive(Debug, Clone, Copy, poise::ChoiceParameter)]
enum StatusChoice {
    #[name = "verified"]
    Verified,
    #[name = "processing"]
    Processing,
    #[name = "shipped"]
    Shipped,
    #[name = "delivered"]
    Delivered,
    #[name = "sold"]
    Sold,
    #[name = "returned"]
    Returned,
    #[name = "refunded"]
    Refunded,
    #[name = "cancelled"]
    Cancelled,
}

impl From<StatusChoice> for Status {
    fn from(choice: StatusChoice) -> Self {
        match choice {
            StatusChoice::Verified => Self::Verified,
            StatusChoice::Processing => Self::Processing,
            StatusChoice::Shipped => Self::Shipped,
            StatusChoice::Delivered => Self::Delivered,
            StatusChoice::Sold => Self::Sold,
            StatusChoice::Returned => Self::Returned,
            StatusChoice::Refunded => Self::Refunded,
            StatusChoice::Cancelled => Self::Cancelled,
        }
    }
}

/// Lists of orders
#[poise::command(
    slash_command,
    guild_only,
    subcommands("recent"),
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
    #[description = "Only this status"] status: Option<StatusChoice>,
) -> Result<(), Error> {
    let page = Page {
        user: context.author().id.into(),
        limit: limit.unwrap_or(DEFAULT_LIMIT),
        offset: 0,
        status: status.map(Into::into),
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

async fn store_names(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let Ok(guild) = super::guild(context) else { return super::choices(Vec::new()) };
    let stores = context.data().ledger.suggest_stores(guild, typed, 25).await;
    let stores = stores.unwrap_or_else(|error| {
        tracing::warn!("stores cannot be suggested: {error:#}");
        Vec::new()
    });
    super::choices(stores)
}
