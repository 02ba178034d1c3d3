//! How the work behind the queue goes on, for whoever watches over the process.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts what the reader and the writer do.
#[derive(Debug, Default)]
pub(super) struct Progress {
    steps: AtomicU64,
    /// Batches that were taken from the queue and are not written yet.
    open: AtomicU64,
}

impl Progress {
    /// Messages were taken from the queue.
    pub(super) fn begin(&self) {
        self.open.fetch_add(1, Ordering::Relaxed);
        self.step();
    }

    /// A batch was read, or an attempt to write one came to its end, whichever.
    pub(super) fn step(&self) {
        self.steps.fetch_add(1, Ordering::Relaxed);
    }

    /// Nothing of a batch is left to be done.
    pub(super) fn end(&self) {
        self.open.fetch_sub(1, Ordering::Relaxed);
        self.step();
    }

    pub(super) fn steps(&self) -> u64 {
        self.steps.load(Ordering::Relaxed)
    }

    pub(super) fn is_open(&self) -> bool {
        self.open.load(Ordering::Relaxed) > 0
    }
}

/// What is going on behind the queue at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Work {
    /// Steps that were done since the start. An attempt to write that fails is one, too.
    pub steps: u64,
    /// Whether there is nothing to be done.
    pub is_idle: bool,
    /// Whether the writer is gone: after [`super::Ingest::close`], or since it broke off.
    pub has_ended: bool,
}
