//! The indexes of words, of orders and of their further lines, keep entries of what was deleted until its parts are
//! put together.

use anyhow::{Context, bail};
use sqlx::{query, query_scalar};

use super::PIECE_PAGES;
use crate::ledger::Ledger;

impl Ledger {
    /// Puts their parts together, piece by piece. FTS5 could also overwrite entries at once (`secure-delete`), but then
    /// an sqlite3 older than 3.42 can neither search nor change an order.
    pub(super) async fn merge_index_of_words(&self) -> anyhow::Result<()> {
        // Below zero: all parts become one. What comes next goes on with that.
        let mut pages = -PIECE_PAGES;
        for _ in 0..self.most_pieces().await? {
            if !self.merge_piece(pages).await.context("put the indexes of words together")? {
                return Ok(());
            }
            pages = PIECE_PAGES;
        }
        bail!("the indexes of words grow faster than they are put together")
    }

    /// False: there was nothing to do.
    async fn merge_piece(&self, pages: i64) -> sqlx::Result<bool> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let changes = || query_scalar!(r#"SELECT total_changes() AS "changes!: i64""#);
        let before = changes().fetch_one(&mut *transaction).await?;
        query!("INSERT INTO order_search (order_search, rank) VALUES ('merge', ?)", pages)
            .execute(&mut *transaction)
            .await?;
        query!(
            "INSERT INTO order_search_lines (order_search_lines, rank) VALUES ('merge', ?)",
            pages
        )
        .execute(&mut *transaction)
        .await?;
        let after = changes().fetch_one(&mut *transaction).await?;
        transaction.commit().await?;
        // Each of the two orders to merge counts as one itself.
        Ok(after - before > 2)
    }
}
