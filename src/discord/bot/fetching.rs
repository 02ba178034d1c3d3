//! Messages whose files are being fetched: what happens to them meanwhile finds them in no ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::ids::MessageId;

/// Live messages that may wait for their files; what comes beyond is read from the history.
const WAITING: usize = 64;

/// The live messages that wait for their files.
#[derive(Debug)]
pub(crate) struct Fetching {
    places: Semaphore,
    /// How many copies of each wait, and which were deleted meanwhile.
    messages: Mutex<(BTreeMap<MessageId, usize>, BTreeSet<MessageId>)>,
}

impl Default for Fetching {
    fn default() -> Self {
        Self { places: Semaphore::new(WAITING), messages: Mutex::default() }
    }
}

impl Fetching {
    /// A place to wait. `None`: too many wait already.
    pub(crate) fn place(&self) -> Option<SemaphorePermit<'_>> {
        self.places.try_acquire().ok()
    }

    /// A message waits from now on, for as long as what is given lives.
    pub(crate) fn begin(&self, message: MessageId) -> Waiting<'_> {
        *self.lock().0.entry(message).or_default() += 1;
        Waiting { fetching: self, message }
    }

    /// These messages were deleted.
    pub(crate) fn deleted(&self, messages: &[MessageId]) {
        let mut all = self.lock();
        let (waiting, deleted) = &mut *all;
        deleted.extend(messages.iter().filter(|message| waiting.contains_key(message)));
    }

    fn end(&self, message: MessageId) {
        let mut all = self.lock();
        let (waiting, deleted) = &mut *all;
        if let Some(copies) = waiting.get_mut(&message) {
            *copies -= 1;
            if *copies == 0 {
                waiting.remove(&message);
                deleted.remove(&message);
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, (BTreeMap<MessageId, usize>, BTreeSet<MessageId>)> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A copy of a message that waits for its files.
#[must_use]
pub(crate) struct Waiting<'f> {
    fetching: &'f Fetching,
    message: MessageId,
}

impl Waiting<'_> {
    /// The message is on disk, or turned away. Says whether it was deleted meanwhile.
    pub(crate) fn end(self) -> bool {
        self.fetching.lock().1.contains(&self.message)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.fetching.end(self.message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deletion_is_remembered_for_as_long_as_a_copy_waits() {
        let fetching = Fetching::default();
        let (waits, other) = (MessageId(1), MessageId(2));
        let copies = [fetching.begin(waits), fetching.begin(waits)];
        fetching.deleted(&[waits, other]);
        assert!(copies.into_iter().all(Waiting::end));
        assert!(!fetching.begin(waits).end() && !fetching.begin(other).end());
    }

    #[test]
    fn a_copy_that_is_given_up_waits_no_longer() {
        let fetching = Fetching::default();
        let message = MessageId(1);
        drop(fetching.begin(message));
        fetching.deleted(&[message]);
        assert!(!fetching.begin(message).end());
    }

    #[test]
    fn no_more_wait_than_there_are_places() {
        let fetching = Fetching::default();
        let places: Vec<_> = std::iter::from_fn(|| fetching.place()).collect();
        assert_eq!(places.len(), WAITING);
    }
}
