//! What older versions stored is read again by the present rules for secrets, once, while the bot works.

use std::time::{Duration, Instant};

use crate::backoff::Backoff;
use crate::count::count;
use crate::ledger::{Cleaned, Ledger};

/// Between two attempts: a full disk, an export that reads for hours.
const PAUSES: Backoff = Backoff::new(Duration::from_mins(1), Duration::from_hours(1));
/// Between two lines of the log.
const TELL: Duration = Duration::from_secs(10);

/// Cleans the database beside all other work, until it is clean. What fails is tried again.
pub async fn run(ledger: Ledger) {
    let mut pauses = PAUSES;
    loop {
        let mut told = Instant::now();
        let progress = |done, all| {
            if told.elapsed() >= TELL {
                told = Instant::now();
                tracing::info!(done, all, "taking out secrets that an older version stored");
            }
        };
        match clean(&ledger, progress).await {
            Ok(0) => return,
            Ok(rows) => {
                let rows = count(rows, "entry", "entries");
                return tracing::info!(
                    "took secrets out of {rows} that an older version had stored"
                );
            }
            Err(error) => {
                tracing::warn!(
                    "could not take secrets out of the database, trying again later: {error:#}"
                );
            }
        }
        tokio::time::sleep(pauses.wait()).await;
    }
}

/// Takes out of the database what older rules let through, and gives how many rows held a secret; 0 also
/// where that was done before. `progress` gets the rows that are done and all that there were to do.
///
/// # Errors
/// When the database cannot be read or written. Called again it goes on where it was.
pub async fn clean(ledger: &Ledger, mut progress: impl FnMut(u64, u64)) -> anyhow::Result<u64> {
    let all = ledger.rows_to_clean().await?;
    let mut done = 0;
    loop {
        match ledger.clean_page().await? {
            Cleaned::Everything => return Ok(0),
            Cleaned::AllRows => return ledger.finish_cleaning().await,
            Cleaned::Rows(rows) => {
                done += rows;
                progress(done, all.max(done));
            }
        }
        tokio::task::yield_now().await;
    }
}
