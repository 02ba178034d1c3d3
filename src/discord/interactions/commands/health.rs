//! `/health`: whether everything works, and what does not.

use crate::config::Settings;
use crate::discord::bot::Bot;
use crate::discord::bot::permissions::guild_of;
use crate::discord::interactions::error::Error;
use crate::discord::interactions::{Context, reply};
use crate::discord::render::health::{self, ChannelHealth, Health};
use crate::discord::render::setup::Listed;
use crate::discord::setup::state;
use crate::ids::{ChannelId, GuildId};
use crate::ledger::DeliveryFilter;

/// Show whether the bot is OK, and what needs attention
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_MESSAGES")]
pub(crate) async fn health(context: Context<'_>) -> Result<(), Error> {
    let bot = context.data();
    let guild = super::guild(context)?;
    let known = |Listed { watch, threads, watched, problems, is_hindered, .. }: Listed| {
        let is_forum = watched.is_forum;
        watch.map(|watch| ChannelHealth { watch, threads, is_forum, problems, is_hindered })
    };
    let general = state::general(bot);
    let filter = DeliveryFilter { guild, outcome: None, limit: 1, before: None };
    let health = Health {
        channels: state::listed(bot, guild).await?.into_iter().filter_map(known).collect(),
        connected_since: bot.ready_at(),
        latest_outage: bot.outage.latest(),
        last_message: bot.ledger.deliveries(&filter).await?.pop(),
        waiting: general.waiting,
        database_bytes: bot.ledger.size_bytes().await?,
        warnings: general.problems().into_iter().chain(elsewhere(bot, guild).await?).collect(),
    };
    reply::send(context, reply::configured(context).embed(health::embed(&health))).await
}

/// What does not work in channels that are not watched: the board, the feed or the notices may have
/// their place in one.
async fn elsewhere(bot: &Bot, guild: GuildId) -> Result<Vec<String>, Error> {
    let board = bot.ledger.board(guild).await?.and_then(|board| board.channel_id);
    let Settings { feed, alerts, .. } = bot.settings(guild);
    let spoken = [feed.channel_id, alerts.channel_id].into_iter().flatten();
    let mut channels: Vec<ChannelId> =
        spoken.filter(|channel| guild_of(bot, *channel) == Some(guild)).chain(board).collect();
    channels.retain(|channel| bot.watching.get(*channel).is_none());
    channels.sort_unstable();
    channels.dedup();
    let named = |channel: ChannelId| {
        let problems = bot.problems.of(channel).into_iter();
        problems.map(move |why| format!("<#{channel}>: {why}"))
    };
    Ok(channels.into_iter().flat_map(named).collect())
}
