//! What Discord says of a watched channel, as people are shown it.

use serenity::all::{ChannelType, Permissions};

use super::webhook_state::Compared;
use crate::discord::rest::RestError;

/// Discord's `type` of a media channel.
const MEDIA: u8 = 16;

/// What kind of channel it is, as far as the set-up cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Text or announcements.
    Text,
    /// A thread of one of these, or a post of a forum.
    Thread,
    /// It holds posts alone, and no messages of its own.
    Forum,
    /// No webhook posts there.
    Other,
}

impl Shape {
    pub(crate) fn of(kind: ChannelType) -> Self {
        use ChannelType::{Forum, News, NewsThread, PrivateThread, PublicThread, Text};
        match kind {
            Text | News => Self::Text,
            NewsThread | PrivateThread | PublicThread => Self::Thread,
            // The second is a forum of pictures, which serenity does not know yet.
            Forum | ChannelType::Unknown(MEDIA) => Self::Forum,
            _ => Self::Other,
        }
    }
}

/// A channel that the bot sees.
pub(crate) struct SeenChannel {
    pub(crate) name: String,
    pub(crate) shape: Shape,
    /// The bot's permissions there; an error: Discord did not tell them.
    pub(crate) held: Result<Permissions, RestError>,
    /// The trusted webhooks; `None`: they were not asked for, or any is trusted.
    pub(crate) webhooks: Option<Compared>,
}
