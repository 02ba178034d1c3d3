//! A message that announced orders and was edited into something that announces none.

use chrono::{DateTime, Utc};

use crate::order::OrderDetails;
use crate::reading::result::{Doubt, Edit};
use crate::reading::{Kind, OrderReading, Reading};

/// What was announced stays so, and the edit is a notice of its orders: of the one that it names; of the only one, or
/// of all of them, where it names none and says nothing else than they do. `at`: when it was made.
pub(super) fn continued(announced: Reading, edit: Reading, at: Option<DateTime<Utc>>) -> Reading {
    let broke_off = edit.broke_off;
    let mut reading = Reading { doubt: None, is_continued: true, broke_off, ..announced };
    match edit.kind {
        Kind::Checkout | Kind::Update => {
            for order in edit.orders {
                take_in(&mut reading.orders, Edit { at, said: order });
            }
        }
        // It said that it succeeded.
        Kind::Decline => reading.doubt = Some(Doubt::SaysSuccess),
        Kind::Test | Kind::Other | Kind::Empty => {}
    }
    reading
}

fn take_in(orders: &mut Vec<OrderReading>, edit: Edit) {
    let said = &edit.said;
    let announced = || orders.iter().filter(|order| !order.is_notice);
    let is_only = announced().count() == 1;
    let is_named = said.has_number() && announced().any(|it| it.order_number == said.order_number);
    // An edit before may have named it, too.
    let own = orders.iter().position(|order| is_same(order, said, is_only && !order.is_notice));
    if let Some(order) = own.and_then(|own| orders.get_mut(own)) {
        lay_over(order, edit);
    } else if said.has_number() && !is_named {
        let (order_number, store) = (said.order_number.clone(), said.store.clone());
        let is_notice = true;
        let mut notice = OrderReading { order_number, store, is_notice, ..OrderReading::default() };
        lay_over(&mut notice, edit);
        orders.push(notice);
    } else if !said.has_number() && !is_only && said.status.is_some() {
        for order in orders.iter_mut().filter(|it| !it.is_notice && !contradicts(it, said)) {
            let status = said.status.clone();
            let said = OrderReading { status, ..OrderReading::default() };
            lay_over(order, Edit { at: edit.at, said });
        }
    }
}

/// Whether an edit speaks of an order of its message. `is_only`: the message announced no other.
fn is_same(order: &OrderReading, edit: &OrderReading, is_only: bool) -> bool {
    if order.has_number() && edit.has_number() {
        return order.order_number == edit.order_number
            && !differ(named_store(order), named_store(edit));
    }
    is_only && !contradicts(order, edit)
}

/// Whether an edit that does not name an order's number says something of it that cannot be: another shop, product or
/// buyer.
pub(super) fn contradicts(order: &OrderReading, edit: &OrderReading) -> bool {
    let (known, said) = (products(order), products(edit));
    let (own, its) = (&order.details, &edit.details);
    differ(named_store(order), named_store(edit))
        || differ(own.email.as_deref(), its.email.as_deref())
        || differ(own.profile.as_deref(), its.profile.as_deref())
        || (!known.is_empty() && !said.is_empty() && !said.iter().any(|name| known.contains(name)))
}

/// The store, unless it is the host of a link.
fn named_store(reading: &OrderReading) -> Option<&str> {
    reading.store.as_deref().filter(|_| !reading.store_is_guessed)
}

/// The names of what was bought, to compare them.
pub(super) fn products(reading: &OrderReading) -> Vec<String> {
    let names = reading.items.iter().filter_map(|item| item.product.as_deref());
    names.map(str::to_lowercase).collect()
}

fn differ(known: Option<&str>, said: Option<&str>) -> bool {
    let both = known.zip(said);
    both.is_some_and(|(known, said)| !known.eq_ignore_ascii_case(said))
}

fn lay_over(order: &mut OrderReading, mut edit: Edit) {
    let said = &mut edit.said;
    if !order.has_number() {
        order.order_number.clone_from(&said.order_number);
    }
    order.details.overlay(&said.details);
    // Another number is another parcel.
    let tracking_number = said.details.tracking_number.take();
    said.details = OrderDetails { tracking_number, ..OrderDetails::default() };
    if let Some(status) = said.known_status() {
        // It is where the message says by now: an edit before it that was further on is taken back.
        let is_back = |before: &&mut Edit| before.said.known_status() > Some(status);
        for before in order.edits.iter_mut().filter(is_back) {
            before.said.status = None;
        }
    }
    order.edits.push(edit);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::ItemReading;

    fn order(number: &str) -> OrderReading {
        let order_number = Some(number.to_owned()).filter(|number| !number.is_empty());
        OrderReading { order_number, total_minor: Some(500), ..OrderReading::default() }
    }

    fn cancelled(number: &str) -> OrderReading {
        let status = Some("Cancelled".to_owned());
        OrderReading { status, total_minor: None, ..order(number) }
    }

    fn reading(kind: Kind, orders: Vec<OrderReading>) -> Reading {
        Reading { kind, orders, ..Reading::default() }
    }

    /// By number, each with what the edit says of its status, `notice` where the message does not announce it.
    fn edited(announced: &[&str], edit: &[&str]) -> Vec<String> {
        let announced = announced.iter().map(|number| order(number)).collect();
        let edit = edit.iter().map(|number| cancelled(number)).collect();
        let edited =
            continued(reading(Kind::Checkout, announced), reading(Kind::Update, edit), None);
        assert!(edited.kind == Kind::Checkout && edited.is_continued);
        let text = |order: OrderReading| {
            let status = order.edits.into_iter().find_map(|edit| edit.said.status);
            let status = status.unwrap_or_default();
            let notice = if order.is_notice { " notice" } else { "" };
            format!("{} {status}{notice}", order.order_number.unwrap_or_default())
        };
        edited.orders.into_iter().map(text).collect()
    }

    #[test]
    fn an_edit_speaks_of_the_order_that_it_names_or_of_the_only_one() {
        assert_eq!(edited(&["A-1"], &["A-1"]), ["A-1 Cancelled"]);
        assert_eq!(edited(&["A-1"], &[""]), ["A-1 Cancelled"]);
        assert_eq!(edited(&[""], &[""]), [" Cancelled"]);
        assert_eq!(edited(&["A-1"], &[]), ["A-1 "]);
        assert_eq!(edited(&["A-1", "A-2"], &["A-2"]), ["A-1 ", "A-2 Cancelled"]);
    }

    #[test]
    fn a_number_that_the_edit_gives_is_the_number_of_the_only_order() {
        assert_eq!(edited(&[""], &["A-1"]), ["A-1 Cancelled"]);
        assert_eq!(edited(&["", ""], &["A-1"]), [" ", " ", "A-1 Cancelled notice"]);
    }

    #[test]
    fn an_order_that_only_the_edit_names_is_not_announced() {
        assert_eq!(edited(&["A-1"], &["A-2"]), ["A-1 ", "A-2 Cancelled notice"]);
        assert_eq!(edited(&["A-1"], &["A-1", "A-2"]), ["A-1 Cancelled", "A-2 Cancelled notice"]);
    }

    #[test]
    fn a_status_without_a_number_is_that_of_all_orders() {
        assert_eq!(edited(&["A-1", "A-2"], &[""]), ["A-1 Cancelled", "A-2 Cancelled"]);
    }

    #[test]
    fn the_same_number_at_another_store_is_another_order() {
        let at = |store: &str, order| OrderReading { store: Some(store.to_owned()), ..order };
        let announced = reading(Kind::Checkout, vec![at("Target", order("A-1"))]);
        let edit = reading(Kind::Update, vec![at("Best Buy", cancelled("A-1"))]);
        let edited = continued(announced.clone(), edit, None);
        assert_eq!(edited.orders, announced.orders);
    }

    #[test]
    fn an_edit_without_a_number_is_of_no_order_that_it_contradicts() {
        let of = |store: &str, email: &str, product: &str, order: OrderReading| {
            let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
            let items = vec![ItemReading { product: text(product), ..ItemReading::default() }];
            let details = OrderDetails { email: text(email), ..OrderDetails::default() };
            OrderReading { store: text(store), details, items, ..order }
        };
        let announced = vec![of("Target", "a@example.com", "Console", order("A-1"))];
        let kept = |edit: OrderReading| {
            let announced = reading(Kind::Checkout, announced.clone());
            let edited = continued(announced, reading(Kind::Update, vec![edit]), None).orders;
            edited.iter().any(|order| !order.edits.is_empty())
        };
        assert!(kept(of("target", "A@example.com", "console", cancelled(""))));
        assert!(kept(of("", "", "", cancelled(""))));
        assert!(!kept(of("Best Buy", "", "", cancelled(""))));
        assert!(!kept(of("", "b@example.com", "", cancelled(""))));
        assert!(!kept(of("", "", "Kettle", cancelled(""))));
    }

    #[test]
    fn of_several_orders_those_are_meant_that_have_the_product() {
        let of = |product: &str, order: OrderReading| {
            let product = Some(product.to_owned());
            let items = vec![ItemReading { product, ..ItemReading::default() }];
            OrderReading { items, ..order }
        };
        let announced = vec![of("Console", order("A-1")), of("Kettle", order("A-2"))];
        let edit = reading(Kind::Update, vec![of("Kettle", cancelled(""))]);
        let edited = continued(reading(Kind::Checkout, announced), edit, None).orders;
        let edits: Vec<usize> = edited.iter().map(|order| order.edits.len()).collect();
        assert_eq!(edits, [0, 1]);
    }

    #[test]
    fn a_failure_that_follows_a_success_is_a_doubt() {
        let announced = || reading(Kind::Checkout, vec![order("A-1")]);
        let edited = |kind| continued(announced(), reading(kind, vec![cancelled("A-1")]), None);
        let doubt = |kind| edited(kind).doubt;
        assert_eq!(doubt(Kind::Decline), Some(Doubt::SaysSuccess));
        assert_eq!(doubt(Kind::Other), None);
        let failed = edited(Kind::Decline);
        assert_eq!(failed.orders, announced().orders);
    }

    #[test]
    fn an_edit_that_cannot_be_read_leaves_what_was_announced() {
        let announced = reading(Kind::Checkout, vec![order("A-1")]);
        let broken = Reading { broke_off: true, ..Reading::default() };
        let edited = continued(announced.clone(), broken, None);
        assert_eq!((edited.kind, &edited.orders), (Kind::Checkout, &announced.orders));
        assert!(edited.broke_off);
        // One that can be read says what it is by then.
        let again = continued(edited, reading(Kind::Update, vec![cancelled("A-1")]), None);
        assert!(!again.broke_off && again.orders[0].edits.len() == 1);
    }

    #[test]
    fn an_edit_takes_back_a_status_that_one_before_it_gave_too_early() {
        let said = |status: &str| {
            let status = Some(status.to_owned());
            reading(Kind::Update, vec![OrderReading { status, ..order("A-1") }])
        };
        let after = |words: &[&str]| -> Vec<Option<String>> {
            let announced = reading(Kind::Checkout, vec![order("A-1")]);
            let edited = |before, word: &&str| continued(before, said(word), None);
            let mut edited = words.iter().fold(announced, edited);
            edited.orders.remove(0).edits.into_iter().map(|edit| edit.said.status).collect()
        };
        let some = |words: &[&str]| -> Vec<Option<String>> {
            words
                .iter()
                .map(|word| Some(*word).filter(|it| !it.is_empty()).map(str::to_owned))
                .collect()
        };
        assert_eq!(after(&["Shipped", "Delivered"]), some(&["Shipped", "Delivered"]));
        assert_eq!(after(&["Delivered", "Shipped"]), some(&["", "Shipped"]));
        assert_eq!(after(&["Cancelled", "Shipped"]), some(&["", "Shipped"]));
    }
}
