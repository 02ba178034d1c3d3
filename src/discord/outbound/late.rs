//! Alerts about orders that are late: not received, not paid, not charged, not refunded. Of each order once.

use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use tokio::time::sleep;

use super::channel_posts;
use crate::discord::bot::Bot;
use crate::discord::render::posts::late;
use crate::ids::{ChannelId, GuildId};
use crate::ledger::Late;

/// Between two looks.
const PAUSE: Duration = Duration::from_mins(1);

/// Looks as long as the bot runs.
pub(crate) async fn run(bot: Arc<Bot>) {
    loop {
        for (guild, channel) in places(&bot) {
            for late in Late::ALL {
                if let Err(error) = look(&bot, (guild, channel), late).await {
                    tracing::warn!(%guild, "could not check what is late: {error:#}");
                }
            }
        }
        let until_ready = if bot.ready_at().is_some() { PAUSE } else { Duration::from_secs(1) };
        sleep(until_ready).await;
    }
}

/// A watched channel of each server.
fn places(bot: &Bot) -> Vec<(GuildId, ChannelId)> {
    if bot.ready_at().is_none() {
        return Vec::new();
    }
    let mut places: Vec<(GuildId, ChannelId)> = Vec::new();
    for channel in bot.watching.channels() {
        let guild = bot.watching.get(channel).and_then(|watched| watched.guild_id);
        let Some(guild) = guild else { continue };
        if !places.iter().any(|(known, _)| *known == guild) {
            places.push((guild, channel));
        }
    }
    places
}

async fn look(bot: &Bot, (guild, channel): (GuildId, ChannelId), late: Late) -> anyhow::Result<()> {
    let books = &bot.config.books;
    let days = match late {
        Late::Claim => books.claim_days,
        Late::Unpaid => books.unpaid_days,
        Late::Charge => books.charge_days,
        Late::Refund => books.refund_days,
    };
    if days == 0 {
        return Ok(());
    }
    let before = Utc::now() - TimeDelta::days(i64::from(days));
    let handles = bot.ledger.note_late(guild, late, before).await?;
    if !handles.is_empty() {
        channel_posts::post_notice(bot, channel, &late::sentence(late, days, &handles)).await;
    }
    Ok(())
}
