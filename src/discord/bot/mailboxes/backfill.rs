//! Channels whose history is to be read on, and reactions to be compared without haste.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc;

use crate::discord::bot::mailboxes::Comparison;
use crate::ids::ChannelId;

/// Requests that wait; the regular rounds bring what does not fit.
const QUEUE: usize = 1_024;

/// Channels that wait.
const SWEEPS: usize = 64;

/// A flood is given this long to pass.
const FLOOD: Duration = Duration::from_secs(2);

/// The entrance for requests. Clones share the queue.
#[derive(Clone)]
pub(crate) struct BackfillRequests {
    queue: mpsc::Sender<Request>,
    sweeps: mpsc::Sender<Sweep>,
    /// Where live messages came since [`BackfillRequests::take_busy`] was called last.
    busy: Arc<Mutex<BTreeSet<ChannelId>>>,
}

/// A channel to be read on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request {
    pub(crate) channel: ChannelId,
    pub(crate) after: Duration,
    /// Whether its recent part is to be compared, too.
    pub(crate) reconcile: bool,
}

impl Request {
    /// A place to be read on at once.
    pub(crate) fn now(channel: ChannelId) -> Self {
        Self { channel, after: Duration::ZERO, reconcile: false }
    }
}

/// The reactions of a channel's recent part that are to be asked for.
#[derive(Debug)]
pub(crate) struct Sweep {
    pub(crate) channel: ChannelId,
    pub(crate) comparisons: Vec<Comparison>,
    /// Whether something else in the channel had changed.
    pub(crate) hurry: bool,
}

impl BackfillRequests {
    pub(crate) fn new() -> (Self, mpsc::Receiver<Request>, mpsc::Receiver<Sweep>) {
        let (queue, requests) = mpsc::channel(QUEUE);
        let (sweeps, swept) = mpsc::channel(SWEEPS);
        (Self { queue, sweeps, busy: Arc::default() }, requests, swept)
    }

    /// Asks for the reactions of a channel to be compared without haste.
    pub(crate) fn sweep(&self, sweep: Sweep) {
        // What does not fit is compared after the next connection.
        self.sweeps.try_send(sweep).ok();
    }

    /// Asks for a channel's history to be read on, at once.
    pub(crate) fn read_on(&self, channel: ChannelId) {
        self.ask(Request::now(channel));
    }

    /// Asks for that when the flood is over which is more than can be stored. An edit that was turned
    /// away may be of an old message: then the recent part is compared, too.
    pub(crate) fn read_on_after_flood(&self, channel: ChannelId, reconcile: bool) {
        self.ask(Request { channel, after: FLOOD, reconcile });
    }

    /// Asks for that, and for its recent part to be compared: the bot was away.
    pub(crate) fn reconcile(&self, channel: ChannelId) {
        self.ask(Request { reconcile: true, ..Request::now(channel) });
    }

    fn ask(&self, request: Request) {
        // A full queue names the channel already, or the next round does.
        self.queue.try_send(request).ok();
    }

    /// Notes that a live message came: the cursor is to follow soon, so that little has to be read
    /// after a crash.
    pub(crate) fn message_came(&self, channel: ChannelId) {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).insert(channel);
    }

    /// Where live messages came since this was called last.
    pub(crate) fn take_busy(&self) -> BTreeSet<ChannelId> {
        std::mem::take(&mut *self.busy.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
