//! Which known line each line of a message speaks of: the surest pairs first. Pure.

use super::same::{Compared, Facts, Sameness};
use super::words::words;
use super::{Around, quantity_of};
use crate::ledger::model::folded::folded;
use crate::order::OrderItem;
use crate::reading::{ItemReading, OrderReading};

/// Pairs of lines that are compared in every way. Of longer lists only equal names are found, so that no
/// message costs more than its length.
const MOST_PAIRS: usize = 2_000;

/// The known line that a message's line speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) item: usize,
    pub(super) sameness: Sameness,
    /// The units that the known line has by now; absent: it keeps its own.
    pub(super) quantity: Option<i64>,
}

/// The known lines of an order and the lines of a message, paired.
#[derive(Debug, Default)]
pub(super) struct Matching {
    homes: Vec<Option<Home>>,
    known: usize,
}

impl Matching {
    pub(super) fn of(items: &[OrderItem], reading: &OrderReading, around: Around<'_>) -> Self {
        let mut matching = Self { homes: vec![None; reading.items.len()], known: items.len() };
        match (items, reading.items.as_slice()) {
            ([], _) | (_, []) => {}
            ([item], [line])
                if is_unnamed(line) || item.product.is_none() && item.sku.is_none() =>
            {
                matching.pair(0, 0, Sameness::Sure, quantity_of(line, reading));
            }
            (items, lines) => {
                let pairs = Pairs::of(items, lines, reading, around);
                matching.take_pairs(&pairs, items, reading);
            }
        }
        matching
    }

    pub(super) fn home(&self, line: usize) -> Option<Home> {
        self.homes.get(line).copied().flatten()
    }

    /// Whether a known line is none of the message's.
    pub(super) fn leaves_out(&self) -> bool {
        (0..self.known).any(|item| !self.is_taken(item))
    }

    fn is_taken(&self, item: usize) -> bool {
        self.homes.iter().flatten().any(|home| home.item == item)
    }

    fn pair(&mut self, line: usize, item: usize, sameness: Sameness, quantity: Option<i64>) {
        if let Some(home) = self.homes.get_mut(line) {
            *home = Some(Home { item, sameness, quantity });
        }
    }

    fn take_pairs(&mut self, pairs: &Pairs, items: &[OrderItem], reading: &OrderReading) {
        for pair in &pairs.sorted {
            let line = reading.items.get(pair.line);
            let Some(line) = line.filter(|_| self.home(pair.line).is_none()) else { continue };
            let quantity = quantity_of(line, reading);
            if self.is_taken(pair.item) {
                self.join(pair, quantity.unwrap_or(1), items);
            } else {
                let quantity = quantity.filter(|units| !pairs.list_units(pair.item, *units, items));
                self.pair(pair.line, pair.item, pair.sameness, quantity);
            }
        }
    }

    /// A message that lists unit by unit what the order has in one line: its units add up.
    fn join(&mut self, pair: &Pair, units: i64, items: &[OrderItem]) {
        let is_only = self.known == 1;
        let taken = self.homes.iter_mut().flatten().find(|home| home.item == pair.item);
        let Some(first) = taken.filter(|_| is_only && pair.sameness == Sameness::Sure) else {
            return;
        };
        let known = items.get(pair.item).and_then(|item| item.quantity).unwrap_or(1);
        let together = first.quantity.unwrap_or(1).saturating_add(units);
        if together > known {
            return;
        }
        first.quantity = Some(together);
        let home = Home { quantity: None, ..*first };
        if let Some(slot) = self.homes.get_mut(pair.line) {
            *slot = Some(home);
        }
    }
}

/// A known line and a line of the message that may be the same.
#[derive(Debug, Clone, Copy)]
struct Pair {
    line: usize,
    item: usize,
    sameness: Sameness,
    /// Whether both have the same price: the better of two that are equally sure.
    same_price: bool,
}

struct Pairs {
    /// The surest first; among equals in the order of the lines.
    sorted: Vec<Pair>,
    /// The known lines that are the same product as another one.
    twins: Vec<(usize, usize)>,
}

impl Pairs {
    fn of<'a>(
        items: &'a [OrderItem],
        lines: &[ItemReading],
        reading: &OrderReading,
        around: Around<'a>,
    ) -> Self {
        let store = words(&folded(around.store.unwrap_or_default()));
        let link_of = |item: &'a OrderItem| match items {
            [_] => around.product_url,
            _ => item.product_url.as_deref(),
        };
        let known: Vec<Compared> = items.iter().map(|item| known(item, link_of(item))).collect();
        let coming: Vec<Compared> = lines.iter().map(|line| coming(line, reading)).collect();
        let is_long = items.len().saturating_mul(lines.len()) > MOST_PAIRS;
        let mut sorted = Vec::new();
        for (line, compared) in coming.iter().enumerate() {
            for (item, home) in known.iter().enumerate() {
                if is_long && !home.is_spelled_like(compared) {
                    continue;
                }
                let sameness = home.sameness(compared, &store);
                let same_price = home.has_price_of(compared);
                sorted.extend((sameness != Sameness::Other).then_some(Pair {
                    line,
                    item,
                    sameness,
                    same_price,
                }));
            }
        }
        sorted.sort_by(|one, other| {
            (other.sameness, other.same_price).cmp(&(one.sameness, one.same_price))
        });
        Self { sorted, twins: twins(&known) }
    }

    /// Whether these units are what the order lists in several lines of the same product.
    fn list_units(&self, item: usize, units: i64, items: &[OrderItem]) -> bool {
        let twins = self.twins.iter().filter(|twin| twin.0 == item).map(|twin| twin.1);
        let mut lines: Vec<usize> = twins.collect();
        if lines.is_empty() {
            return false;
        }
        lines.push(item);
        let listed = lines.iter().filter_map(|line| items.get(*line));
        listed.map(|line| line.quantity.unwrap_or(1)).fold(0, i64::saturating_add) == units
    }
}

/// Lines that name neither a product nor a number of one mean the only line there is.
fn is_unnamed(line: &ItemReading) -> bool {
    line.product.is_none() && line.sku.is_none()
}

fn twins(known: &[Compared]) -> Vec<(usize, usize)> {
    let mut twins = Vec::new();
    if known.len().saturating_mul(known.len()) > MOST_PAIRS {
        return twins;
    }
    for (at, one) in known.iter().enumerate() {
        for (other_at, other) in known.iter().enumerate() {
            if at != other_at && one.is_spelled_like(other) && one.has_price_of(other) {
                twins.push((at, other_at));
            }
        }
    }
    twins
}

fn known(item: &OrderItem, link: Option<&str>) -> Compared {
    Compared::of(Facts {
        product: item.product.as_deref(),
        size: item.size.as_deref(),
        sku: item.sku.as_deref(),
        link,
        price: item.price_minor,
        currency: item.currency,
    })
}

fn coming(line: &ItemReading, reading: &OrderReading) -> Compared {
    let page = reading.details.product_url.as_deref().filter(|_| reading.items.len() == 1);
    Compared::of(Facts {
        product: line.product.as_deref(),
        size: line.size.as_deref(),
        sku: line.sku.as_deref(),
        link: page,
        price: line.price_minor,
        currency: reading.currency,
    })
}
