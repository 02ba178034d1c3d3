//! The lines of an order: products with their prices, from labels and from lists.

use super::draft::{Draft, ItemDraft};
use super::purse::Purse;
use crate::reading::ItemReading;
use crate::reading::values::amount::Amount;
use crate::reading::values::item_line::{self, ItemLine};

/// The lines of an order, before its currency is known.
pub(crate) struct OrderLines {
    lines: Vec<Line>,
}

#[derive(Default)]
struct Line {
    product: Option<String>,
    price: Option<Amount>,
    quantity: Option<i64>,
    sku: Option<String>,
    size: Option<String>,
}

impl OrderLines {
    /// `priced_by_name`: whether a price that stands only within a product's name counts.
    pub(crate) fn of(draft: &mut Draft, priced_by_name: bool) -> Self {
        let listed = std::mem::take(&mut draft.lines);
        let mut lines: Vec<Line> =
            std::mem::take(&mut draft.items).into_iter().map(Line::of).collect();
        if listed.is_empty() {
            // A price that comes again, and a quantity without a price, are no line of their own.
            let named: Vec<Option<Amount>> =
                lines.iter().filter(|line| line.product.is_some()).map(|line| line.price).collect();
            let is_own = |line: &Line| line.price.is_some() && !named.contains(&line.price);
            lines.retain(|line| line.product.is_some() || named.is_empty() || is_own(line));
            for line in &mut lines {
                line.split_name(priced_by_name);
            }
            lines.retain(|line| !line.is_empty());
            return Self { lines };
        }
        let stated = lines.into_iter().next().unwrap_or_default();
        let mut lines: Vec<Line> = listed.into_iter().map(Line::listed).collect();
        if let Some(first) = lines.first_mut() {
            first.size = stated.size.or(first.size.take());
            first.sku = stated.sku;
        }
        if let [only] = lines.as_mut_slice() {
            only.price = only.price.or(stated.price);
            only.quantity = stated.quantity.or(only.quantity);
        }
        Self { lines }
    }

    /// The prices that the lines state.
    pub(crate) fn prices(&self) -> impl Iterator<Item = Amount> {
        self.lines.iter().filter_map(|line| line.price)
    }

    /// The units of all lines together, where each line says them.
    pub(crate) fn quantity(&self) -> Option<i64> {
        let mut quantities = self.lines.iter().map(|line| line.quantity);
        let first = quantities.next()??;
        quantities.try_fold(first, |sum, next| sum.checked_add(next?))
    }

    pub(crate) fn readings(self, purse: Purse) -> Vec<ItemReading> {
        let reading = |line: Line| ItemReading {
            product: line.product,
            price_minor: line.price.and_then(|price| purse.minor(price)),
            quantity: line.quantity,
            sku: line.sku,
            size: line.size,
        };
        self.lines.into_iter().map(reading).collect()
    }
}

impl Line {
    fn of(item: ItemDraft) -> Self {
        Self {
            product: item.product.take(),
            price: item.price.take(),
            quantity: item.quantity.take(),
            sku: item.sku.take(),
            size: item.size.take(),
        }
    }

    fn listed(item: ItemLine) -> Self {
        Self {
            product: Some(item.product),
            price: item.price,
            quantity: item.quantity,
            sku: None,
            size: item.size,
        }
    }

    fn is_empty(&self) -> bool {
        self.product.is_none()
            && self.price.is_none()
            && self.quantity.is_none()
            && self.sku.is_none()
            && self.size.is_none()
    }

    /// Takes `2x` and `- $49.99` out of a product's name, where no label says them otherwise.
    fn split_name(&mut self, priced: bool) {
        let Some(name) = self.product.as_deref() else { return };
        let Some(item) = item_line::line(name) else { return };
        let agrees = item
            .quantity
            .is_none_or(|quantity| self.quantity.is_none_or(|stated| stated == quantity));
        let unpriced = item.price.is_none() || self.price.is_none();
        if (item.quantity.is_none() && item.price.is_none()) || !agrees || !unpriced {
            return;
        }
        self.quantity = self.quantity.or(item.quantity);
        self.price = self.price.or(item.price.filter(|_| priced));
        self.size = self.size.take().or(item.size);
        self.product = Some(item.product);
    }
}
