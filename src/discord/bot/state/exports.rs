//! Exports that are made at once, and who waits for one: each holds its files in memory.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;

/// Exports that are made at the same time.
const AT_ONCE: usize = 2;

/// The exports that are made, and those that wait, in the order in which they were asked for.
#[derive(Debug)]
pub(crate) struct Exports {
    line: Mutex<Line>,
    /// Changes whenever one ends.
    moved: watch::Sender<()>,
}

#[derive(Debug, Default)]
struct Line {
    next: u64,
    tickets: VecDeque<u64>,
}

impl Default for Exports {
    fn default() -> Self {
        Self { line: Mutex::default(), moved: watch::Sender::new(()) }
    }
}

/// A place in the line; it is left when this is dropped.
#[derive(Debug)]
pub(crate) struct ExportPlace<'a> {
    exports: &'a Exports,
    ticket: u64,
}

impl Exports {
    /// Joins the line at its end.
    pub(crate) fn join(&self) -> ExportPlace<'_> {
        let mut line = self.lock();
        line.next += 1;
        let ticket = line.next;
        line.tickets.push_back(ticket);
        ExportPlace { exports: self, ticket }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl ExportPlace<'_> {
    /// How many have to end before this one begins; 0: it may begin.
    pub(crate) fn before(&self) -> usize {
        let line = self.exports.lock();
        let ahead = line.tickets.iter().position(|ticket| *ticket == self.ticket);
        (ahead.unwrap_or(0) + 1).saturating_sub(AT_ONCE)
    }

    /// Returns when fewer are before it than that.
    pub(crate) async fn fewer_than(&self, before: usize) {
        let mut moved = self.exports.moved.subscribe();
        while self.before() >= before {
            // It fails only when the sender is gone, which this holds.
            if moved.changed().await.is_err() {
                return;
            }
        }
    }
}

impl Drop for ExportPlace<'_> {
    fn drop(&mut self) {
        self.exports.lock().tickets.retain(|ticket| *ticket != self.ticket);
        self.exports.moved.send_replace(());
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn two_are_made_at_once_and_the_others_wait_in_their_order() {
        let exports = Exports::default();
        let [first, second, third, fourth] = [(); 4].map(|()| exports.join());
        assert_eq!((first.before(), second.before(), third.before()), (0, 0, 1));
        assert_eq!(fourth.before(), 2);
        assert!(fourth.fewer_than(2).now_or_never().is_none());
        drop(second);
        fourth.fewer_than(2).await;
        assert_eq!((third.before(), fourth.before()), (0, 1));
        // Whoever gives up leaves the line.
        drop(third);
        fourth.fewer_than(1).await;
        assert_eq!((first.before(), fourth.before(), exports.join().before()), (0, 0, 1));
    }
}
