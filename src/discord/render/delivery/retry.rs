//! What came of trying messages again: `/logs retry`, and the button below a message of `/logs show`.

use chrono::{DateTime, Utc};
use serenity::all::CreateEmbed;

use crate::count::{count, grouped};
use crate::discord::render::{NEUTRAL, time};
use crate::verdict::Outcome;

/// What came of one of the messages that were read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retried {
    Stored,
    /// It is an order, and its number is still not known.
    NoNumber,
    NotStored,
}

/// What came of reading messages again.
pub(crate) fn read_again(retried: &[Retried]) -> CreateEmbed {
    let embed = CreateEmbed::new().title("Retry").colour(NEUTRAL);
    if retried.is_empty() {
        let nothing = "Nothing to retry: every message that looks like an order has become one.";
        return embed.description(nothing);
    }
    let of = |kind| retried.iter().filter(|one| **one == kind).count();
    let (made, left, no_number) =
        (of(Retried::Stored), of(Retried::NotStored), of(Retried::NoNumber));
    let retried = format!("Retried {}", count(retried.len(), "message", "messages"));
    let why = "`/logs show` with a message's link tells you why.";
    let unnumbered = format!("{} still without an order number", grouped(no_number));
    embed.description(match (made, left) {
        (0, 0) => format!("{retried}: {unnumbered}. {why}"),
        (_, 0) if no_number > 0 => {
            format!("{retried}: {} stored now, {unnumbered}. {why}", grouped(made))
        }
        _ if no_number > 0 => format!(
            "{retried}: {} stored now, {} not, {unnumbered}. {why}",
            grouped(made),
            grouped(left)
        ),
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
