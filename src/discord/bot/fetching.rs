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

    /// A message waits from now on.
    pub(crate) fn begin(&self, message: MessageId) {
        *self.lock().0.entry(message).or_default() += 1;
    }

    /// These messages were deleted.
    pub(crate) fn deleted(&self, messages: &[MessageId]) {
        let mut all = self.lock();
        let (waiting, deleted) = &mut *all;
        deleted.extend(messages.iter().filter(|message| waiting.contains_key(message)));
    }

    /// A message is on disk, or turned away. Says whether it was deleted meanwhile.
    pub(crate) fn end(&self, message: MessageId) -> bool {
        let mut all = self.lock();
        let (waiting, deleted) = &mut *all;
        let was_deleted = deleted.contains(&message);
        if let Some(copies) = waiting.get_mut(&message) {
            *copies -= 1;
            if *copies == 0 {
                waiting.remove(&message);
                deleted.remove(&message);
            }
        }
        was_deleted
    }

    fn lock(&self) -> MutexGuard<'_, (BTreeMap<MessageId, usize>, BTreeSet<MessageId>)> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deletion_is_remembered_for_as_long_as_a_copy_waits() {
        let fetching = Fetching::default();
        let (waits, other) = (MessageId(1), MessageId(2));
        fetching.begin(waits);
        fetching.begin(waits);
        fetching.deleted(&[waits, other]);
        assert!(fetching.end(waits) && fetching.end(waits));
        fetching.begin(waits);
        assert!(!fetching.end(waits) && !fetching.end(other));
    }

    #[test]
    fn no_more_wait_than_there_are_places() {
        let fetching = Fetching::default();
        let places: Vec<_> = std::iter::from_fn(|| fetching.place()).collect();
        assert_eq!(places.len(), WAITING);
    }
}
