//! `/order`: one order's card.

use serenity::all::CreateAutocompleteResponse;

use crate::discord::interactions::components::card::with_card;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, disclosure, reply};
use crate::discord::render::{self, Audience, rows};
use crate::ledger::{Disclosure, Order};

/// Cards of one reply; more than one only where several stores gave the same number, or a message
/// announces several orders.
const CARDS: usize = 5;

/// Show one order, with buttons to change it
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_MESSAGES")]
pub(crate) async fn order(
    context: Context<'_>,
    #[description = "The order number"]
    #[autocomplete = "order_numbers"]
    #[max_length = 100]
    number: String,
) -> Result<(), Error> {
    let bot = context.data();
    let guild = super::guild(context)?;
    let orders = bot.ledger.orders_by_number(guild, &number).await?;
    if !orders.is_empty() {
        return send_cards(context, orders, "").await;
    }
    let orders = bot.ledger.orders_by_previous_number(guild, &number).await?;
    if orders.is_empty() {
        return offer_closest(context, &number).await;
    }
    let said = render::called_now(&number, &orders);
    send_cards(context, orders, &said).await
}

/// Says that no order has the number, with buttons that open those whose numbers are close.
async fn offer_closest(context: Context<'_>, number: &str) -> Result<(), Error> {
    let (bot, guild) = (context.data(), super::guild(context)?);
    let closest = bot.ledger.closest_numbers(guild, number).await?;
    let mut meant = Vec::new();
    for number in closest.iter().take(rows::MOST_MEANT) {
        let orders = bot.ledger.orders_by_number(guild, number).await?;
        meant.extend(orders.first().map(|order| (number.as_str(), order.id)));
    }
    let reply = reply::ephemeral().content(render::unknown_number(number, &closest));
    reply::send(context, reply.components(rows::meant(&meant))).await
}

/// A card for each order, in messages of their own, so that each has its own menu and buttons. `said` is above the
/// first.
pub(crate) async fn send_cards(
    context: Context<'_>,
    orders: Vec<Order>,
    said: &str,
) -> Result<(), Error> {
    let (bot, guild) = (context.data(), super::guild(context)?);
    let audience = reply::audience(context);
    for (place, order) in orders.iter().take(CARDS).enumerate() {
        let reply = reply::to(audience);
        let reply = if place == 0 { reply.content(said) } else { reply };
        let card = with_card(reply, bot, order, audience).await?;
        let sent = reply::send_seen(context, card).await?;
        match (audience, sent) {
            (Audience::Private, _) => {
                let user = context.author().id.into();
                disclosure::note(bot, guild, user, Disclosure::Look(order.id));
            }
            // Others can react to a public card, and that marks the order as on Refract's message.
            (Audience::Public, Some(sent)) => {
                disclosure::remember_card(bot, guild, &sent, order.id);
            }
            (Audience::Public, None) => {
                let http = &context.serenity_context().http;
                let first = (http, reply::token(context)?);
                disclosure::remember_first(bot, guild, first, order.id);
            }
        }
    }
    let more = orders.len().saturating_sub(CARDS);
    if more > 0 {
        reply::send(context, reply::ephemeral().content(render::more_cards(more))).await?;
    }
    Ok(())
}

pub(crate) async fn order_numbers(context: Context<'_>, typed: &str) -> CreateAutocompleteResponse {
    let Ok(guild) = super::guild(context) else { return super::choices(Vec::new()) };
    super::suggested("order numbers", context.data().ledger.suggest_numbers(guild, typed, 25).await)
}
