//! How many orders, and what they cost.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::ledger::database::words;
use crate::order::Currency;

/// How many orders, and what they cost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// Orders.
    pub count: i64,
    /// The sum of known totals per currency, minor units; the largest number of orders first. No sum
    /// of orders that name neither a currency nor an amount.
    pub sums: Vec<(Option<Currency>, i64)>,
}

/// Some orders of one currency.
pub(crate) struct CurrencyTotal {
    /// As stored; empty or absent where it is unknown.
    pub(crate) currency: Option<String>,
    pub(crate) orders: i64,
    pub(crate) total_minor: i64,
}

/// A number of rows as a place in a list.
pub(crate) fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl Totals {
    /// All shares together.
    pub(crate) fn of(totals: impl Iterator<Item = CurrencyTotal>) -> sqlx::Result<Self> {
        let mut sums: HashMap<Option<String>, (i64, i64)> = HashMap::new();
        for currency_total in totals {
            let currency = currency_total.currency.filter(|code| !code.is_empty());
            let (orders, sum) = sums.entry(currency).or_default();
            *orders = orders.saturating_add(currency_total.orders);
            *sum = sum.saturating_add(currency_total.total_minor);
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_unstable_by(|one, other| {
            (Reverse(one.1.0), &one.0).cmp(&(Reverse(other.1.0), &other.0))
        });
        let count = sums.iter().map(|(_, (orders, _))| orders).sum();
        let sums = sums.into_iter().map(|(code, (_, sum))| {
            Ok((words::currency("orders.currency", code.as_deref())?, sum))
        });
        let mut sums = sums.collect::<sqlx::Result<Vec<_>>>()?;
        sums.retain(|sum| *sum != (None, 0));
        Ok(Self { count, sums })
    }
}
