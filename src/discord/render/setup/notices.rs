//! What the bot posts about a channel's webhook without being asked.

use super::super::text::{cut, escape};
use super::named;
use super::webhook_state::{Compared, Fate};
use crate::ledger::Delivery;
use crate::order::status_emoji::TEST_EMOJI;
use crate::verdict::Outcome;

/// What the bot posts when the first message came.
pub(crate) fn first_message(delivery: &Delivery) -> String {
    let what = match delivery.outcome {
        Outcome::Stored | Outcome::Updated | Outcome::Unchanged => {
            "Its first message has arrived, and the order is stored.".to_owned()
        }
        Outcome::Test => format!(
            "Its test notification has arrived ({TEST_EMOJI}). A test holds no order; real checkouts \
             will be stored."
        ),
        Outcome::Declined => {
            "Its first message has arrived: a failed checkout, so there is no order.".to_owned()
        }
        Outcome::Ignored => "Its first message has arrived; it is not about an order.".to_owned(),
        Outcome::Rejected | Outcome::Untrusted => format!(
            "Its first message has arrived, but made no order. Why: {}. `/logs show` tells you more.",
            escape(&cut(delivery.reason.trim_end_matches('.'), 300))
        ),
    };
    format!("Refract can post to this channel. {what}")
}

/// What the bot posts when trusted webhooks no longer post to the channel.
pub(crate) fn lost_webhooks(compared: &Compared, is_configured: bool) -> String {
    let lost = compared.lost().take(3).map(|(id, fate)| match fate {
        Fate::Moved(other) => format!("The webhook {id} now posts to <#{other}>."),
        _ => format!("The webhook {id} was deleted: whatever Refract posts to it is lost."),
    });
    let mut parts: Vec<String> = lost.collect();
    let others: Vec<String> = compared.others.iter().take(3).map(named).collect();
    parts.push(if is_configured {
        "Put the id of the new one into webhook_ids in config.toml and restart me.".to_owned()
    } else {
        "Run `/setup watch` in this channel to create a new one for Refract, or `/setup watch \
         webhook:…` to trust an existing one."
            .to_owned()
    });
    if !others.is_empty() {
        parts.push(format!("Other webhooks here, not trusted: {}.", others.join(", ")));
    }
    cut(&parts.join(" "), 1_500)
}
