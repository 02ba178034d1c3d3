//! `/setup watch` in a channel that config.toml names: what stands there counts.

use super::{Configured, past};
use crate::ids::WebhookId;

/// Trusted webhooks that are named; of more of them it says how many.
const TRUSTED: usize = 5;

/// What holds there, and what to do.
pub(crate) fn beginning(configured: &Configured) -> String {
    let Configured { watched, webhook, asks_backfill } = configured;
    let mut parts = vec![
        "`config.toml` names this channel: it is read already, and what is trusted here stands there."
            .to_owned(),
        trust(&watched.webhook_ids, *webhook),
    ];
    if *asks_backfill {
        parts.push(format!(
            "How much of its past is read stands there too: {} (`backfill`). What you typed changes \
             nothing.",
            past(watched.backfill)
        ));
    }
    parts.join(" ")
}

fn trust(trusted: &[WebhookId], webhook: Option<WebhookId>) -> String {
    match webhook {
        Some(webhook) if trusted.is_empty() => format!(
            "It names no webhooks, so any webhook of the channel is trusted, this one too. To trust \
             this one alone, write `webhook_ids = [\"{webhook}\"]` there and start me again."
        ),
        Some(webhook) if trusted.contains(&webhook) => "This webhook is trusted.".to_owned(),
        Some(webhook) => format!(
            "This webhook is not: add \"{webhook}\" to its `webhook_ids` there and start me again; \
             until then nothing that it posts makes an order. {}",
            list(trusted)
        ),
        None => format!(
            "{} I made no webhook: it would not be trusted. To trust another one, add its id (the long \
             number in its URL; Edit Channel → Integrations → Webhooks shows it) to `webhook_ids` there \
             and start me again.",
            list(trusted)
        ),
    }
}

fn list(trusted: &[WebhookId]) -> String {
    let mut ids: Vec<String> = trusted.iter().take(TRUSTED).map(ToString::to_string).collect();
    if trusted.len() > TRUSTED {
        ids.push(format!("and {} more", trusted.len() - TRUSTED));
    }
    let are =
        if trusted.len() == 1 { "Trusted is the webhook" } else { "Trusted are the webhooks" };
    format!("{are} {}.", ids.join(", "))
}
