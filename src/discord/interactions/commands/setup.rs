//! `/setup`: which channels the bot watches, and whether they work.

mod check;
mod watch;

use serenity::all::{ChannelType, PartialChannel};

use crate::discord::bot::access::Right;
use crate::discord::interactions::Context;
use crate::discord::interactions::components::unwatch;
use crate::discord::interactions::error::Error;
use crate::discord::render;
use crate::ids::ChannelId;
use crate::ledger::DeliveryFilter;

/// The latest messages of a guild among which the last one of each channel is looked for.
const LATEST: u32 = 200;

/// Choose which channels I watch, and check that they work
#[poise::command(
    slash_command,
    guild_only,
    subcommands("watch::watch", "list", "check::check", "unwatch"),
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD"
)]
#[expect(clippy::unused_async, reason = "poise wants an async function; only subcommands run")]
pub(crate) async fn setup(_context: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// List the watched channels of this server
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
async fn list(context: Context<'_>) -> Result<(), Error> {
    let watches = watches(context).await?;
    reply(context, poise::CreateReply::default().embed(render::setup::list(&watches))).await
}

/// Stop watching a channel; its orders stay
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
async fn unwatch(
    context: Context<'_>,
    #[description = "The channel (this one)"] channel: Option<PartialChannel>,
    #[description = "The id of a deleted channel; /setup list shows it"]
    #[max_length = 25]
    id: Option<String>,
) -> Result<(), Error> {
    let (bot, guild) = (context.data(), super::guild(context)?);
    let channel = match (channel, id) {
        (Some(channel), _) => channel.id.into(),
        (None, Some(id)) => id.parse().map_err(|_| Error::User(render::setup::no_id(&id)))?,
        (None, None) => ChannelId::from(context.channel_id()),
    };
    unwatch::may_be(bot, guild, channel)?;
    let user = context.author().id.into();
    let (text, buttons) = (render::setup::unwatch(channel), unwatch::buttons(user, channel));
    reply(context, poise::CreateReply::default().content(text).components(buttons)).await
}

/// Answers the person alone: what is said about a server's set-up is for those who run it.
async fn reply(context: Context<'_>, reply: poise::CreateReply) -> Result<(), Error> {
    let nobody = serenity::all::CreateAllowedMentions::new();
    context.send(reply.ephemeral(true).allowed_mentions(nobody)).await?;
    Ok(())
}

/// What is known of each watched channel of the guild.
async fn watches(context: Context<'_>) -> Result<Vec<render::setup::Listed>, Error> {
    let (bot, guild) = (context.data(), super::guild(context)?);
    let filter = DeliveryFilter { guild, outcome: None, limit: LATEST, before: None };
    let latest = bot.ledger.deliveries(&filter).await?;
    let kept = bot.ledger.watches().await?;
    let listed = bot.watching.of_guild(guild).into_iter().filter_map(|channel| {
        let watched = bot.watching.get(channel)?;
        let last = latest.iter().find(|delivery| delivery.channel_id == channel);
        Some(render::setup::Listed {
            channel,
            watched,
            watch: kept.iter().find(|watch| watch.channel_id == channel).cloned(),
            last_message: last.map(|delivery| delivery.message_id),
            troubles: bot.troubles.of(channel),
        })
    });
    Ok(listed.collect())
}

/// Why Refract cannot post into a channel of this kind.
fn must_be_text(kind: ChannelType) -> Result<(), Error> {
    match kind {
        ChannelType::Text | ChannelType::News => Ok(()),
        other => Err(Error::User(render::setup::no_text_channel(other))),
    }
}
