//! Changing what holds in one server: what `/setup feed`, `alerts`, `timezone` and `replies` do.

use chrono::{DateTime, Utc};

use crate::config::{SetHere, Setting, SettingGroup, Settings};
use crate::discord::bot::Bot;
use crate::discord::bot::permissions::guild_of;
use crate::discord::bot::problems::Topic;
use crate::discord::outbound::channel_posts::{self, Needs};
use crate::discord::outbound::feed;
use crate::ids::{ChannelId, GuildId, UserId};
use crate::ledger::Ledger;

/// A new value; `None`: what config.toml says, again.
pub(crate) type NewValue = (Setting, Option<String>);

/// What came of changing settings.
pub(crate) enum Changed {
    /// They hold from now on.
    Done(Reverse),
    /// The bot does not see the channel, or it is one of another server.
    Unseen(ChannelId),
    /// The bot may not post there: it lacks these permissions.
    Lacks(ChannelId, Vec<&'static str>),
    /// They were changed again since: nothing was taken back.
    Since,
}

/// By what a change can be undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reverse {
    pub(crate) group: SettingGroup,
    pub(crate) changed_at: DateTime<Utc>,
    /// Settings that were changed.
    pub(crate) count: usize,
}

/// Changes settings of a server, by the ledger that notes who asked.
pub(crate) async fn change(
    bot: &Bot,
    ledger: &Ledger,
    (guild, user): (GuildId, UserId),
    (group, values): (SettingGroup, &[NewValue]),
) -> anyhow::Result<Changed> {
    // Two at once would each forget what the other one changed.
    let _one_at_a_time = bot.set_ups.lock(guild).await;
    let (before, here) = (bot.settings(guild), changed(bot.settings.here(guild), values));
    let after = bot.configured(guild).with(&here);
    if let Some(refused) = refused(bot, guild, &before, &after) {
        return Ok(refused);
    }
    move_feed(bot, &before, &after).await?;
    let changed_at = ledger.change_settings((guild, user), values).await?;
    take_over(bot, guild, here, &before);
    Ok(Changed::Done(Reverse { group, changed_at, count: values.len() }))
}

/// Takes a change back.
pub(crate) async fn undo(
    bot: &Bot,
    ledger: &Ledger,
    (guild, user): (GuildId, UserId),
    (changed_at, count): (DateTime<Utc>, usize),
) -> anyhow::Result<Changed> {
    let _one_at_a_time = bot.set_ups.lock(guild).await;
    let before = bot.settings(guild);
    let Some((settings, changed_at)) =
        ledger.undo_settings((guild, user), changed_at, count).await?
    else {
        return Ok(Changed::Since);
    };
    let here = bot.ledger.settings_of(guild).await?;
    // It is undone on disk: the bot follows, also where the feed's place cannot be noted at this moment.
    let moved = move_feed(bot, &before, &bot.configured(guild).with(&here)).await;
    take_over(bot, guild, here, &before);
    moved?;
    let group = settings.first().map_or(SettingGroup::Feed, |setting| setting.group());
    Ok(Changed::Done(Reverse { group, changed_at, count }))
}

/// What is set in a server after a change.
fn changed(mut here: SetHere, values: &[NewValue]) -> SetHere {
    for (setting, value) in values {
        match value {
            Some(value) => here.insert(*setting, value.clone()),
            None => here.remove(setting),
        };
    }
    here
}

/// Why a channel that was chosen will not do.
fn refused(bot: &Bot, guild: GuildId, before: &Settings, after: &Settings) -> Option<Changed> {
    let needs =
        |settings: &Settings| Some((settings.feed.channel_id?, feed::needs(&settings.feed)));
    let notices = |settings: &Settings| Some((settings.alerts.channel_id?, Needs::Text));
    let feed = needs(after).filter(|wanted| needs(before) != Some(*wanted));
    let notices = notices(after).filter(|wanted| notices(before) != Some(*wanted));
    feed.into_iter().chain(notices).find_map(|(channel, needs)| {
        if guild_of(bot, channel) != Some(guild) {
            return Some(Changed::Unseen(channel));
        }
        let missing = channel_posts::missing(bot, channel, needs);
        (!missing.is_empty()).then_some(Changed::Lacks(channel, missing))
    })
}

/// In another channel the feed begins with the next order.
async fn move_feed(bot: &Bot, before: &Settings, after: &Settings) -> anyhow::Result<()> {
    let (from, to) = (before.feed.channel_id, after.feed.channel_id);
    match to {
        Some(to) if from != Some(to) => bot.ledger.move_feed(from, to).await,
        _ => Ok(()),
    }
}

/// From now on this is what holds.
fn take_over(bot: &Bot, guild: GuildId, here: SetHere, before: &Settings) {
    bot.settings.put(guild, here);
    if let Some(left) = before.feed.channel_id {
        bot.problems.over(left, Topic::Feed);
    }
    bot.wake();
}
