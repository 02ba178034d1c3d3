//! What became of a message, from its parts: outcome, reason, and the reaction that the bot should show.

use std::collections::BTreeSet;

use crate::ids::OrderId;
use crate::order::Status;
use crate::order::status_emoji::{REJECTED_EMOJI, StatusEmoji, TEST_EMOJI};
use crate::verdict::{Outcome, Via};

/// One part of a message and the order that it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) outcome: Outcome,
    pub(crate) order: Option<(OrderId, Status)>,
    /// The number of an order that is not there yet.
    pub(crate) waiting_for: Option<String>,
    /// The products that were counted once and may be others.
    pub(crate) doubt: Option<String>,
    /// Whether nobody knows the order's number yet.
    pub(crate) lacks_number: bool,
    /// Whether a person has marked the order since the message came.
    pub(crate) is_marked: bool,
}

/// What is known of a message besides its parts.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Base<'a> {
    /// What was decided about it.
    pub(crate) outcome: Outcome,
    pub(crate) reason: &'a str,
    pub(crate) via: Via,
    /// Whether it makes no order and may be one all the same, or announced one and says since that it failed, and
    /// nobody has looked at it.
    pub(crate) is_doubtful: bool,
}

/// What a delivery's row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summary {
    pub(crate) outcome: Outcome,
    pub(crate) reason: String,
    pub(crate) orders: Vec<OrderId>,
    /// How many of them it announced as the first.
    pub(crate) new_orders: u64,
    pub(crate) reaction: Option<String>,
}

/// Sums a message up. Without parts, what was decided about it holds.
pub(crate) fn sum_up(base: Base<'_>, parts: &[Part], emoji: &StatusEmoji) -> Summary {
    let outcome = parts.iter().map(|part| part.outcome).min().unwrap_or(base.outcome);
    let mut orders: Vec<OrderId> = parts.iter().filter_map(|part| Some(part.order?.0)).collect();
    orders.sort_unstable();
    orders.dedup();
    let announced = parts.iter().filter(|part| part.outcome == Outcome::Stored);
    let new: BTreeSet<OrderId> = announced.filter_map(|part| Some(part.order?.0)).collect();
    let least = parts.iter().filter_map(|part| Some(part.order?.1)).min();
    let asks = parts.iter().any(|part| {
        !part.is_marked && (part.doubt.is_some() || part.lacks_number || base.is_doubtful)
    });
    let reaction = match (least, outcome) {
        // The bot was not there when these were posted, and may not see their channel.
        _ if base.via == Via::Import => None,
        _ if asks || (parts.is_empty() && base.is_doubtful) => Some(REJECTED_EMOJI),
        (Some(status), _) => emoji.emoji(status),
        (None, Outcome::Rejected) => Some(REJECTED_EMOJI),
        (None, Outcome::Test) => Some(TEST_EMOJI),
        (None, _) => None,
    };
    let reason = reason(parts, without_parts(base.reason));
    let new_orders = new.len() as u64;
    Summary { outcome, reason, orders, new_orders, reaction: reaction.map(str::to_owned) }
}

const WAITING: &str = "It names order ";
const NOT_YET: &str = ", which is not in the ledger yet.";
/// What a message's reason says while the number of one of its orders is not known.
pub const NO_NUMBER: &str = "It names no order number yet.";
const DOUBT: &str = "Counted once: ";
const COUNTED: &str = " may be a product that was counted already.";

/// What the parts make of the reason, before what was decided about the message itself.
fn reason(parts: &[Part], decided: String) -> String {
    let waiting = parts.iter().find_map(|part| part.waiting_for.as_deref());
    let doubts: Vec<&str> = parts.iter().filter_map(|part| part.doubt.as_deref()).collect();
    let lacks_number = parts.iter().any(|part| part.lacks_number && part.order.is_some());
    let sentences = [
        waiting.map(|number| format!("{WAITING}{number}{NOT_YET}")),
        lacks_number.then(|| NO_NUMBER.to_owned()),
        (!doubts.is_empty()).then(|| format!("{DOUBT}{}{COUNTED}", doubts.join(", "))),
        Some(decided).filter(|decided| !decided.is_empty()),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What there was to say besides what became of the parts.
fn without_parts(reason: &str) -> String {
    let mut rest = reason;
    if rest.starts_with(WAITING) {
        rest = rest.split_once(NOT_YET).map_or(rest, |(_, after)| after.trim_start());
    }
    rest = rest.strip_prefix(NO_NUMBER).unwrap_or(rest).trim_start();
    if rest.starts_with(DOUBT) {
        rest = rest.rsplit_once(COUNTED).map_or(rest, |(_, after)| after.trim_start());
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(outcome: Outcome, order: Option<(i64, Status)>) -> Part {
        let order = order.map(|(id, status)| (OrderId(id), status));
        let waiting_for = order.is_none().then(|| "A-1".to_owned());
        let (doubt, lacks_number, is_marked) = (None, false, false);
        Part { outcome, order, waiting_for, doubt, lacks_number, is_marked }
    }

    fn base(outcome: Outcome, reason: &str) -> Base<'_> {
        Base { outcome, reason, via: Via::Live, is_doubtful: false }
    }

    fn of(parts: &[Part]) -> Summary {
        sum_up(base(Outcome::Rejected, ""), parts, &StatusEmoji::default())
    }

    #[test]
    fn the_least_advanced_order_of_a_message_shows() {
        let summary = of(&[
            part(Outcome::Unchanged, Some((2, Status::Delivered))),
            part(Outcome::Stored, Some((1, Status::Shipped))),
        ]);
        assert_eq!(summary.reaction.as_deref(), Some("📦"));
        assert_eq!(
            (summary.outcome, summary.orders),
            (Outcome::Stored, vec![OrderId(1), OrderId(2)])
        );
    }

    #[test]
    fn an_update_that_waits_says_for_what_and_forgets_it_later() {
        let waiting = of(&[part(Outcome::Rejected, None)]);
        assert_eq!(waiting.reason, "It names order A-1, which is not in the ledger yet.");
        assert_eq!(waiting.reaction.as_deref(), Some(REJECTED_EMOJI));
        let parts = [part(Outcome::Updated, Some((1, Status::Verified)))];
        let base = base(Outcome::Rejected, &waiting.reason);
        let applied = sum_up(base, &parts, &StatusEmoji::default());
        assert_eq!((applied.outcome, applied.reason.as_str()), (Outcome::Updated, ""));
    }

    #[test]
    fn what_asks_for_a_person_shows_until_one_has_marked_it() {
        let mut parts = [part(Outcome::Updated, Some((1, Status::Shipped)))];
        let reaction = |parts: &[Part]| of(parts).reaction;
        assert_eq!(reaction(&parts).as_deref(), Some("📦"));
        parts[0].doubt = Some("Box. Counted once".to_owned());
        assert_eq!(reaction(&parts).as_deref(), Some(REJECTED_EMOJI));
        let doubtful = of(&parts).reason;
        assert_eq!(
            doubtful,
            "Counted once: Box. Counted once may be a product that was counted already."
        );
        parts[0].doubt = None;
        parts[0].lacks_number = true;
        let base = Base { reason: &format!("{doubtful} More."), ..base(Outcome::Rejected, "") };
        let summary = sum_up(base, &parts, &StatusEmoji::default());
        assert_eq!(summary.reason, "It names no order number yet. More.");
        assert_eq!(summary.reaction.as_deref(), Some(REJECTED_EMOJI));
        parts[0].is_marked = true;
        assert_eq!(reaction(&parts).as_deref(), Some("📦"));
    }

    #[test]
    fn an_order_whose_message_says_since_that_it_failed_asks_too() {
        let mut parts = [part(Outcome::Stored, Some((1, Status::Shipped)))];
        let doubtful = Base { is_doubtful: true, ..base(Outcome::Rejected, "") };
        let reaction = |parts: &[Part]| sum_up(doubtful, parts, &StatusEmoji::default()).reaction;
        assert_eq!(reaction(&parts).as_deref(), Some(REJECTED_EMOJI));
        parts[0].is_marked = true;
        assert_eq!(reaction(&parts).as_deref(), Some("📦"));
    }

    #[test]
    fn a_decline_that_may_be_an_order_asks_too() {
        let declined = base(Outcome::Declined, "");
        let reaction = |base| sum_up(base, &[], &StatusEmoji::default()).reaction;
        assert_eq!(reaction(declined), None);
        let doubtful = Base { is_doubtful: true, ..declined };
        assert_eq!(reaction(doubtful).as_deref(), Some(REJECTED_EMOJI));
    }

    #[test]
    fn nothing_is_shown_on_imported_and_ignored_messages() {
        let emoji = StatusEmoji::default();
        let mut parts = [part(Outcome::Stored, Some((1, Status::Verified)))];
        let imported = Base { via: Via::Import, ..base(Outcome::Stored, "") };
        assert_eq!(sum_up(imported, &parts, &emoji).reaction, None);
        parts[0].lacks_number = true;
        assert_eq!(sum_up(imported, &parts, &emoji).reaction, None);
        assert_eq!(sum_up(base(Outcome::Ignored, ""), &[], &emoji).reaction, None);
        let test = sum_up(base(Outcome::Test, ""), &[], &emoji);
        assert_eq!(test.reaction.as_deref(), Some(TEST_EMOJI));
    }
}
