//! The ledger: SQLite behind one writer connection and a few readers.
//!
//! Every message comes in through [`crate::ingest`], which alone writes deliveries and orders.
//! People write marks. All else here reads.

mod additions;
mod admissions;
mod all_orders;
mod amend;
mod backup;
mod beside;
mod boards;
mod cards;
mod copy;
mod deliveries;
mod disclosures;
mod family;
mod feed;
pub(crate) mod fold;
mod forget;
mod glance;
mod kept;
mod kept_lists;
mod lines;
mod lists;
mod locks;
mod mark_request;
mod marks;
mod migrate;
mod notices;
mod open;
mod open_error;
mod order_row;
mod orders;
mod other_writers;
mod outbox;
mod outcome;
mod payload;
mod pragmas;
mod restore;
mod retry;
mod rows;
mod search;
mod seen;
mod set_up;
mod split;
mod standing;
mod stats;
mod store_key;
mod stores;
mod suggest;
mod time;
mod totals;
mod typed_tracking;
mod undo;
mod watches;
mod words;
mod write;

use std::sync::Arc;

use anyhow::Context as _;
use sqlx::SqlitePool;
use tokio::sync::{Notify, watch};

use crate::order::StatusEmoji;
use locks::Locks;

pub(crate) use additions::{LONGEST_NOTE, MOST_NUMBERS};
pub(crate) use payload::Packer;
pub(crate) use time::made_at;

pub use additions::Addition;
pub use all_orders::ExportPlace;
pub use amend::{AmendRequest, Amended};
pub use backup::{backup, belongs_to, unfinished_backup};
pub use beside::private;
pub use boards::Board;
pub use copy::{Copied, CopyError};
pub use deliveries::{Delivery, DeliveryDetail, DeliveryFilter};
pub use disclosures::Disclosure;
pub use feed::{FeedPlace, Untold};
pub use forget::{ForgetRequest, Forgettable, ToForget};
pub use glance::{Bounds, Glance, STUCK_AT_MOST, Stuck, StuckOrder};
pub use kept::{Dropped, Kept};
pub use mark_request::{MarkRequest, MarkSource, MarkTarget, Marked, StatusChange, UnmarkRequest};
pub use migrate::MIGRATIONS;
pub use notices::{NoticeKind, Pile};
pub use open_error::OpenError;
pub use orders::{OrderFilter, OrderHistory};
pub use outbox::PendingReaction;
pub use outcome::{Outcome, Via};
pub use restore::{ForgottenSince, Restored, restore};
pub use retry::{explain, passes};
pub use rows::{Order, OrderEvent, OrderItem};
pub use search::{Found, OnlyLatest};
pub use seen::{KnownReactions, Reactors};
pub use set_up::{Awaited, SetUp};
pub use stores::NoSuchStore;
pub use totals::Totals;
pub use typed_tracking::NoTracking;
pub use undo::Undone;
pub use watches::{Hole, Watch};

/// The database. Clones share it.
#[derive(Debug, Clone)]
pub struct Ledger {
    writer: SqlitePool,
    readers: SqlitePool,
    emoji: Arc<StatusEmoji>,
    reactions_due: Arc<Notify>,
    /// Counts the commits that may have changed what people see.
    commits: Arc<watch::Sender<u64>>,
    /// Held for as long as a clone lives.
    locks: Arc<Locks>,
}

impl Ledger {
    fn from_pools(writer: SqlitePool, readers: SqlitePool, locks: Locks) -> Self {
        let emoji = Arc::new(StatusEmoji::default());
        let (reactions_due, commits) = (Arc::default(), Arc::default());
        Self { writer, readers, emoji, reactions_due, commits, locks: Arc::new(locks) }
    }

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

    /// How large the database is, in bytes; what waits in the log beside it is not counted.
    pub async fn size_bytes(&self) -> anyhow::Result<u64> {
        let size = sqlx::query_scalar!(
            r#"SELECT page_count * page_size AS "size!: i64"
               FROM pragma_page_count(), pragma_page_size()"#
        );
        let size = size.fetch_one(&self.readers).await.context("measure the database")?;
        Ok(u64::try_from(size).unwrap_or_default())
    }

    /// Wakes whoever waits (`acks().notified().await`) after a commit that left reactions to put
    /// on messages. One wake-up may stand for many: read [`Ledger::pending_reactions`] until empty.
    pub fn acks(&self) -> &Notify {
        &self.reactions_due
    }

    /// Changes with every commit that may have changed what people see of orders or messages.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    /// Wakes those who wait for [`Ledger::acks`] and for [`Ledger::changes`].
    fn committed(&self) {
        self.reactions_due.notify_one();
        self.commits.send_modify(|count| *count = count.wrapping_add(1));
    }
}
