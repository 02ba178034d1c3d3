//! What lists and exports are narrowed by, beside what the tallies count by.

use crate::ids::ChannelId;
use crate::ledger::OpenKey;
use crate::sheet::Amount;

/// Which orders of those that a filter names. An absent condition does not restrict.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrow {
    /// Whether it has a tracking number.
    pub tracking: Option<bool>,
    /// The line of what is open that it is in.
    pub line: Option<InLine>,
    /// A part of the name of one of its products, compared as a search compares.
    pub product: Option<String>,
    /// Where its message stands: this channel, or a thread of it.
    pub channel: Option<ChannelId>,
}

/// A line of what is open, as a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InLine {
    /// Which line; in that of foreign parcels there are no orders.
    pub key: OpenKey,
    /// By how much a payout may be less than the cost, in whole units of an order's currency.
    pub tolerance: Amount,
}
