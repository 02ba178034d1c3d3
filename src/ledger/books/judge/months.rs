//! What a sheet of old orders comes to by itself, month by month, to be held against the sheet.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::{currency_of_row, line_total};
use crate::ledger::books::request::{Brought, Month};
use crate::ledger::model::books::Sums;
use crate::sheet::Row;

/// A month while it is added up.
#[derive(Default)]
struct Adding<'a> {
    orders: BTreeSet<(&'a [String], Option<&'a str>)>,
    total: Sums,
    payout: Sums,
}

/// The months of the rows that say something, by this clock.
pub(in crate::ledger::books) fn months(rows: &[Brought], zone: Tz) -> BTreeMap<String, Month> {
    let mut months: BTreeMap<String, Adding<'_>> = BTreeMap::new();
    for said in rows.iter().filter_map(|row| row.said.as_ref().ok()) {
        let Row::Orders(order) = &said.row else { continue };
        let at = order.ordered_at.map(|moment| moment.utc(zone).with_timezone(&zone));
        let name = at.map(|at| at.format("%Y-%m").to_string()).unwrap_or_default();
        let month = months.entry(name).or_default();
        month.orders.insert((said.numbers(), said.store()));
        if let Some(total) = line_total(&said.row, None) {
            month.total.add_money(total);
        }
        if let Some(payout) = order.payout {
            month.payout.add(payout, currency_of_row(order, None));
        }
    }
    let month = |(name, adding): (String, Adding<'_>)| {
        let (total, payout) = (adding.total.all(), adding.payout.all());
        (name, Month { orders: adding.orders.len(), total, payout })
    };
    months.into_iter().map(month).collect()
}
