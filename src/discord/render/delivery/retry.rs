//! What came of trying messages again: `/logs retry`, and the button below a message of `/logs show`.

use chrono::{DateTime, Utc};
use serenity::all::CreateEmbed;

use crate::count::{count, grouped};
use crate::discord::render::{NEUTRAL, time};
use crate::verdict::Outcome;

/// What came of reading messages again: before and after.
pub(crate) fn read_again(outcomes: &[(Outcome, Outcome)]) -> CreateEmbed {
    let embed = CreateEmbed::new().title("Retry").colour(NEUTRAL);
    if outcomes.is_empty() {
        let nothing = "Nothing to retry: every message that looks like an order has become one.";
        return embed.description(nothing);
    }
    let made = |&&(_, after): &&(Outcome, Outcome)| {
        matches!(after, Outcome::Stored | Outcome::Updated | Outcome::Unchanged)
    };
    let made = outcomes.iter().filter(made).count();
    let left = outcomes.len() - made;
    let retried = format!("Retried {}", count(outcomes.len(), "message", "messages"));
    let why = "`/logs show` with a message's link tells you why.";
    embed.description(match (made, left) {
        (1, 0) => format!("{retried}: it is stored now."),
        (_, 0) => format!("{retried}: all are stored now."),
        (0, 1) => format!("{retried}: it could not be stored. {why}"),
        (0, _) => format!("{retried}: none could be stored. {why}"),
        _ => format!("{retried}: {} stored now, {} not. {why}", grouped(made), grouped(left)),
    })
}

/// What came of reading one message again. The time tells two attempts with one end apart.
pub(crate) fn tried_again(before: Outcome, after: Outcome, at: DateTime<Utc>) -> String {
    let came_out = if before == after {
        format!("still {}", after.word())
    } else {
        format!("{} → {}", before.word(), after.word())
    };
    format!("Tried again at {}: {came_out}.", time(at, 'T'))
}
