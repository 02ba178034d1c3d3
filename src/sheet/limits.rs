//! How much of a file is read.

/// Bytes of a file, at the most: whoever opens one need not read more.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Rows of a file, at the most.
pub const MAX_ROWS: u64 = 500_000;
/// The same, for people.
pub(super) const MAX_ROWS_TEXT: &str = "500,000";
