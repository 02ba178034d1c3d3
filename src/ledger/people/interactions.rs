//! What people asked for by commands, buttons and forms: each is done once, however often it is delivered.

use anyhow::Context;
use chrono::{DateTime, Utc};
use sqlx::{Sqlite, SqliteConnection, Transaction, query, query_scalar};

use crate::ids::{CLOCK_SHIFT, InteractionId, OrderId};
use crate::ledger::Ledger;
use crate::ledger::database::time::time_of;

/// For so long an interaction is remembered, as a distance between ids. Its token lives 15 minutes.
const REMEMBERED: i64 = (24 * 60 * 60 * 1_000) << CLOCK_SHIFT;

/// The change that an interaction asked for was made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what this interaction asked for is done already")]
pub struct AlreadyDone;

/// The order has changed since the person saw it: what was asked for may rest on a wrong belief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the order has changed since it was shown")]
pub struct ChangedSince;

/// Which state of an order this is, by when it came to be: in milliseconds since 1970.
#[must_use]
pub fn order_version(updated_at: DateTime<Utc>) -> i64 {
    updated_at.timestamp_millis()
}

impl Ledger {
    /// The ledger for a change by somebody who saw this [`order_version`] of an order. The change looks for it in its
    /// own transaction; where the order is another by then, it fails with [`ChangedSince`] and changes nothing.
    #[must_use]
    pub fn seeing(&self, order: OrderId, version: i64) -> Self {
        Self { seen: Some((order, version)), ..self.clone() }
    }

    /// The ledger for a change that this interaction asked for. The change notes the interaction in its own
    /// transaction; where that was noted before, it fails with [`AlreadyDone`] and changes nothing.
    #[must_use]
    pub fn for_interaction(&self, interaction: InteractionId) -> Self {
        Self { interaction: Some(interaction), ..self.clone() }
    }

    /// Begins a change that a person makes.
    pub(crate) async fn begin(&self) -> anyhow::Result<Transaction<'static, Sqlite>> {
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(interaction) = self.interaction {
            claim(&mut transaction, interaction).await?;
        }
        if let Some(seen) = self.seen {
            still_is(&mut transaction, seen).await?;
        }
        Ok(transaction)
    }

    /// Notes the interaction before a change that is not made in one transaction; fails with [`AlreadyDone`]
    /// where it was noted before.
    pub async fn claim(&self) -> anyhow::Result<()> {
        let transaction = self.begin().await.context("begin to note an interaction")?;
        transaction.commit().await.context("commit an interaction")
    }

    /// Whether the change that an interaction asked for was made.
    pub async fn is_done(&self, interaction: InteractionId) -> anyhow::Result<bool> {
        let noted = query_scalar!("SELECT id FROM interactions WHERE id = ?", interaction.0);
        let noted = noted.fetch_optional(&self.readers).await;
        Ok(noted.context("look whether an interaction was done")?.is_some())
    }
}

async fn claim(
    connection: &mut SqliteConnection,
    interaction: InteractionId,
) -> anyhow::Result<()> {
    let oldest = interaction.0.saturating_sub(REMEMBERED);
    query!("DELETE FROM interactions WHERE id < ?", oldest)
        .execute(&mut *connection)
        .await
        .context("forget old interactions")?;
    let noted =
        query!("INSERT INTO interactions (id) VALUES (?) ON CONFLICT DO NOTHING", interaction.0)
            .execute(connection)
            .await
            .context("note an interaction")?;
    if noted.rows_affected() == 0 { Err(AlreadyDone.into()) } else { Ok(()) }
}

async fn still_is(
    connection: &mut SqliteConnection,
    (order, version): (OrderId, i64),
) -> anyhow::Result<()> {
    let updated_at = query_scalar!("SELECT updated_at FROM orders WHERE id = ?", order.0);
    let updated_at = updated_at.fetch_optional(connection).await;
    let updated_at = updated_at.context("look whether an order has changed")?;
    let is = updated_at.map(|at| order_version(time_of(&at)));
    if is == Some(version) { Ok(()) } else { Err(ChangedSince.into()) }
}
