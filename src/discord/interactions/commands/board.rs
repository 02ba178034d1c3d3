//! `/board`: one message that the bot keeps up to date.

use serenity::all::ChannelId;

use crate::discord::bot::Bot;
use crate::discord::bot::access::Right;
use crate::discord::bot::permissions::guild_of;
use crate::discord::interactions::change::Change;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::outbound::board::{self, Placed};
use crate::discord::outbound::channel_posts::{self, Needs};
use crate::discord::render;
use crate::ids::GuildId;

/// Post a live dashboard: today, this week, stuck and latest orders
#[poise::command(
    slash_command,
    guild_only,
    custom_data = "Right::Admin",
    default_member_permissions = "MANAGE_GUILD"
)]
pub(crate) async fn board(
    context: Context<'_>,
    #[description = "Where to post it (this channel)"]
    #[channel_types("Text", "News")]
    channel: Option<ChannelId>,
    #[description = "Remove the board"] off: Option<bool>,
) -> Result<(), Error> {
    let (bot, guild) = (context.data(), super::guild(context)?);
    let (audience, is_off) = (reply::audience(context), off == Some(true));
    let channel = channel.unwrap_or(context.channel_id()).into();
    let work = move || async move {
        let text =
            if is_off { take_down(bot, guild).await? } else { put_up(bot, guild, channel).await? };
        Ok(reply::to(audience).content(text))
    };
    Change::of_command(context, audience)?.perform(work).await;
    Ok(())
}

async fn take_down(bot: &Bot, guild: GuildId) -> anyhow::Result<String> {
    let was_there = board::take_down(bot, guild).await?;
    let text =
        if was_there { render::posts::board::TAKEN_DOWN } else { render::posts::board::NO_BOARD };
    Ok(text.to_owned())
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
