//! What a file with the columns of the old sheet has no place for.

use std::collections::BTreeSet;

use refract_ledger::count::count;
use refract_ledger::ledger::Order;

/// What was left out, so far.
#[derive(Default)]
pub(super) struct Lost {
    currencies: BTreeSet<&'static str>,
    /// Orders with amounts whose currency is not known.
    has_unknown: bool,
    /// Orders of several products.
    lists: u64,
}

impl Lost {
    /// Takes an order into account.
    pub(super) fn take(&mut self, order: &Order) {
        match order.currency {
            Some(currency) => _ = self.currencies.insert(currency.code()),
            None => self.has_unknown |= order.total_minor.is_some(),
        }
        self.lists += u64::from(order.items.len() > 1);
    }

    /// What to say of it; nothing where the file holds what it seems to hold.
    pub(super) fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.currencies.len() + usize::from(self.has_unknown) > 1 {
            let mut all: Vec<&str> = self.currencies.iter().copied().collect();
            all.extend(self.has_unknown.then_some("unknown"));
            remarks.push(format!(
                "the old sheet has no column for the currency: amounts in {} are bare numbers in it",
                all.join(", ")
            ));
        }
        if self.lists > 0 {
            let orders = match self.lists {
                1 => "1 order has".to_owned(),
                lists => format!("{} have", count(lists, "order", "orders")),
            };
            remarks
                .push(format!("{orders} several products, whose cost the old sheet does not hold"));
        }
        remarks
    }
}
