//! What sheets say of an order: a card's statement and a buying group's file.

use crate::count::count;
use crate::discord::render::text::{code, cut, escape};
use crate::discord::render::{FIELD, money, time};
use crate::ledger::Order;
use crate::order::Money;

/// Characters of the group's word, and of its number.
const LONGEST: usize = 80;

/// What cards were charged and what came back, each currency for itself, and the day of the first charge.
pub(super) fn charged(order: &Order) -> Option<String> {
    let listed = |what: &str, sums: &[Money]| {
        let sums: Vec<String> = sums.iter().map(Money::to_string).collect();
        (!sums.is_empty()).then(|| format!("{what}{}", sums.join(", ")))
    };
    let books = &order.books;
    let posted = books.charge_posted_on.map(|day| format!("posted {day}"));
    let parts = [listed("", &books.all_charged), listed("refunded ", &books.all_refunded), posted];
    joined(parts, " · ").map(|text| cut(&text, FIELD))
}

/// What a buying group received and pays, and below it the group's word and number, and when it last noted these. The
/// order is one that the reader may see.
pub(super) fn group(order: &Order) -> Option<String> {
    let books = &order.books;
    let pays =
        books.payout.map(|payout| format!("**{}** payout", money(payout.minor, payout.currency)));
    let word = books.group_status.as_deref().map(|word| escape(&cut(word, LONGEST)));
    let number = books.group_order_id.as_deref().map(|number| code(&cut(number, LONGEST)));
    let noted = books.group_modified_at.or(books.group_created_at).map(|at| time(at, 'd'));
    joined([joined([pays, received(order)], " · "), joined([word, number, noted], " · ")], "\n")
}

fn received(order: &Order) -> Option<String> {
    let units = order.qty_received?;
    if units < order.quantity {
        return Some(format!("{units} of {} received", count(order.quantity, "unit", "units")));
    }
    Some(format!("{} received", count(units, "unit", "units")))
}

/// Those of the parts in which something stands.
fn joined<const PARTS: usize>(parts: [Option<String>; PARTS], between: &str) -> Option<String> {
    let parts: Vec<String> =
        parts.into_iter().flatten().filter(|part| !part.trim().is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(between))
}
