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
    let Reading { kind, reason, doubt, mut orders, is_continued } = reading;
    let named = orders.len();
    let is_purchase = |order: &OrderReading| kind == Kind::Checkout && order.is_purchase();
    orders.retain(|order| order.has_number() || is_purchase(order));
    let lost = named - orders.len();
    let reason = match (orders.len(), lost) {
        (0, _) if reason.is_empty() && kind == Kind::Checkout => NOTHING_BOUGHT_REASON.to_owned(),
        (0, _) if reason.is_empty() => NO_NUMBER_REASON.to_owned(),
        (0, _) => reason,
        (_, 0) if is_continued => EDITED_REASON.to_owned(),
        // The outcome says it all.
        (_, 0) => String::new(),
        (_, 1) => format!("1 of its {named} orders has no usable number."),
        _ => format!("{lost} of its {named} orders have no usable number."),
    };
    let outcome = Outcome::Rejected;
    Decision { outcome, reason, kind, orders, keep: true, is_doubtful: doubt.is_some() }
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

    fn without_orders(kind: Kind, outcome: Outcome, reason: String, keep: bool) -> Self {
        Self { outcome, reason, kind, orders: Vec::new(), keep, is_doubtful: false }
    }

    /// The same, of a message with a file that is not read: what it says may be an order.
    fn without_file(mut self, unread: Unread) -> Self {
        let reason = match unread {
            Unread::Failed => FILE_FAILED_REASON,
            Unread::TooLarge => FILE_TOO_LARGE_REASON,
        };
        if self.reason.is_empty() || self.outcome == Outcome::Ignored {
            reason.clone_into(&mut self.reason);
        }
        if self.outcome == Outcome::Ignored {
            self.outcome = Outcome::Rejected;
        }
        self
    }

    /// For a message whose reading broke off: kept, so that it can be tried again.
    pub(crate) fn unreadable() -> Self {
        let reason = "I could not read it: please report this message as a bug.";
        Self::without_orders(Kind::Other, Outcome::Rejected, reason.to_owned(), true)
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
mod tests {
    use super::*;
    use crate::ids::WebhookId;
    use crate::reading::{Doubt, ItemReading};

    fn reading(kind: Kind, numbers: &[Option<&str>]) -> Reading {
        let order = |number: Option<&str>| OrderReading {
            order_number: number.map(str::to_owned),
            ..OrderReading::default()
        };
        Reading {
            kind,
            reason: String::new(),
            doubt: None,
            orders: numbers.iter().copied().map(order).collect(),
            is_continued: false,
        }
    }

    fn from_webhook() -> Message {
        Message { webhook_id: Some(WebhookId(1)), ..Message::default() }
    }

    #[test]
    fn a_checkout_that_says_nothing_is_rejected_and_says_so() {
        let decision = decide(&from_webhook(), reading(Kind::Checkout, &[None]), &Ok(()));
        assert_eq!((decision.outcome, decision.orders.len()), (Outcome::Rejected, 0));
        assert_eq!(decision.reason, NOTHING_BOUGHT_REASON);
    }

    #[test]
    fn a_purchase_without_a_number_is_one_where_product_or_total_are_known() {
        let bought = |kind: Kind, total: Option<i64>, product: Option<&str>| {
            let mut reading = reading(kind, &[None]);
            reading.orders[0].total_minor = total;
            let product = product.map(str::to_owned);
            reading.orders[0].items = vec![ItemReading { product, ..ItemReading::default() }];
            decide(&from_webhook(), reading, &Ok(())).orders.len()
        };
        assert_eq!(bought(Kind::Checkout, Some(1), None), 1);
        assert_eq!(bought(Kind::Checkout, None, Some("Box")), 1);
        assert_eq!(bought(Kind::Checkout, None, None), 0);
        assert_eq!(bought(Kind::Update, Some(1), Some("Box")), 0);
    }

    #[test]
    fn a_decline_that_may_be_an_order_asks_for_a_look() {
        let doubtful = |doubt| {
            let declined = Reading { doubt, ..reading(Kind::Decline, &[Some("A-1")]) };
            let decision = decide(&from_webhook(), declined, &Ok(()));
            assert_eq!((decision.outcome, decision.orders.len()), (Outcome::Declined, 0));
            decision.is_doubtful
        };
        assert!(doubtful(Some(Doubt::NamesOrder)));
        assert!(doubtful(Some(Doubt::SaysSuccess)));
        assert!(!doubtful(None));
    }

    #[test]
    fn the_orders_with_a_number_count_and_the_others_are_told() {
        let two = reading(Kind::Checkout, &[Some("A-1"), None]);
        let decision = decide(&from_webhook(), two, &Ok(()));
        assert_eq!(decision.orders.len(), 1);
        assert_eq!(decision.reason, "1 of its 2 orders has no usable number.");
    }

    #[test]
    fn a_doubtful_decline_tells_its_doubt() {
        let reason = "the attempt failed, but it names an order".to_owned();
        let doubt = Some(Doubt::NamesOrder);
        let declined = Reading { reason, doubt, ..reading(Kind::Decline, &[Some("A-1")]) };
        let decision = decide(&from_webhook(), declined, &Ok(()));
        assert_eq!((decision.outcome, decision.orders.len()), (Outcome::Declined, 0));
        assert!(decision.reason.contains("it names an order"), "{}", decision.reason);
    }

    #[test]
    fn a_checkout_without_orders_is_rejected_with_the_readers_reason() {
        let reason =
            "announces an order, but neither a number nor a product nor a total".to_owned();
        let empty = Reading { reason: reason.clone(), ..reading(Kind::Checkout, &[]) };
        let decision = decide(&from_webhook(), empty, &Ok(()));
        assert_eq!((decision.outcome, decision.reason), (Outcome::Rejected, reason));
    }

    #[test]
    fn a_forged_checkout_is_kept_but_makes_no_order() {
        let trust = Err("A member posted it.".to_owned());
        let decision = decide(&Message::default(), reading(Kind::Checkout, &[Some("A-1")]), &trust);
        assert_eq!((decision.outcome, decision.orders.len()), (Outcome::Untrusted, 0));
        assert!(decision.keep);
    }

    #[test]
    fn chat_of_people_is_not_kept() {
        let trust = Err("A member posted it.".to_owned());
        for kind in [Kind::Other, Kind::Empty, Kind::Decline] {
            let decision = decide(&Message::default(), reading(kind, &[]), &trust);
            assert_eq!((decision.outcome, decision.keep), (Outcome::Ignored, false), "{kind:?}");
        }
    }

    #[test]
    fn a_file_that_is_not_read_may_be_an_order() {
        use crate::reading::message::Attachment;
        let file = |unread| Attachment { unread: Some(unread), ..Attachment::default() };
        let with = |unread| Message { attachments: vec![file(unread)], ..from_webhook() };
        let decided = |unread, kind, numbers: &[_]| {
            let decision = decide(&with(unread), reading(kind, numbers), &Ok(()));
            (decision.outcome, decision.reason, decision.orders.len())
        };
        let failed = FILE_FAILED_REASON.to_owned();
        let alone = decided(Unread::Failed, Kind::Other, &[]);
        assert_eq!(alone, (Outcome::Rejected, failed.clone(), 0));
        let large = decided(Unread::TooLarge, Kind::Other, &[]);
        assert_eq!(large, (Outcome::Rejected, FILE_TOO_LARGE_REASON.to_owned(), 0));
        let beside = decided(Unread::Failed, Kind::Checkout, &[Some("A-1")]);
        assert_eq!((beside.1, beside.2), (failed, 1));
        let foreign = Err("A member posted it.".to_owned());
        let decision = decide(&with(Unread::Failed), reading(Kind::Other, &[]), &foreign);
        assert_eq!(decision.outcome, Outcome::Ignored);
    }

    #[test]
    fn an_empty_webhook_message_hints_at_the_intent() {
        let decision = decide(&from_webhook(), reading(Kind::Empty, &[]), &Ok(()));
        assert_eq!((decision.outcome, decision.reason.as_str()), (Outcome::Ignored, EMPTY_REASON));
    }
}
