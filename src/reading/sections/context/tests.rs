use crate::reading::sections::heading::Senses;

fn headings(texts: &[&str], holds: impl Fn(Senses) -> bool) {
    for text in texts {
        let senses = Senses::of(text);
        assert!(holds(senses), "{text}: {senses:?}");
    }
}

#[test]
fn a_failure_of_this_attempt() {
    let plain = [
        "Card Declined",
        "Checkout Failed: 403",
        "Task 12: Checkout failed",
        "Order #1001 declined",
        "Order no 1001 declined",
        "Checkout failed after 3 attempts",
        "Payment declined. If this persists, contact your bank.",
        "Payment failed! (safe)",
        "Order placed but payment was declined",
        "Out of stock",
    ];
    headings(&plain, |senses| senses.failure);
}

#[test]
fn failures_that_are_counted_supposed_denied_or_past() {
    let others = [
        "Failed: 2",
        "Checkouts: 3, Failed: 2",
        "Failed (2)",
        "Error: 0",
        "0 declines",
        "3 checkouts, 2 failed",
        "Successful Checkout after 3 failed attempts",
        "Checked out! (2 declines, 0 errors)",
        "No errors",
        "Your card was not declined",
        "If your payment is declined we will email you",
        "We tell you when your card is declined",
        "In case of a declined payment",
        "Declined payments are not charged",
        "Sold out items are refunded",
        "Payment declined? Contact support",
        "Your order may fail",
        "Order placed (previous attempt failed)",
        "Error-free",
    ];
    headings(&others, |senses| !senses.failure && !senses.cancels());
}

#[test]
fn names_beside_a_success() {
    let names = [
        "Successful Checkout: Fatal Error: The Board Game",
        "Successful Checkout - Declined Vol. 2",
        "Order Confirmed: Cancelled: The Card Game",
        "Declined Vol. 2 - Order Placed",
        "Successfully checked out Sold Out T-Shirt",
        "Order Placed: Drop Summary T-Shirt",
    ];
    headings(&names, |senses| senses.succeeds() && !senses.cancels() && !senses.recap);
}

#[test]
fn what_a_shop_grants_cancels_nothing() {
    let granted = [
        "You can cancel your order within 30 minutes",
        "Cancel anytime",
        "To cancel, reply here",
        "Free cancellation",
        "Refund policy",
        "Refunds take 5 days",
        "Unpaid orders are cancelled",
        "Your order will be cancelled unless you pay",
        "Cancelled: 0",
    ];
    headings(&granted, |senses| !senses.cancels());
    let called_off = [
        "Order Cancelled",
        "Your order will be cancelled",
        "Your orders were cancelled",
        "Order cancelled after payment failed",
        "Order cancelled before shipping",
        "Refunds issued",
    ];
    headings(&called_off, Senses::cancels);
}

#[test]
fn a_delivery_fails_without_the_attempt() {
    let deliveries = [
        "Delivery attempt failed - no access",
        "Your package could not be delivered",
        "Unable to deliver: recipient unavailable",
        "Parcel blocked by customs",
        "Your order will be shipped soon",
        "Not shipped yet",
    ];
    headings(&deliveries, |senses| senses.update && !senses.failure && senses.status.is_none());
    headings(&["Checkout failed: delivery not available"], |senses| senses.failure);
}

#[test]
fn summaries_of_many_attempts() {
    let recaps = [
        "📊 Drop Results - Example Elite Box",
        "Daily Summary",
        "Pokemon Drop Recap – Jan 15",
        "Success Rate: 3/10",
        "Weekly Leaderboard",
        "Daily Checkout Report",
        "Summary for 2026-01-15",
        "Checkout Success Rate",
    ];
    headings(&recaps, |senses| senses.recap);
    let others = ["Checkout Report", "Order Summary", "Drop Summary T-Shirt", "Report errors"];
    headings(&others, |senses| !senses.recap);
    headings(&["3 Successful Checkouts"], |senses| senses.several);
}
