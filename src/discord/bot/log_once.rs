//! What the operator must know: logged once, not for every message.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use chrono::Utc;

/// Seconds between two log lines about the same flood.
const SILENCE_SECONDS: i64 = 60;

/// Remembers what was logged already.
#[derive(Default)]
pub(crate) struct LogOnce {
    /// Whether Discord hides the content now, by the last message.
    content_hidden: AtomicBool,
    /// Whether that was logged.
    logged: AtomicBool,
    /// When it was last logged that messages are turned away, in seconds since 1970.
    overflow_logged_at: AtomicI64,
}

/// What to do when Discord hides the content of messages.
pub(crate) const CONTENT_HIDDEN: &str = "Discord hides the content of messages from the bot, so it \
    cannot read checkouts. In the developer portal (https://discord.com/developers), open your \
    application → Bot, turn on \"Message Content Intent\", save, and restart the bot";

impl LogOnce {
    /// Notes that a webhook's message came, blank or with its content. True: content is shown again that
    /// was hidden before.
    pub(crate) fn content(&self, blank: bool) -> bool {
        let was_hidden = self.content_hidden.swap(blank, Ordering::Relaxed);
        if blank && !self.logged.swap(true, Ordering::Relaxed) {
            tracing::error!("{CONTENT_HIDDEN}");
        }
        if !blank {
            self.logged.store(false, Ordering::Relaxed);
        }
        was_hidden && !blank
    }

    /// Logs that a live message was turned away, at most once a minute: a flood has waves.
    pub(crate) fn overflow(&self) {
        let now = Utc::now().timestamp();
        let logged_at = self.overflow_logged_at.load(Ordering::Relaxed);
        if now - logged_at >= SILENCE_SECONDS {
            self.overflow_logged_at.store(now, Ordering::Relaxed);
            tracing::warn!(
                "more messages are coming in than can be stored; the rest will be read from the history"
            );
        }
    }

    /// What to do as long as Discord hides the content. `None`: it shows it.
    pub(crate) fn content_warning(&self) -> Option<&'static str> {
        self.content_hidden.load(Ordering::Relaxed).then_some(CONTENT_HIDDEN)
    }
}
