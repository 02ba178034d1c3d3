//! The lines of an order: which of a message's lines are already known, and what they add up to.

use crate::order::OrderItem;
use crate::reading::{ItemReading, OrderReading};

/// More lines than this are not kept: no shop sends them, and a hostile message could.
const MAX_LINES: usize = 200;

/// What a message may do to the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Change known lines and add new ones.
    Add,
    /// Change known lines, add one only where there is none.
    Fill,
    /// Nothing.
    Ignore,
}

/// The lines of one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) items: Vec<OrderItem>,
    /// Units of the whole order, where a message stated them apart from its lines.
    pub(crate) stated_quantity: Option<i64>,
}

impl Lines {
    /// Takes in the lines of a message, and says whether it added to lines that were there.
    pub(crate) fn take_in(&mut self, reading: &OrderReading, rule: Rule) -> bool {
        if rule == Rule::Ignore {
            return false;
        }
        let known = self.items.len();
        let mut taken = Vec::new();
        for line in reading.items.iter().take(MAX_LINES) {
            let quantity = line.quantity.or(reading.quantity.filter(|_| reading.items.len() == 1));
            let home = self.find(line, reading.items.len(), known, &taken);
            if let Some((home, item)) =
                home.and_then(|home| Some((home, self.items.get_mut(home)?)))
            {
                taken.push(home);
                fill(item, line, quantity);
            } else if rule == Rule::Add || self.items.is_empty() {
                self.add(line, quantity);
            }
        }
        let added = known > 0 && self.items.len() > known;
        if added {
            self.stated_quantity = None;
        }
        self.take_quantity(reading);
        added
    }

    /// Units of the whole order; a line that does not say counts one.
    pub(crate) fn quantity(&self) -> i64 {
        let of_lines = || {
            let units = self.items.iter().map(|item| item.quantity.unwrap_or(1));
            units.fold(0_i64, i64::saturating_add).max(1)
        };
        self.stated_quantity.unwrap_or_else(of_lines)
    }

    /// Price times quantity over all lines; absent where a price is, or where it overflows.
    pub(crate) fn sum_minor(&self) -> Option<i64> {
        if let ([item], Some(quantity)) = (self.items.as_slice(), self.stated_quantity) {
            return item.price_minor?.checked_mul(quantity);
        }
        let mut sum = None;
        for item in &self.items {
            let line = item.price_minor?.checked_mul(item.quantity.unwrap_or(1))?;
            sum = Some(sum.unwrap_or(0_i64).checked_add(line)?);
        }
        sum
    }

    /// The known line that a message's line speaks of. A line without a product means the only one.
    fn find(
        &self,
        line: &ItemReading,
        lines: usize,
        known: usize,
        taken: &[usize],
    ) -> Option<usize> {
        if line.product.is_none() && line.sku.is_none() {
            return (self.items.len() == 1 && lines == 1).then_some(0);
        }
        let mut known = self.items.iter().enumerate().take(known);
        known
            .find(|(index, item)| !taken.contains(index) && same(item, line))
            .map(|(index, _)| index)
    }

    fn add(&mut self, line: &ItemReading, quantity: Option<i64>) {
        if self.items.len() < MAX_LINES {
            let mut item = OrderItem::default();
            fill(&mut item, line, quantity);
            self.items.push(item);
        }
    }

    /// The quantity of a message with one line is that line's. Any other belongs to the only line of
    /// the order, or is kept apart where the message's own lines do not add up to it.
    fn take_quantity(&mut self, reading: &OrderReading) {
        let Some(quantity) = reading.quantity.filter(|_| reading.items.len() != 1) else { return };
        let units = reading.items.iter().map(|line| line.quantity.unwrap_or(1));
        match self.items.as_mut_slice() {
            [item] => item.quantity = Some(quantity),
            _ if units.fold(0, i64::saturating_add) == quantity => {}
            _ => self.stated_quantity = Some(quantity),
        }
    }
}

fn fill(item: &mut OrderItem, line: &ItemReading, quantity: Option<i64>) {
    let keep = |kept: &mut Option<String>, stated: &Option<String>| {
        if stated.is_some() {
            kept.clone_from(stated);
        }
    };
    if item.product.is_none() {
        item.product.clone_from(&line.product);
    }
    keep(&mut item.sku, &line.sku);
    keep(&mut item.size, &line.size);
    item.price_minor = line.price_minor.or(item.price_minor);
    item.quantity = quantity.or(item.quantity);
}

/// Whether both are the same product: by name, and by size and number where both have them.
fn same(item: &OrderItem, line: &ItemReading) -> bool {
    let agree = |one: &Option<String>, other: &Option<String>| match (one, other) {
        (Some(one), Some(other)) => same_words(one, other),
        _ => true,
    };
    let named = match (&item.product, &line.product) {
        (Some(one), Some(other)) => same_words(one, other),
        (None, _) => true,
        (Some(_), None) => item.sku.is_some(),
    };
    named && agree(&item.size, &line.size) && agree(&item.sku, &line.sku)
}

/// Equal but for case and the amount of space.
fn same_words(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    one == other || words(one) == words(other)
}
