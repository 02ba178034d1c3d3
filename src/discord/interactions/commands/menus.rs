//! What a right click on a message offers, under Apps.

use serenity::all::Message;

use super::logs::why_missing;
use crate::discord::interactions::Context;
use crate::discord::interactions::error::Error;
use crate::ids::MessageId;

/// The orders of the message.
#[poise::command(
    context_menu_command = "Order details",
    guild_only,
    default_member_permissions = "MANAGE_MESSAGES"
)]
pub(crate) async fn details(context: Context<'_>, message: Message) -> Result<(), Error> {
    let (bot, guild) = (context.data(), super::guild(context)?);
    let mut orders = Vec::new();
    for id in bot.ledger.orders_of_message(message.id.into()).await? {
        orders.extend(bot.ledger.order(guild, id).await?);
    }
    if orders.is_empty() {
        return Err(Error::User(
            "This message has no order. \"Why was this not stored?\" in the same menu tells you why."
                .to_owned(),
        ));
    }
    super::order::send_cards(context, orders, "").await
}

/// What became of the message, and why.
#[poise::command(
    context_menu_command = "Why was this not stored?",
    guild_only,
    default_member_permissions = "MANAGE_MESSAGES"
)]
pub(crate) async fn why(context: Context<'_>, message: Message) -> Result<(), Error> {
    let (bot, guild) = (context.data(), super::guild(context)?);
    let id = MessageId::from(message.id);
    match bot.ledger.delivery(guild, id).await? {
        Some(detail) => super::send_delivery(context, &detail).await,
        None => Err(why_missing::why(bot, guild, Some(message.channel_id.into()), id).await?),
    }
}
