//! A purchase without an order number is an order of its own, until its number is known.

use refract_ledger::ids::{MessageId, OrderId, UserId};
use refract_ledger::ledger::{
    Addition, AmendRequest, Correct, CorrectRequest, Corrected, MarkRequest, MarkSource,
    MarkTarget, Order, OrderFilter,
};
use refract_ledger::order::Status;
use refract_ledger::reparse::{Watched, reparse};
use refract_ledger::verdict::{Incoming, Outcome};

use crate::fresh::{CHANNEL, Fresh, GUILD, assert_findable, checkout, dump, edited, message, rows};

const NUMBER: &str = "102003000000017";
const USER: UserId = UserId(5);

/// A purchase at a minute of an hour; without a number where it is empty.
fn purchase(id: i64, number: &str, minute: u32, product: &str, buyer: &[(&str, &str)]) -> Incoming {
    let mut fields = vec![("Product", product), ("Price", "$49.99"), ("Order Number", number)];
    fields.extend(buyer);
    fields.retain(|(_, value)| !value.is_empty());
    let mut incoming = match number {
        "" => checkout(id, "Target", &fields),
        _ => message(id, "Order Confirmed", &fields),
    };
    incoming.message.posted_at = format!("2025-11-03T12:{minute:02}:00Z").parse().ok();
    incoming
}

fn lone(id: i64, minute: u32) -> Incoming {
    purchase(
        id,
        "",
        minute,
        "Pokémon Example Box",
        &[("Profile", "Demo"), ("Email", "a@example.com")],
    )
}

fn numbered(id: i64, minute: u32) -> Incoming {
    purchase(id, NUMBER, minute, "Pokemon Example Box", &[("Email", "a@example.com")])
}

async fn all(fresh: &Fresh) -> Vec<Order> {
    let mut orders =
        fresh.ledger.list_orders(GUILD, None, &OrderFilter::default(), 20, 0).await.unwrap().orders;
    orders.sort_by_key(|order| order.id);
    orders
}

async fn numbers(fresh: &Fresh) -> Vec<Option<String>> {
    all(fresh).await.into_iter().map(|order| order.order_number).collect()
}

async fn read_again(fresh: &Fresh) {
    let watched: Watched = [(CHANNEL, Vec::new())].into();
    let before = dump(&fresh.path());
    reparse(&fresh.ledger, &fresh.ingest, &watched, |_| ()).await.unwrap();
    assert_eq!(dump(&fresh.path()), before);
    assert_findable(&fresh.path());
}

async fn give_number(fresh: &Fresh, order: OrderId, number: &str) -> Option<Corrected> {
    let what = Correct::Number(number.to_owned());
    let request =
        CorrectRequest { guild: GUILD, order, user: USER, source: MarkSource::Menu, what };
    fresh.ledger.correct(&request, fresh.ingest.labels()).await.unwrap()
}

async fn undo(fresh: &Fresh, order: OrderId) -> String {
    let labels = fresh.ingest.labels();
    let undone = fresh.ledger.undo(GUILD, order, USER, MarkSource::Menu, labels).await.unwrap();
    undone.unwrap().column
}

async fn mark(fresh: &Fresh, target: MarkTarget, status: Status) {
    let emoji = matches!(target, MarkTarget::Message(_)).then(|| status.as_str().to_owned());
    let (source, at) = (MarkSource::Menu, Some(chrono::Utc::now()));
    let request = MarkRequest { guild: GUILD, target, user: USER, status, emoji, source, at };
    fresh.ledger.mark(request).await.unwrap();
}

#[tokio::test]
async fn five_messages_are_five_purchases() {
    let fresh = Fresh::new().await;
    let receipts = fresh.ingest.submit_all((1..=5).map(|id| lone(id, 0)).collect()).await.unwrap();
    assert!(receipts.iter().all(|receipt| receipt.outcome == Outcome::Stored));
    assert_eq!(receipts[0].reason, "It names no order number yet.");
    assert_eq!(numbers(&fresh).await, [None, None, None, None, None]);
    // The same message again is the same purchase.
    fresh.take(lone(3, 0)).await;
    fresh.take(edited(5, lone(3, 0))).await;
    assert_eq!(numbers(&fresh).await.len(), 5);
    let due = fresh.ledger.pending_reactions(9).await.unwrap();
    assert!(due.iter().all(|one| one.wanted.as_deref() == Some("⚠️")), "{due:?}");
    read_again(&fresh).await;
}

#[tokio::test]
async fn it_is_counted_found_and_named_by_our_id_or_its_message() {
    let fresh = Fresh::new().await;
    let order = fresh.take(lone(1_300_000_020_000_000_000, 0)).await.orders[0];
    for typed in ["pokemon", "a@example", "demo"] {
        let found = fresh
            .ledger
            .list_orders(GUILD, Some(typed), &OrderFilter::default(), 9, 0)
            .await
            .unwrap();
        assert_eq!(found.totals.count, 1, "{typed}");
    }
    let link = "https://discord.com/channels/77/88/1300000020000000000";
    for typed in [format!("no:{order}"), format!("NO:{order}"), link.to_owned()] {
        let named = fresh.ledger.orders_by_number(GUILD, &typed).await.unwrap();
        assert_eq!(named.iter().map(|order| order.id).collect::<Vec<_>>(), [order], "{typed}");
    }
    let handle = format!("no:{order}");
    assert_eq!(fresh.ledger.suggest_numbers(GUILD, "", 5).await.unwrap().concat(), handle);
    assert_eq!(fresh.ledger.suggest_numbers(GUILD, "No:", 5).await.unwrap(), [handle]);
}

#[tokio::test]
async fn with_neither_product_nor_total_it_is_no_order() {
    let fresh = Fresh::new().await;
    let nothing = checkout(1, "Target", &[("Profile", "Demo"), ("Price", "$1.00")]);
    assert_eq!(fresh.take(nothing).await.outcome, Outcome::Rejected);
    let total = checkout(2, "Target", &[("Profile", "Demo"), ("Total", "$1.00")]);
    assert_eq!(fresh.take(total).await.outcome, Outcome::Stored);
    assert_eq!(numbers(&fresh).await, [None]);
}

#[tokio::test]
async fn one_with_and_one_without_a_number_are_one_purchase_where_all_agrees() {
    for messages in [
        vec![lone(1, 0), numbered(2, 20)],
        vec![numbered(2, 20), lone(1, 0)],
        vec![lone(2, 20), numbered(1, 0)],
        vec![numbered(1, 0), lone(2, 20)],
    ] {
        let fresh = Fresh::new().await;
        fresh.take_all(messages.clone()).await;
        assert_eq!(numbers(&fresh).await, [Some(NUMBER.to_owned())], "{messages:?}");
        let order = all(&fresh).await.remove(0);
        assert_eq!((order.quantity, order.total_minor, order.items.len()), (1, Some(4999), 1));
        assert_eq!(order.details.profile.as_deref(), Some("Demo"));
        read_again(&fresh).await;
        let together = Fresh::new().await;
        together.ingest.submit_all(messages).await.unwrap();
        assert_eq!(numbers(&together).await, [Some(NUMBER.to_owned())]);
    }
}

#[tokio::test]
async fn what_does_not_agree_stays_apart() {
    let email = [("Email", "a@example.com")];
    let other = [("Email", "b@example.com")];
    let profile = [("Profile", "Demo")];
    for (why, without, with) in [
        ("too late", lone(1, 0), numbered(2, 31)),
        ("another product", lone(1, 0), purchase(2, NUMBER, 1, "Mug", &email)),
        ("another buyer", lone(1, 0), purchase(2, NUMBER, 1, "Pokemon Example Box", &other)),
        ("no buyer", lone(1, 0), purchase(2, NUMBER, 1, "Pokemon Example Box", &[])),
        (
            "nothing in common",
            purchase(1, "", 0, "Pokemon Example Box", &profile),
            purchase(2, NUMBER, 1, "Pokemon Example Box", &email),
        ),
    ] {
        let fresh = Fresh::new().await;
        fresh.take_all(vec![without, with]).await;
        assert_eq!(numbers(&fresh).await, [None, Some(NUMBER.to_owned())], "{why}");
        read_again(&fresh).await;
    }
}

#[tokio::test]
async fn where_there_is_a_choice_nothing_joins_and_what_had_joined_parts() {
    let fresh = Fresh::new().await;
    fresh.take_all(vec![lone(1, 0), numbered(3, 10)]).await;
    assert_eq!(numbers(&fresh).await, [Some(NUMBER.to_owned())]);
    fresh.take(lone(2, 5)).await;
    assert_eq!(numbers(&fresh).await, [None, None, Some(NUMBER.to_owned())]);
    read_again(&fresh).await;
    // One of the two turns out to be something else: then there is no choice any more.
    let other = purchase(2, "", 5, "Mug", &[("Email", "a@example.com")]);
    fresh.take(edited(9, other)).await;
    let left = all(&fresh).await;
    assert_eq!(left.len(), 2, "{left:?}");
    assert_eq!(left[0].order_number.as_deref(), Some(NUMBER));
    read_again(&fresh).await;
}

#[tokio::test]
async fn a_number_that_a_person_gives_joins_the_orders_and_undo_parts_them() {
    let fresh = Fresh::new().await;
    let product = purchase(1, "", 0, "Console", &[]);
    let without = fresh.take(product).await.orders[0];
    let with = fresh.take(purchase(2, NUMBER, 0, "Console", &[])).await.orders[0];
    mark(&fresh, MarkTarget::Order(with), Status::Shipped).await;
    let addition = Addition::tracking("1Z999AA10123456784").unwrap();
    let (guild, user, source) = (GUILD, USER, MarkSource::Menu);
    fresh.ledger.amend(AmendRequest { guild, order: with, user, source, addition }).await.unwrap();
    let before = all(&fresh).await;
    read_again(&fresh).await;

    assert_eq!(give_number(&fresh, without, "not one").await, Some(Corrected::NoNumber));
    assert_eq!(
        give_number(&fresh, without, " #102003000000017").await,
        Some(Corrected::Done(without))
    );
    let joined = all(&fresh).await;
    let [order] = joined.as_slice() else { panic!("{joined:?}") };
    // The older row stays, and what people did to the other one moves.
    assert_eq!((order.id, order.order_number.as_deref()), (without, Some(NUMBER)));
    assert_eq!((order.status, order.quantity), (Status::Shipped, 1));
    assert_eq!(order.details.tracking_number.as_deref(), Some("1Z999AA10123456784"));
    read_again(&fresh).await;

    assert_eq!(undo(&fresh, without).await, "order_number");
    let mut parted = all(&fresh).await;
    for (parted, before) in parted.iter_mut().zip(&before) {
        parted.updated_at = before.updated_at;
    }
    assert_eq!(parted, before);
    read_again(&fresh).await;
    let history = fresh.ledger.order_history(GUILD, with).await.unwrap();
    assert!(history.events.iter().any(|event| event.kind == "status"), "{history:?}");
}

#[tokio::test]
async fn a_number_of_no_order_yet_is_the_orders_own() {
    let fresh = Fresh::new().await;
    let order = fresh.take(lone(1, 0)).await.orders[0];
    assert_eq!(give_number(&fresh, order, NUMBER).await, Some(Corrected::Done(order)));
    assert_eq!(numbers(&fresh).await, [Some(NUMBER.to_owned())]);
    let due = fresh.ledger.pending_reactions(9).await.unwrap();
    assert_eq!(due[0].wanted.as_deref(), Some("✅"));
    fresh
        .take(message(2, "Order update", &[("Order Number", NUMBER), ("Status", "Shipped")]))
        .await;
    assert_eq!(all(&fresh).await[0].status, Status::Shipped);
    read_again(&fresh).await;
    // An edit of the message keeps what the person said.
    fresh.take(edited(9, lone(1, 0))).await;
    assert_eq!(numbers(&fresh).await, [Some(NUMBER.to_owned())]);
}

#[tokio::test]
async fn a_number_that_leaves_an_update_without_its_order_is_stored() {
    let fresh = Fresh::new().await;
    let other = [("Product", "Console"), ("Order Number", NUMBER)];
    let order = fresh.take(checkout(1, "Best Buy", &other)).await.orders[0];
    let wrong = [("Product", "Console"), ("Order Number", "A-1002")];
    let corrected = fresh.take(message(5, "Successful Checkout", &wrong)).await.orders[0];
    let update = [("Order Number", "A-1002"), ("Status", "Shipped"), ("Site", "Target")];
    assert_eq!(fresh.take(message(2, "Order update", &update)).await.orders, [corrected]);

    // The purchase joins Best Buy's order, and Target's update is of neither.
    assert_eq!(give_number(&fresh, corrected, NUMBER).await, Some(Corrected::Done(order)));
    assert_eq!(numbers(&fresh).await, [Some(NUMBER.to_owned())]);
    read_again(&fresh).await;

    let labels = fresh.ingest.labels();
    fresh.ledger.undo(GUILD, order, USER, MarkSource::Menu, labels).await.unwrap();
    assert_eq!(numbers(&fresh).await.len(), 2);
    assert_eq!(all(&fresh).await.last().unwrap().status, Status::Shipped);
    read_again(&fresh).await;
}

#[tokio::test]
async fn the_warning_stays_until_a_person_marks() {
    let fresh = Fresh::new().await;
    fresh.take(lone(1, 0)).await;
    let wanted =
        async || fresh.ledger.pending_reactions(9).await.unwrap()[0].wanted.clone().unwrap();
    assert_eq!(wanted().await, "⚠️");
    mark(&fresh, MarkTarget::Message(MessageId(1)), Status::Verified).await;
    assert_eq!(wanted().await, "✅");
    assert_eq!(numbers(&fresh).await, [None]);
    let exported = rows(&fresh.path(), "SELECT \"Order Number\", \"Product\" FROM order_report");
    assert_eq!(exported, ["-|Pokémon Example Box"]);
}

#[tokio::test]
async fn an_order_that_another_one_has_joined_keeps_its_id_under_its_next_number() {
    let fresh = Fresh::new().await;
    let product = ("Product", "Console");
    let order =
        fresh.take(checkout(5, "Target", &[product, ("Order Number", "A-1002")])).await.orders[0];
    let other = |store, number| checkout(4, store, &[product, ("Order Number", number)]);
    fresh.take(other("Best Buy", "A-1001")).await;
    fresh.take(edited(1, other("Target", "A-1002"))).await;
    mark(&fresh, MarkTarget::Order(order), Status::Sold).await;
    assert_eq!(numbers(&fresh).await, [Some("A-1002".to_owned())]);

    assert_eq!(give_number(&fresh, order, NUMBER).await, Some(Corrected::Done(order)));
    let shown = |order: &Order| (order.id, order.status);
    assert_eq!(all(&fresh).await.iter().map(shown).collect::<Vec<_>>(), [(order, Status::Sold)]);
    read_again(&fresh).await;
    // What had joined it is the order again that it was.
    fresh.take(edited(2, other("Best Buy", "A-1001"))).await;
    undo(&fresh, order).await;
    read_again(&fresh).await;
}
