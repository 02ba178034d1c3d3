//! `/setup check`

use super::{reply, watches};
use crate::discord::bot::access::{Right, permissions_of_bot};
use crate::discord::bot::{Bot, log_once};
use crate::discord::interactions::Context;
use crate::discord::interactions::commands::logs::{NO_MESSAGE, message_id};
use crate::discord::interactions::commands::why_missing;
use crate::discord::interactions::error::Error;
use crate::discord::render;
use crate::discord::render::setup::webhook_state::Compared;
use crate::discord::setup::webhook_changes;
use crate::ids::ChannelId;

/// Channels whose webhooks are asked for in one go.
const ASKED: usize = 10;

/// Whether all is well, channel by channel; or why a message was not stored
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
    context.defer_ephemeral().await?;
    let bot = context.data();
    let mut checked = Vec::new();
    for (index, listed) in watches(context).await?.into_iter().enumerate() {
        checked.push(render::setup::Checked {
            held: permissions_of_bot(bot, listed.channel),
            webhooks: if index < ASKED { webhooks(bot, listed.channel).await } else { None },
            listed,
        });
    }
    let general = render::setup::General {
        alarm: bot.alarms.is_content_hidden().then_some(log_once::CONTENT_HIDDEN),
        database: bot.ingest.trouble(),
        clock: bot.rest.clock().trouble(),
        waiting: bot.ingest.waiting(),
    };
    let embed = render::setup::check(&checked, &general);
    reply(context, poise::CreateReply::default().embed(embed)).await
}

/// The trusted webhooks of a channel; `None` where any is trusted.
async fn webhooks(bot: &Bot, channel: ChannelId) -> Option<Compared> {
    let trusted = bot.watching.get(channel)?.webhook_ids;
    if trusted.is_empty() {
        return None;
    }
    Some(webhook_changes::compare(bot, channel, &trusted).await)
}

async fn message_check(context: Context<'_>, typed: &str) -> Result<(), Error> {
    // What it says is as personal as an order.
    crate::discord::interactions::commands::must(context, Right::View).await?;
    let (bot, guild) = (context.data(), crate::discord::interactions::commands::guild(context)?);
    let id = message_id(typed).ok_or_else(|| Error::User(NO_MESSAGE.to_owned()))?;
    match bot.ledger.delivery(guild, id).await? {
        Some(detail) => {
            crate::discord::interactions::commands::send_delivery(context, &detail).await
        }
        None => Err(why_missing::why(bot, guild, why_missing::channel(typed), id).await?),
    }
}
