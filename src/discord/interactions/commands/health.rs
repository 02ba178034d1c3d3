//! `/health`: whether everything is read, and what is in the way.

use crate::discord::bot::access::guild_of;
use crate::discord::bot::{Bot, log_once};
use crate::discord::interactions::Context;
use crate::discord::interactions::error::Error;
use crate::discord::render::health::{self, ChannelHealth, Health};
use crate::ids::{ChannelId, GuildId};
use crate::ledger::DeliveryFilter;

/// Whether everything is read, and what is in the way
#[poise::command(slash_command, guild_only, default_member_permissions = "MANAGE_MESSAGES")]
pub(crate) async fn health(context: Context<'_>) -> Result<(), Error> {
    let bot = context.data();
    let guild = super::guild(context)?;
    let watches = bot.ledger.watches().await?.into_iter();
    let channels = watches
        .filter(|watch| watch.guild_id == guild && bot.watching.get(watch.channel_id).is_some())
        .map(|watch| ChannelHealth { troubles: bot.troubles.of(watch.channel_id), watch });
    let filter = DeliveryFilter { guild, outcome: None, limit: 1, before: None };
    let health = Health {
        channels: channels.collect(),
        connected_since: bot.ready_at(),
        last_message: bot.ledger.deliveries(&filter).await?.pop(),
        waiting: bot.ingest.waiting(),
        database_bytes: bot.ledger.size_bytes().await?,
        alarms: alarms(bot).into_iter().chain(elsewhere(bot, guild).await?).collect(),
    };
    super::reply(context, health::embed(&health)).await
}

/// What the operator must do.
fn alarms(bot: &Bot) -> Vec<String> {
    let hidden = bot.alarms.is_content_hidden().then(|| log_once::CONTENT_HIDDEN.to_owned());
    let database = bot.ingest.trouble().map(|trouble| {
        format!("Nothing can be stored at present: {trouble}. What comes in waits, nothing is lost")
    });
    database.into_iter().chain(hidden).collect()
}

/// What does not work in channels that are not watched: the board, the feed or the notices may have
/// their place in one.
async fn elsewhere(bot: &Bot, guild: GuildId) -> Result<Vec<String>, Error> {
    let board = bot.ledger.board(guild).await?.and_then(|board| board.channel_id);
    let spoken = [bot.config.feed.channel_id, bot.config.alerts.channel_id].into_iter().flatten();
    let mut channels: Vec<ChannelId> =
        spoken.filter(|channel| guild_of(bot, *channel) == Some(guild)).chain(board).collect();
    channels.retain(|channel| bot.watching.get(*channel).is_none());
    channels.sort_unstable();
    channels.dedup();
    let told = |channel: ChannelId| {
        let troubles = bot.troubles.of(channel).into_iter();
        troubles.map(move |why| format!("<#{channel}>: {why}"))
    };
    Ok(channels.into_iter().flat_map(told).collect())
}
