//! What a day adds to the figures, and what each store has of it.

use std::collections::HashMap;

use super::{Amounts, add};

/// One day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// Orders, whatever became of them.
    pub orders: i64,
    /// Those of them that were cancelled.
    pub cancelled: i64,
    /// What stands.
    pub spent: Amounts,
    /// What buying groups pay for them.
    pub payout: Amounts,
    /// By store, as written, of those that name one and were kept. Where the figures come of sums that are kept, of the
    /// largest few stores alone; and of many days what they had in a month stands at its first day with orders.
    pub stores: HashMap<String, Share>,
}

/// What a store has of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// Orders that were not cancelled.
    pub kept: i64,
    /// What stands, where it is not nothing.
    pub spent: Amounts,
}

impl Day {
    /// Counts what another day, or a part of this one, has.
    pub(crate) fn add(&mut self, other: &Self) {
        self.orders += other.orders;
        self.cancelled += other.cancelled;
        for (sums, more) in [(&mut self.spent, &other.spent), (&mut self.payout, &other.payout)] {
            for (currency, amount) in more {
                add(sums, *currency, *amount);
            }
        }
        for (store, share) in &other.stores {
            self.add_store(store, share);
        }
    }

    /// Says what a store has of the orders that are counted.
    pub(crate) fn add_store(&mut self, store: &str, share: &Share) {
        match self.stores.get_mut(store) {
            Some(there) => there.add(share),
            None => self.stores.entry(store.to_owned()).or_default().add(share),
        }
    }
}

impl Share {
    fn add(&mut self, other: &Self) {
        self.kept += other.kept;
        for (currency, amount) in &other.spent {
            add(&mut self.spent, *currency, *amount);
        }
    }
}
