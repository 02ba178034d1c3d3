//! What did not hold, for a test that is to fail by it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// What did not hold while a test ran, each once. Dropping the last of its clones but those of observers
/// fails the test: see [`Findings::verdict`].
#[derive(Debug, Clone, Default)]
pub struct Findings(Arc<Mutex<BTreeSet<String>>>);

/// Fails the test that drops it where something was found.
#[derive(Debug)]
pub struct Verdict(Findings);

impl Findings {
    /// Notes what did not hold.
    pub fn note(&self, lines: Vec<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(lines);
    }

    /// What was found so far, which is forgotten by that.
    pub fn take(&self) -> BTreeSet<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What fails the test at its end.
    pub fn verdict(&self) -> Verdict {
        Verdict(self.clone())
    }
}

impl Drop for Verdict {
    fn drop(&mut self) {
        let found = self.0.take();
        let lines: Vec<String> = found.into_iter().collect();
        // A test that fails already says why itself.
        if !std::thread::panicking() {
            assert!(lines.is_empty(), "unlike Discord's description:\n{}", lines.join("\n"));
        }
    }
}
