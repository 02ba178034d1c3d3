//! The phrases that headings are made of.

pub(super) mod chores;
pub(in crate::reading) mod documents;
pub(super) mod events;
pub(super) mod foreign;
pub(super) mod index;
pub(super) mod sense;
pub(super) mod talk;
pub(super) mod words;

use sense::Sense as S;

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
         order submitted, order accepted, order approved",
    ),
    (S::New, "new order, new checkout"),
    (
        S::BareSuccess,
        "success, successful, successfully, order has been placed, order was placed, \
         order is placed, order has been confirmed, order was confirmed, order is confirmed, \
         order has been received, order was received, order has been submitted, \
         order has been accepted, order has been approved, received your order, \
         thank you for your order, thanks for your order",
    ),
    (
        S::Failure,
        "unsuccessful, unsuccessfully, not successful, not checked out, not placed, \
         no success, declined, decline, declines, failed, failure, fail, fails, error, \
         errored, out of stock, oos, blocked, unavailable, not available, sold out, rejected, \
         denied, timed out, timeout, insufficient funds, banned, unable to, could not, \
         couldnt, no longer available, payment not accepted, payment was not accepted, card not accepted, \
         card was not accepted, order not accepted, order was not accepted, do not honor, do not honour, \
         cvv mismatch, avs mismatch, checkout expired, fehlgeschlagen, abgelehnt, échoué, refusé",
    ),
    (
        S::Status("cancelled"),
        "cancelled, canceled, cancellation, cancelation, order cancelled, voided, had to cancel, \
         needed to cancel, forced to cancel, storniert",
    ),
    (S::Listed("cancelled"), "cancellations, cancelations"),
    (S::Listed("refunded"), "refunds"),
    (S::Status("refunded"), "refunded, refund"),
    (S::Status("returned"), "returned, return received, return complete, return completed"),
    (
        S::Status("delivered"),
        "delivered, picked up, has arrived, package arrived, parcel arrived, order arrived",
    ),
    (S::Status("out for delivery"), "out for delivery"),
    (
        S::Status("shipped"),
        "shipped, has shipped, shipment, shipping confirmation, shipping update, dispatched, \
         on its way, on the way, in transit, versendet",
    ),
    (
        S::Status("delayed"),
        "delayed, backordered, backorder, back order, back ordered, shipping delay, shipment delay, \
         delivery delay, order delay, delay in, delay of, delay with, delay notice, delay notification, delay update, running late",
    ),
    (
        S::Status("on hold"),
        "on hold, order hold, order held, hold notice, held for review, under review",
    ),
    (
        S::Status("processing"),
        "processing, being prepared, ready for pickup, pickup ready, ready to collect, \
         ready for collection, ready for pick up, ready to pick up",
    ),
    (
        S::Update,
        "status update, order status, status changed, tracking, tracking number, \
         order change, pre shipment, preshipment, awaiting shipment, preparing shipment, \
         preparing for shipment, prior to shipment, arriving today, arriving tomorrow, arriving soon",
    ),
    (
        S::Change,
        "order update, order updated, order modified, order changed, update on your order, \
         update to your order, update about your order, change to your order, \
         changes to your order, price adjusted, price matched",
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
        "monitor, cart, 3ds, 3 d secure, 3d secure, 3 ds, waiting, captcha, login, logged in, otp, \
         verification, started, attempting, checking out, proxies, entry, entered, draw, account, \
         accounts, session, complete payment, payment required, awaiting payment, approve, complete your payment",
    ),
    (
        S::Offer,
        "restock, restocks, restocked, restock monitor, monitor notification, monitor alert, \
         stock monitor, in stock, back in stock, stock alert, stock update, low stock, \
         price drop, price alert, price change, release reminder, new product, raffle, queue, queued, queue passed, waiting room, \
         in cart, to cart, carted, cart hold, cart held, cart reserved, cart alert, \
         cart notification, cart success, cart link, add to cart, added to cart, added to bag, \
         added to basket, atc, checkout now, checkout link, pay now",
    ),
    (
        S::Recap,
        "summary, summaries, recap, recaps, report, reports, overview, digest, round up, roundup, \
         wrap up, stats, statistics, statistik, analytics, totals, leaderboard, leaderboards, \
         scoreboard, ranking, rankings, success rate, success rates, success list, \
         drop results, drop result, session results, release results, daily results, \
         weekly results, task results, checkout results, run results, raid results, \
         top checkouts, top buyers, top users, todays checkouts, todays orders, recent checkouts, \
         recent orders, latest checkouts, latest orders, last orders, all checkouts, all orders, \
         total checkouts, total orders, checkouts today, orders today, order history, \
         checkout history, purchase history, order list, orders list, list of orders, \
         checkout list, checkouts list, end of day, week in review, month in review, \
         year in review, resumen, zusammenfassung, récapitulatif, résumé, riepilogo, resumo, \
         overzicht, podsumowanie",
    ),
];
