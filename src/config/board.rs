//! `[board]`: one message that the bot keeps up to date.

use serde::Deserialize;

/// `[board]`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Board {
    /// Seconds between two changes of the board, at the least.
    pub every_seconds: u64,
    /// An order that is verified for longer than so many days and has no tracking number is stuck;
    /// 0: never.
    pub stuck_verified_days: u32,
    /// An order that was shipped more than so many days ago is stuck; 0: never.
    pub stuck_shipped_days: u32,
}

impl Default for Board {
    fn default() -> Self {
        Self { every_seconds: 5, stuck_verified_days: 3, stuck_shipped_days: 14 }
    }
}
