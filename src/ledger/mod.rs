//! The ledger: SQLite behind one writer connection and a few readers.
//!
//! Every message comes in through [`crate::ingest`], which alone writes deliveries and orders.
//! People write marks. All else here reads.

mod cards;
mod deliveries;
mod family;
mod fold;
mod lines;
mod marks;
mod open;
mod orders;
mod outbox;
mod rows;
mod search;
mod standing;
mod store_key;
mod time;
mod watches;

use std::sync::Arc;

use sqlx::SqlitePool;
use tokio::sync::Notify;

use crate::reactions::StatusEmoji;

pub use deliveries::{Delivery, DeliveryDetail, DeliveryFilter, Outcome, Via};
pub use marks::{MarkRequest, MarkSource, MarkTarget, Marked, StatusChange, UnmarkRequest};
pub use open::OpenError;
pub use orders::{OrderFilter, Totals};
pub use outbox::PendingReaction;
pub use rows::{Order, OrderEvent, OrderItem};
pub use watches::Watch;

/// The database. Clones share it.
#[derive(Debug, Clone)]
pub struct Ledger {
    writer: SqlitePool,
    readers: SqlitePool,
    emoji: Arc<StatusEmoji>,
    reactions_due: Arc<Notify>,
}

impl Ledger {
    /// Uses this table for the bot's reactions instead of the default one. Call it before the
    /// ledger is shared: clones made earlier keep theirs.
    #[must_use]
    pub fn with_emoji(mut self, emoji: StatusEmoji) -> Self {
        self.emoji = Arc::new(emoji);
        self
    }

    /// The emoji of each status.
    pub fn emoji(&self) -> &StatusEmoji {
        &self.emoji
    }

    /// Wakes whoever waits (`acks().notified().await`) after a commit that left reactions to put
    /// on messages. One wake-up may stand for many: read [`Ledger::pending_reactions`] until empty.
    pub fn acks(&self) -> &Notify {
        &self.reactions_due
    }
}
