//! What people are told after they changed an order.

use serenity::all::CreateEmbed;

use super::text::{code, cut, escape, shown_to};
use super::{Audience, DESCRIPTION, NEUTRAL, status};
use crate::checkout::Status;
use crate::ledger::{Amended, StatusChange, Undone};
use crate::reactions::StatusEmoji;

/// When an order's history holds no change by a person.
pub(in super::super) const NOTHING_TO_UNDO: &str = "There is nothing to undo: nobody has changed this order by hand, or it was all undone already.";

/// What was typed holds no number.
pub(in super::super) fn no_tracking() -> String {
    "There is no tracking number in that. Type one or several, with spaces between.".to_owned()
}

/// What came of marking one order.
pub(in super::super) fn marked(
    order_number: &str,
    change: Option<&StatusChange>,
    wanted: Status,
    emoji: &StatusEmoji,
) -> String {
    let number = number(order_number);
    match change {
        Some(change) => format!(
            "{number} is {} now; it was {}.",
            status(change.after, emoji),
            status(change.before, emoji)
        ),
        None => format!("{number} is {} already.", status(wanted, emoji)),
    }
}

/// What came of marking several orders at once.
pub(in super::super) fn several_marked(
    changed: usize,
    orders: usize,
    now: Status,
    emoji: &StatusEmoji,
) -> String {
    let now = status(now, emoji);
    match (changed, orders - changed.min(orders)) {
        (0, _) => format!("All of them were {now} already."),
        (changed, 0) => format!("{} {now} now.", orders_are(changed)),
        (changed, 1) => format!("{} {now} now, 1 was already.", orders_are(changed)),
        (changed, others) => {
            format!("{} {now} now, {others} were already.", orders_are(changed))
        }
    }
}

fn orders_are(count: usize) -> String {
    if count == 1 { "1 order is".to_owned() } else { format!("{count} orders are") }
}

/// What came of many changes, where it is too long for a message's text.
pub(in super::super) fn at_length(lines: &str) -> CreateEmbed {
    CreateEmbed::new().colour(NEUTRAL).description(cut(lines, DESCRIPTION))
}

/// What came of adding to an order.
pub(in super::super) fn amended(what: &str, amended: &Amended, audience: Audience) -> String {
    let number = number(&amended.order_number);
    if amended.before == amended.after {
        return format!("{number} has this {what} already.");
    }
    match &amended.after {
        Some(after) => format!("{number}: {what} {}", code(&cut(&shown_to(audience, after), 500))),
        None => format!("{number} has no {what} any more."),
    }
}

/// What was taken back.
pub(in super::super) fn undone(undone: &Undone, audience: Audience) -> String {
    let name = match undone.column.as_str() {
        "tracking_number" => "tracking number",
        "notes" => "note",
        other => other,
    };
    let shown = |text: &Option<String>| match text {
        Some(text) => escape(&cut(&shown_to(audience, text), 200)),
        None => "nothing".to_owned(),
    };
    format!("Undone: the {name} is {} again, not {}.", shown(&undone.after), shown(&undone.before))
}

fn number(order_number: &str) -> String {
    code(&cut(order_number, 80))
}
