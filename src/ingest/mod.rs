//! The one door: every message comes in here, from the gateway, the history, a file.

mod decide;
mod prepare;

use tokio::task::JoinHandle;


use crate::checkout::{Labels, Message};
use crate::ids::{ChannelId, GuildId, MessageId, OrderId};
use crate::ledger::{Ledger, Outcome, Via};

/// A message on its way in.
#[derive(Debug, Clone)]
pub struct Incoming {
    /// What was posted.
    pub message: Message,
    /// Its id; negative where an import made one.
    pub id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Of which guild; 0 where an import cannot tell.
    pub guild_id: GuildId,
    /// How it came.
    pub via: Via,
    /// Whether it may make orders, or why not.
    pub trust: Result<(), String>,
}

/// What became of a message. It is on disk when this is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Which message.
    pub message_id: MessageId,
    /// Where it stands.
    pub channel_id: ChannelId,
    /// Of which guild.
    pub guild_id: GuildId,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, as a short sentence; may be empty.
    pub reason: String,
    /// The orders that it announced or changed.
    pub orders: Vec<OrderId>,
    /// Whether this copy of the message was known already, so that nothing was done.
    pub known: bool,
}

/// The queue is full, or the bot stops: the message was not taken. Backfill fetches it later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnedAway {
    /// The queue is full.
    Full,
    /// [`Ingest::close`] was called, or the writer has died.
    Closed,
}

/// The queue's entrance. Clones share it.
#[derive(Debug, Clone)]
pub struct Ingest {}

impl Ingest {
    /// Starts the reader and the writer behind the queue. The handle ends after [`Ingest::close`].
    pub fn start(ledger: Ledger, labels: Labels) -> (Self, JoinHandle<()>) {
        drop((ledger, labels));
        (Self {}, tokio::spawn(async {}))
    }

    /// Hands a message in without waiting: for live events.
    pub fn offer(&self, incoming: Incoming) -> Result<(), TurnedAway> {
        drop(incoming);
        Err(TurnedAway::Closed)
    }

    /// Hands a message in, waits while the queue is full, and returns when it is on disk.
    pub async fn submit(&self, incoming: Incoming) -> Result<Receipt, TurnedAway> {
        drop(incoming);
        Err(TurnedAway::Closed)
    }

    /// Like [`Ingest::submit`] for many; the receipts come in the order of the messages.
    pub async fn submit_all(&self, incoming: Vec<Incoming>) -> Result<Vec<Receipt>, TurnedAway> {
        drop(incoming);
        Err(TurnedAway::Closed)
    }

    /// Takes no more messages, and returns when all that were taken are on disk.
    pub async fn close(&self) {}
}
