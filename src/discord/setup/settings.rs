//! Changing what holds in one server: what `/setup feed`, `alerts`, `timezone` and `replies` do.

use chrono::{DateTime, Utc};

use crate::config::{SetHere, Setting, SettingGroup, Settings};
use crate::discord::bot::Bot;
use crate::discord::bot::permissions::guild_of;
use crate::discord::bot::problems::Topic;
use crate::discord::outbound::channel_posts::{self, Needs};
use crate::discord::outbound::feed;
use crate::ids::{ChannelId, GuildId, UserId};
use crate::ledger::{Ledger, SettingsChanged};

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
    values: &[NewValue],
) -> anyhow::Result<Changed> {
    // Two at once would each forget what the other one changed.
    let _one_at_a_time = bot.set_ups.lock(guild).await;
    let (before, here) = (bot.settings(guild), changed(bot.settings.here(guild), values));
    let after = bot.configured(guild).with(&here);
    if let Some(refused) = refused(bot, guild, &before, &after) {
        return Ok(refused);
    }
    let changed = ledger.change_settings((guild, user), values, &bot.configured(guild)).await?;
    Ok(Changed::Done(take_over(bot, guild, changed, &before)))
}

/// Takes a change back.
pub(crate) async fn undo(
    bot: &Bot,
    ledger: &Ledger,
    (guild, user): (GuildId, UserId),
    change: (DateTime<Utc>, usize),
) -> anyhow::Result<Changed> {
    let _one_at_a_time = bot.set_ups.lock(guild).await;
    let before = bot.settings(guild);
    let undone = ledger.undo_settings((guild, user), change, &bot.configured(guild)).await?;
    let Some(undone) = undone else { return Ok(Changed::Since) };
    Ok(Changed::Done(take_over(bot, guild, undone, &before)))
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

/// From now on this is what holds.
fn take_over(bot: &Bot, guild: GuildId, changed: SettingsChanged, before: &Settings) -> Reverse {
    bot.settings.put(guild, changed.here);
    if let Some(left) = before.feed.channel_id {
        bot.problems.over(left, Topic::Feed);
    }
    bot.wake();
    let group = changed.settings.first().map_or(SettingGroup::Feed, |setting| setting.group());
    Reverse { group, changed_at: changed.at, count: changed.settings.len() }
}
