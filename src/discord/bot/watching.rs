//! The channels that are read, in memory: asked for every message of every channel.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::config::{self, Backfill};
use crate::ids::{ChannelId, GuildId, WebhookId};
use crate::ledger::{Awaited, SetUp, ThreadNews, Watch};

/// The watched channels.
#[derive(Default)]
pub(crate) struct Watching {
    places: RwLock<Places>,
}

#[derive(Default)]
struct Places {
    channels: HashMap<ChannelId, Watched>,
    /// Threads of watched channels, closed and deleted ones too, and threads that are watched
    /// themselves.
    threads: HashMap<ChannelId, KnownThread>,
}

/// A thread in which messages may be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct KnownThread {
    /// The channel or forum that it belongs to.
    parent: ChannelId,
    /// Whether it is closed, as far as is known.
    archived: bool,
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
    /// Whether it holds posts alone, and no messages of its own.
    pub(crate) is_forum: bool,
}

impl Watched {
    fn configured(watch: &config::Watch) -> Self {
        Self {
            guild_id: None,
            webhook_ids: watch.webhook_ids.clone(),
            backfill: watch.backfill,
            is_configured: true,
            awaited: None,
            is_forum: false,
        }
    }

    /// As it was set up in Discord.
    pub(crate) fn set_up(guild: GuildId, webhook_ids: Vec<WebhookId>, set_up: SetUp) -> Self {
        let SetUp { backfill, awaited } = set_up;
        Self {
            guild_id: Some(guild),
            webhook_ids,
            backfill,
            is_configured: false,
            awaited,
            is_forum: false,
        }
    }
}

impl Watching {
    /// The channels of the configuration, and those of the ledger that were set up in Discord. Where
    /// both name one, the configuration counts.
    pub(crate) fn new(
        configured: &[config::Watch],
        kept: Vec<Watch>,
        threads: &[ThreadNews],
    ) -> Self {
        let set_up = kept.into_iter().filter_map(|watch| {
            let set_up = watch.set_up?;
            Some((watch.channel_id, Watched::set_up(watch.guild_id, watch.webhook_ids, set_up)))
        });
        let mut channels: HashMap<ChannelId, Watched> = set_up.collect();
        channels
            .extend(configured.iter().map(|watch| (watch.channel_id, Watched::configured(watch))));
        let threads = threads
            .iter()
            .map(|it| (it.thread_id, KnownThread { parent: it.channel_id, archived: it.archived }));
        Self { places: RwLock::new(Places { channels, threads: threads.collect() }) }
    }

    fn read(&self) -> RwLockReadGuard<'_, Places> {
        self.places.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Places> {
        self.places.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Watches a channel from now on, or changes how.
    pub(crate) fn set(&self, channel: ChannelId, watched: Watched) {
        self.write().channels.insert(channel, watched);
    }

    /// Stops watching a channel.
    pub(crate) fn forget(&self, channel: ChannelId) {
        self.write().channels.remove(&channel);
    }

    /// Notes that the awaited message came.
    pub(crate) fn first_message_came(&self, channel: ChannelId) {
        if let Some(watched) = self.write().channels.get_mut(&channel) {
            watched.awaited = None;
        }
    }

    /// The watch of a channel, if it is watched itself.
    pub(crate) fn get(&self, channel: ChannelId) -> Option<Watched> {
        self.read().channels.get(&channel).cloned()
    }

    /// The watch that reads what is posted here, and its channel: of the place itself, or of the channel
    /// that the thread belongs to.
    pub(crate) fn reading(&self, place: ChannelId) -> Option<(ChannelId, Watched)> {
        let places = self.read();
        let channel = places.watch_of(place)?;
        Some((channel, places.channels.get(&channel)?.clone()))
    }

    /// The watched channel whose messages those posted here are.
    pub(crate) fn watch_of(&self, place: ChannelId) -> Option<ChannelId> {
        self.read().watch_of(place)
    }

    /// The guild of a place that is read.
    pub(crate) fn guild(&self, place: ChannelId) -> Option<GuildId> {
        let places = self.read();
        places.channels.get(&places.watch_of(place)?)?.guild_id
    }

    /// Where the webhooks and the permissions of a place are: a thread has none of its own.
    pub(crate) fn home(&self, place: ChannelId) -> ChannelId {
        self.read().threads.get(&place).map_or(place, |thread| thread.parent)
    }

    /// Whether another watched place of the guild has its webhooks where this one has them.
    pub(crate) fn shares_webhooks(&self, guild: GuildId, place: ChannelId) -> bool {
        let home = self.home(place);
        self.of_guild(guild).into_iter().any(|other| other != place && self.home(other) == home)
    }

    /// Notes which guild a watched channel belongs to. True: that is news.
    pub(crate) fn belongs(&self, channel: ChannelId, guild: GuildId) -> bool {
        let mut places = self.write();
        let watched = places.channels.get_mut(&channel);
        watched.is_some_and(|watched| watched.guild_id.replace(guild) != Some(guild))
    }

    /// A watched channel turned out to be a forum.
    pub(crate) fn note_forum(&self, channel: ChannelId) {
        if let Some(watched) = self.write().channels.get_mut(&channel) {
            watched.is_forum = true;
        }
    }

    /// Notes where a thread belongs, and whether it is closed, if messages in it may be read. Says
    /// whether they are.
    pub(crate) fn note_thread(&self, thread: ChannelId, parent: ChannelId, archived: bool) -> bool {
        let mut places = self.write();
        let is_read = [thread, parent].iter().any(|place| places.channels.contains_key(place));
        if is_read {
            places.threads.insert(thread, KnownThread { parent, archived });
        }
        is_read
    }

    /// Whether a thread is closed, as far as is known.
    pub(crate) fn is_archived(&self, thread: ChannelId) -> bool {
        self.read().threads.get(&thread).is_some_and(|known| known.archived)
    }

    /// Notes that a thread was found closed.
    pub(crate) fn note_archived(&self, thread: ChannelId) {
        if let Some(known) = self.write().threads.get_mut(&thread) {
            known.archived = true;
        }
    }

    /// Threads that are watched themselves and closed now.
    pub(crate) fn closed_watches(&self) -> Vec<ChannelId> {
        let places = self.read();
        let closed = |id: &&ChannelId| places.threads.get(id).is_some_and(|it| it.archived);
        places.channels.keys().filter(closed).copied().collect()
    }

    /// Watched channels whose guild nobody has told.
    pub(crate) fn homeless(&self) -> Vec<ChannelId> {
        let places = self.read();
        let homeless = places.channels.iter().filter(|(_, watched)| watched.guild_id.is_none());
        homeless.map(|(channel, _)| *channel).collect()
    }

    /// The watched channels.
    pub(crate) fn channels(&self) -> Vec<ChannelId> {
        self.read().channels.keys().copied().collect()
    }

    /// The watched channels of a guild, in the order of their ids.
    pub(crate) fn of_guild(&self, guild: GuildId) -> Vec<ChannelId> {
        let places = self.read();
        let here = places.channels.iter().filter(|(_, watched)| watched.guild_id == Some(guild));
        let mut here: Vec<ChannelId> = here.map(|(channel, _)| *channel).collect();
        here.sort_unstable();
        here
    }
}

impl Places {
    fn watch_of(&self, place: ChannelId) -> Option<ChannelId> {
        if self.channels.contains_key(&place) {
            return Some(place);
        }
        let parent = self.threads.get(&place)?.parent;
        self.channels.contains_key(&parent).then_some(parent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANNEL: ChannelId = ChannelId(1);
    const THREAD: ChannelId = ChannelId(2);

    fn watching(channels: &[ChannelId]) -> Watching {
        let set_up = SetUp { backfill: Backfill::All, awaited: None };
        let watching = Watching::new(&[], Vec::new(), &[]);
        for channel in channels {
            watching.set(*channel, Watched::set_up(GuildId(9), Vec::new(), set_up));
        }
        watching
    }

    #[test]
    fn what_is_posted_in_a_thread_is_its_channels() {
        let watching = watching(&[CHANNEL]);
        assert_eq!(watching.watch_of(THREAD), None);
        assert!(watching.note_thread(THREAD, CHANNEL, false));
        assert_eq!(watching.watch_of(THREAD), Some(CHANNEL));
        assert_eq!(watching.reading(THREAD).map(|(channel, _)| channel), Some(CHANNEL));
        assert_eq!((watching.guild(THREAD), watching.home(THREAD)), (Some(GuildId(9)), CHANNEL));
        assert!(!watching.note_thread(ChannelId(3), ChannelId(4), false));
        watching.forget(CHANNEL);
        assert_eq!((watching.watch_of(THREAD), watching.guild(THREAD)), (None, None));
    }

    #[test]
    fn a_thread_that_is_watched_itself_is_its_own() {
        let watching = watching(&[CHANNEL, THREAD]);
        assert!(watching.note_thread(THREAD, CHANNEL, true));
        assert_eq!(watching.watch_of(THREAD), Some(THREAD));
        assert_eq!((watching.home(THREAD), watching.closed_watches()), (CHANNEL, vec![THREAD]));
        assert!(watching.note_thread(THREAD, CHANNEL, false));
        assert_eq!(watching.closed_watches(), []);
    }
}
