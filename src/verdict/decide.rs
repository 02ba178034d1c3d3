//! What a reading means for the ledger. Pure.

use super::Outcome;
use crate::reading::message::Unread;
use crate::reading::{Kind, Message, OrderReading, Reading};

/// What every message looks like to a bot without the intent.
pub const EMPTY_REASON: &str = "The message is empty. If all are, the bot lacks the MESSAGE CONTENT \
     intent: switch it on in Discord's developer portal, under Bot.";
/// A text file of the message could not be fetched.
pub const FILE_FAILED_REASON: &str = "Its text file could not be fetched from Discord. `/logs retry` \
     tries again, and so does the bot from time to time.";
const FILE_TOO_LARGE_REASON: &str = "Its text file is larger than 1 MB, and is not read.";
const NO_NUMBER_REASON: &str = "It has no usable order number.";
const EDITED_REASON: &str =
    "It was edited and announces no order any more. What it announced before stays.";
const UNREADABLE_REASON: &str = "I could not read it: please report this message as a bug.";
const NOTHING_BOUGHT_REASON: &str = "It names no order number, no product and no total.";

/// What is to be done with a message.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Decision {
    /// What becomes of it, if it makes no statement of an order.
    pub(crate) outcome: Outcome,
    /// Why.
    pub(crate) reason: String,
    /// Whether its statements found orders or change them.
    pub(crate) kind: Kind,
    /// What it says of orders; each has a number, or is a purchase without one.
    pub(crate) orders: Vec<OrderReading>,
    /// Whether it makes no order and may be one all the same, or announced one and says since that it failed.
    pub(crate) is_doubtful: bool,
    /// Plain chat of people is none of ours to keep.
    pub(crate) keep: bool,
}

/// Decides by what the message says and by whether its sender is trusted.
pub(crate) fn decide(message: &Message, reading: Reading, trust: &Result<(), String>) -> Decision {
    let kind = reading.kind;
    if reading.broke_off && reading.orders.is_empty() {
        return Decision::unreadable();
    }
    match trust {
        Ok(()) => decide_trusted(message, reading),
        Err(why) if matches!(kind, Kind::Checkout | Kind::Update | Kind::Test) => {
            Decision::without_orders(kind, Outcome::Untrusted, why.clone(), true)
        }
        Err(_) => {
            let keep = message.webhook_id.is_some();
            Decision::without_orders(kind, Outcome::Ignored, reason_of(message, reading), keep)
        }
    }
}

fn decide_trusted(message: &Message, reading: Reading) -> Decision {
    let decision = decide_read(message, reading);
    match message.unread_file() {
        Some(unread) => decision.without_file(unread),
        None => decision,
    }
}

fn decide_read(message: &Message, reading: Reading) -> Decision {
    let kind = reading.kind;
    let outcome = match kind {
        Kind::Checkout | Kind::Update => return decide_orders(reading),
        Kind::Decline => return decide_decline(reading),
        Kind::Test => Outcome::Test,
        Kind::Other | Kind::Empty => Outcome::Ignored,
    };
    Decision::without_orders(kind, outcome, reason_of(message, reading), true)
}

/// A failed attempt makes no order. Where it may be one all the same, somebody should look.
fn decide_decline(reading: Reading) -> Decision {
    let is_doubtful = reading.doubt.is_some();
    let decision = Decision::without_orders(Kind::Decline, Outcome::Declined, reading.reason, true);
    Decision { is_doubtful, ..decision }
}

fn decide_orders(reading: Reading) -> Decision {
    let Reading { kind, reason, doubt, mut orders, is_continued, broke_off } = reading;
    let named = orders.len();
    let is_purchase =
        |order: &OrderReading| kind == Kind::Checkout && !order.is_notice && order.is_purchase();
    orders.retain(|order| order.has_number() || is_purchase(order));
    let lost = named - orders.len();
    let reason = match (orders.len(), lost) {
        (0, _) if reason.is_empty() && kind == Kind::Checkout => NOTHING_BOUGHT_REASON.to_owned(),
        (0, _) if reason.is_empty() => NO_NUMBER_REASON.to_owned(),
        (0, _) => reason,
        // The outcome says it all.
        (_, 0) => String::new(),
        (_, 1) => format!("1 of its {named} orders has no usable number."),
        _ => format!("{lost} of its {named} orders have no usable number."),
    };
    let edited = match (is_continued, broke_off) {
        (false, _) => "",
        (true, false) => EDITED_REASON,
        (true, true) => UNREADABLE_REASON,
    };
    let (outcome, reason) = (Outcome::Rejected, joined(reason, edited));
    let is_doubtful = doubt.is_some() || broke_off;
    Decision { outcome, reason, kind, orders, keep: true, is_doubtful }
}

/// Both sentences: none hides another, and each says what is to be done about it.
fn joined(mut reason: String, more: &str) -> String {
    if !reason.is_empty() && !more.is_empty() {
        reason.push(' ');
    }
    reason.push_str(more);
    reason
}

fn reason_of(message: &Message, reading: Reading) -> String {
    if reading.kind == Kind::Empty && message.webhook_id.is_some() {
        return EMPTY_REASON.to_owned();
    }
    reading.reason
}

impl Decision {
    /// Whether it founds orders.
    pub(crate) fn announces(&self) -> bool {
        self.kind == Kind::Checkout && !self.orders.is_empty()
    }

    /// Whether it founds orders, and names each.
    pub(crate) fn announces_by_number(&self) -> bool {
        self.announces() && self.orders.iter().all(OrderReading::has_number)
    }

    fn without_orders(kind: Kind, outcome: Outcome, reason: String, keep: bool) -> Self {
        Self { outcome, reason, kind, orders: Vec::new(), keep, is_doubtful: false }
    }

    /// The same, of a message with a file that is not read: what it says may be an order.
    fn without_file(mut self, unread: Unread) -> Self {
        let reason = match unread {
            Unread::Failed => FILE_FAILED_REASON,
            Unread::TooLarge => FILE_TOO_LARGE_REASON,
        };
        if self.outcome == Outcome::Ignored {
            self.outcome = Outcome::Rejected;
            self.reason.clear();
        }
        self.reason = joined(self.reason, reason);
        self
    }

    /// For a message whose reading broke off: kept, so that it can be tried again.
    pub(crate) fn unreadable() -> Self {
        Self::without_orders(Kind::Other, Outcome::Rejected, UNREADABLE_REASON.to_owned(), true)
    }

    /// For a message of orders that are to be kept no longer.
    pub(crate) fn forgotten() -> Self {
        let reason = "Its order was deleted with /forget, and is not stored again.";
        Self::without_orders(Kind::Other, Outcome::Ignored, reason.to_owned(), false)
    }

    /// For a message whose orders the database does not take.
    pub(crate) fn unstorable() -> Self {
        let reason = "Its order could not be stored: please report this as a bug.";
        Self::without_orders(Kind::Other, Outcome::Rejected, reason.to_owned(), true)
    }
}

#[cfg(test)]
mod tests;
