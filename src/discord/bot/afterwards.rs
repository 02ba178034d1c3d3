//! Writing while others may hold the database: nobody who looks at something waits for it.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{Instant, sleep};

use crate::backoff::Backoff;
use crate::ledger::is_busy;

/// What may wait to be written, at the most.
const MOST: u32 = 1_000;
/// After so long it is given up.
const PATIENCE: Duration = Duration::from_mins(10);
/// Between two attempts; each waits for the database itself, too.
const PAUSES: Backoff = Backoff::new(Duration::from_millis(100), Duration::from_secs(2));

/// What is written after somebody was answered.
#[derive(Debug)]
pub(crate) struct Afterwards {
    places: Arc<Semaphore>,
    is_stopping: watch::Sender<bool>,
}

impl Default for Afterwards {
    fn default() -> Self {
        let places = Arc::new(Semaphore::new(MOST as usize));
        Self { places, is_stopping: watch::Sender::new(false) }
    }
}

impl Afterwards {
    /// Writes something in the background, as soon as the database is free. `what` says in the log what
    /// could not be done.
    pub(crate) fn write<F>(&self, what: &'static str, attempt: impl Fn() -> F + Send + 'static)
    where
        F: Future<Output = anyhow::Result<()>> + Send + 'static,
    {
        let Some(place) = self.place() else {
            return tracing::warn!("could not {what}: too much waits to be written");
        };
        tokio::spawn(async move {
            let _place = place;
            let until = Instant::now() + PATIENCE;
            if let Err(error) = when_free(until, attempt, is_busy).await {
                tracing::warn!("could not {what}: {error:#}");
            }
        });
    }

    /// Work that is waited for when the bot stops, as long as this is held.
    pub(crate) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// Returns when the bot stops.
    pub(crate) async fn stopping(&self) {
        // It fails only when the sender is gone, which is in `self`.
        let mut is_stopping = self.is_stopping.subscribe();
        let _stopping = is_stopping.wait_for(|is_stopping| *is_stopping).await;
    }

    /// The bot stops: waits until everything is written.
    pub(crate) async fn done(&self) {
        self.is_stopping.send_replace(true);
        // It fails only when the semaphore is closed, which nobody does.
        let _all = self.places.acquire_many(MOST).await;
    }
}

/// Tries something again for as long as others hold the database, but not beyond `until`.
pub(crate) async fn when_free<T, E, F>(
    until: Instant,
    attempt: impl Fn() -> F,
    is_busy: impl Fn(&E) -> bool,
) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
{
    let mut pauses = PAUSES;
    loop {
        match attempt().await {
            Err(error) if is_busy(&error) && Instant::now() < until => {
                tracing::warn!("the database is busy; what is to be written waits for it");
            }
            other => return other,
        }
        sleep(pauses.wait()).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn what_is_busy_is_tried_until_it_is_free_and_another_error_ends_it() {
        let attempts = AtomicU32::new(0);
        let (now, until) = (Instant::now(), Instant::now() + Duration::from_mins(1));
        let attempt = async |free_at| match attempts.fetch_add(1, Ordering::Relaxed) + 1 {
            count if count == free_at => Ok(count),
            4 => Err("odd"),
            _ => Err("busy"),
        };
        let busy = |error: &&str| *error == "busy";
        assert_eq!(when_free(until, || attempt(3), busy).await, Ok(3));
        assert_eq!(when_free(until, || attempt(9), busy).await, Err("odd"));
        assert_eq!(when_free(now, || attempt(0), busy).await, Err("busy"), "it ends");
    }

    #[tokio::test]
    async fn stopping_waits_for_what_is_written() {
        let afterwards = Afterwards::default();
        let place = afterwards.place().expect("a place");
        assert!(afterwards.stopping().now_or_never().is_none());
        assert!(afterwards.done().now_or_never().is_none());
        afterwards.stopping().await;
        drop(place);
        afterwards.done().await;
    }
}
