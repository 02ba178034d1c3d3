//! What every handler and command works with.

mod exports;
mod ignored_reactions;
mod settings;
mod taken;
pub(crate) mod unread_sheets;

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use serenity::all::Cache;
use tokio::sync::Semaphore;

use super::access::grants::Grants;
use super::afterwards::Afterwards;
use super::fetching::Fetching;
use super::log_once::LogOnce;
use super::mailboxes::{BackfillRequests, Boards, FirstMessages, ReactionChanges, ThreadRequests};
use super::per_guild::PerGuild;
use super::problems::gone_webhooks::GoneWebhooks;
use super::problems::outage::Outage;
use super::problems::{Problems, Topic};
use super::unverified_reactions::UnverifiedReactions;
use super::watching::Watching;
use crate::config::Config;
use crate::discord::rest::Rest;
use crate::discord::rest::files::Files;
use crate::ids::{ApplicationId, ChannelId, UserId};
use crate::ingest::Ingest;
use crate::ledger::Ledger;
use crate::wakeups::Wakeups;
pub(crate) use exports::ExportPlace;
use exports::Exports;
use ignored_reactions::IgnoredReactions;
pub(crate) use settings::GuildSettings;
use taken::TakenInteractions;
use unread_sheets::Unread;

/// How many may wait to fetch a changed message.
pub(crate) const REFETCHES: usize = 256;

/// The parts of the running bot.
pub(crate) struct Bot {
    pub(crate) config: Config,
    pub(crate) ledger: Ledger,
    pub(crate) ingest: Ingest,
    pub(crate) rest: Rest,
    pub(crate) files: Files,
    pub(crate) fetching: Fetching,
    pub(crate) watching: Watching,
    pub(crate) reactions: ReactionChanges,
    pub(crate) backfill: BackfillRequests,
    pub(crate) threads: ThreadRequests,
    pub(crate) log_once: LogOnce,
    pub(crate) problems: Problems,
    pub(crate) outage: Outage,
    pub(crate) gone_webhooks: GoneWebhooks,
    pub(crate) unverified: UnverifiedReactions,
    pub(crate) boards: Boards,
    pub(crate) first_messages: FirstMessages,
    pub(crate) taken: TakenInteractions,
    pub(crate) ignored_reactions: IgnoredReactions,
    pub(crate) exports: Exports,
    pub(crate) unread: Unread,
    pub(crate) settings: GuildSettings,
    pub(crate) grants: Arc<Grants>,
    pub(crate) afterwards: Afterwards,
    /// Places for those who wait to fetch a changed message.
    pub(crate) refetches: Semaphore,
    /// Held while a channel of the guild is set up.
    pub(crate) set_ups: PerGuild<()>,
    /// The guilds, as the present connection has sent them.
    cache: RwLock<Option<Arc<Cache>>>,
    /// When the present connection was begun, in milliseconds since 1970.
    connecting_at: AtomicI64,
    /// When the present connection was made, in milliseconds since 1970; 0 before the first.
    ready_at: AtomicI64,
    /// The bot's user; 0 before the first connection.
    own_id: AtomicI64,
    /// The bot's application; 0 before the first connection. Of old applications it is another id.
    application_id: AtomicI64,
    /// Wakes the workers when something that did not work may work now.
    wakeups: Wakeups,
}

/// The entrances of the parts that work in the background.
pub(crate) struct Queues {
    pub(crate) reactions: ReactionChanges,
    pub(crate) backfill: BackfillRequests,
    pub(crate) threads: ThreadRequests,
    pub(crate) first_messages: FirstMessages,
}

/// What the ledger knows at the start.
pub(crate) struct Known {
    pub(crate) watching: Watching,
    pub(crate) settings: GuildSettings,
}

impl Bot {
    pub(crate) fn new(
        config: Config,
        known: Known,
        ledger: Ledger,
        ingest: Ingest,
        (rest, files): (Rest, Files),
        queues: Queues,
    ) -> Self {
        let Queues { reactions, backfill, threads, first_messages } = queues;
        let Known { watching, settings } = known;
        Self {
            watching,
            config,
            ledger,
            ingest,
            rest,
            files,
            fetching: Fetching::default(),
            reactions,
            backfill,
            threads,
            log_once: LogOnce::default(),
            problems: Problems::default(),
            outage: Outage::default(),
            gone_webhooks: GoneWebhooks::default(),
            unverified: UnverifiedReactions::default(),
            boards: Boards::default(),
            first_messages,
            taken: TakenInteractions::default(),
            ignored_reactions: IgnoredReactions::default(),
            exports: Exports::default(),
            unread: Unread::default(),
            settings,
            grants: Arc::default(),
            afterwards: Afterwards::default(),
            refetches: Semaphore::new(REFETCHES),
            set_ups: PerGuild::default(),
            cache: RwLock::default(),
            connecting_at: AtomicI64::new(0),
            ready_at: AtomicI64::new(0),
            own_id: AtomicI64::new(0),
            application_id: AtomicI64::new(0),
            wakeups: Wakeups::default(),
        }
    }

    /// A connection is begun.
    pub(crate) fn set_connecting(&self) {
        self.connecting_at.store(self.rest.clock().now().timestamp_millis(), Ordering::Relaxed);
    }

    /// When the present connection was begun: what is older came by no event of it.
    pub(crate) fn connecting_at(&self) -> DateTime<Utc> {
        let millis = self.connecting_at.load(Ordering::Relaxed);
        DateTime::from_timestamp_millis(millis).unwrap_or_default()
    }

    /// A connection was made: this is who the bot is.
    pub(crate) fn set_ready(&self, id: UserId, application: ApplicationId) {
        self.own_id.store(id.0, Ordering::Relaxed);
        self.application_id.store(application.0, Ordering::Relaxed);
        self.ready_at.store(Utc::now().timestamp_millis(), Ordering::Relaxed);
        self.outage.over();
    }

    /// When the present connection was made; `None` before the first.
    pub(crate) fn ready_at(&self) -> Option<DateTime<Utc>> {
        match self.ready_at.load(Ordering::Relaxed) {
            0 => None,
            millis => DateTime::from_timestamp_millis(millis),
        }
    }

    pub(crate) fn own_id(&self) -> UserId {
        UserId(self.own_id.load(Ordering::Relaxed))
    }

    pub(crate) fn application_id(&self) -> ApplicationId {
        ApplicationId(self.application_id.load(Ordering::Relaxed))
    }

    /// Takes over what a new connection knows.
    pub(crate) fn set_cache(&self, cache: Arc<Cache>) {
        *self.cache.write().unwrap_or_else(PoisonError::into_inner) = Some(cache);
    }

    /// The guilds, as the gateway has sent them; `None` before the first connection.
    pub(crate) fn cache(&self) -> Option<Arc<Cache>> {
        self.cache.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tries again what did not work, and reads those channels on whose history could not be read:
    /// something about their rights changed.
    pub(crate) fn try_again(&self, channels: impl IntoIterator<Item = ChannelId>) {
        self.wake();
        self.threads.try_again();
        for channel in channels {
            let lasts = |topic| self.problems.lasts(channel, topic);
            if lasts(Topic::History) || lasts(Topic::Comparison) {
                self.backfill.reconcile(channel);
            }
        }
    }

    /// Wakes the workers, and ends their rests: the gateway brought a connection, a guild, other rights.
    pub(crate) fn wake(&self) {
        self.boards.end_rest();
        self.wakeups.wake();
    }

    /// Changes with every [`Bot::wake`].
    pub(crate) fn wakeups(&self) -> tokio::sync::watch::Receiver<()> {
        self.wakeups.subscribe()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use tokio::sync::mpsc;

    use super::*;
    use crate::config::Token;
    use crate::discord::bot::mailboxes::Request;

    /// A bot with an empty ledger that cannot reach Discord.
    pub(crate) struct TestBot {
        pub(crate) bot: Bot,
        /// What it asks the reading of histories for.
        pub(crate) requests: mpsc::Receiver<Request>,
        _folder: tempfile::TempDir,
    }

    impl TestBot {
        pub(crate) async fn watching(channel: ChannelId) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
            let config = format!("[[watch]]\nchannel_id = \"{channel}\"");
            let config = Config::from_text(&config, "test", []).unwrap();
            let ingest = Ingest::start(ledger.clone(), config.labels.clone()).unwrap();
            let rest = Rest::new(&Token::new("token").unwrap(), "http://127.0.0.1:9").unwrap();
            let (backfill, requests, _sweeps) = BackfillRequests::new();
            let (reactions, first_messages) = (ReactionChanges::new().0, FirstMessages::new().0);
            let threads = ThreadRequests::new().0;
            let queues = Queues { reactions, backfill, threads, first_messages };
            let watching = Watching::new(&config.watch, Vec::new(), &[]);
            let known = Known { watching, settings: GuildSettings::default() };
            let files = Files::new("http://127.0.0.1:9").unwrap();
            let bot = Bot::new(config, known, ledger, ingest, (rest, files), queues);
            Self { bot, requests, _folder: folder }
        }
    }
}
