//! `/setup check`

use crate::discord::bot::access::Right;
use crate::discord::interactions::commands::logs::why_missing;
use crate::discord::interactions::commands::logs::{NO_MESSAGE, message_id};
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, commands, reply};
use crate::discord::render::setup::Checked;
use crate::discord::render::{self, Audience};
use crate::discord::setup::inspector::Inspector;
use crate::discord::setup::state;

/// Channels whose webhooks are asked for in one go.
const ASKED: usize = 10;

/// Check that every channel works, or why a message was not stored
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
pub(crate) async fn check(
    context: Context<'_>,
    #[description = "The link of a message that was not stored"]
    #[max_length = 200]
    message: Option<String>,
) -> Result<(), Error> {
    if let Some(typed) = message {
        return message_check(context, &typed).await;
    }
    reply::defer_for(context, Audience::Private).await?;
    let (bot, guild) = (context.data(), commands::guild(context)?);
    let mut inspector = Inspector::new(&bot.rest, bot.own_id());
    let mut checked = Vec::new();
    for (index, listed) in state::listed(bot, guild).await?.into_iter().enumerate() {
        let trusted = if index < ASKED { listed.watched.webhook_ids.as_slice() } else { &[] };
        let seen = inspector.channel(listed.channel, trusted).await;
        checked.push(Checked { listed, seen });
    }
    let embed = render::setup::check(&checked, &state::general(bot));
    reply::send(context, reply::ephemeral().embed(embed)).await
}

async fn message_check(context: Context<'_>, typed: &str) -> Result<(), Error> {
    // What it says is as personal as an order.
    commands::require(context, Right::View).await?;
    let (bot, guild) = (context.data(), commands::guild(context)?);
    let id = message_id(typed).ok_or_else(|| Error::User(NO_MESSAGE.to_owned()))?;
    match bot.ledger.delivery(guild, id).await? {
        Some(detail) => commands::send_delivery(context, &detail).await,
        None => Err(why_missing::why(bot, guild, why_missing::channel(typed), id).await?),
    }
}
