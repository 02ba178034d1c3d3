//! Whether the gateway's part of the bot works, for whoever watches over the process.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Discord answers a heartbeat about every 41 s: several in a row must fail before this is over.
pub(crate) const BETWEEN_HEARTBEATS: Duration = Duration::from_mins(3);
/// Asking for the gateway takes no longer, with all attempts.
pub(crate) const ASKING: Duration = Duration::from_mins(5);

/// The gateway's part works until the latest beat ends: each step says how long it may take. Clones share
/// it.
#[derive(Debug, Clone)]
pub struct Pulse(Arc<Mutex<Instant>>);

impl Default for Pulse {
    /// Works as long as connecting may take.
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Instant::now() + ASKING)))
    }
}

impl Pulse {
    /// The next beat comes within this time, or something hangs.
    pub(crate) fn beat(&self, lasts: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now() + lasts;
    }

    /// Whether nothing hangs, as far as is known. A connection that is lost or refused and made again is
    /// no fault of this process.
    pub fn is_alive(&self) -> bool {
        Instant::now() < *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The answers to heartbeats: each took its own time, to the nanosecond.
#[derive(Debug, Default)]
pub(crate) struct Heartbeats {
    latency: Option<Duration>,
}

impl Heartbeats {
    /// Whether another heartbeat was answered since this was asked last. `None`: one is on its way.
    pub(crate) fn came(&mut self, latency: Option<Duration>) -> bool {
        let is_new = latency.is_some() && latency != self.latency;
        self.latency = latency.or(self.latency);
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_alive_until_the_latest_beat_ends() {
        let pulse = Pulse::default();
        assert!(pulse.is_alive(), "it connects");
        pulse.beat(Duration::ZERO);
        assert!(!pulse.is_alive());
        pulse.beat(BETWEEN_HEARTBEATS);
        assert!(pulse.is_alive());
    }

    #[test]
    fn a_connection_that_only_looks_connected_answers_no_heartbeat() {
        let mut heartbeats = Heartbeats::default();
        let after = |nanos| Some(Duration::from_nanos(nanos));
        assert!(!heartbeats.came(None), "none was sent yet");
        assert!(heartbeats.came(after(41)));
        assert!(!heartbeats.came(after(41)), "it is the same one");
        assert!(!heartbeats.came(None), "the next is on its way");
        assert!(!heartbeats.came(after(41)));
        assert!(heartbeats.came(after(43)));
    }
}
