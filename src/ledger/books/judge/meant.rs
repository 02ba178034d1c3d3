//! Which orders the rows of a sheet mean, where some of them have no number.

use std::collections::BTreeSet;

use crate::ledger::books::request::Brought;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::matching::{Match, matching_known};
use crate::ledger::model::books::purchase::is_purchase;
use crate::ledger::model::store_key::StoreKey;
use crate::ledger::recompute::books::Named;

/// What the rows of a sheet mean that is in the ledger; nothing where no row lacks a number.
#[derive(Debug, Default)]
pub(super) struct Meant {
    /// Whether a row lacks a number.
    pub(super) is_wanted: bool,
    pub(super) rows: Vec<Listed>,
}

/// An order, and the purchase without a number that has joined it.
pub(super) type Joined = (i64, Option<i64>);

/// A row that means an order.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) place: usize,
    pub(super) file: i64,
    pub(super) order: Joined,
    /// Whether the row has no number.
    pub(super) is_lone: bool,
    /// A digest of the products.
    pub(super) words: String,
    /// The files of before that list the same.
    pub(super) files: BTreeSet<(i64, i64)>,
}

impl Meant {
    pub(super) fn of(rows: &[Brought]) -> Self {
        let mut names = rows.iter().filter_map(|row| row.said.as_ref().ok()?.numbers().first());
        Self { is_wanted: names.any(|name| is_purchase(name)), rows: Vec::new() }
    }
}

/// Which of these orders a row of this store means that announces none. One that was said before stays where it took
/// effect, although another order has the number by now. `rows`: what was said.
pub(super) fn meant_by(
    row: &Evidence,
    store: &StoreKey,
    (orders, rows): (&[Named], &[Evidence]),
) -> Match {
    let is_said = || rows.iter().any(|said| said.fingerprint == row.fingerprint);
    match matching_known(store, orders.iter().map(|order| &order.store_key)) {
        Match::Several if is_said() => {
            let first = orders.iter().position(|order| store.fits(&order.store_key));
            first.map_or(Match::Several, Match::One)
        }
        meant => meant,
    }
}
