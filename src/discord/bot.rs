//! What every handler and command works with.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use serenity::all::Cache;
use tokio::sync::watch;

use super::acknowledge::Doubts;
use super::alarm::Alarms;
use super::backfill::BackfillRequests;
use super::board::Boards;
use super::error::Error;
use super::first_message::FirstMessages;
use super::reactions::ReactionChanges;
use super::rest::{Rest, RestError};
use super::trouble::{Topic, Troubles};
use super::watching::Watching;
use crate::config::Config;
use crate::ids::{ApplicationId, ChannelId, UserId};
use crate::ingest::Ingest;
use crate::ledger::Ledger;

/// poise's context of a running command.
pub(super) type Context<'a> = poise::Context<'a, Bot, Error>;

/// The parts of the running bot.
pub(super) struct Bot {
    pub(super) config: Config,
    pub(super) ledger: Ledger,
    pub(super) ingest: Ingest,
    pub(super) rest: Rest,
    pub(super) watching: Watching,
    pub(super) reactions: ReactionChanges,
    pub(super) backfill: BackfillRequests,
    pub(super) alarms: Alarms,
    pub(super) troubles: Troubles,
    pub(super) doubts: Doubts,
    pub(super) boards: Boards,
    pub(super) first_messages: FirstMessages,
    /// Held while a channel is set up.
    pub(super) set_ups: tokio::sync::Mutex<()>,
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
pub(super) struct Queues {
    pub(super) reactions: ReactionChanges,
    pub(super) backfill: BackfillRequests,
    pub(super) first_messages: FirstMessages,
}

impl Bot {
    pub(super) fn new(
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
    pub(super) fn set_connecting(&self) {
        self.connecting_at.store(self.rest.clock().now().timestamp_millis(), Ordering::Relaxed);
    }

    /// When the present connection was begun: what is older came by no event of it.
    pub(super) fn connecting_at(&self) -> DateTime<Utc> {
        let millis = self.connecting_at.load(Ordering::Relaxed);
        DateTime::from_timestamp_millis(millis).unwrap_or_default()
    }

    /// A connection was made: this is who the bot is.
    pub(super) fn set_ready(&self, id: UserId, application: ApplicationId) {
        self.own_id.store(id.0, Ordering::Relaxed);
        self.application_id.store(application.0, Ordering::Relaxed);
        self.ready_at.store(Utc::now().timestamp_millis(), Ordering::Relaxed);
    }

    /// When the present connection was made; `None` before the first.
    pub(super) fn ready_at(&self) -> Option<DateTime<Utc>> {
        match self.ready_at.load(Ordering::Relaxed) {
            0 => None,
            millis => DateTime::from_timestamp_millis(millis),
        }
    }

    pub(super) fn own_id(&self) -> UserId {
        UserId(self.own_id.load(Ordering::Relaxed))
    }

    pub(super) fn application_id(&self) -> ApplicationId {
        ApplicationId(self.application_id.load(Ordering::Relaxed))
    }

    /// Takes over what a new connection knows.
    pub(super) fn set_cache(&self, cache: Arc<Cache>) {
        *self.cache.write().unwrap_or_else(PoisonError::into_inner) = Some(cache);
    }

    /// What the gateway told of the guilds; `None` before the first connection.
    pub(super) fn cache(&self) -> Option<Arc<Cache>> {
        self.cache.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tries again what did not work, and reads those channels on whose history could not be read:
    /// something about their rights changed.
    pub(super) fn try_again(&self, channels: impl IntoIterator<Item = ChannelId>) {
        self.stir();
        for channel in channels {
            if self.troubles.lasts(channel, Topic::History) {
                self.backfill.compare(channel);
            }
        }
    }

    /// The gateway told of a connection, of a guild, of other rights: who waits for that looks again.
    pub(super) fn stir(&self) {
        self.boards.end_rest();
        self.stirs.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Changes with every [`Bot::stir`].
    pub(super) fn stirs(&self) -> watch::Receiver<u64> {
        self.stirs.subscribe()
    }

    /// Stops the process when Discord refused the token: more calls would only get the address
    /// banned.
    pub(super) fn heed(&self, error: &RestError) {
        if matches!(error, RestError::Unauthorized) {
            // A full queue means that the stop is on its way already.
            self.refused.try_send(super::client::TOKEN_REFUSED.to_owned()).ok();
        }
    }
}
