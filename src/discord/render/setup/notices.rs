//! What the bot says of its own accord about a channel's webhook.

use super::super::text::{cut, escape};
use super::named;
use super::webhook_state::{Compared, Fate};
use crate::ledger::Delivery;
use crate::order::status_emoji::TEST_EMOJI;
use crate::verdict::Outcome;

/// What the bot says when the first message came.
pub(crate) fn first_message(delivery: &Delivery) -> String {
    let what = match delivery.outcome {
        Outcome::Stored | Outcome::Updated | Outcome::Unchanged => {
            "its first message is here, and its order is stored".to_owned()
        }
        Outcome::Test => format!(
            "its test notification is here ({TEST_EMOJI}). A test holds no order; checkouts are \
             stored as they come"
        ),
        Outcome::Declined => {
            "its first message is here, a failed attempt, so there is no order".to_owned()
        }
        Outcome::Ignored => "its first message is here, and is not about an order".to_owned(),
        Outcome::Rejected | Outcome::Untrusted => format!(
            "its first message is here, but made no order: {}. `/logs show` says more",
            escape(&cut(delivery.reason.trim_end_matches('.'), 300))
        ),
    };
    format!("Refract reaches this channel: {what}.")
}

/// What the bot says when trusted webhooks do not post into the channel any more.
pub(crate) fn lost_webhooks(compared: &Compared, is_configured: bool) -> String {
    let lost = compared.lost().take(3).map(|(id, fate)| match fate {
        Fate::Moved(other) => format!("The webhook {id} posts into <#{other}> now."),
        _ => format!("The webhook {id} was deleted: what Refract posts to it is lost."),
    });
    let mut parts: Vec<String> = lost.collect();
    let others: Vec<String> = compared.others.iter().take(3).map(named).collect();
    parts.push(if is_configured {
        "Put the id of the new one into webhook_ids in config.toml, and start me again.".to_owned()
    } else {
        "`/setup watch` in this channel makes a new one, whose URL goes into Refract; \
         `/setup watch webhook:…` trusts one that there is."
            .to_owned()
    });
    if !others.is_empty() {
        parts.push(format!("Not trusted here: {}.", others.join(", ")));
    }
    cut(&parts.join(" "), 1_500)
}
