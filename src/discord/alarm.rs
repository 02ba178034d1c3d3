//! What the operator must know: said once, not for every message.

use std::sync::atomic::{AtomicBool, Ordering};

/// Alarms that were raised already.
#[derive(Default)]
pub(super) struct Alarms {
    content_hidden: AtomicBool,
}

/// What to do when Discord hides the content of messages.
pub(super) const CONTENT_HIDDEN: &str = "Discord hides the content of messages from the bot, so \
    checkouts cannot be read. Open the developer portal (https://discord.com/developers), choose \
    the application, Bot, switch \"Message Content Intent\" on, save, and start the bot again";

impl Alarms {
    /// A webhook's message came without content and embeds.
    pub(super) fn content_is_hidden(&self) {
        if !self.content_hidden.swap(true, Ordering::Relaxed) {
            tracing::error!("{CONTENT_HIDDEN}");
        }
    }

    /// Whether it was raised, for the replies that show it.
    pub(super) fn is_content_hidden(&self) -> bool {
        self.content_hidden.load(Ordering::Relaxed)
    }

    /// A webhook's message came with its content: all is well again.
    pub(super) fn content_is_visible(&self) {
        if self.content_hidden.swap(false, Ordering::Relaxed) {
            tracing::info!("messages come with their content again");
        }
    }
}
