//! What a sheet of old orders comes to by itself, month by month, to be held against the sheet.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono_tz::Tz;

use super::{currency_of_row, line_total};
use crate::ledger::books::request::{Brought, Month, Said};
use crate::ledger::model::books::Sums;
use crate::sheet::{OrderRow, Row};

/// A month while it is added up.
#[derive(Default)]
struct Adding<'a> {
    orders: BTreeSet<(&'a [String], Option<&'a str>)>,
    total: Sums,
    payout: Sums,
}

/// Which rows count: the same twice is one, and of those that say all of an order the later file's.
struct Counting<'a> {
    /// By number and store how many rows there are, and the last file that has one.
    rows: HashMap<OrderKey<'a>, (usize, i64)>,
    seen: HashSet<String>,
}

type OrderKey<'a> = (&'a [String], Option<&'a str>);

impl<'a> Counting<'a> {
    fn of(rows: &'a [Brought]) -> Self {
        let mut counted: HashMap<OrderKey<'a>, (usize, i64)> = HashMap::new();
        for row in rows {
            let Ok(said) = &row.said else { continue };
            let (rows, last) = counted.entry((said.numbers(), said.store())).or_default();
            (*rows, *last) = (*rows + 1, row.file);
        }
        Self { rows: counted, seen: HashSet::new() }
    }

    fn counts(&mut self, file: i64, said: &Said, order: &OrderRow) -> bool {
        match self.rows.get(&(said.numbers(), said.store())) {
            None | Some((1, _)) => true,
            Some((_, last)) if !order.adds_up => file == *last,
            // What it says is compared where it may be the same alone.
            Some(_) => self.seen.insert(said.fingerprint()),
        }
    }
}

/// The months of the rows that say something, by this clock.
pub(in crate::ledger::books) fn months(rows: &[Brought], zone: Tz) -> BTreeMap<String, Month> {
    let mut months: BTreeMap<String, Adding<'_>> = BTreeMap::new();
    let mut counting = Counting::of(rows);
    for row in rows {
        let Ok(said) = &row.said else { continue };
        let Row::Orders(order) = &said.row else { continue };
        if !counting.counts(row.file, said, order) {
            continue;
        }
        let at = order.ordered_at.map(|moment| moment.utc(zone).with_timezone(&zone));
        let name = at.map(|at| at.format("%Y-%m").to_string()).unwrap_or_default();
        let month = months.entry(name).or_default();
        month.orders.insert((said.numbers(), said.store()));
        let total = line_total(&said.row, None);
        if let Some(total) = total {
            month.total.add_money(total);
        }
        if let Some(payout) = order.payout {
            let of_order = total.and_then(|total| total.currency);
            month.payout.add(payout, currency_of_row(order, of_order));
        }
    }
    let month = |(name, adding): (String, Adding<'_>)| {
        let (total, payout) = (adding.total.all(), adding.payout.all());
        (name, Month { orders: adding.orders.len(), total, payout })
    };
    months.into_iter().map(month).collect()
}
