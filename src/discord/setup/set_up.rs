//! Setting a channel up: which webhook is trusted from now on, and from where its history is read.

use chrono::TimeDelta;

use super::webhook_changes;
use crate::config::Backfill;
use crate::discord::bot::Bot;
use crate::discord::bot::watching::Watched;
use crate::discord::outbound::acknowledge;
use crate::discord::render::setup::Done;
use crate::discord::render::setup::webhook_state::Fate;
use crate::ids::{ChannelId, GuildId, WebhookId};
use crate::ledger::{Awaited, SetUp};

/// What is to be watched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Target {
    pub(crate) channel: ChannelId,
    /// Where its webhooks are: for a thread its channel.
    pub(crate) home: ChannelId,
    pub(crate) is_forum: bool,
}

/// Trusts a webhook of a channel beside those that are trusted there and still post, and begins to
/// read the history.
pub(crate) async fn watch(
    bot: &Bot,
    guild: GuildId,
    target: Target,
    webhook: WebhookId,
    backfill: Option<Backfill>,
) -> anyhow::Result<Done> {
    let Target { channel, home, is_forum } = target;
    let before = bot.watching.get(channel).filter(|watched| watched.guild_id == Some(guild));
    let previous = before.as_ref().map(|watched| watched.webhook_ids.clone()).unwrap_or_default();
    let known = previous.contains(&webhook);
    let mut webhooks = still_posting(bot, home, previous, webhook).await;
    webhooks.push(webhook);
    // A little earlier, since Discord gives whole seconds.
    let since = bot.rest.clock().now() - TimeDelta::seconds(2);
    let fresh = Awaited { webhook_id: webhook, since };
    let set_up = SetUp {
        backfill: backfill.or(before.as_ref().map(|it| it.backfill)).unwrap_or_default(),
        awaited: if known { before.and_then(|watched| watched.awaited) } else { Some(fresh) },
    };
    bot.ledger.set_up_watch(channel, guild, &webhooks, &set_up).await?;
    let others = webhooks.len() - 1;
    bot.watching.set(channel, Watched { is_forum, ..Watched::set_up(guild, webhooks, set_up) });
    if home != channel {
        bot.watching.note_thread(channel, home, false);
    }
    acknowledge::check_permission_early(bot, channel);
    webhook_changes::look(bot, channel).await;
    bot.backfill.reconcile(channel);
    tracing::info!(%channel, %guild, %webhook, "now watching this channel, set up in Discord");
    Ok(Done { backfill: set_up.backfill, others, announces: set_up.awaited.is_some() })
}

/// The other trusted webhooks of the channel. Those that are deleted or post elsewhere now are
/// trusted no longer.
async fn still_posting(
    bot: &Bot,
    channel: ChannelId,
    mut previous: Vec<WebhookId>,
    webhook: WebhookId,
) -> Vec<WebhookId> {
    previous.retain(|id| *id != webhook);
    if previous.is_empty() {
        return previous;
    }
    let compared = webhook_changes::compare_webhooks(bot, channel, &previous).await;
    let posts = |fate: Fate| matches!(fate, Fate::There | Fate::Unknown);
    compared.trusted.iter().filter(|(_, fate)| posts(*fate)).map(|(id, _)| *id).collect()
}

/// Stops watching a channel; its orders stay. True: it was watched.
pub(crate) async fn unwatch(bot: &Bot, channel: ChannelId) -> anyhow::Result<bool> {
    let was_watched = bot.ledger.forget_watch(channel).await?;
    bot.watching.forget(channel);
    bot.problems.forget(channel);
    tracing::info!(%channel, "no longer watching this channel");
    Ok(was_watched)
}
