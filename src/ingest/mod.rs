//! The one door: every message comes in here, from the gateway, the history, a file.
//!
//! A bounded queue, a thread that reads, one writer that commits all that waits in one transaction.
//! What is acknowledged is on disk; what is not was not taken, and history brings it again.

mod outage;
mod queue;
mod told;
mod waiting;
mod work;

use std::sync::Arc;
use std::thread::Thread;

use tokio::sync::{mpsc, oneshot, watch};

use crate::ledger::Ledger;
use crate::reading::Labels;
use crate::verdict::{Incoming, Packer, Receipt};
use queue::Queued;
use waiting::Waiting;
use work::Progress;

pub use work::Work;

/// Messages that may wait to be read. The first two thousand take about 4 kB each, those behind them 1.2 kB,
/// so a full queue takes some 16 MB. Beyond that live messages are turned away, and history brings them later,
/// which costs twice.
pub const QUEUE: usize = 8192;
/// Batches that are read and wait for the writer.
const READ_AHEAD: usize = 1;

/// Why a message was not taken. It is not on disk; history brings it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TurnedAway {
    /// The queue is full.
    #[error("more messages come in than can be stored")]
    Full,
    /// [`Ingest::close`] was called, or the database refuses the message.
    #[error("no messages are stored any more")]
    Closed,
}

/// The queue's entrance. Clones share it.
#[derive(Debug, Clone)]
pub struct Ingest {
    queue: mpsc::Sender<Queued>,
    /// Unparked for what must not wait until messages are gathered.
    reader: Thread,
    labels: Arc<Labels>,
    closing: Arc<watch::Sender<bool>>,
    done: watch::Receiver<bool>,
    problem: watch::Receiver<Option<String>>,
    progress: Arc<Progress>,
}

/// Messages that are in the queue, and may be on disk.
#[derive(Debug, Default)]
pub struct HandedIn(Vec<oneshot::Receiver<Receipt>>);

impl HandedIn {
    /// Returns when all are on disk; the receipts come in the order of the messages.
    pub async fn stored(self) -> Result<Vec<Receipt>, TurnedAway> {
        let mut receipts = Vec::with_capacity(self.0.len());
        for reply in self.0 {
            receipts.push(reply.await.map_err(|_| TurnedAway::Closed)?);
        }
        Ok(receipts)
    }
}

impl Ingest {
    /// Starts the reader and the writer behind the queue. They end after [`Ingest::close`].
    pub fn start(ledger: Ledger, labels: Labels) -> anyhow::Result<Self> {
        let packer = Packer::new()?;
        let labels = Arc::new(labels);
        let (queue, waiting) = mpsc::channel(QUEUE);
        let (batches, read) = mpsc::channel(READ_AHEAD);
        let (closing, is_closing) = watch::channel(false);
        let (finished, done) = watch::channel(false);
        let (problem, is_problem) = watch::channel(None);
        let progress = Arc::new(Progress::default());
        let for_others = Arc::clone(&labels);
        let for_reader = (Arc::clone(&labels), Arc::clone(&progress));
        let reading = std::thread::Builder::new().name("read".to_owned()).spawn(move || {
            queue::read_all(waiting, &batches, (&for_reader.0, &for_reader.1), packer);
        })?;
        let of_writer = Arc::clone(&progress);
        tokio::spawn(async move {
            queue::write_all((ledger, labels), read, is_closing, problem, of_writer).await;
            finished.send_replace(true);
        });
        let closing = Arc::new(closing);
        let (reader, labels) = (reading.thread().clone(), for_others);
        Ok(Self { queue, reader, labels, closing, done, problem: is_problem, progress })
    }

    /// Hands a message in without waiting: for live events.
    pub fn offer(&self, incoming: Incoming) -> Result<(), TurnedAway> {
        if *self.closing.borrow() {
            return Err(TurnedAway::Closed);
        }
        let place = self.queue.try_reserve().map_err(|error| match error {
            mpsc::error::TrySendError::Full(()) => TurnedAway::Full,
            mpsc::error::TrySendError::Closed(()) => TurnedAway::Closed,
        })?;
        place.send(Queued::Message(Waiting::behind(self.waiting(), incoming), None));
        Ok(())
    }

    /// Hands a message in, waits while the queue is full, and returns when it is on disk.
    pub async fn submit(&self, incoming: Incoming) -> Result<Receipt, TurnedAway> {
        self.enter(incoming).await?.await.map_err(|_| TurnedAway::Closed)
    }

    /// Like [`Ingest::submit`] for many; the receipts come in the order of the messages.
    pub async fn submit_all(&self, incoming: Vec<Incoming>) -> Result<Vec<Receipt>, TurnedAway> {
        self.hand_in(incoming).await?.stored().await
    }

    /// Hands messages in, and returns when all are in the queue: the next ones can be made while these are
    /// read and written.
    pub async fn hand_in(&self, incoming: Vec<Incoming>) -> Result<HandedIn, TurnedAway> {
        let mut replies = Vec::with_capacity(incoming.len());
        for message in incoming {
            replies.push(self.enter(message).await?);
        }
        Ok(HandedIn(replies))
    }

    async fn enter(&self, incoming: Incoming) -> Result<oneshot::Receiver<Receipt>, TurnedAway> {
        if *self.closing.borrow() {
            return Err(TurnedAway::Closed);
        }
        let (reply, receipt) = oneshot::channel();
        let queued = Queued::Message(Waiting::behind(self.waiting(), incoming), Some(reply));
        self.queue.send(queued).await.map_err(|_| TurnedAway::Closed)?;
        self.reader.unpark();
        Ok(receipt)
    }

    /// By which labels messages are read.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// How many messages wait to be read.
    pub fn waiting(&self) -> usize {
        QUEUE.saturating_sub(self.queue.capacity())
    }

    /// What is going on behind the queue now.
    pub fn work(&self) -> Work {
        Work {
            steps: self.progress.steps(),
            is_idle: self.waiting() == 0 && !self.progress.is_open(),
            has_ended: *self.done.borrow() || self.done.has_changed().is_err(),
        }
    }

    /// What keeps the database from being written at present, and what to do about it.
    pub fn problem(&self) -> Option<String> {
        self.problem.borrow().clone()
    }

    /// Takes no more messages, and returns when all that were taken are on disk. A database that
    /// stays locked or full ends the wait after seconds; what was not written was not acknowledged.
    pub async fn close(&self) {
        self.closing.send_replace(true);
        // The queue may be closed already: then there is nothing to end.
        let _ = self.queue.send(Queued::End).await;
        self.reader.unpark();
        self.ended().await;
    }

    /// Returns when nothing is written any more: after [`Ingest::close`], or since the reader or the writer crashed.
    pub async fn ended(&self) {
        let mut done = self.done.clone();
        // Who crashed says nothing: it only lets go of its end.
        let _ = done.wait_for(|&done| done).await;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    async fn has_ended(ingest: &Ingest) -> bool {
        tokio::time::timeout(Duration::from_millis(200), ingest.ended()).await.is_ok()
    }

    #[tokio::test]
    async fn whoever_crashes_behind_the_queue_ends_it() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("ledger.db")).await.unwrap();
        let ingest = Ingest::start(ledger, Labels::built_in()).unwrap();
        assert!(!has_ended(&ingest).await);
        let (of_writer, done) = watch::channel(false);
        let crashed = Ingest { done, ..ingest.clone() };
        assert!(!has_ended(&crashed).await);
        drop(of_writer);
        assert!(has_ended(&crashed).await);
        ingest.close().await;
        assert!(has_ended(&ingest).await);
    }
}
