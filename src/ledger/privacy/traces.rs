//! What SQLite leaves of erased rows in the file, and its end.
//!
//! A row is overwritten when it is erased (`secure_delete`, on the writer). Its traces are entries in the index of
//! words, pages that are free, the log beside the file, and copies inside of pages that were split, which SQLite
//! never overwrites. The first three go piece by piece, and between two pieces the writer is free for everybody
//! else. The last go only when the whole file is written anew: at once where it is small, and otherwise before the bot
//! connects the next time.

mod free_pages;
mod index_of_words;

use anyhow::Context;
use chrono::Utc;
use sqlx::{SqliteConnection, query, query_scalar};

use crate::ledger::Ledger;
use crate::ledger::database::time::text_of;

/// Up to this size a file is written anew at once, which takes a quarter of a second at the most.
const SMALL_BYTES: u64 = 16 << 20;
/// Pages that are written in one piece, and their size.
const PIECE_PAGES: i64 = 256;
const PIECE_BYTES: u64 = 256 * 4_096;
/// Pieces beyond those that the size of the file asks for: others write meanwhile.
const MORE_PIECES: u64 = 64;

/// What is left in the file of what was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wiped {
    /// Nothing.
    Whole,
    /// Perhaps copies inside of split pages, until the file is written anew at the next start.
    UntilNextStart,
}

impl Ledger {
    /// Removes what SQLite keeps of erased rows, as far as that holds nobody up.
    ///
    /// # Errors
    /// When the file cannot be written, or somebody goes on reading what was there before.
    pub async fn wipe_traces(&self) -> anyhow::Result<Wiped> {
        let wiped = self.wipe_pages().await?;
        self.empty_log().await?;
        Ok(wiped)
    }

    /// The same without the log beside the file.
    pub(super) async fn wipe_pages(&self) -> anyhow::Result<Wiped> {
        if self.size_bytes().await? > SMALL_BYTES {
            self.wipe_in_pieces().await?;
            return Ok(Wiped::UntilNextStart);
        }
        let _alone = self.wiping.lock().await;
        self.merge_index_of_words().await?;
        self.write_anew().await?;
        Ok(Wiped::Whole)
    }

    /// Overwrites the traces that can be overwritten while others write, piece by piece.
    pub async fn wipe_in_pieces(&self) -> anyhow::Result<()> {
        let _alone = self.wiping.lock().await;
        self.merge_index_of_words().await?;
        self.overwrite_free_pages().await
    }

    /// Writes the file anew where something was erased from it and copies may be left, before others work with it.
    /// `begin` gets its size in bytes when that begins. False: nothing was erased.
    ///
    /// # Errors
    /// When the file cannot be written. Then it is still due.
    pub async fn write_anew_if_due(&self, begin: impl FnOnce(u64)) -> anyhow::Result<bool> {
        let due = query_scalar!(r#"SELECT EXISTS (SELECT 1 FROM rewrite_due) AS "due!: bool""#);
        if !due
            .fetch_one(&self.readers)
            .await
            .context("look whether the file is to be written anew")?
        {
            return Ok(false);
        }
        begin(self.size_bytes().await?);
        self.merge_index_of_words().await?;
        self.write_anew().await?;
        self.empty_log().await?;
        Ok(true)
    }

    async fn write_anew(&self) -> anyhow::Result<()> {
        let mut connection = self.writer.acquire().await.context("wait for the writer")?;
        // What a crash has left.
        let emptied = query!("DELETE FROM filler").execute(&mut *connection).await;
        emptied.context("empty the filler")?;
        sqlx::raw_sql("VACUUM").execute(&mut *connection).await.context("write the file anew")?;
        let done = query!("DELETE FROM rewrite_due").execute(&mut *connection).await;
        done.context("note that the file is written anew")?;
        Ok(())
    }

    /// Folds the log beside the file into it, and empties it. Fails while somebody reads an older state.
    pub(super) async fn empty_log(&self) -> anyhow::Result<()> {
        let mut connection = self.writer.acquire().await.context("wait for the writer")?;
        // The first column says whether somebody was still reading: then the log stays as it is.
        let busy: i64 = sqlx::query_scalar("PRAGMA wal_checkpoint(TRUNCATE)")
            .fetch_one(&mut *connection)
            .await
            .context("empty the log beside the file")?;
        anyhow::ensure!(
            busy == 0,
            "the log beside the file is being read by another program: stop it (Litestream, sqlite3), and try again"
        );
        Ok(())
    }

    /// Pieces after which work on the whole file must have ended.
    async fn most_pieces(&self) -> anyhow::Result<u64> {
        let pieces = self.size_bytes().await? / PIECE_BYTES;
        Ok(2 * pieces + MORE_PIECES)
    }
}

/// Notes that something was erased, in the transaction that erases it.
pub(super) async fn note_rewrite_due(connection: &mut SqliteConnection) -> sqlx::Result<()> {
    let now = text_of(Utc::now());
    query!("INSERT INTO rewrite_due (id, since) VALUES (1, ?) ON CONFLICT DO NOTHING", now)
        .execute(connection)
        .await?;
    Ok(())
}
