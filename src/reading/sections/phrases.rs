//! The phrases that headings are made of.

pub(super) mod foreign;

use super::heading::Sense as S;

/// Senses with their phrases: whole words in lower case, which commas separate.
pub(crate) const PHRASES: &[(S, &str)] = &[
    (
        S::Success,
        "successful checkout, successfully checked out, checked out, checkout success, \
         checkout successful, checkout succeeded, checkout was successful, checkout complete, \
         checkout completed, checkout confirmed, order placed, preorder placed, placed order, \
         order confirmed, order confirmation, order received, order successful, order success, \
         successful order, successful purchase, successful preorder, purchase successful, \
         purchase complete, purchase confirmed, purchase success, order complete, \
         order completed, successfully purchased, successfully ordered, payment successful, \
         order submitted, new order, new checkout",
    ),
    (S::BareSuccess, "success, successful, successfully"),
    (
        S::Failure,
        "unsuccessful, unsuccessfully, not successful, not checked out, not placed, \
         no success, declined, decline, declines, failed, failure, fail, fails, error, \
         errored, out of stock, oos, blocked, unavailable, not available, sold out, rejected, \
         denied, timed out, timeout, insufficient funds, banned, unable to, could not, \
         couldnt, no longer available, fehlgeschlagen, abgelehnt, échoué, refusé",
    ),
    (
        S::Status("cancelled"),
        "cancelled, canceled, cancellation, cancelation, cancel, order cancelled, voided, \
         storniert",
    ),
    (S::Status("refunded"), "refunded, refund, refunds"),
    (S::Status("returned"), "returned, return received, return complete, return completed"),
    (S::Status("delivered"), "delivered, picked up, delivery successful"),
    (S::Status("out for delivery"), "out for delivery"),
    (
        S::Status("shipped"),
        "shipped, has shipped, shipment, shipping confirmation, shipping update, dispatched, \
         on its way, on the way, in transit, versendet",
    ),
    (S::Status("delayed"), "delayed, backordered"),
    (S::Status("processing"), "processing, being prepared, ready for pickup"),
    (
        S::Update,
        "order update, status update, order status, status changed, tracking, tracking number, \
         order updated, delivery update",
    ),
    (
        S::Test,
        "test notification, test webhook, webhook test, test message, test success, \
         test checkout, test embed, test alert, test successful, testing webhook, \
         this is a test, test ping, webhook is working, webhook working, connection test, \
         test connection, test hook, webhook works, notification test, test notifications, \
         discord test, test discord",
    ),
    (
        S::Notice,
        "monitor, restock, restocked, in stock, back in stock, stock alert, queue, queued, \
         cart, carted, added to cart, atc, 3ds, 3 d secure, 3d secure, 3 ds, waiting, \
         waiting room, checkout now, checkout link, captcha, login, logged in, price drop, \
         price change, otp, verification, started, attempting, checking out, success rate, \
         proxies, new product, raffle, entry, entered, draw, account, accounts, session, \
         complete payment, payment required, awaiting payment, approve, summary, report",
    ),
];
