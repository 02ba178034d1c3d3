//! What the operator must know: said once, not for every message.

use std::sync::atomic::{AtomicBool, Ordering};

/// Alarms that were raised already.
#[derive(Default)]
pub(super) struct Alarms {
    /// The content is hidden now, as far as the last message tells.
    content_hidden: AtomicBool,
    /// It was said in the log.
    said: AtomicBool,
    /// Messages are being turned away.
    overflowing: AtomicBool,
}

/// What to do when Discord hides the content of messages.
pub(super) const CONTENT_HIDDEN: &str = "Discord hides the content of messages from the bot, so \
    checkouts cannot be read. Open the developer portal (https://discord.com/developers), choose \
    the application, Bot, switch \"Message Content Intent\" on, save, and start the bot again";

impl Alarms {
    /// A webhook's message came, blank or with what it holds. Says whether content is shown again
    /// that was hidden before.
    pub(super) fn content(&self, blank: bool) -> bool {
        let was_hidden = self.content_hidden.swap(blank, Ordering::Relaxed);
        if blank && !self.said.swap(true, Ordering::Relaxed) {
            tracing::error!("{CONTENT_HIDDEN}");
        }
        was_hidden && !blank
    }

    /// A live message was turned away, or taken again. Said once for each flood.
    pub(super) fn overflow(&self, overflowing: bool) {
        if self.overflowing.swap(overflowing, Ordering::Relaxed) != overflowing && overflowing {
            tracing::warn!("more messages come than can be stored; the history brings the rest");
        }
    }

    /// Whether content is hidden now, for the replies that show it.
    pub(super) fn is_content_hidden(&self) -> bool {
        self.content_hidden.load(Ordering::Relaxed)
    }
}
