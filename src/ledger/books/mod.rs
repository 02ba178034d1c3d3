//! Sheets: what their rows would do, doing it, and taking it back; what waits; what is open; what it came to.

pub(super) mod apply;
pub(super) mod batches;
pub(super) mod judge;
pub(super) mod open;
pub(super) mod request;
pub(super) mod stats;
pub(super) mod waiting;
