//! What holds in each server: config.toml, and in its place what was set there by `/setup`. Nothing else in
//! `discord/` reads these parts of the configuration.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use chrono_tz::Tz;

use super::Bot;
use crate::config::{SetHere, Settings};
use crate::discord::bot::permissions::guild_of;
use crate::ids::{ChannelId, GuildId};

/// What was set in Discord, by server.
#[derive(Default)]
pub(crate) struct GuildSettings {
    here: RwLock<HashMap<GuildId, SetHere>>,
}

impl GuildSettings {
    pub(crate) fn new(here: HashMap<GuildId, SetHere>) -> Self {
        Self { here: RwLock::new(here) }
    }

    /// What was set in a server.
    pub(crate) fn here(&self, guild: GuildId) -> SetHere {
        let here = self.here.read().unwrap_or_else(PoisonError::into_inner);
        here.get(&guild).cloned().unwrap_or_default()
    }

    /// Takes over what the ledger holds by now.
    pub(crate) fn put(&self, guild: GuildId, here: SetHere) {
        self.here.write().unwrap_or_else(PoisonError::into_inner).insert(guild, here);
    }

    fn guilds(&self) -> Vec<GuildId> {
        let here = self.here.read().unwrap_or_else(PoisonError::into_inner);
        let mut guilds: Vec<GuildId> = here.keys().copied().collect();
        guilds.sort_unstable();
        guilds
    }
}

impl Bot {
    /// What holds in a server.
    pub(crate) fn settings(&self, guild: GuildId) -> Settings {
        self.configured(guild).with(&self.settings.here(guild))
    }

    /// What config.toml says for a server: its channels are those of one server, and no business of another.
    pub(crate) fn configured(&self, guild: GuildId) -> Settings {
        let mut settings = Settings::of(&self.config);
        let is_here = |channel: &ChannelId| guild_of(self, *channel) == Some(guild);
        settings.feed.channel_id = settings.feed.channel_id.filter(is_here);
        settings.alerts.channel_id = settings.alerts.channel_id.filter(is_here);
        settings
    }

    /// The zone of a server's days.
    pub(crate) fn zone(&self, guild: GuildId) -> Tz {
        self.settings(guild).zone
    }

    /// The zones of all servers' days.
    pub(crate) fn zones(&self) -> Vec<Tz> {
        let mut zones: Vec<Tz> =
            self.settings.guilds().into_iter().map(|guild| self.zone(guild)).collect();
        zones.push(self.config.zone);
        zones.sort_unstable_by_key(|zone| zone.name());
        zones.dedup();
        zones
    }

    /// The channels of all feeds. The server is absent where the gateway has not sent the channel of config.toml:
    /// not yet, or never.
    pub(crate) fn feeds(&self) -> Vec<(Option<GuildId>, ChannelId)> {
        let configured =
            self.config.feed.channel_id.map(|channel| (guild_of(self, channel), channel));
        let of_guild = |guild| Some((Some(guild), self.settings(guild).feed.channel_id?));
        // Where another channel was set, that of config.toml is not used.
        let is_used = |(guild, channel): &(Option<GuildId>, ChannelId)| {
            guild.is_none_or(|guild| self.settings(guild).feed.channel_id == Some(*channel))
        };
        let mut feeds: Vec<_> = configured.into_iter().filter(is_used).collect();
        for feed in self.settings.guilds().into_iter().filter_map(of_guild) {
            if !feeds.contains(&feed) {
                feeds.push(feed);
            }
        }
        feeds
    }
}
