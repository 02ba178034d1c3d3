//! The ledger: SQLite behind one writer connection and a few readers. The only room with `sqlx`.
//!
//! Every message comes in through [`crate::ingest`], which alone writes deliveries and orders.
//! People write marks. All else here reads.
//!
//! ```text
//! books/      sheets: previewed, applied, undone; what is open, what it came to
//! database/   the file: opened, locked, set up, migrated, copied, put back
//! model/      what messages and marks make of an order; pure
//! write/      a batch of messages becomes rows
//! orders/     reading orders: lists, searches, figures
//! people/     marks, additions, undo
//! messages/   what became of each message, what is kept, the reactions it is owed
//! channels/   watches, their threads, boards, feeds, notices, grants
//! privacy/    forgetting people; secrets that older versions let through; who looked at personal data
//! ```

mod books;
mod channels;
mod database;
mod messages;
mod model;
mod orders;
mod people;
mod privacy;
mod recompute;
mod write;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use anyhow::Context as _;
use sqlx::SqlitePool;
use tokio::sync::{Mutex, Notify, watch};

use crate::ids::{InteractionId, OrderId};
use crate::order::StatusEmoji;
use crate::reading::Labels;
use crate::wakeups::Wakeups;
use database::locks::Locks;

pub(crate) use model::additions::{LONGEST_NOTE, MOST_NUMBERS};

pub use crate::reading::NoTracking;
pub use books::add::{AddRequest, Added};
pub use books::batches::{Batch, ListRange, Ranged};
pub use books::old_database::{NotTheOldDatabase, read_old_database};
pub use books::open::hand_in::{HandIn, Parcel, ParcelOrder};
pub use books::open::late::{Late, NotedLate};
pub use books::open::{Open, OpenLine, OpenQuery, tolerance};
pub use books::previews::{Applied, Applying, Preview, PreviewOf};
pub use books::request::{Becomes, Bulk, BulkLine, BulkRequest, Month, SheetFile};
pub use books::stats::BookStats;
pub use books::waiting::WaitingPlace;
pub use channels::boards::Board;
pub use channels::feed::{FeedPlace, Unposted};
pub use channels::notices::{MessageCount, NoticeKind};
pub use channels::set_up::{Awaited, SetUp};
pub use channels::settings::SettingsChanged;
pub use channels::threads::{Thread, ThreadCount, ThreadNews};
pub use channels::watches::{Gap, Watch};
pub use database::copies::backup::{Over, backup, unfinished_backup};
pub use database::copies::copy::{Copied, CopyError};
pub use database::copies::restore::{ForgottenSince, Restored, restore, unfinished_restore};
pub use database::migrate::MIGRATIONS;
pub use database::open_error::OpenError;
pub use database::sidecar_files::belongs_to;
pub use database::sqlite_codes::{explain, is_busy, passes};
pub use messages::channel_history::{KnownReactions, Reactors};
pub use messages::deliveries::{Delivery, DeliveryDetail, DeliveryFilter};
pub use messages::outbox::PendingReaction;
pub use messages::stored_messages::{Dropped, StoredMessage};
pub use messages::uncompared::Uncompared;
pub use model::additions::Addition;
pub use model::books::by_hand::{HandValue, OrderField, WrongValue};
pub use model::books::decide::ANYWAY;
pub use model::books::open_key::OpenKey;
pub use model::mark_request::{
    MarkRequest, MarkSource, MarkTarget, Marked, StatusChange, UnmarkRequest,
};
pub use model::typed::numbers::typed_numbers;
pub use orders::all::ExportPlace;
pub use orders::board_figures::{BoardFigures, Bounds, STUCK_AT_MOST, Stuck, StuckOrder};
pub use orders::filter::ordered::OrderList;
pub use orders::filter::{InLine, Narrow, OrderFilter, OrderHistory};
pub use orders::rows::{Books, Order, OrderEvent};
pub use orders::search::numbers::FoundByNumber;
pub use orders::search::{Found, OnlyLatest};
pub use orders::suggest::stores::NoSuchStore;
pub use orders::totals::Totals;
pub use people::amendments::{AmendRequest, Amended};
pub use people::corrections::{Correct, CorrectRequest, Corrected};
pub use people::interactions::{AlreadyDone, ChangedSince, order_version};
pub use people::undo::{Undoing, Undone};
pub use people::values::{SetRequest, SetValue, SetValues, typed_value};
pub use privacy::cleaning::Cleaned;
pub use privacy::disclosures::Disclosure;
pub use privacy::due_edits::{DueEdit, PostedLine, Shown};
pub use privacy::forget::{ForgetRequest, Forgettable, Posted, ToForget};
pub use privacy::traces::Wiped;
pub use recompute::NO_NUMBER;

/// The database. Clones share it.
#[derive(Debug, Clone)]
pub struct Ledger {
    writer: SqlitePool,
    readers: SqlitePool,
    emoji: Arc<StatusEmoji>,
    labels: Arc<Labels>,
    reactions_due: Arc<Notify>,
    /// Wakes with each commit that may have changed what people see.
    commits: Wakeups,
    /// Whether this process has wiped the file at the end of a cleaning.
    is_wiped: Arc<AtomicBool>,
    /// Held while traces of erased rows are overwritten.
    wiping: Arc<Mutex<()>>,
    edits_due: Arc<Notify>,
    /// How far the change is that a sheet makes.
    steps: Arc<Steps>,
    /// Held for as long as a clone lives.
    locks: Arc<Locks>,
    /// What asked for the changes that this clone makes; `None`: no command, button or form.
    interaction: Option<InteractionId>,
    /// The order that a person saw who asked for them, and its version; `None`: no card.
    seen: Option<(OrderId, i64)>,
}

/// How far a long change is.
#[derive(Debug, Default)]
struct Steps {
    done: AtomicU64,
    all: AtomicU64,
}

impl Steps {
    fn expect(&self, more: usize) {
        self.all.fetch_add(more as u64, Ordering::Relaxed);
    }

    fn did(&self, more: usize) {
        self.done.fetch_add(more as u64, Ordering::Relaxed);
    }
}

impl Ledger {
    fn from_pools(writer: SqlitePool, readers: SqlitePool, locks: Locks) -> Self {
        let emoji = Arc::new(StatusEmoji::default());
        let (reactions_due, commits) = (Arc::default(), Wakeups::default());
        Self {
            writer,
            readers,
            emoji,
            labels: Arc::default(),
            reactions_due,
            commits,
            is_wiped: Arc::default(),
            wiping: Arc::default(),
            edits_due: Arc::default(),
            steps: Arc::default(),
            locks: Arc::new(locks),
            interaction: None,
            seen: None,
        }
    }

    /// Uses this table for the bot's reactions instead of the default one. Call it before the
    /// ledger is shared: clones made earlier keep theirs.
    #[must_use]
    pub fn with_emoji(mut self, emoji: StatusEmoji) -> Self {
        self.emoji = Arc::new(emoji);
        self
    }

    /// Reads messages that waited for an order by these labels, where a sheet announces it. Call it before the ledger
    /// is shared, as [`Ledger::with_emoji`].
    #[must_use]
    pub fn with_labels(mut self, labels: Labels) -> Self {
        self.labels = Arc::new(labels);
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

    /// Orders that sheets have brought in line through this ledger, and those that they concern, as far as
    /// that is known: it grows while a sheet is applied.
    pub fn sheet_progress(&self) -> (u64, u64) {
        let Steps { done, all } = &*self.steps;
        (done.load(Ordering::Relaxed), all.load(Ordering::Relaxed))
    }

    /// Wakes whoever waits (`acks().notified().await`) after a commit that left reactions to put
    /// on messages. One wake-up may stand for many: read [`Ledger::pending_reactions`] until empty.
    pub fn acks(&self) -> &Notify {
        &self.reactions_due
    }

    /// Wakes whoever waits for posts of the bot that are to be edited. One wake-up may stand for many.
    pub fn edits(&self) -> &Notify {
        &self.edits_due
    }

    /// Changes with every commit that may have changed what people see of orders or messages.
    pub fn changes(&self) -> watch::Receiver<()> {
        self.commits.subscribe()
    }

    /// Wakes those who wait for [`Ledger::acks`] and for [`Ledger::changes`].
    fn committed(&self) {
        self.reactions_due.notify_one();
        self.commits.wake();
    }
}
