//! Taking out of the database what older rules for secrets let through: row by row, beside all other work.
//!
//! Pages are read and looked through without the writer; it is held for a few rows at a time, and only where
//! one of them holds a secret. How far it is stands in the database.

pub(super) mod books;
mod content;
mod copies;
mod messages;
pub(super) mod orders;
mod people;
mod place;
mod step;

use std::sync::atomic::Ordering;
use std::time::Duration;

use anyhow::Context;
use sqlx::SqliteConnection;

use super::traces::note_rewrite_due;
use crate::ledger::Ledger;
use crate::reading::Labels;
pub(super) use content::Content;
use place::Place;
use step::{ALL, Step};

/// Rows that are looked through at a time.
const PAGE: i64 = 256;
/// Rows that are written in one transaction: the writer is free for everybody else after some milliseconds.
const CHUNK: usize = 16;
/// How often it is tried to empty the log while somebody reads, such as an export.
const ATTEMPTS: u32 = 15;
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(2);

/// What one call of [`Ledger::clean_page`] came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cleaned {
    /// So many rows were looked through, and there are more.
    Rows(u64),
    /// No row holds a secret any more; the file and what is beside it may.
    AllRows,
    /// Nothing is left to do.
    Everything,
}

impl Ledger {
    /// Rows that are still to be looked through; 0 also where all is done.
    pub async fn rows_to_clean(&self) -> anyhow::Result<u64> {
        let mut connection = self.readers.acquire().await.context("reach the database")?;
        let place = place::load(&mut connection).await.context("read how far the cleaning is")?;
        let place = place.unwrap_or_default();
        if place.finished {
            return Ok(0);
        }
        let left = place::rows_left(&mut connection, place).await;
        left.context("count what is to be cleaned")
    }

    /// Takes the secrets out of the next rows. Called again after a crash it goes on where it was.
    pub async fn clean_page(&self) -> anyhow::Result<Cleaned> {
        let mut reader = self.readers.acquire().await.context("reach the database")?;
        let place = place::load(&mut reader).await.context("read how far the cleaning is")?;
        let place = match place {
            Some(place) => place,
            None => self.begin_with_previews().await?,
        };
        let Some(step) = ALL.get(place.step).copied() else {
            return Ok(if place.finished { Cleaned::Everything } else { Cleaned::AllRows });
        };
        let (page, dirty) = look_through(&mut reader, step, place.after, &self.labels)
            .await
            .with_context(|| format!("look for secrets in {}", step.table()))?;
        drop(reader);
        for chunk in dirty.chunks(CHUNK) {
            self.clean_rows(step, chunk).await?;
            tokio::task::yield_now().await;
        }
        let next = match page.last {
            Some(last) => Place { after: last, ..place },
            None => Place { step: place.step + 1, ..Place::default() },
        };
        let mut writer = self.writer.acquire().await.context("wait for the writer")?;
        place::save(&mut writer, next).await.context("note how far the cleaning is")?;
        Ok(Cleaned::Rows(page.rows))
    }

    async fn begin_with_previews(&self) -> anyhow::Result<Place> {
        let mut transaction = self.begin_cleaning().await?;
        let dropped = people::drop_previews(&mut transaction).await.context("drop previews")?;
        place::count(&mut transaction, dropped).await.context("count what was cleaned")?;
        transaction.commit().await.context("commit the beginning")?;
        Ok(Place::default())
    }

    async fn clean_rows(&self, step: Step, rows: &[i64]) -> anyhow::Result<()> {
        let mut transaction = self.begin_cleaning().await?;
        let mut changed = 0;
        for &row in rows {
            // Read again: somebody may have changed it meanwhile.
            let now = step.rows(&mut transaction, (row.saturating_sub(1), row), 1).await?;
            for (id, content) in now {
                if let Some(clean) = content.clean(&self.labels)? {
                    step.write(&mut transaction, id, &clean).await.context("write a clean row")?;
                    changed += 1;
                }
            }
        }
        place::count(&mut transaction, changed).await.context("count what was cleaned")?;
        transaction.commit().await.context("commit clean rows")
    }

    async fn begin_cleaning(&self) -> anyhow::Result<sqlx::Transaction<'static, sqlx::Sqlite>> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.context("begin to clean")
    }

    /// Ends the cleaning when no row holds a secret: removes the copies that updates left beside the file, and
    /// what SQLite keeps of erased rows in it (see [`Ledger::wipe_traces`]). Gives how many rows held a secret.
    ///
    /// # Errors
    /// When the file cannot be written, or somebody goes on reading what was there before. Then it can be
    /// called again.
    pub async fn finish_cleaning(&self) -> anyhow::Result<u64> {
        // Beside a database that is empty a copy may be all that is left.
        if self.holds_anything().await? {
            // First, so that a disk that is full has room for the file.
            self.remove_copies()?;
            self.wipe_once().await?;
            self.empty_log_patiently().await?;
        }
        let mut writer = self.writer.acquire().await.context("wait for the writer")?;
        let changed = place::finish(&mut writer).await.context("note that all is clean")?;
        drop(writer);
        self.committed();
        Ok(changed)
    }
}

impl Ledger {
    /// Wipes the file where a row held a secret. Whoever tries the ending again only empties the log: each time that
    /// a file is wiped the log grows by what is overwritten.
    async fn wipe_once(&self) -> anyhow::Result<()> {
        let mut reader = self.readers.acquire().await.context("reach the database")?;
        let changed = place::changed(&mut reader).await.context("read what was cleaned")?;
        drop(reader);
        if changed > 0 && !self.is_wiped.load(Ordering::Acquire) {
            let mut writer = self.writer.acquire().await.context("wait for the writer")?;
            note_rewrite_due(&mut writer).await.context("note that the file is to be wiped")?;
            drop(writer);
            self.wipe_pages().await?;
            self.is_wiped.store(true, Ordering::Release);
        }
        Ok(())
    }

    async fn empty_log_patiently(&self) -> anyhow::Result<()> {
        for _ in 1..ATTEMPTS {
            if self.empty_log().await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(BETWEEN_ATTEMPTS).await;
        }
        self.empty_log().await
    }
}

/// What was looked through.
struct Page {
    rows: u64,
    /// `None`: there was nothing more.
    last: Option<i64>,
}

/// The next page of a step, and the rows of it that hold a secret.
async fn look_through(
    connection: &mut SqliteConnection,
    step: Step,
    after: i64,
    labels: &Labels,
) -> anyhow::Result<(Page, Vec<i64>)> {
    let rows = step.rows(connection, (after, i64::MAX), PAGE).await?;
    let page = Page { rows: rows.len() as u64, last: rows.last().map(|(id, _)| *id) };
    let mut dirty = Vec::new();
    for (id, content) in rows {
        if content.clean(labels)?.is_some() {
            dirty.push(id);
        }
        // Whatever else runs on this thread goes first.
        tokio::task::yield_now().await;
    }
    Ok((page, dirty))
}
