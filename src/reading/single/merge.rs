//! Orders of one message that are the same one: what a further embed repeats is no second line.

use super::MAX_ORDERS;
use crate::reading::text::letters::push_folded;
use crate::reading::values::item_line::MAX_ITEMS;
use crate::reading::{ItemReading, OrderReading};

/// Adds an order; one of the same number and store adds to the one before what that does not say yet. `titled`: its
/// product is only what its embed is headed with, which may be `Receipt` as well.
pub(super) fn add(orders: &mut Vec<OrderReading>, order: OrderReading, titled: bool) {
    let same = |held: &&mut OrderReading| {
        let stores_fit = held.store.is_none() || order.store.is_none() || held.store == order.store;
        held.order_number.is_some() && held.order_number == order.order_number && stores_fit
    };
    let full = orders.len() >= MAX_ORDERS;
    match orders.iter_mut().find(same) {
        Some(held) => merge(held, order, titled),
        None if full => {}
        None => orders.push(order),
    }
}

fn merge(held: &mut OrderReading, order: OrderReading, titled: bool) {
    held.is_notice &= order.is_notice;
    let states_money = |item: &ItemReading| item.price_minor.is_some();
    if held.total_minor.is_none() && !held.items.iter().any(states_money) {
        held.currency = held.currency.or(order.currency);
    }
    let one_currency = order.currency.is_none() || held.currency == order.currency;
    let before = held.items.len();
    for mut item in order.items {
        if titled && !is_counted(&item) && held.items.iter().all(is_counted) {
            item.product = None;
        }
        add_item(&mut held.items, item, one_currency);
    }
    if held.items.len() > before {
        held.quantity = held.items.iter().map(|item| item.quantity).sum();
    } else {
        held.quantity = held.quantity.or(order.quantity);
    }
    // The total of an embed with an item of its own may be of that item.
    if held.total_minor.is_none() && one_currency && held.items.len() == before {
        held.total_minor = order.total_minor;
    }
    if held.store.is_none() {
        held.store = order.store;
    }
    held.details.fill(&order.details);
}

fn is_counted(item: &ItemReading) -> bool {
    item.price_minor.is_some() || item.quantity.is_some()
}

/// Fills the gaps of the line that it repeats; is a line of its own where it has a name, or none has one.
fn add_item(held: &mut Vec<ItemReading>, item: ItemReading, one_currency: bool) {
    let price = item.price_minor.filter(|_| one_currency);
    let only = held.len() == 1;
    let repeats = |line: &&mut ItemReading| {
        let names_fit = match (&line.product, &item.product) {
            (Some(one), Some(other)) => folded(one) == folded(other),
            _ => only,
        };
        names_fit
            && fit(line.price_minor, price)
            && fit(line.quantity, item.quantity)
            && fit(line.size.as_deref(), item.size.as_deref())
            && fit(line.sku.as_deref(), item.sku.as_deref())
    };
    if let Some(line) = held.iter_mut().find(repeats) {
        line.price_minor = line.price_minor.or(price);
        line.quantity = line.quantity.or(item.quantity);
        line.product = line.product.take().or(item.product);
        line.size = line.size.take().or(item.size);
        line.sku = line.sku.take().or(item.sku);
        return;
    }
    let is_line = item.product.is_some() || held.iter().all(|line| line.product.is_none());
    if is_line && held.len() < MAX_ITEMS {
        held.push(item);
    }
}

/// Whether two values may be the same one.
fn fit<T: Copy + PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// A name without capitals, accents and spaces.
fn folded(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let letters = name.chars().filter(|character| character.is_alphanumeric());
    letters.for_each(|character| push_folded(character, &mut out));
    out
}
