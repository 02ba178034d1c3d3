//! `[alerts]`: what the bot says of its own accord, and where.

use serde::Deserialize;

use crate::ids::ChannelId;

/// `[alerts]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Alerts {
    /// Where the bot speaks; absent: in the watched channel that it is about.
    pub channel_id: Option<ChannelId>,
}
