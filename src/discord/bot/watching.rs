//! The channels that are read, in memory: asked for every message of every channel.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use crate::config::{self, Backfill};
use crate::ids::{ChannelId, GuildId, WebhookId};
use crate::ledger::{Awaited, SetUp, Watch};

/// The watched channels.
pub(crate) struct Watching {
    channels: RwLock<HashMap<ChannelId, Watched>>,
}

/// A watched channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Watched {
    /// Its guild; `None` until the gateway has sent it.
    pub(crate) guild_id: Option<GuildId>,
    /// Only these are trusted; empty: any webhook of the channel.
    pub(crate) webhook_ids: Vec<WebhookId>,
    /// How much of its history is read at the first contact.
    pub(crate) backfill: Backfill,
    /// Whether config.toml names it. Then only config.toml changes it.
    pub(crate) is_configured: bool,
    /// The message that is still to be announced.
    pub(crate) awaited: Option<Awaited>,
}

impl Watched {
    fn configured(watch: &config::Watch) -> Self {
        Self {
            guild_id: None,
            webhook_ids: watch.webhook_ids.clone(),
            backfill: watch.backfill,
            is_configured: true,
            awaited: None,
        }
    }

    /// As it was set up in Discord.
    pub(crate) fn set_up(guild: GuildId, webhook_ids: Vec<WebhookId>, set_up: SetUp) -> Self {
        let SetUp { backfill, awaited } = set_up;
        Self { guild_id: Some(guild), webhook_ids, backfill, is_configured: false, awaited }
    }
}

impl Watching {
    /// The channels of the configuration, and those of the ledger that were set up in Discord. Where
    /// both name one, the configuration counts.
    pub(crate) fn new(configured: &[config::Watch], kept: Vec<Watch>) -> Self {
        let set_up = kept.into_iter().filter_map(|watch| {
            let set_up = watch.set_up?;
            Some((watch.channel_id, Watched::set_up(watch.guild_id, watch.webhook_ids, set_up)))
        });
        let mut channels: HashMap<ChannelId, Watched> = set_up.collect();
        channels
            .extend(configured.iter().map(|watch| (watch.channel_id, Watched::configured(watch))));
        Self { channels: RwLock::new(channels) }
    }

    /// Watches a channel from now on, or changes how.
    pub(crate) fn set(&self, channel: ChannelId, watched: Watched) {
        self.channels.write().unwrap_or_else(PoisonError::into_inner).insert(channel, watched);
    }

    /// Stops watching a channel.
    pub(crate) fn forget(&self, channel: ChannelId) {
        self.channels.write().unwrap_or_else(PoisonError::into_inner).remove(&channel);
    }

    /// Notes that the awaited message came.
    pub(crate) fn first_message_came(&self, channel: ChannelId) {
        let mut channels = self.channels.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(watched) = channels.get_mut(&channel) {
            watched.awaited = None;
        }
    }

    /// The watch of a channel, if it is watched.
    pub(crate) fn get(&self, channel: ChannelId) -> Option<Watched> {
        let channels = self.channels.read().unwrap_or_else(PoisonError::into_inner);
        channels.get(&channel).cloned()
    }

    /// Notes which guild a watched channel belongs to. True: that is news.
    pub(crate) fn belongs(&self, channel: ChannelId, guild: GuildId) -> bool {
        let mut channels = self.channels.write().unwrap_or_else(PoisonError::into_inner);
        channels
            .get_mut(&channel)
            .is_some_and(|watched| watched.guild_id.replace(guild) != Some(guild))
    }

    /// The watched channels.
    pub(crate) fn channels(&self) -> Vec<ChannelId> {
        let channels = self.channels.read().unwrap_or_else(PoisonError::into_inner);
        channels.keys().copied().collect()
    }

    /// The watched channels of a guild, in the order of their ids.
    pub(crate) fn of_guild(&self, guild: GuildId) -> Vec<ChannelId> {
        let channels = self.channels.read().unwrap_or_else(PoisonError::into_inner);
        let here = channels.iter().filter(|(_, watched)| watched.guild_id == Some(guild));
        let mut here: Vec<ChannelId> = here.map(|(channel, _)| *channel).collect();
        here.sort_unstable();
        here
    }
}
