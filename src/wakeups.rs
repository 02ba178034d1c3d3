//! Waking those who wait for news, without saying which.

use std::sync::Arc;

use tokio::sync::watch;

/// Wakes everybody who waits for it. Clones share it. Several wake-ups while somebody is busy count as
/// one: who is woken looks at the whole.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wakeups(Arc<watch::Sender<()>>);

impl Wakeups {
    /// Wakes all that wait.
    pub(crate) fn wake(&self) {
        self.0.send_replace(());
    }

    /// Changes with every [`Wakeups::wake`] from now on.
    pub(crate) fn subscribe(&self) -> watch::Receiver<()> {
        self.0.subscribe()
    }
}
