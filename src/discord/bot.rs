//! What every handler and command works with.

use std::sync::atomic::{AtomicI64, Ordering};

use super::alarm::Alarms;
use super::backfill::BackfillRequests;
use super::error::Error;
use super::reactions::ReactionChanges;
use super::rest::{Rest, RestError};
use super::watching::Watching;
use crate::config::Config;
use crate::ids::UserId;
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
    /// Who the bot is; 0 until the gateway has told.
    own_id: AtomicI64,
    /// Says that the process must stop, and why.
    refused: tokio::sync::mpsc::Sender<String>,
}

impl Bot {
    pub(super) fn new(
        config: Config,
        ledger: Ledger,
        ingest: Ingest,
        rest: Rest,
        reactions: ReactionChanges,
        backfill: BackfillRequests,
        refused: tokio::sync::mpsc::Sender<String>,
    ) -> Self {
        Self {
            watching: Watching::new(&config.watch),
            config,
            ledger,
            ingest,
            rest,
            reactions,
            backfill,
            alarms: Alarms::default(),
            own_id: AtomicI64::new(0),
            refused,
        }
    }

    pub(super) fn set_own_id(&self, id: UserId) {
        self.own_id.store(id.0, Ordering::Relaxed);
    }

    pub(super) fn own_id(&self) -> UserId {
        UserId(self.own_id.load(Ordering::Relaxed))
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
