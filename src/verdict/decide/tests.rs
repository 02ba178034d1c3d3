use super::*;
use crate::ids::WebhookId;
use crate::reading::{Doubt, ItemReading};

fn reading(kind: Kind, numbers: &[Option<&str>]) -> Reading {
    let order = |number: Option<&str>| OrderReading {
        order_number: number.map(str::to_owned),
        ..OrderReading::default()
    };
    Reading { kind, orders: numbers.iter().copied().map(order).collect(), ..Reading::default() }
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
    let reason = "announces an order, but neither a number nor a product nor a total".to_owned();
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
fn no_reason_hides_another() {
    use crate::reading::message::Attachment;
    let file = Attachment { unread: Some(Unread::Failed), ..Attachment::default() };
    let message = Message { attachments: vec![file], ..from_webhook() };
    let of = |numbers: &[_], is_continued| {
        let reading = Reading { is_continued, ..reading(Kind::Checkout, numbers) };
        decide(&message, reading, &Ok(())).reason
    };
    let lost = "1 of its 2 orders has no usable number.";
    let two = [Some("A-1"), None];
    assert_eq!(of(&two, false), format!("{lost} {FILE_FAILED_REASON}"));
    assert_eq!(of(&two[..1], true), format!("{EDITED_REASON} {FILE_FAILED_REASON}"));
    assert_eq!(of(&two, true), format!("{lost} {EDITED_REASON} {FILE_FAILED_REASON}"));
}

#[test]
fn an_edit_that_cannot_be_read_leaves_what_was_announced_and_asks_for_a_look() {
    let broken = |numbers: &[_]| {
        let kind = if numbers.is_empty() { Kind::Other } else { Kind::Checkout };
        let is_continued = !numbers.is_empty();
        let reading = Reading { broke_off: true, is_continued, ..reading(kind, numbers) };
        decide(&from_webhook(), reading, &Ok(()))
    };
    assert_eq!(broken(&[]), Decision::unreadable());
    let edited = broken(&[Some("A-1")]);
    assert_eq!((edited.orders.len(), edited.is_doubtful), (1, true));
    assert_eq!(edited.reason, UNREADABLE_REASON);
}

#[test]
fn an_empty_webhook_message_hints_at_the_intent() {
    let decision = decide(&from_webhook(), reading(Kind::Empty, &[]), &Ok(()));
    assert_eq!((decision.outcome, decision.reason.as_str()), (Outcome::Ignored, EMPTY_REASON));
}
