//! Work for the reactions' worker: changes from the gateway, and comparisons that others ask for.

use anyhow::Context as _;
use tokio::sync::{mpsc, oneshot};

use crate::ids::{ChannelId, GuildId, MessageId, UserId};

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
}

/// The entrance for reaction changes. Clones share the queues.
#[derive(Clone)]
pub(crate) struct ReactionChanges {
    queue: mpsc::Sender<ReactionChange>,
    comparisons: mpsc::Sender<(Comparison, oneshot::Sender<anyhow::Result<()>>)>,
}

/// The other end of [`ReactionChanges`].
pub(crate) struct ReactionQueues {
    pub(crate) changes: mpsc::Receiver<ReactionChange>,
    pub(crate) comparisons: mpsc::Receiver<(Comparison, oneshot::Sender<anyhow::Result<()>>)>,
}

impl ReactionChanges {
    pub(crate) fn new() -> (Self, ReactionQueues) {
        let (queue, changes) = mpsc::channel(QUEUE);
        let (comparisons, compared) = mpsc::channel(1);
        (Self { queue, comparisons }, ReactionQueues { changes, comparisons: compared })
    }

    /// Brings the marks behind one emoji of a message in line with the people who react with it now;
    /// returns when they are on disk.
    pub(crate) async fn reconcile(&self, comparison: Comparison) -> anyhow::Result<()> {
        let (done, is_done) = oneshot::channel();
        self.comparisons.send((comparison, done)).await.context("the bot stops")?;
        is_done.await.context("the bot stops")?
    }

    /// Hands a change in; waits while the queue is full.
    pub(crate) async fn take(&self, change: ReactionChange) {
        // It only fails when the bot stops.
        self.queue.send(change).await.ok();
    }
}
