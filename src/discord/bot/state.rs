//! What every handler and command works with.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use serenity::all::Cache;
use tokio::sync::watch;

use super::log_once::Alarms;
use super::mailboxes::{BackfillRequests, Boards, FirstMessages, ReactionChanges};
use super::problems::{Topic, Troubles};
use super::unverified_reactions::Doubts;
use super::watching::Watching;
use crate::config::Config;
use crate::discord::rest::{Rest, RestError};
use crate::ids::{ApplicationId, ChannelId, UserId};
use crate::ingest::Ingest;
use crate::ledger::Ledger;

/// The parts of the running bot.
pub(crate) struct Bot {
    pub(crate) config: Config,
    pub(crate) ledger: Ledger,
    pub(crate) ingest: Ingest,
    pub(crate) rest: Rest,
    pub(crate) watching: Watching,
    pub(crate) reactions: ReactionChanges,
    pub(crate) backfill: BackfillRequests,
    pub(crate) alarms: Alarms,
    pub(crate) troubles: Troubles,
    pub(crate) doubts: Doubts,
    pub(crate) boards: Boards,
    pub(crate) first_messages: FirstMessages,
    /// Held while a channel is set up.
    pub(crate) set_ups: tokio::sync::Mutex<()>,
    /// What the gateway told of the guilds, of the present connection.
    cache: RwLock<Option<Arc<Cache>>>,
    /// When the present connection was begun, in milliseconds since 1970.
    connecting_at: AtomicI64,
    /// When the present connection was made, in milliseconds since 1970; 0 before the first.
    ready_at: AtomicI64,
    /// Who the bot is; 0 until the gateway has told.
    own_id: AtomicI64,
    /// Whose bot it is; 0 until the gateway has told. Of old applications it is another id.
    application_id: AtomicI64,
    /// Says that the process must stop, and why.
    refused: tokio::sync::mpsc::Sender<String>,
    /// Counts what the gateway told that may let something work that did not.
    stirs: watch::Sender<u64>,
}

/// The entrances of the parts that work in the background.
pub(crate) struct Queues {
    pub(crate) reactions: ReactionChanges,
    pub(crate) backfill: BackfillRequests,
    pub(crate) first_messages: FirstMessages,
}

impl Bot {
    pub(crate) fn new(
        config: Config,
        watching: Watching,
        ledger: Ledger,
        ingest: Ingest,
        rest: Rest,
        queues: Queues,
        refused: tokio::sync::mpsc::Sender<String>,
    ) -> Self {
        let Queues { reactions, backfill, first_messages } = queues;
        Self {
            watching,
            config,
            ledger,
            ingest,
            rest,
            reactions,
            backfill,
            alarms: Alarms::default(),
            troubles: Troubles::default(),
            doubts: Doubts::default(),
            boards: Boards::default(),
            first_messages,
            set_ups: tokio::sync::Mutex::default(),
            cache: RwLock::default(),
            connecting_at: AtomicI64::new(0),
            ready_at: AtomicI64::new(0),
            own_id: AtomicI64::new(0),
            application_id: AtomicI64::new(0),
            refused,
            stirs: watch::Sender::default(),
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

    /// What the gateway told of the guilds; `None` before the first connection.
    pub(crate) fn cache(&self) -> Option<Arc<Cache>> {
        self.cache.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tries again what did not work, and reads those channels on whose history could not be read:
    /// something about their rights changed.
    pub(crate) fn try_again(&self, channels: impl IntoIterator<Item = ChannelId>) {
        self.stir();
        for channel in channels {
            if self.troubles.lasts(channel, Topic::History) {
                self.backfill.compare(channel);
            }
        }
    }

    /// The gateway told of a connection, of a guild, of other rights: who waits for that looks again.
    pub(crate) fn stir(&self) {
        self.boards.end_rest();
        self.stirs.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Changes with every [`Bot::stir`].
    pub(crate) fn stirs(&self) -> watch::Receiver<u64> {
        self.stirs.subscribe()
    }

    /// Stops the process when Discord refused the token: more calls would only get the address
    /// banned.
    pub(crate) fn heed(&self, error: &RestError) {
        if matches!(error, RestError::Unauthorized) {
            // A full queue means that the stop is on its way already.
            self.refused.try_send(crate::discord::rest::codes::TOKEN_REFUSED.to_owned()).ok();
        }
    }
}
