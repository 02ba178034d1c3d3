//! Another process that writes to the same database, an import: the bot notices its commits, and gets
//! its turns.

use std::time::Duration;

use anyhow::Context;

use crate::ledger::Ledger;

/// How often the bot looks whether another process has committed.
const LOOKS: Duration = Duration::from_secs(2);
/// What an import leaves to the bot between two of its transactions. SQLite lets nobody queue: who waits
/// for a lock looks every 25 ms at first whether it is free.
const GAP: Duration = Duration::from_millis(50);

impl Ledger {
    /// Wakes those who wait for [`Ledger::acks`] and [`Ledger::changes`] after commits of other processes,
    /// for ever.
    pub async fn notice_other_writers(&self) {
        let mut known = None;
        loop {
            match self.commits_of_others().await {
                Ok(seen) => {
                    if known.replace(seen).is_some_and(|known| known != seen) {
                        self.committed();
                    }
                }
                Err(error) => tracing::debug!("other writers cannot be noticed now: {error:#}"),
            }
            tokio::time::sleep(LOOKS).await;
        }
    }

    /// A number that changes with every commit of another process, and with none of this one's writer.
    async fn commits_of_others(&self) -> anyhow::Result<i64> {
        let version = sqlx::query_scalar("PRAGMA data_version");
        version.fetch_one(&self.writer).await.context("look for commits of other processes")
    }

    /// Whether a bot writes to the same database, so that an import has to give way.
    pub fn is_beside_a_bot(&self) -> bool {
        self.locks.are_beside_a_bot()
    }

    /// Between two transactions of an import: lets the bot write if one runs.
    pub async fn give_way(&self) {
        if self.is_beside_a_bot() {
            tokio::time::sleep(GAP).await;
        }
    }
}
