//! The channels that are read, in memory: asked for every message of every channel.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use crate::config::{self, Backfill};
use crate::ids::{ChannelId, GuildId, WebhookId};

/// The watched channels.
pub(super) struct Watching {
    channels: RwLock<HashMap<ChannelId, Watched>>,
}

/// A watched channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Watched {
    /// Of which guild; absent until the gateway has told.
    pub(super) guild_id: Option<GuildId>,
    /// Only these are trusted; empty: any webhook of the channel.
    pub(super) webhook_ids: Vec<WebhookId>,
    /// How much of its history is read at the first contact.
    pub(super) backfill: Backfill,
}

impl Watching {
    pub(super) fn new(watches: &[config::Watch]) -> Self {
        let entry = |watch: &config::Watch| {
            let webhook_ids = watch.webhook_ids.clone();
            let backfill = watch.backfill;
            (watch.channel_id, Watched { guild_id: None, webhook_ids, backfill })
        };
        Self { channels: RwLock::new(watches.iter().map(entry).collect()) }
    }

    /// The watch of a channel, if it is watched.
    pub(super) fn get(&self, channel: ChannelId) -> Option<Watched> {
        let channels = self.channels.read().unwrap_or_else(PoisonError::into_inner);
        channels.get(&channel).cloned()
    }

    /// Notes which guild a watched channel belongs to. Says whether that is news.
    pub(super) fn belongs(&self, channel: ChannelId, guild: GuildId) -> bool {
        let mut channels = self.channels.write().unwrap_or_else(PoisonError::into_inner);
        channels
            .get_mut(&channel)
            .is_some_and(|watched| watched.guild_id.replace(guild) != Some(guild))
    }

    /// The watched channels.
    pub(super) fn channels(&self) -> Vec<ChannelId> {
        let channels = self.channels.read().unwrap_or_else(PoisonError::into_inner);
        channels.keys().copied().collect()
    }

    /// The watched channels of a guild.
    pub(super) fn of_guild(&self, guild: GuildId) -> Vec<ChannelId> {
        let channels = self.channels.read().unwrap_or_else(PoisonError::into_inner);
        let here = channels.iter().filter(|(_, watched)| watched.guild_id == Some(guild));
        here.map(|(channel, _)| *channel).collect()
    }
}
