//! Sheets: what their rows would do, doing it, and taking it back; what waits; what is open; what it came to.

pub(super) mod add;
pub(super) mod apply;
pub(super) mod batches;
pub(super) mod judge;
pub(super) mod old_database;
pub(super) mod open;
pub(super) mod previews;
pub(super) mod request;
pub(super) mod stats;
mod undoing;
pub(super) mod waiting;
