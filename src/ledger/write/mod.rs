//! Writing what came in: one transaction for all that waits.
//!
//! `drop_forgotten` takes out who was forgotten. Then:
//!
//! 1. `known` finds which messages are new, newer than the kept copy, or neither.
//! 2. `families` derives the orders that the new ones concern, `plan` collects their rows.
//! 3. `insert` and `change` write rows, many to a statement where all are new.
//! 4. [`super::recompute`] brings status and deliveries of older messages in line.

mod batch;
mod change;
pub(super) mod drop_forgotten;
mod families;
mod insert;
mod kept;
mod known;
mod merge;
mod neighbours;
mod plan;
mod read_again;

use std::collections::HashMap;
use std::future::Future;
use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use sqlx::SqliteConnection;

use super::Ledger;
use super::database::sqlite_codes;
use crate::ids::MessageId;
use crate::reading::Labels;
use crate::verdict::{Prepared, Receipt};

pub(super) use known::{order_ids_of, restore};
pub(super) use merge::follow as part;
pub(super) use read_again::read_again;

/// Why a batch was not written.
#[derive(Debug)]
pub(crate) struct WriteError {
    /// Whether the same batch may succeed later.
    pub(crate) may_pass: bool,
    pub(crate) source: sqlx::Error,
}

impl WriteError {
    /// What is wrong and what to do about it, in words for a person.
    pub(crate) fn problem(&self) -> String {
        sqlite_codes::problem(&self.source)
    }
}

impl From<sqlx::Error> for WriteError {
    fn from(source: sqlx::Error) -> Self {
        Self { may_pass: sqlite_codes::may_pass(&source), source }
    }
}

impl Ledger {
    /// Writes messages in one transaction. All are on disk when it returns, or none. There is one
    /// receipt for each message id; of several copies of a message the newest counts.
    pub(crate) async fn write(
        &self,
        messages: &[Prepared],
        labels: &Labels,
    ) -> Result<HashMap<MessageId, Receipt>, WriteError> {
        guarded(self.write_all(messages, labels)).await
    }

    async fn write_all(
        &self,
        messages: &[Prepared],
        labels: &Labels,
    ) -> Result<HashMap<MessageId, Receipt>, WriteError> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        let connection: &mut SqliteConnection = &mut transaction;
        let messages = drop_forgotten::drop_forgotten(connection, messages).await?;
        let receipts = batch::write(connection, &messages, labels, &self.emoji).await?;
        transaction.commit().await?;
        self.committed();
        Ok(receipts)
    }
}

/// A message that makes the writer crash is one that the database does not take: it stops nothing.
async fn guarded<T>(writing: impl Future<Output = Result<T, WriteError>>) -> Result<T, WriteError> {
    let crashed = || sqlx::Error::Protocol("writing them crashed, please report this".to_owned());
    let written = AssertUnwindSafe(writing).catch_unwind().await;
    written.unwrap_or_else(|_| Err(WriteError { may_pass: false, source: crashed() }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_crash_of_the_writer_is_an_error_of_its_messages() {
        let crashed = guarded(async { panic!("a fault of the writer") });
        let crashed: Result<(), WriteError> = crashed.await;
        assert!(crashed.is_err_and(|error| !error.may_pass));
    }
}
