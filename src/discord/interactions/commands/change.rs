//! `/mark`, `/track`, `/note`, `/undo`: changing orders by typing.

pub(super) mod correct;

use std::collections::HashSet;

use poise::CreateReply;
use serenity::all::CreateAutocompleteResponse;

use super::options::choices::StatusWord;
use super::order::order_numbers;
use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::interactions::change::{Change, done_already};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::render::orders::changes;
use crate::discord::render::{self, Audience};
use crate::ids::{GuildId, UserId};
use crate::ledger::{Addition, AmendRequest, Ledger, MarkRequest, MarkSource, MarkTarget, Order};
use crate::order::Status;
use crate::reading::order_number;

/// Orders that one `/mark` takes.
const MOST: usize = 25;
/// What separates several numbers.
const BETWEEN: [char; 4] = [' ', ',', ';', '\n'];

/// Set the status of one or more orders
#[poise::command(
    slash_command,
    guild_only,
    custom_data = "Right::Mark",
    default_member_permissions = "MANAGE_MESSAGES"
)]
pub(crate) async fn mark(
    context: Context<'_>,
    #[description = "The order number; several separated by spaces"]
    #[autocomplete = "last_number"]
    #[max_length = 1000]
    number: String,
    #[description = "The new status"] status: StatusWord,
) -> Result<(), Error> {
    let numbers = numbers(&number)?;
    let (bot, place, audience) = (context.data(), place(context)?, reply::audience(context));
    let (numbers, status) = (numbers.as_slice(), status.0);
    let attempt = move |ledger| async move {
        let lines = mark_all(bot, &ledger, place, numbers, status).await?;
        Ok(reply_of(audience, &lines.join("\n")))
    };
    Change::of_command(context, audience)?.apply(attempt, done_already).await;
    Ok(())
}

/// Marks those of the numbers that are there, and gives a line about each.
async fn mark_all(
    bot: &Bot,
    ledger: &Ledger,
    (guild, user): (GuildId, UserId),
    numbers: &[&str],
    status: Status,
) -> Result<Vec<String>, Error> {
    let (mut orders, mut lines, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for number in numbers {
        match named(bot, guild, number).await {
            Ok(Some(order)) => orders.push(order),
            Ok(None) => unknown.push(*number),
            Err(Error::User(sentence)) => lines.push(sentence),
            Err(error) => return Err(error),
        }
    }
    lines.extend(unknown_numbers(bot, guild, &unknown).await?);
    let request = |order: &Order| MarkRequest {
        guild,
        target: MarkTarget::Order(order.id),
        user,
        status,
        emoji: None,
        source: MarkSource::Command,
        at: Some(chrono::Utc::now()),
    };
    let requests: Vec<MarkRequest> = orders.iter().map(request).collect();
    let marked = ledger.mark_all(&requests).await?;
    lines.extend(orders.iter().zip(&marked).map(|(order, marked)| {
        changes::marked(&order.handle(), marked.changes.first(), status, bot.ledger.emoji())
    }));
    Ok(lines)
}

/// The order numbers in what was typed, each once.
fn numbers(typed: &str) -> Result<Vec<&str>, Error> {
    let mut seen = HashSet::new();
    let mut numbers: Vec<&str> = typed.split(BETWEEN).filter(|typed| !typed.is_empty()).collect();
    numbers.retain(|typed| {
        seen.insert(order_number::normal(typed).unwrap_or_else(|| typed.to_uppercase()))
    });
    match numbers.len() {
        0 => Err(Error::User("Type at least one order number.".to_owned())),
        1..=MOST => Ok(numbers),
        many => Err(Error::User(format!(
            "That is {many} numbers, but I can mark at most {MOST} at once. Nothing was changed."
        ))),
    }
}

/// Completes the last of several numbers, and leaves those before it as they are.
async fn last_number(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let Ok(guild) = super::guild(context) else { return super::choices(Vec::new()) };
    let last = typed.rsplit(BETWEEN).next().unwrap_or_default();
    let before = typed.strip_suffix(last).unwrap_or_default();
    let numbers = context.data().ledger.suggest_numbers(guild, last, 25).await;
    let numbers = numbers
        .map(|numbers| numbers.into_iter().map(|number| format!("{before}{number}")).collect());
    super::suggested("order numbers", numbers)
}

/// Add tracking numbers to an order
#[poise::command(
    slash_command,
    guild_only,
    custom_data = "Right::Mark",
    default_member_permissions = "MANAGE_MESSAGES"
)]
pub(crate) async fn track(
    context: Context<'_>,
    #[description = "The order number"]
    #[autocomplete = "order_numbers"]
    #[max_length = 100]
    number: String,
    #[description = "The tracking number or link; several separated by commas"]
    #[max_length = 500]
    tracking: String,
) -> Result<(), Error> {
    let addition = Addition::tracking(&tracking);
    let addition = addition.map_err(|why| Error::User(changes::no_tracking(&why)))?;
    amend(context, &number, addition, "tracking number").await
}

/// Write a note on an order, replacing the current one
#[poise::command(
    slash_command,
    guild_only,
    custom_data = "Right::Mark",
    default_member_permissions = "MANAGE_MESSAGES"
)]
pub(crate) async fn note(
    context: Context<'_>,
    #[description = "The order number"]
    #[autocomplete = "order_numbers"]
    #[max_length = 100]
    number: String,
    #[description = "The note; a single - removes it"]
    #[max_length = 1000]
    text: String,
) -> Result<(), Error> {
    amend(context, &number, Addition::note(&text), "note").await
}

/// Take back the last change that somebody made to an order
#[poise::command(
    slash_command,
    guild_only,
    custom_data = "Right::Mark",
    default_member_permissions = "MANAGE_MESSAGES"
)]
pub(crate) async fn undo(
    context: Context<'_>,
    #[description = "The order number"]
    #[autocomplete = "order_numbers"]
    #[max_length = 100]
    number: String,
) -> Result<(), Error> {
    let (bot, (guild, user)) = (context.data(), place(context)?);
    let (number, audience) = (number.as_str(), reply::audience(context));
    let attempt = move |ledger: Ledger| async move {
        let order = the_order(bot, guild, number).await?;
        let (source, labels) = (MarkSource::Command, bot.ingest.labels());
        let undone = ledger.undo(guild, order.id, user, source, labels).await?;
        let nothing = || changes::NOTHING_TO_UNDO.to_owned();
        let text = undone.map_or_else(nothing, |undone| changes::undone(&undone, audience));
        Ok(reply_of(audience, &text))
    };
    Change::of_command(context, audience)?.apply(attempt, done_already).await;
    Ok(())
}

async fn amend(
    context: Context<'_>,
    number: &str,
    addition: Addition,
    what: &str,
) -> Result<(), Error> {
    let (bot, (guild, user)) = (context.data(), place(context)?);
    let (audience, addition) = (reply::audience(context), &addition);
    let attempt = move |ledger: Ledger| async move {
        let order = the_order(bot, guild, number).await?.id;
        let (source, addition) = (MarkSource::Command, addition.clone());
        let amended = ledger.amend(AmendRequest { guild, order, user, source, addition }).await?;
        let unknown = || Error::User(render::unknown_number(number, &[]));
        let amended = amended.ok_or_else(unknown)?;
        Ok(reply_of(audience, &changes::amended(what, &amended, audience)))
    };
    Change::of_command(context, audience)?.apply(attempt, done_already).await;
    Ok(())
}

pub(super) fn place(context: Context<'_>) -> Result<(GuildId, UserId), Error> {
    Ok((super::guild(context)?, context.author().id.into()))
}

/// The one order with this number. Several stores may have given the same: then the number alone does
/// not say which is meant.
pub(super) async fn the_order(bot: &Bot, guild: GuildId, number: &str) -> Result<Order, Error> {
    if let Some(order) = named(bot, guild, number).await? {
        return Ok(order);
    }
    let closest = bot.ledger.closest_numbers(guild, number).await?;
    Err(Error::User(render::unknown_number(number, &closest)))
}

async fn named(bot: &Bot, guild: GuildId, number: &str) -> Result<Option<Order>, Error> {
    let mut orders = bot.ledger.orders_by_number(guild, number).await?;
    if orders.len() > 1 {
        return Err(Error::User(render::several_stores(number, &orders)));
    }
    if let Some(order) = orders.pop() {
        return Ok(Some(order));
    }
    let previous = bot.ledger.orders_by_previous_number(guild, number).await?;
    if previous.is_empty() {
        return Ok(None);
    }
    Err(Error::User(render::called_otherwise(number, &previous)))
}

/// The lines about numbers that no order has: where there are several, the advice once.
async fn unknown_numbers(
    bot: &Bot,
    guild: GuildId,
    unknown: &[&str],
) -> Result<Vec<String>, Error> {
    let (mut lines, mut without_any) = (Vec::new(), Vec::new());
    for number in unknown {
        let closest = bot.ledger.closest_numbers(guild, number).await?;
        if closest.is_empty() {
            without_any.push(*number);
        } else {
            lines.push(render::unknown_number(number, &closest));
        }
    }
    lines.extend(match without_any.as_slice() {
        [] => None,
        [number] => Some(render::unknown_number(number, &[])),
        numbers => Some(render::unknown_numbers(numbers)),
    });
    Ok(lines)
}

pub(super) fn reply_of(audience: Audience, text: &str) -> CreateReply {
    let reply = reply::to(audience);
    // What was done to many orders takes more than a message's text holds.
    if render::text::length(text) <= render::CONTENT {
        reply.content(text)
    } else {
        reply.embed(changes::at_length(text))
    }
}
