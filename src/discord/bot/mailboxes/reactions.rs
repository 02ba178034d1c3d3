//! Work for the reactions' worker: changes from the gateway, and comparisons that others ask for.

use std::sync::Arc;

use anyhow::Context as _;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use crate::ids::{ChannelId, GuildId, MessageId, UserId};
use overflow::Overflow;

mod overflow;

/// Changes that wait while one of them asks Discord.
const QUEUE: usize = 4_096;

/// One reaction that was added or removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ReactionChange {
    pub(crate) guild: GuildId,
    pub(crate) channel: ChannelId,
    pub(crate) message: MessageId,
    /// Absent: everybody's reactions were cleared.
    pub(crate) user: Option<UserId>,
    /// As `[reactions]` names it. Absent: all emoji were cleared.
    pub(crate) emoji: Option<String>,
    pub(crate) added: bool,
    /// Whether the person may set a status; of no meaning for removals.
    pub(crate) allowed: bool,
    /// Whether the bot itself wrote the message: it may be an order's card.
    pub(crate) on_own_message: bool,
}

/// One emoji of a message whose people are to be read again.
#[derive(Debug, Clone)]
pub(crate) struct Comparison {
    pub(crate) guild: GuildId,
    pub(crate) channel: ChannelId,
    pub(crate) message: MessageId,
    /// In the form in which emoji are compared.
    pub(crate) emoji: String,
    /// Its spellings as Discord's paths name them; empty: it was not seen.
    pub(crate) spellings: Vec<String>,
    /// Whether the marks are only counted, and not logged one by one.
    pub(crate) is_counted: bool,
}

/// A comparison, and where its result goes: the changes of statuses that it made.
pub(crate) type AskedComparison = (Comparison, oneshot::Sender<anyhow::Result<u64>>);

/// The entrance for reaction changes. Clones share the queues.
#[derive(Clone)]
pub(crate) struct ReactionChanges {
    queue: mpsc::Sender<ReactionChange>,
    comparisons: mpsc::Sender<AskedComparison>,
    overflow: Arc<Overflow>,
}

/// The other end of [`ReactionChanges`].
pub(crate) struct ReactionQueues {
    pub(crate) changes: mpsc::Receiver<ReactionChange>,
    pub(crate) comparisons: mpsc::Receiver<AskedComparison>,
    pub(crate) overflow: Arc<Overflow>,
}

impl ReactionChanges {
    pub(crate) fn new() -> (Self, ReactionQueues) {
        let (queue, changes) = mpsc::channel(QUEUE);
        let (comparisons, compared) = mpsc::channel(1);
        let overflow = Arc::<Overflow>::default();
        let queues =
            ReactionQueues { changes, comparisons: compared, overflow: Arc::clone(&overflow) };
        (Self { queue, comparisons, overflow }, queues)
    }

    /// Brings the marks behind one emoji of a message in line with the people who react with it now;
    /// returns when they are on disk, with how many statuses changed.
    pub(crate) async fn reconcile(&self, comparison: Comparison) -> anyhow::Result<u64> {
        let (done, is_done) = oneshot::channel();
        self.comparisons.send((comparison, done)).await.context("the bot stops")?;
        is_done.await.context("the bot stops")?
    }

    /// Hands a change in. Where no place is left, Discord is asked later who is behind its emoji; only what a
    /// moderator cleared waits for a place. False: neither has a place, the channel is to be compared.
    pub(crate) async fn take(&self, change: ReactionChange) -> bool {
        match self.queue.try_send(change) {
            Err(TrySendError::Full(change)) if change.user.is_some() => self.overflow.add(&change),
            Err(TrySendError::Full(change)) => {
                // It only fails when the bot stops.
                self.queue.send(change).await.ok();
                true
            }
            Ok(()) | Err(TrySendError::Closed(_)) => true,
        }
    }
}
