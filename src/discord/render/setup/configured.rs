//! `/setup watch` in a channel that config.toml names: only config.toml changes anything there.

use super::{Configured, past};
use crate::ids::WebhookId;

/// Trusted webhooks that are named; of more of them it says how many.
const TRUSTED: usize = 5;

/// What counts there, and what to do.
pub(crate) fn beginning(configured: &Configured) -> String {
    let Configured { watched, webhook, asks_backfill } = configured;
    let mut parts = vec![
        "I already watch this channel, because `config.toml` says so. Only `config.toml` can change \
         that."
            .to_owned(),
        trust(&watched.webhook_ids, *webhook),
    ];
    if *asks_backfill {
        parts.push(format!(
            "`config.toml` also says to read {} (`backfill`), so the value you typed has no effect.",
            past(watched.backfill)
        ));
    }
    parts.join(" ")
}

fn trust(trusted: &[WebhookId], webhook: Option<WebhookId>) -> String {
    match webhook {
        Some(webhook) if trusted.is_empty() => format!(
            "`config.toml` names no webhooks, so any webhook in this channel is trusted, including this one. To \
             trust only this one, add `webhook_ids = [\"{webhook}\"]` there and restart me."
        ),
        Some(webhook) if trusted.contains(&webhook) => "This webhook is trusted.".to_owned(),
        Some(webhook) => format!(
            "This webhook is not trusted yet: add \"{webhook}\" to `webhook_ids` there and restart me. \
             Until then, what it posts makes no orders. {}",
            list(trusted)
        ),
        None => format!(
            "{} I did not create another one, because it would not be trusted. To trust another \
             webhook, add its id (the long number in its URL, under Edit Channel → Integrations → \
             Webhooks) to `webhook_ids` there and restart me.",
            list(trusted)
        ),
    }
}

fn list(trusted: &[WebhookId]) -> String {
    let mut ids: Vec<String> = trusted.iter().take(TRUSTED).map(ToString::to_string).collect();
    if trusted.len() > TRUSTED {
        ids.push(format!("and {} more", trusted.len() - TRUSTED));
    }
    let webhooks = if trusted.len() == 1 { "Trusted webhook" } else { "Trusted webhooks" };
    format!("{webhooks}: {}.", ids.join(", "))
}
