//! Reading one text of a message: its kind and its orders.

mod merge;

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::labels::Labels;
use super::message::Message;
use super::orders::draft::Draft;
use super::orders::order;
use super::orders::spoken::{self, Spoken};
use super::sections::heading::Senses;
use super::sections::kind::{self, Verdict};
use super::sections::section::{self, Section};
use super::sections::signals::NumberSigns;
use super::sections::view::View;
use super::{Doubt, Kind, OrderReading, Reading};
use crate::order::Status;

/// Orders of one message.
const MAX_ORDERS: usize = 100;

/// Why a message without any text is not read.
const UNREAD: &str = "nothing in it that is read: pictures, files, a poll, a sticker";
const BROKE_OFF: &str = "could not be read: please report this message as a bug";
const EMPTY: &str = "no content and no embeds: the bot may lack the MESSAGE_CONTENT intent";

/// What a message says, without what it said before its edits. `of_known_order`: of which order it speaks is known
/// where it is headed as a notice, whether it names it or not.
pub(super) fn read_text(message: &Message, labels: &Labels, of_known_order: bool) -> Reading {
    guarded(|| read_whole(message, labels, of_known_order))
}

/// What is read, also where that breaks off: no message may stop those behind it.
pub(super) fn guarded(read: impl FnOnce() -> Reading) -> Reading {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Reading {
        reason: BROKE_OFF.to_owned(),
        broke_off: true,
        ..Reading::default()
    })
}

fn read_whole(message: &Message, labels: &Labels, of_known_order: bool) -> Reading {
    if says_nothing(message) {
        let (kind, reason) =
            if message.has_other_parts { (Kind::Other, UNREAD) } else { (Kind::Empty, EMPTY) };
        return Reading { kind, reason: reason.to_owned(), ..Reading::default() };
    }
    let views = View::all_of(message, labels);
    let sections = section::sections(&views, labels).into_iter();
    combine(sections.map(|section| found(section, of_known_order)).collect())
}

fn says_nothing(message: &Message) -> bool {
    message.content.trim().is_empty()
        && message.embeds.is_empty()
        && message.panels.is_empty()
        && message.attached().next().is_none()
}

/// Whether a heading says what became of an order.
fn is_headed_as_notice(section: &Section<'_>) -> bool {
    let headings = section.headings.iter().map(|heading| Senses::of(heading));
    let mut senses = [section.author_senses, section.title_senses].into_iter().chain(headings);
    senses.any(|senses| senses.status.is_some() || senses.update)
}

/// What one section turned out to be.
struct Found {
    verdict: Verdict,
    orders: Vec<OrderReading>,
}

fn found(mut section: Section<'_>, of_known_order: bool) -> Found {
    let groups = order::groups(&section).into_iter().take(MAX_ORDERS);
    let drafts: Vec<Draft> = groups.map(Draft::of).collect();
    let unnumbered = drafts.iter().any(|draft| !draft.numbers.own.is_filled());
    let spoken = if unnumbered { spoken::find(&section) } else { Spoken::default() };
    let mut signs = signs(&drafts, &spoken);
    let names_order = || of_known_order || section::links::number(&section).is_some();
    signs.own |= is_headed_as_notice(&section) && names_order();
    let verdict = kind::judge(&section, signs, spoken.senses);
    if drafts.len() > 1 {
        // Whose link it is, nothing says.
        section.links.clear();
    }
    let mut orders: Vec<OrderReading> = Vec::new();
    if matches!(verdict.kind, Kind::Checkout | Kind::Update | Kind::Decline) {
        for draft in drafts {
            orders.extend(order::orders(&section, draft, &spoken, &verdict));
            section.loose.clear();
        }
    }
    if let Some((first, rest)) = orders.split_first_mut() {
        for next in rest {
            order::inherit(first, next);
        }
    }
    if verdict.kind == Kind::Checkout {
        orders.retain(OrderReading::says_what_was_bought);
    }
    Found { verdict, orders }
}

fn signs(drafts: &[Draft], spoken: &Spoken) -> NumberSigns {
    let numbers = || drafts.iter().map(|draft| &draft.numbers);
    NumberSigns {
        own: spoken.number.is_some() || numbers().any(|numbers| numbers.own.is_filled()),
        other: numbers().any(|numbers| numbers.other().is_some()),
        many: numbers().filter_map(|numbers| numbers.own.get()).any(|own| own.len() > 1),
        masked: spoken.masked || numbers().any(|numbers| numbers.masked),
    }
}

/// The kind that matters most, with the orders of the sections that are of it.
fn combine(found: Vec<Found>) -> Reading {
    let rank = |kind: Kind| match kind {
        Kind::Checkout => 5,
        Kind::Update => 4,
        Kind::Decline => 3,
        Kind::Test => 2,
        Kind::Other | Kind::Empty => 1,
    };
    let Some(chief) = found
        .iter()
        .max_by_key(|found| rank(found.verdict.kind))
        .map(|found| found.verdict.clone())
    else {
        return Reading { reason: "nothing announces an order".to_owned(), ..Reading::default() };
    };
    let declined = found.iter().filter(|found| found.verdict.kind == Kind::Decline).count();
    let counts =
        |kind: Kind| kind == chief.kind || (chief.kind == Kind::Checkout && kind == Kind::Update);
    let mut orders: Vec<OrderReading> = Vec::new();
    for found in found.into_iter().filter(|found| counts(found.verdict.kind)) {
        let beside = found.verdict.kind != chief.kind;
        for mut order in found.orders {
            order.is_notice = beside && tells_of_later(&order, &found.verdict);
            merge::add(&mut orders, order, found.verdict.title_is_product);
        }
    }
    let reason = reason(&chief, &orders, declined);
    Reading { kind: chief.kind, reason, doubt: chief.doubt, orders, ..Reading::default() }
}

/// Whether an update beside a checkout says what became of an order, and not only that there is one.
fn tells_of_later(order: &OrderReading, verdict: &Verdict) -> bool {
    verdict.status.is_some()
        || !order.is_purchase()
        || order.known_status() > Some(Status::Processing)
}

fn reason(chief: &Verdict, orders: &[OrderReading], declined: usize) -> String {
    let mut reason = chief.reason.to_owned();
    if chief.kind == Kind::Checkout {
        let without = orders.iter().filter(|order| order.order_number.is_none()).count();
        if without > 0 {
            reason.push_str(", but without a usable order number");
        }
        if orders.is_empty() {
            reason.push_str(", but neither a number nor a product nor a total");
        }
        if declined > 0 {
            reason.push_str("; a failed attempt stands beside it");
        }
    }
    if let Some(doubt) = chief.doubt {
        reason.push_str(match doubt {
            Doubt::NamesOrder => ", but it names an order",
            Doubt::SaysSuccess => ", but it announces a success as well",
        });
    }
    reason
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_that_breaks_off_says_so_and_stops_nothing() {
        let broken = guarded(|| panic!("a fault of the reader"));
        assert!(broken.broke_off && broken.orders.is_empty());
        assert_eq!((broken.kind, broken.reason.as_str()), (Kind::Other, BROKE_OFF));
    }
}
