//! `/order`: one order's card.

use serenity::all::CreateAutocompleteResponse;

use super::super::bot::Context;
use super::super::error::Error;
use super::super::render::{self, Audience};
use crate::ids::OrderId;
use crate::ledger::Order;

/// Orders with one number that are shown; more than one only where several stores gave the same.
const CARDS: usize = 3;

/// One order by its number
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_MESSAGES")]
pub(super) async fn order(
    context: Context<'_>,
    #[description = "The order number, as the shop gave it"]
    #[autocomplete = "order_numbers"]
    #[max_length = 100]
    number: String,
) -> Result<(), Error> {
    let bot = context.data();
    let guild = super::guild(context)?;
    let orders = bot.ledger.orders_by_number(guild, &number).await?;
    if orders.is_empty() {
        let closest = bot.ledger.closest_numbers(guild, &number).await?;
        return Err(Error::User(render::unknown_number(&number, &closest)));
    }
    let audience = super::audience(context);
    let mut reply = super::reply_to(context);
    let orders: Vec<Order> = orders.into_iter().take(CARDS).collect();
    for card in render::order::cards(&orders, bot.ledger.emoji(), audience) {
        reply = reply.embed(card);
    }
    let sent = context.send(reply).await?;
    if audience == Audience::Public {
        // Others can react to a public card, and that marks the order as on Refract's message.
        let shown: Vec<OrderId> = orders.iter().map(|order| order.id).collect();
        let message = sent.message().await?;
        let (id, channel) = (message.id.into(), message.channel_id.into());
        bot.ledger.remember_card(id, channel, guild, &shown).await?;
    }
    Ok(())
}

async fn order_numbers(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let Ok(guild) = super::guild(context) else { return super::choices(Vec::new()) };
    let numbers = context.data().ledger.suggest_numbers(guild, typed, 25).await;
    let numbers = numbers.unwrap_or_else(|error| {
        tracing::warn!("order numbers cannot be suggested: {error:#}");
        Vec::new()
    });
    super::choices(numbers)
}
