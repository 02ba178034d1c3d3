//! A message that announces its orders again, and leaves their numbers out.

use super::notice::{contradicts, products};
use crate::order::OrderDetails;
use crate::reading::result::Edit;
use crate::reading::{OrderReading, Reading};

/// What is announced by now. An order without a number is the one of before with which it has something in common, and
/// that it contradicts in nothing, where there is no choice: it keeps the number, and what it is silent about.
pub(super) fn renewed(before: &Reading, mut said: Reading) -> Reading {
    let is_named =
        |known: &OrderReading| said.orders.iter().any(|it| it.order_number == known.order_number);
    let known = before.orders.iter().filter(|order| !order.is_notice && order.has_number());
    let known: Vec<&OrderReading> = known.filter(|order| !is_named(order)).collect();
    let may_be = |(at, new): (usize, &OrderReading)| -> Vec<(usize, usize)> {
        let is_open = !new.has_number() && new.is_purchase();
        let fits = known.iter().enumerate().filter(|(_, old)| is_open && is_same(old, new));
        fits.map(|(of, _)| (at, of)).collect()
    };
    let pairs: Vec<(usize, usize)> = said.orders.iter().enumerate().flat_map(may_be).collect();
    let is_only = |pair: &&(usize, usize)| {
        pairs.iter().filter(|other| other.0 == pair.0 || other.1 == pair.1).count() == 1
    };
    for (at, of) in pairs.iter().filter(is_only) {
        if let (Some(new), Some(old)) = (said.orders.get_mut(*at), known.get(*of)) {
            keep_known(new, old);
        }
    }
    said
}

/// Whether both are one purchase, by what they say.
fn is_same(old: &OrderReading, new: &OrderReading) -> bool {
    let (known, said) = (prices(old), prices(new));
    let shares_price = said.iter().any(|price| known.contains(price));
    let shares_total = new.total_minor.is_some() && new.total_minor == old.total_minor;
    let (known, said) = (products(old), products(new));
    let shares_product = said.iter().any(|name| known.contains(name));
    !contradicts(old, new) && (shares_product || shares_price || shares_total)
}

fn parcels(edit: &Edit) -> Option<Edit> {
    let tracking_number = Some(edit.said.details.tracking_number.clone()?);
    let details = OrderDetails { tracking_number, ..OrderDetails::default() };
    Some(Edit { at: edit.at, said: OrderReading { details, ..OrderReading::default() } })
}

fn prices(order: &OrderReading) -> Vec<i64> {
    order.items.iter().filter_map(|item| item.price_minor).collect()
}

/// What was said of the order before, where the new text does not say it.
fn keep_known(new: &mut OrderReading, old: &OrderReading) {
    let known = prices(old);
    let costs_the_same = prices(new).iter().all(|price| known.contains(price));
    let is_as_large = new.quantity.is_none() || new.quantity == old.quantity;
    if new.total_minor.is_none() && costs_the_same && is_as_large {
        new.total_minor = old.total_minor;
    }
    new.order_number.clone_from(&old.order_number);
    new.currency = new.currency.or(old.currency);
    new.quantity = new.quantity.or(old.quantity);
    new.commission_minor = new.commission_minor.or(old.commission_minor);
    new.ordered_at = new.ordered_at.or(old.ordered_at);
    if new.items.is_empty() {
        new.items.clone_from(&old.items);
    } else if let ([item], [known]) = (new.items.as_mut_slice(), old.items.as_slice()) {
        let known = known.clone();
        item.product = item.product.take().or(known.product);
        item.price_minor = item.price_minor.or(known.price_minor);
        item.quantity = item.quantity.or(known.quantity);
        item.sku = item.sku.take().or(known.sku);
        item.size = item.size.take().or(known.size);
    }
    new.store = new.store.take().or_else(|| old.store.clone());
    new.checkout_proxy = new.checkout_proxy.take().or_else(|| old.checkout_proxy.clone());
    new.details.fill(&old.details);
    // Its parcels stay. What became of it is what the message says by now.
    new.edits = old.edits.iter().filter_map(parcels).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::{ItemReading, Kind};

    fn order(number: &str, product: &str, price: i64) -> OrderReading {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let (product, price_minor) = (some(product), Some(price).filter(|price| *price > 0));
        let items = vec![ItemReading { product, price_minor, ..ItemReading::default() }];
        OrderReading { order_number: some(number), items, ..OrderReading::default() }
    }

    fn numbers(before: &[OrderReading], said: &[OrderReading]) -> Vec<String> {
        let reading = |orders: &[OrderReading]| Reading {
            kind: Kind::Checkout,
            orders: orders.to_vec(),
            ..Reading::default()
        };
        let renewed = renewed(&reading(before), reading(said));
        renewed.orders.into_iter().map(|order| order.order_number.unwrap_or_default()).collect()
    }

    #[test]
    fn the_same_product_or_price_keeps_its_number() {
        let before = [order("A-1", "Console", 500), order("A-2", "Kettle", 900)];
        let both = [order("", "Kettle", 950), order("", "Console", 500)];
        assert_eq!(numbers(&before, &both), ["A-2", "A-1"]);
        assert_eq!(numbers(&before[..1], &[order("", "CONSOLE", 0)]), ["A-1"]);
        assert_eq!(numbers(&[order("A-1", "", 500)], &[order("", "Console", 500)]), ["A-1"]);
    }

    #[test]
    fn a_stranger_does_not_nor_where_there_is_a_choice() {
        let before = [order("A-1", "Console", 500)];
        assert_eq!(numbers(&before, &[order("", "Kettle", 500)]), [""]);
        assert_eq!(numbers(&[order("A-1", "", 0)], &[order("", "Kettle", 500)]), [""]);
        let twice = [order("A-1", "Console", 500), order("A-2", "Console", 500)];
        assert_eq!(numbers(&twice, &[order("", "Console", 500)]), [""]);
        assert_eq!(numbers(&before, &[order("", "Console", 5), order("", "Console", 6)]), ["", ""]);
    }

    #[test]
    fn another_number_takes_its_place_and_one_that_is_named_is_taken() {
        let before = [order("A-1", "Console", 500)];
        assert_eq!(numbers(&before, &[order("A-2", "Console", 500)]), ["A-2"]);
        let both = [order("A-1", "Console", 500), order("", "Console", 500)];
        assert_eq!(numbers(&before, &both), ["A-1", ""]);
    }
}
