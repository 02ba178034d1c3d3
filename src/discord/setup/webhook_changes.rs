//! A trusted webhook that is deleted, replaced or moved to another channel: what it posts does not
//! come any more, and nobody would notice until an order is missed.
//!
//! Discord reports that a channel's webhooks changed, and not how. So they are listed, and each trusted
//! one that is not there is asked for.

use serenity::all::Permissions;

use super::webhooks::{self, Webhook};
use crate::discord::bot::Bot;
use crate::discord::bot::permissions::permissions_of_bot;
use crate::discord::bot::problems::Topic;
use crate::discord::outbound::channel_posts;
use crate::discord::render;
use crate::discord::render::setup::webhook_state::{Compared, Fate};
use crate::discord::rest::codes::UNKNOWN_WEBHOOK;
use crate::discord::rest::{Rest, RestError};
use crate::ids::{ChannelId, GuildId, WebhookId};

/// The webhooks of a channel changed, which are those of its threads, or of one that is not watched: then
/// a trusted one may have been moved there.
pub(crate) async fn changed(bot: &Bot, guild: GuildId, channel: ChannelId) {
    let all = bot.watching.of_guild(guild);
    let is_there = |watched: &&ChannelId| bot.watching.home(**watched) == channel;
    let there: Vec<ChannelId> = all.iter().filter(is_there).copied().collect();
    for watched in if there.is_empty() { all } else { there } {
        look(bot, watched).await;
    }
}

/// The bot is connected: something may have changed meanwhile. Only where it may list webhooks.
pub(crate) async fn look_after_absence(bot: &Bot, channel: ChannelId) {
    let held = permissions_of_bot(bot, channel).unwrap_or_default();
    if held.contains(Permissions::MANAGE_WEBHOOKS) {
        look(bot, channel).await;
    }
}

/// Checks the trusted webhooks of a channel, and posts once what is wrong.
pub(crate) async fn look(bot: &Bot, channel: ChannelId) {
    let Some(watched) = bot.watching.get(channel) else { return };
    if watched.webhook_ids.is_empty() {
        return;
    }
    let home = bot.watching.home(channel);
    let compared = compare_webhooks(bot, home, &watched.webhook_ids).await;
    // Others are trusted since the question was asked: whoever set that up looks for itself.
    if bot.watching.get(channel).is_none_or(|now| now.webhook_ids != watched.webhook_ids) {
        return;
    }
    let well = compared.trusted.iter().all(|(_, fate)| *fate == Fate::There);
    let lost = compared.lost().next().is_some();
    if !well && !lost {
        return;
    }
    let problem = lost.then(|| render::setup::lost_webhooks(&compared, watched.is_configured));
    match &problem {
        Some(problem) => {
            bot.problems.report(channel, Topic::Webhooks, problem.trim_end_matches('.'));
        }
        None => bot.problems.over(channel, Topic::Webhooks),
    }
    match bot.ledger.note_webhook_problem(channel, problem.as_deref()).await {
        Ok(is_news) => {
            if let Some(problem) = problem.filter(|_| is_news) {
                channel_posts::post_notice(bot, channel, &format!("⚠️ {problem}")).await;
            }
        }
        Err(error) => tracing::warn!(%channel, "{error:#}"),
    }
}

/// What became of the trusted webhooks. One that Discord has said is deleted stays so, whatever its lists show.
pub(crate) async fn compare_webhooks(
    bot: &Bot,
    channel: ChannelId,
    trusted: &[WebhookId],
) -> Compared {
    let mut compared = check_webhooks(&bot.rest, channel, trusted).await;
    for (id, fate) in &mut compared.trusted {
        if *fate == Fate::Deleted {
            bot.gone_webhooks.note(*id);
        } else if bot.gone_webhooks.contains(*id) {
            *fate = Fate::Deleted;
        }
    }
    compared
}

/// What became of the trusted webhooks. One call, and one more for each that is not there.
pub(crate) async fn check_webhooks(
    rest: &Rest,
    channel: ChannelId,
    trusted: &[WebhookId],
) -> Compared {
    let listed = match webhooks::of_channel(rest, channel).await {
        Ok(listed) => Some(listed),
        Err(error) => {
            tracing::debug!(%channel, "could not list the webhooks: {error}");
            None
        }
    };
    let is_there = |id: WebhookId| listed.iter().flatten().any(|webhook| webhook.id == id);
    let mut fates = Vec::with_capacity(trusted.len());
    for id in trusted.iter().copied() {
        let fate = if is_there(id) { Fate::There } else { fate(rest, channel, id).await };
        fates.push((id, fate));
    }
    let mut others = listed.unwrap_or_default();
    others.retain(|webhook| webhook.is_incoming() && !trusted.contains(&webhook.id));
    Compared { trusted: fates, others: others.into_iter().map(Webhook::named).collect() }
}

async fn fate(rest: &Rest, channel: ChannelId, id: WebhookId) -> Fate {
    match webhooks::by_id(rest, id).await {
        Ok(webhook) => match webhook.channel_id {
            Some(other) if other != channel => Fate::Moved(other),
            _ => Fate::There,
        },
        Err(RestError::NotFound(UNKNOWN_WEBHOOK)) => Fate::Deleted,
        Err(_) => Fate::Unknown,
    }
}
