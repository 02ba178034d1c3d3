//! `/setup`: which channels the bot watches, whether they work, and the settings of the server.

mod alerts;
mod changed;
mod check;
mod feed;
mod replies;
mod timezone;
mod watch;

use serenity::all::PartialChannel;

use crate::discord::bot::access::Right;
use crate::discord::interactions::components::unwatch;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply, settings};
use crate::discord::render::{self, rows};
use crate::discord::setup::state;
use crate::ids::ChannelId;

/// Choose which channels I watch, check them, and change settings
#[poise::command(
    slash_command,
    guild_only,
    subcommands(
        "watch::watch",
        "list",
        "check::check",
        "unwatch",
        "feed::feed",
        "alerts::alerts",
        "timezone::timezone",
        "replies::replies"
    ),
    subcommand_required,
    default_member_permissions = "MANAGE_GUILD"
)]
#[expect(clippy::unused_async, reason = "poise wants an async function; only subcommands run")]
pub(crate) async fn setup(_context: Context<'_>) -> Result<(), Error> {
    Ok(())
}

/// List the watched channels and the settings of this server
#[poise::command(slash_command, guild_only, custom_data = "Right::Admin")]
async fn list(context: Context<'_>) -> Result<(), Error> {
    let (bot, guild) = (context.data(), super::guild(context)?);
    let watches = state::listed(bot, guild).await?;
    // A server's set-up is for those who run it, whatever `replies` says.
    let list = reply::ephemeral().embed(render::setup::list(&watches));
    reply::send(context, list.embed(settings::all(bot, guild))).await
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
    let (text, buttons) = (render::setup::unwatch(channel), rows::unwatch(user, channel));
    reply::send(context, reply::ephemeral().content(text).components(buttons)).await
}
