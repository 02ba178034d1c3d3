//! What a thread has beyond other channels.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use discord_ids::{ChannelId, UserId};

/// The `type`s of threads.
pub(crate) const ANNOUNCEMENT_THREAD: u64 = 10;
pub(crate) const PUBLIC_THREAD: u64 = 11;
pub(crate) const PRIVATE_THREAD: u64 = 12;

/// What a thread has beyond other channels. What it grants is what the channel grants that it belongs to.
#[derive(Debug, Clone)]
pub struct Thread {
    /// The channel or forum that it belongs to.
    pub parent: ChannelId,
    /// Who began it; for a webhook the webhook's id.
    pub owner: UserId,
    /// Closed: it can be read, and nothing in it can be changed but by a message that opens it.
    pub archived: bool,
    /// Whether only those open it that manage threads.
    pub locked: bool,
    /// When it was last closed or opened.
    pub archive_changed_at: DateTime<Utc>,
    /// Those that a private thread lets in, besides those that manage threads.
    pub members: BTreeSet<UserId>,
}
