//! Pages that are free still hold what they held: they are taken up with zeros, and given back.

use anyhow::{Context, bail};
use sqlx::query;

use super::PIECE_PAGES;
use crate::ledger::Ledger;

/// Of a page that a long value takes up, this much holds the number of the next one.
const CHAIN_BYTES: i64 = 4;

impl Ledger {
    /// Overwrites the pages that are free, piece by piece.
    pub(super) async fn overwrite_free_pages(&self) -> anyhow::Result<()> {
        let filled = self.fill().await;
        // Also where filling failed: the disk may be full.
        while self.give_back_piece().await.context("give overwritten pages back")? {}
        filled
    }

    async fn fill(&self) -> anyhow::Result<()> {
        for _ in 0..self.most_pieces().await? {
            if !self.fill_piece().await.context("overwrite free pages")? {
                return Ok(());
            }
        }
        bail!("pages become free faster than they are overwritten")
    }

    /// False: no page was free.
    async fn fill_piece(&self) -> sqlx::Result<bool> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let pages = query!(
            // The plus hides from sqlx whose columns these are: it finds none.
            r#"SELECT +freelist_count AS "free!: i64", +page_size AS "size!: i64"
               FROM pragma_freelist_count(), pragma_page_size()"#
        );
        let pages = pages.fetch_one(&mut *transaction).await?;
        if pages.free == 0 {
            return Ok(false);
        }
        let bytes = bytes_that_fill(pages.free.min(PIECE_PAGES), pages.size);
        query!("INSERT INTO filler (zeros) VALUES (zeroblob(?))", bytes)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// False: nothing was left.
    async fn give_back_piece(&self) -> sqlx::Result<bool> {
        let deleted = query!("DELETE FROM filler WHERE id = (SELECT min(id) FROM filler)");
        Ok(deleted.execute(&self.writer).await?.rows_affected() > 0)
    }
}

/// A value that takes up so many pages to their last byte: of one that is only begun, SQLite leaves the rest as it was.
/// What a long value always has beside its row, by <https://www.sqlite.org/fileformat2.html#b_tree_pages>, comes on top
/// of what the pages hold; the few bytes of the row's head are beside the row, too.
const fn bytes_that_fill(pages: i64, size: i64) -> i64 {
    let beside_row = (size - 12) * 32 / 255 - 23;
    pages * (size - CHAIN_BYTES) + beside_row
}
