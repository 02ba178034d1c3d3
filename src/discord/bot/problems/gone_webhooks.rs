//! Webhooks that Discord has said are deleted. They never come back; its lists may show them a while longer.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::ids::WebhookId;

/// More than anybody deletes while the bot runs.
const REMEMBERED: usize = 1_000;

/// The webhooks that are deleted, as far as the bot has asked.
#[derive(Debug, Default)]
pub(crate) struct GoneWebhooks(Mutex<BTreeSet<WebhookId>>);

impl GoneWebhooks {
    /// Notes that a webhook is deleted.
    pub(crate) fn note(&self, webhook: WebhookId) {
        let mut gone = self.lock();
        if gone.len() >= REMEMBERED {
            // Ids grow with time: the oldest goes.
            gone.pop_first();
        }
        gone.insert(webhook);
    }

    /// Whether a webhook is known to be deleted.
    pub(crate) fn contains(&self, webhook: WebhookId) -> bool {
        self.lock().contains(&webhook)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<WebhookId>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
