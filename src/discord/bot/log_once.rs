//! What the operator must know: said once, not for every message.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use chrono::Utc;

/// Between two words about the same flood.
const SILENCE_SECONDS: i64 = 60;

/// Alarms that were raised already.
#[derive(Default)]
pub(crate) struct Alarms {
    /// The content is hidden now, as far as the last message tells.
    content_hidden: AtomicBool,
    /// It was said in the log.
    said: AtomicBool,
    /// When it was last said that messages are turned away, in seconds since 1970.
    overflow_said_at: AtomicI64,
}

/// What to do when Discord hides the content of messages.
pub(crate) const CONTENT_HIDDEN: &str = "Discord hides the content of messages from the bot, so \
    checkouts cannot be read. Open the developer portal (https://discord.com/developers), choose \
    the application, Bot, switch \"Message Content Intent\" on, save, and start the bot again";

impl Alarms {
    /// A webhook's message came, blank or with what it holds. Says whether content is shown again
    /// that was hidden before.
    pub(crate) fn content(&self, blank: bool) -> bool {
        let was_hidden = self.content_hidden.swap(blank, Ordering::Relaxed);
        if blank && !self.said.swap(true, Ordering::Relaxed) {
            tracing::error!("{CONTENT_HIDDEN}");
        }
        if !blank {
            self.said.store(false, Ordering::Relaxed);
        }
        was_hidden && !blank
    }

    /// A live message was turned away. Said at most once in a while: a flood has waves.
    pub(crate) fn overflow(&self) {
        let now = Utc::now().timestamp();
        let said_at = self.overflow_said_at.load(Ordering::Relaxed);
        if now - said_at >= SILENCE_SECONDS {
            self.overflow_said_at.store(now, Ordering::Relaxed);
            tracing::warn!("more messages come than can be stored; the history brings the rest");
        }
    }

    /// Whether content is hidden now, for the replies that show it.
    pub(crate) fn is_content_hidden(&self) -> bool {
        self.content_hidden.load(Ordering::Relaxed)
    }
}
