//! Sheets: what their rows would do, doing it, and taking it back; what waits; what is open; what it came to.

pub(super) mod apply;
pub(super) mod batches;
pub(super) mod columns;
pub(super) mod hand_in;
pub(super) mod judge;
pub(super) mod late;
pub(super) mod open;
pub(super) mod previews;
pub(super) mod request;
pub(super) mod stats;
pub(super) mod waiting;
