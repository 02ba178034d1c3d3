//! `/board`: the message that the bot keeps right.

use serenity::all::ChannelId;

use crate::discord::bot::Bot;
use crate::discord::bot::access::{Right, guild_of};
use crate::discord::interactions::Context;
use crate::discord::interactions::error::Error;
use crate::discord::outbound::board::{self, Placed};
use crate::discord::outbound::channel_posts::{self, Needs};
use crate::discord::render;
use crate::ids::GuildId;

/// Posts a board that I keep right: today, this week, what is stuck, the latest orders
#[poise::command(
    slash_command,
    guild_only,
    custom_data = "Right::Admin",
    default_member_permissions = "MANAGE_GUILD"
)]
pub(crate) async fn board(
    context: Context<'_>,
    #[description = "Where it is to stand (here)"]
    #[channel_types("Text", "News")]
    channel: Option<ChannelId>,
    #[description = "Take the board down"] off: Option<bool>,
) -> Result<(), Error> {
    let (bot, guild) = (context.data(), super::guild(context)?);
    super::defer(context).await?;
    let reply = if off == Some(true) {
        let was_there = board::take_down(bot, guild).await?;
        if was_there { render::posts::board::TAKEN_DOWN } else { render::posts::board::NO_BOARD }
            .to_owned()
    } else {
        put_up(bot, guild, channel.unwrap_or(context.channel_id()).into()).await?
    };
    context.send(super::reply_to(context).content(reply)).await?;
    Ok(())
}

async fn put_up(
    bot: &Bot,
    guild: GuildId,
    channel: crate::ids::ChannelId,
) -> Result<String, Error> {
    // Discord offers the channels of the guild alone; a tampered client may name any.
    if guild_of(bot, channel).is_some_and(|other| other != guild) {
        return Err(Error::User(render::posts::board::ELSEWHERE.to_owned()));
    }
    let missing = channel_posts::missing(bot, channel, Needs::Embeds);
    if !missing.is_empty() {
        return Err(Error::User(render::posts::board::may_not_post(channel, &missing)));
    }
    match board::place(bot, guild, channel).await? {
        Placed::Stands => Ok(render::posts::board::placed(channel)),
        Placed::Coming => Ok(render::posts::board::coming(channel)),
        Placed::Refused => Err(Error::User(render::posts::board::may_not_post(channel, &[]))),
    }
}
