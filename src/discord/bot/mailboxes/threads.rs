//! Threads that are to be found and read, and what events tell of them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc;

use super::backfill::Request;
use crate::ids::ChannelId;
use crate::ledger::ThreadNews;

/// Requests that wait; the regular rounds bring what does not fit.
const QUEUE: usize = 1_024;

/// Why the threads of a channel are listed; a later reason takes in those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Listing {
    /// The gateway may lose an event without a word.
    Round,
    /// A webhook posted where no channel and no thread is known.
    Unknown,
    /// The bot was away.
    Absence,
}

/// What is to be done about threads.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ThreadRequest {
    /// Lists those of a channel.
    List(ChannelId, Listing),
    /// Reads one on.
    Read(Request),
    /// Notes what events told at once, instead of a while later.
    NoteSoon,
    /// Tries those again that could not be read: something about the bot's rights changed.
    TryAgain,
}

/// The entrance for requests. Clones share the queue.
#[derive(Clone)]
pub(crate) struct ThreadRequests {
    queue: mpsc::Sender<ThreadRequest>,
    news: Arc<Mutex<BTreeMap<ChannelId, ThreadNews>>>,
}

impl ThreadRequests {
    pub(crate) fn new() -> (Self, mpsc::Receiver<ThreadRequest>) {
        let (queue, requests) = mpsc::channel(QUEUE);
        (Self { queue, news: Arc::default() }, requests)
    }

    /// Asks for the threads of a channel to be listed.
    pub(crate) fn list(&self, channel: ChannelId, why: Listing) {
        self.ask(ThreadRequest::List(channel, why));
    }

    /// Asks for a thread to be read on.
    pub(crate) fn read(&self, request: Request) {
        self.ask(ThreadRequest::Read(request));
    }

    /// Asks for what was noted to be on disk soon.
    pub(crate) fn note_soon(&self) {
        self.ask(ThreadRequest::NoteSoon);
    }

    /// Asks for those to be read that could not be.
    pub(crate) fn try_again(&self) {
        self.ask(ThreadRequest::TryAgain);
    }

    fn ask(&self, request: ThreadRequest) {
        // The next round lists what does not fit.
        self.queue.try_send(request).ok();
    }

    /// Notes what an event told: the cursor is to follow soon, so that little has to be read after a
    /// crash.
    pub(crate) fn note(&self, news: ThreadNews) {
        let mut all = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(&news.thread_id).map(|known| known.last_message);
        let last_message = known.map_or(news.last_message, |known| known.max(news.last_message));
        all.insert(news.thread_id, ThreadNews { last_message, ..news });
    }

    /// What was noted since this was called last.
    pub(crate) fn take_news(&self) -> Vec<ThreadNews> {
        let mut all = self.news.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *all).into_values().collect()
    }
}
