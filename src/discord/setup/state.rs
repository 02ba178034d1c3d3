//! What the running bot knows of a server's watched channels, and of itself.

use crate::discord::bot::Bot;
use crate::discord::render::setup::{General, Listed};
use crate::ids::GuildId;
use crate::ledger::DeliveryFilter;

/// The latest messages of a guild among which the last one of each channel is looked for.
const LATEST: u32 = 200;

/// The watched channels of a guild.
pub(crate) async fn listed(bot: &Bot, guild: GuildId) -> anyhow::Result<Vec<Listed>> {
    let filter = DeliveryFilter { guild, outcome: None, limit: LATEST, before: None };
    let latest = bot.ledger.deliveries(&filter).await?;
    let stored = bot.ledger.watches().await?;
    let mut listed = Vec::new();
    for channel in bot.watching.of_guild(guild) {
        let Some(watched) = bot.watching.get(channel) else { continue };
        let is_here = |place| bot.watching.watch_of(place) == Some(channel);
        let last = latest.iter().find(|delivery| is_here(delivery.channel_id));
        let is_thread = bot.watching.home(channel) != channel;
        listed.push(Listed {
            channel,
            watched,
            watch: stored.iter().find(|watch| watch.channel_id == channel).cloned(),
            last_message: last.map(|delivery| delivery.message_id),
            problems: bot.problems.of(channel),
            is_hindered: bot.problems.hinder_reading(channel),
            threads: if is_thread { None } else { Some(bot.ledger.count_threads(channel).await?) },
        });
    }
    Ok(listed)
}

/// What concerns all channels of all servers.
pub(crate) fn general(bot: &Bot) -> General {
    General {
        warning: bot.log_once.content_warning(),
        database: bot.ingest.problem(),
        clock: bot.rest.clock().problem(),
        waiting: bot.ingest.waiting(),
    }
}
