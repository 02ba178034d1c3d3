//! From Discord into the ledger.

pub(super) mod attachments;
pub(super) mod backfill;
pub(super) mod history;
pub(super) mod messages;
pub(super) mod reactions;
pub(super) mod retry;
pub(super) mod threads;
