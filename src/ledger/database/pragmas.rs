//! How SQLite is set up: one writer, a few readers.

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection, SqlitePool};

/// Enough for the commands of several people at once; each costs memory.
pub(in crate::ledger) const READERS: u32 = 4;
/// Commits of the writer take milliseconds; a backup or a person's sqlite3 may hold it longer.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a command waits for a free connection before it fails.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(30);
/// Idle readers give their memory back.
const READER_IDLE: Duration = Duration::from_mins(1);
/// More than the distinct statements of the writer, in all chunk sizes.
const WRITER_STATEMENTS: usize = 80;
const READER_STATEMENTS: usize = 24;
/// Rows that SQLite's thread reads ahead: with fewer both threads keep waking each other.
const ROWS_AHEAD: usize = 256;

/// One connection: SQLite has one writer anyway, and waiting for it here is fair and cheap.
pub(crate) async fn writer(path: &Path) -> sqlx::Result<SqlitePool> {
    let options = shared(path)
        // Readers never wait for the writer, nor it for them.
        .journal_mode(SqliteJournalMode::Wal)
        // A commit is on disk before it is acknowledged, even when the power fails.
        .synchronous(SqliteSynchronous::Full)
        // Items, links and marks go with their order.
        .foreign_keys(true)
        // Copying the log back every 16 MB instead of 4 MB: fewer writes of the same pages.
        .pragma("wal_autocheckpoint", "4000")
        // After a flood the log file shrinks again.
        .pragma("journal_size_limit", "67108864")
        // 8 MB of pages: the indexes' upper levels and the current end of the tables.
        .pragma("cache_size", "-8000")
        // A row is overwritten when it is deleted or changed. Whole pages that become free are not: that would cost
        // writes, and is done when somebody is forgotten.
        .pragma("secure_delete", "FAST")
        .row_buffer_size(ROWS_AHEAD)
        .statement_cache_capacity(WRITER_STATEMENTS);
    SqlitePoolOptions::new()
        .min_connections(1)
        .max_connections(1)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
        // A ping before every use would double the trips to a thread in this same process.
        .test_before_acquire(false)
        .after_release(|connection, _| Box::pin(is_free(connection)))
        .connect_with(options)
        .await
}

/// Whether a connection can be used again. On a full disk and on some other errors SQLite ends the
/// transaction by itself; sqlx still counts it, and would refuse every later one.
async fn is_free(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    if connection.is_in_transaction() {
        // Behind the rollback of whoever dropped a transaction.
        connection.ping().await?;
    }
    Ok(!connection.is_in_transaction())
}

/// Connections that cannot write.
pub(crate) fn readers(path: &Path) -> SqlitePool {
    let options = shared(path)
        .read_only(true)
        // Refuses writes by name, also where the file itself would allow them.
        .pragma("query_only", "ON")
        // 2 MB of pages each.
        .pragma("cache_size", "-2000")
        .row_buffer_size(ROWS_AHEAD)
        .statement_cache_capacity(READER_STATEMENTS);
    SqlitePoolOptions::new()
        .min_connections(0)
        .max_connections(READERS)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(READER_IDLE)
        .test_before_acquire(false)
        .connect_lazy_with(options)
}

/// One connection that cannot write, for looking a database over and for copying it: copying counts
/// as writing where queries alone are allowed.
pub(crate) async fn copier(path: &Path) -> sqlx::Result<SqliteConnection> {
    shared(path).read_only(true).connect().await
}

/// One connection that may change how an existing database is journaled.
pub(crate) async fn folding(path: &Path) -> sqlx::Result<SqliteConnection> {
    shared(path).create_if_missing(false).connect().await
}

fn shared(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new().filename(path).busy_timeout(BUSY_TIMEOUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_commit_of_the_writer_outlives_the_power() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        std::fs::write(&path, "").unwrap();
        let writer = writer(&path).await.unwrap();
        let synchronous = sqlx::query_scalar::<_, i64>("PRAGMA synchronous");
        // FULL, in SQLite's numbers.
        assert_eq!(synchronous.fetch_one(&writer).await.unwrap(), 2);
        let journal = sqlx::query_scalar::<_, String>("PRAGMA journal_mode");
        assert_eq!(journal.fetch_one(&writer).await.unwrap(), "wal");
        let secure_delete = sqlx::query_scalar::<_, i64>("PRAGMA secure_delete");
        // FAST.
        assert_eq!(secure_delete.fetch_one(&writer).await.unwrap(), 2);
    }
}
