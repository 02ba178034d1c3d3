//! The lines of an order: which of a message's lines are already known, and what they add up to.

mod link;
mod matching;
mod name;
mod same;
mod unmatched;
mod words;

use crate::order::{Currency, Money, OrderItem};
use crate::reading::{ItemReading, OrderReading};
use matching::{Home, Matching};
use same::Sameness;

/// More lines than this are not kept: no shop sends them, and a hostile message could.
const MAX_LINES: usize = 200;

/// What a message may do to the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Change known lines and add new ones. What may be known counts once.
    Add,
    /// The same, but what may be known counts apart: a person said so.
    AddApart,
    /// Change known lines, add one only where there is none.
    Fill,
    /// Nothing.
    Ignore,
}

/// What the order knows besides its lines, and the message may compare them by.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around<'a> {
    /// The store as the order or the message names it.
    pub(crate) store: Option<&'a str>,
    /// The order's link: that of its only line.
    pub(crate) product_url: Option<&'a str>,
    pub(crate) currency: Option<Currency>,
}

/// What a message did to the lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Effect {
    /// Whether it added to lines that were there.
    pub(crate) added: bool,
    /// Whether it left known lines out: then its total may be of a part.
    pub(crate) left_out: bool,
    /// Its own lines, price times quantity; absent where one has no price.
    pub(crate) own_sum: Option<i64>,
    /// The names of products that may be known ones and were counted once.
    pub(crate) doubts: Vec<String>,
}

/// The lines of one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lines {
    pub(crate) items: Vec<OrderItem>,
    /// Units of the whole order, where a message stated them apart from its lines.
    pub(crate) stated_quantity: Option<i64>,
}

impl Lines {
    /// Takes in the lines of a message.
    pub(crate) fn take_in(
        &mut self,
        reading: &OrderReading,
        rule: Rule,
        around: Around<'_>,
    ) -> Effect {
        if rule == Rule::Ignore {
            return Effect::default();
        }
        let known = self.items.len();
        self.name_currencies(around.currency);
        let matching = Matching::of(&self.items, reading, around);
        let mut effect = Effect { own_sum: own_sum(reading), ..Effect::default() };
        for (at, line) in reading.items.iter().take(MAX_LINES).enumerate() {
            match matching.home(at) {
                Some(home) if home.sameness == Sameness::Doubtful && rule == Rule::AddApart => {
                    self.add(line, reading, around);
                }
                Some(home) => self.restate(home, line, reading, rule, &mut effect),
                None if rule != Rule::Fill || self.items.is_empty() => {
                    self.add(line, reading, around);
                }
                None => {}
            }
        }
        effect.added = known > 0 && self.items.len() > known;
        effect.left_out = !reading.items.is_empty() && matching.leaves_out();
        if effect.added {
            self.stated_quantity = None;
        }
        self.take_quantity(reading);
        effect
    }

    /// Units of the whole order; a line that does not say counts one.
    pub(crate) fn quantity(&self) -> i64 {
        let of_lines = || {
            let units = self.items.iter().map(|item| item.quantity.unwrap_or(1));
            units.fold(0_i64, i64::saturating_add).max(1)
        };
        self.stated_quantity.unwrap_or_else(of_lines)
    }

    /// Price times quantity over all lines; absent where a price is, where two currencies would be added,
    /// or where it overflows.
    pub(crate) fn sum_minor(&self) -> Option<i64> {
        if self.mixes_currencies() {
            return None;
        }
        if let ([item], Some(quantity)) = (self.items.as_slice(), self.stated_quantity) {
            return item.price_minor?.checked_mul(quantity);
        }
        sum(self.items.iter().map(|item| (item.price_minor, item.quantity)))
    }

    /// Whether a line has another currency than the order.
    pub(crate) fn mixes_currencies(&self) -> bool {
        self.items.iter().any(|item| item.currency.is_some())
    }

    /// Whether they hold all lines of a message, for the same price.
    pub(crate) fn hold(&self, reading: &OrderReading, around: Around<'_>) -> bool {
        let mut known = self.clone();
        known.name_currencies(around.currency);
        let matching = Matching::of(&known.items, reading, around);
        !reading.items.is_empty()
            && reading.items.iter().enumerate().all(|(at, line)| {
                let home = matching.home(at).filter(|home| home.sameness >= Sameness::Likely);
                let item = home.and_then(|home| known.items.get(home.item));
                item.is_some_and(|item| costs(item, line, reading))
            })
    }

    /// Gives each priced line the currency that it has so far by being a line of the order.
    fn name_currencies(&mut self, of_order: Option<Currency>) {
        for item in self.items.iter_mut().filter(|item| item.price_minor.is_some()) {
            item.currency = item.currency.or(of_order);
        }
    }

    /// The order's currency by its lines; a line keeps its own where it is another one.
    pub(crate) fn settle_currency(&mut self, stated: Option<Currency>) -> Option<Currency> {
        let first = self.items.first().and_then(|item| item.currency);
        let of_order = first.or(stated);
        for item in &mut self.items {
            item.currency = item.currency.filter(|currency| Some(*currency) != of_order);
        }
        of_order
    }

    /// Takes in what a message says of a known line.
    fn restate(
        &mut self,
        home: Home,
        line: &ItemReading,
        reading: &OrderReading,
        rule: Rule,
        effect: &mut Effect,
    ) {
        let several = self.items.len() > 1;
        let Some(item) = self.items.get_mut(home.item) else { return };
        let fills = rule != Rule::Fill || home.sameness == Sameness::Sure;
        if !fills {
            return;
        }
        if home.sameness == Sameness::Doubtful {
            effect.doubts.push(line.product.clone().unwrap_or_default());
        }
        fill(item, line, reading);
        item.quantity = home.quantity.or(item.quantity);
        if several && reading.items.len() == 1 && reading.details.product_url.is_some() {
            item.product_url.clone_from(&reading.details.product_url);
        }
    }

    fn add(&mut self, line: &ItemReading, reading: &OrderReading, around: Around<'_>) {
        if self.items.len() >= MAX_LINES {
            return;
        }
        // From the second line on each has its own link; that of an only line is the order's.
        if let [only] = self.items.as_mut_slice() {
            only.product_url = around.product_url.map(str::to_owned);
        }
        let mut item = OrderItem { quantity: quantity_of(line, reading), ..OrderItem::default() };
        fill(&mut item, line, reading);
        if !self.items.is_empty() && reading.items.len() == 1 {
            item.product_url.clone_from(&reading.details.product_url);
        }
        self.items.push(item);
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

/// Whether both state the same price, in one currency as far as they say so.
fn costs(item: &OrderItem, line: &ItemReading, reading: &OrderReading) -> bool {
    let one_currency =
        item.currency.is_none_or(|own| reading.currency.is_none_or(|its| own == its));
    item.price_minor.is_some() && item.price_minor == line.price_minor && one_currency
}

/// Whether a message that does not say how many gives the price of all units, as mails do.
fn is_price_of_all(item: &OrderItem, line: &ItemReading, reading: &OrderReading) -> bool {
    let units = item.quantity.filter(|units| *units > 1 && quantity_of(line, reading).is_none());
    let all = units.and_then(|units| item.price_minor?.checked_mul(units));
    all.is_some() && all == line.price_minor
}

/// The units of a message's line; of a message with one line its own quantity.
fn quantity_of(line: &ItemReading, reading: &OrderReading) -> Option<i64> {
    line.quantity.or(reading.quantity.filter(|_| reading.items.len() == 1))
}

fn own_sum(reading: &OrderReading) -> Option<i64> {
    sum(reading.items.iter().map(|line| (line.price_minor, quantity_of(line, reading))))
}

/// What lines cost together. `None`: a price is not known, or nobody pays that much; such sums would make those of all
/// orders wrong.
fn sum(lines: impl Iterator<Item = (Option<i64>, Option<i64>)>) -> Option<i64> {
    let mut sum = None;
    for (price, quantity) in lines {
        let line = price?.checked_mul(quantity.unwrap_or(1))?;
        sum = Some(sum.unwrap_or(0_i64).checked_add(line)?);
    }
    sum.filter(|sum| *sum <= Money::MOST_MINOR)
}

/// Takes over what a message says of a line, but for its quantity.
fn fill(item: &mut OrderItem, line: &ItemReading, reading: &OrderReading) {
    let keep = |kept: &mut Option<String>, stated: &Option<String>| {
        if stated.is_some() {
            kept.clone_from(stated);
        }
    };
    if name::says_more(item.product.as_deref(), line.product.as_deref()) {
        item.product.clone_from(&line.product);
    }
    keep(&mut item.sku, &line.sku);
    keep(&mut item.size, &line.size);
    if line.price_minor.is_some() && !is_price_of_all(item, line, reading) {
        item.price_minor = line.price_minor;
        item.currency = reading.currency.or(item.currency);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_pays_is_no_sum() {
        let of = |price, units| sum([(Some(price), Some(units)), (Some(100), None)].into_iter());
        assert_eq!(of(5_000, 2), Some(10_100));
        assert_eq!(of(Money::MOST_MINOR, 2), None);
        assert_eq!(of(i64::MAX, 2), None);
        assert_eq!(sum([(None, Some(1))].into_iter()), None);
    }
}
