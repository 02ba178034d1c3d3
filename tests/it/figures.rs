//! The figures against a computation by hand of what is stored.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;
use futures::TryStreamExt;
use refract_ledger::figures::{Amounts, Spend};
use refract_ledger::ids::{GuildId, MessageId, UserId};
use refract_ledger::ledger::{MarkRequest, MarkSource, MarkTarget, Order, OrderFilter};
use refract_ledger::order::period::Span;
use refract_ledger::order::{Currency, Status};
use refract_ledger::verdict::Outcome;

use crate::fresh::{Fresh, GUILD, checkout, message, rows};

fn new_york() -> Tz {
    "America/New_York".parse().unwrap()
}

/// Forty orders in two currencies, from ten in the evening of the 28th of February on, every six
/// hours; each fifth is in the end cancelled, refunded or returned.
async fn filled() -> Fresh {
    let fresh = Fresh::new().await;
    for number in 1..=40_i64 {
        let price = format!("{}{number}.50", if number % 3 == 0 { "€" } else { "$" });
        let fields = [
            ("Product", if number % 2 == 0 { "Console" } else { "Plush" }),
            ("Price", price.as_str()),
            ("Quantity", "2"),
            ("Profile", if number % 7 < 3 { "Main" } else { "Spare" }),
            ("Order Number", &format!("P00{number:06}")),
        ];
        let store = if number % 4 == 0 { "Best Buy US" } else { "Target" };
        let receipt = fresh.take(checkout(number, store, &fields)).await;
        let status = match number % 15 {
            5 => Status::Cancelled,
            10 => Status::Refunded,
            0 => Status::Returned,
            _ => continue,
        };
        let mark = MarkRequest {
            guild: GUILD,
            target: MarkTarget::Order(receipt.orders[0]),
            user: UserId(1),
            status,
            emoji: None,
            source: MarkSource::Command,
            at: None,
        };
        fresh.ledger.mark(mark).await.unwrap();
    }
    let connection = rusqlite::Connection::open(fresh.path()).unwrap();
    let moved = "UPDATE orders SET ordered_at =
        strftime('%Y-%m-%dT%H:%M:%fZ', '2026-02-28T22:00:00', (id * 6) || ' hours')";
    assert_eq!(connection.execute(moved, []).unwrap(), 40);
    fresh
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn march() -> OrderFilter {
    let span = Span { since: Some(day("2026-03-02")), until: Some(day("2026-03-09")) };
    let (since, until) = span.moments(new_york());
    OrderFilter { guild: Some(GUILD), since, until, ..OrderFilter::default() }
}

/// How many orders, and what stands of their totals.
fn counted<'a>(orders: impl Iterator<Item = &'a &'a Order>) -> (i64, Amounts) {
    let (mut count, mut spent) = (0, Amounts::new());
    for order in orders {
        count += 1;
        if !matches!(order.status, Status::Cancelled | Status::Refunded | Status::Returned) {
            *spent.entry(order.currency).or_default() += order.total_minor.unwrap();
        }
    }
    (count, spent)
}

#[tokio::test]
async fn the_figures_are_those_of_the_orders_counted_by_hand() {
    let fresh = filled().await;
    let filter = march();
    let figures = fresh.ledger.figures(GUILD, &filter, new_york()).await.unwrap();
    let all = OrderFilter { guild: Some(GUILD), ..OrderFilter::default() };
    let orders: Vec<Order> = fresh.ledger.export_orders(&all).try_collect().await.unwrap();
    let local = |order: &Order| order.ordered_at.with_timezone(&new_york()).date_naive();
    let orders: Vec<&Order> = orders
        .iter()
        .filter(|order| (day("2026-03-02")..day("2026-03-09")).contains(&local(order)))
        .collect();
    assert!(orders.len() > 20 && orders.len() < 40, "{}", orders.len());
    assert_eq!(figures.orders, i64::try_from(orders.len()).unwrap());
    assert_eq!(figures.units, orders.iter().map(|order| order.quantity).sum::<i64>());
    let mut spend: HashMap<Option<Currency>, Spend> = HashMap::new();
    for order in &orders {
        let spend = spend.entry(order.currency).or_default();
        let total = order.total_minor.unwrap();
        spend.orders += 1;
        match order.status {
            Status::Cancelled => spend.cancelled += total,
            Status::Refunded => spend.refunded += total,
            Status::Returned => spend.returned += total,
            _ => spend.spent += total,
        }
    }
    assert_eq!(spend.len(), 2);
    assert_eq!(figures.spend, spend);
    for (day, of) in figures.days.clone() {
        let by_hand = counted(orders.iter().filter(|order| local(order) == day));
        assert_eq!((of.orders, of.spent), by_hand, "{day}");
    }
    for (name, of) in figures.stores.clone().into_iter().chain(figures.profiles.clone()) {
        let has_name = |text: &Option<String>| text.as_ref() == Some(&name);
        let its = |order: &&&Order| has_name(&order.store) || has_name(&order.details.profile);
        let by_hand = counted(orders.iter().filter(its));
        assert_eq!(by_hand.1.len(), 2, "{name} has both currencies");
        assert_eq!((of.orders, of.spent), by_hand, "{name}");
    }
    assert_eq!((figures.stores.len(), figures.profiles.len()), (2, 2));
    // The clocks of that zone went forward on the 8th, whose 23 hours still hold four orders.
    assert_eq!(figures.days.len(), 7);
    assert_eq!(figures.stores.values().map(|group| group.orders).sum::<i64>(), figures.orders);
    assert_eq!(figures.products.len(), 2);
}

#[tokio::test]
async fn figures_of_a_store_or_another_server_hold_nothing_else() {
    let fresh = filled().await;
    let store = OrderFilter { store: Some("best buy".to_owned()), ..OrderFilter::default() };
    let figures = fresh.ledger.figures(GUILD, &store, new_york()).await.unwrap();
    assert_eq!(figures.orders, 10);
    assert_eq!(figures.stores.len(), 1);
    let all = OrderFilter::default();
    let none = fresh.ledger.figures(GuildId(78), &all, new_york()).await.unwrap();
    assert_eq!((none.orders, none.declines), (0, 0));
}

#[tokio::test]
async fn declines_are_counted_by_the_day_on_which_they_were_posted() {
    let fresh = filled().await;
    // Midnight UTC of the 2nd is still the evening of the 1st in New York.
    for posted in [
        "2026-03-02T00:00:00Z",
        "2026-03-02T05:00:00Z",
        "2026-03-09T03:59:59Z",
        "2026-03-09T04:00:00Z",
    ] {
        let mut declined = message(
            MessageId::at(posted.parse().unwrap()).0,
            "Checkout Failed | Target",
            &[("Reason", "Card declined")],
        );
        declined.message.posted_at = Some(posted.parse().unwrap());
        assert_eq!(fresh.take(declined).await.outcome, Outcome::Declined);
    }
    // This machine's clock was wrong when they came.
    let connection = rusqlite::Connection::open(fresh.path()).unwrap();
    connection
        .execute("UPDATE deliveries SET received_at = '1970-01-01T00:00:00.000Z'", [])
        .unwrap();
    let figures = fresh.ledger.figures(GUILD, &march(), new_york()).await.unwrap();
    assert_eq!(figures.declines, 2);
}

#[tokio::test]
async fn each_product_of_an_order_has_its_own_units() {
    let fresh = Fresh::new().await;
    let several = [
        ("Product (1)", "Elite Box"),
        ("Quantity (1)", "1"),
        ("Product (2)", "Booster"),
        ("Quantity (2)", "3"),
        ("Product (3)", "Booster"),
        ("Quantity (3)", "2"),
        ("Total", "$90.00"),
        ("Profile", "Main"),
        ("Order Number", "P00000001"),
    ];
    fresh.take(checkout(1, "Target", &several)).await;
    let one = [("Product", "Booster"), ("Price", "$10.00"), ("Order Number", "P00000002")];
    fresh.take(checkout(2, "Target", &one)).await;
    let all = OrderFilter::default();
    let figures = fresh.ledger.figures(GUILD, &all, new_york()).await.unwrap();
    let of = |name: &str| (figures.products[name].orders, figures.products[name].units);
    assert_eq!((of("Elite Box"), of("Booster")), ((1, 1), (2, 6)));
    assert_eq!(
        figures.stores["Target"].spent,
        HashMap::from([(Currency::from_code("USD"), 10_000)])
    );
    assert_eq!(
        figures.profiles["Main"].spent,
        HashMap::from([(Currency::from_code("USD"), 9_000)])
    );
}

#[tokio::test]
async fn more_orders_than_a_page_are_counted_once_each() {
    let fresh = Fresh::new().await;
    let fields = [("Product", "Console"), ("Price", "$2.00"), ("Order Number", "P00000001")];
    fresh.take(checkout(1, "Target", &fields)).await;
    let connection = rusqlite::Connection::open(fresh.path()).unwrap();
    let columns = rows(&fresh.path(), "SELECT name FROM pragma_table_info('orders')").join(", ");
    let copied = columns.replace("id, guild", "NULL, guild").replace("order_number", "'N' || n");
    // Thousands at the same moment, too: a page ends among them.
    let more = format!(
        "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 9999)
         INSERT INTO orders ({columns}) SELECT {} FROM orders, numbers",
        copied.replace("ordered_at", "strftime('%Y-%m-%dT%H:%M:00.000Z', 1772409600 + n / 5000 * 60, 'unixepoch')"),
    );
    assert_eq!(connection.execute(&more, []).unwrap(), 9_999);
    let all = OrderFilter::default();
    let figures = fresh.ledger.figures(GUILD, &all, new_york()).await.unwrap();
    assert_eq!((figures.orders, figures.units), (10_000, 10_000));
    let spent = figures.spend[&Currency::from_code("USD")].spent;
    assert_eq!(spent, 2_000_000);
}
