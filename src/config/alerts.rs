//! `[alerts]`: what the bot posts by itself, and where.

use serde::Deserialize;

use crate::ids::ChannelId;

/// `[alerts]`
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Alerts {
    /// Where alerts are posted; absent: in the watched channel that they are about.
    pub channel_id: Option<ChannelId>,
    /// Whether a test notification is answered.
    pub test_reply: bool,
    /// Hours without a message, on a weekday that usually has orders, after which the bot posts an
    /// alert; 0: never.
    pub silence_hours: u32,
    /// Messages within 24 hours that could not be stored, from which on the bot posts an alert; 0: never.
    pub unreadable: u32,
    /// Look-alikes within 24 hours from senders that are not trusted, from which on the bot posts an
    /// alert; 0: never.
    pub untrusted: u32,
    /// Declines that may be orders, within a day, of which the bot speaks; 0: never.
    pub doubtful: u32,
}

impl Default for Alerts {
    fn default() -> Self {
        Self {
            channel_id: None,
            test_reply: true,
            silence_hours: 0,
            unreadable: 5,
            untrusted: 5,
            doubtful: 1,
        }
    }
}
