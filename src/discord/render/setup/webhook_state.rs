//! The webhooks of a watched channel, as people are shown them.

use crate::ids::{ChannelId, WebhookId};

/// A webhook without its secret address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NamedWebhook {
    pub(crate) id: WebhookId,
    pub(crate) name: Option<String>,
}

/// What became of a trusted webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It posts into the channel.
    There,
    /// It posts into another one.
    Moved(ChannelId),
    /// It was deleted.
    Deleted,
    /// Discord does not tell.
    Unknown,
}

/// The webhooks of a channel compared with the trusted ones.
pub(crate) struct Compared {
    /// The trusted ones, and what became of each.
    pub(crate) trusted: Vec<(WebhookId, Fate)>,
    /// Others that can post there.
    pub(crate) others: Vec<NamedWebhook>,
}

impl Compared {
    /// Those that are there no more.
    pub(crate) fn lost(&self) -> impl Iterator<Item = (WebhookId, Fate)> {
        let is_lost = |fate| matches!(fate, Fate::Deleted | Fate::Moved(_));
        self.trusted.iter().copied().filter(move |(_, fate)| is_lost(*fate))
    }
}
