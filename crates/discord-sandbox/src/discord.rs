//! The world behind a lock, and who waits for a change of it.

use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::options::Options;
use crate::world::World;

/// What the routes and the people share.
#[derive(Debug)]
pub(crate) struct Discord {
    world: Mutex<World>,
    changed: watch::Sender<u64>,
    pub(crate) address: SocketAddr,
}

impl Discord {
    /// A Discord at this address with nothing in it but the bot.
    pub(crate) fn new(options: Options, address: SocketAddr) -> Self {
        let world = Mutex::new(World::new(options, address.to_string()));
        Self { world, changed: watch::channel(0).0, address }
    }

    /// Looks at the world or changes it, and wakes those that wait for a change.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        let result = self.with_quietly(work);
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
        result
    }

    /// Looks at the world without waking anyone.
    pub(crate) fn with_quietly<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        work(&mut self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Waits until the world is as wanted.
    pub(crate) async fn wait_for<T>(
        &self,
        limit: Duration,
        mut look: impl FnMut(&World) -> Option<T>,
    ) -> Option<T> {
        let mut changes = self.changed.subscribe();
        let end = Instant::now() + limit;
        loop {
            changes.mark_unchanged();
            if let Some(found) = self.with_quietly(|world| look(world)) {
                return Some(found);
            }
            let left = end.saturating_duration_since(Instant::now());
            if tokio::time::timeout(left, changes.changed()).await.is_err() {
                return self.with_quietly(|world| look(world));
            }
        }
    }
}
