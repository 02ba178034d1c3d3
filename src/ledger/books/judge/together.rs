//! What the rows of a sheet that name one number come to together: where the last one sets what was there before the
//! first, none of them changes anything.

use std::collections::BTreeMap;

use super::known::Known;
use super::rows::{NOT_KEPT, WAITS_ALREADY};
use super::{Becomes, Brought, Judging, Said};
use crate::ledger::model::books::decide::{HAS_STATUS, Side};
use crate::ledger::model::books::{Evidence, Waited};
use crate::ledger::model::store_key::StoreKey;
use crate::sheet::Row;

/// The batch that is not one yet.
const NOT_YET: i64 = 0;

/// The orders of a number, and what waits for it, before the rows of a sheet; and what these do.
pub(super) struct Before {
    sides: Vec<Side>,
    waiting: BTreeMap<String, (String, Waited)>,
    /// The places of rows that wait.
    pub(super) waits: Vec<usize>,
    /// Those of rows that change an order, and which.
    pub(super) changes: Vec<(usize, usize)>,
}

impl Before {
    pub(super) fn of(sides: &[(&Known, Side)], rows: &[Evidence]) -> Self {
        let sides = sides.iter().map(|(_, side)| side.clone()).collect();
        Self { sides, waiting: last_said(rows), waits: Vec::new(), changes: Vec::new() }
    }
}

impl Judging<'_> {
    /// The row as one that holds, behind all that do.
    pub(super) fn evidence(&self, place: usize, row: &Brought, said: &Said) -> Evidence {
        let id = NOT_KEPT + i64::try_from(place).unwrap_or(i64::MAX / 4);
        Evidence {
            batch: self.part_of.unwrap_or(NOT_YET),
            file: row.file,
            fingerprint: said.fingerprint(),
            waited: if self.request.anyway { Waited::Anyway } else { Waited::Yes },
            ..Evidence::of(id, said.row.clone())
        }
    }

    /// Rows that set a status which a later one sets back are as the order, or what waits, is already.
    pub(super) fn take_together(
        &mut self,
        before: &Before,
        after: &[(&Known, Side)],
        rows: &[Evidence],
    ) {
        for &(place, order) in &before.changes {
            let is_as_before = before.sides.get(order) == after.get(order).map(|(_, side)| side);
            if is_as_before && self.store_of_status(place).is_some() {
                self.says_again(place, rows, HAS_STATUS);
            }
        }
        let waiting = last_said(rows);
        for &place in &before.waits {
            let Some(store) = self.store_of_status(place) else { continue };
            if before.waiting.get(&store) == waiting.get(&store) {
                self.says_again(place, rows, WAITS_ALREADY);
            }
        }
    }

    fn says_again(&mut self, place: usize, rows: &[Evidence], why: &'static str) {
        let words = self.brought(place).map(|(_, said)| said.fingerprint());
        self.repeat(place, rows, &words.unwrap_or_default());
        self.set(place, Becomes::Already, why);
    }

    fn store_of_status(&self, place: usize) -> Option<String> {
        let (_, said) = self.brought(place)?;
        store_of_status(&said.row)
    }
}

/// The store that a row names which sets the status of a whole order.
fn store_of_status(row: &Row) -> Option<String> {
    let Row::Status(status) = row else { return None };
    let store = StoreKey::of(status.store.as_deref());
    status.units.is_none().then(|| store.as_str().to_owned())
}

/// By store the words of the row that set the status last, and how.
fn last_said(rows: &[Evidence]) -> BTreeMap<String, (String, Waited)> {
    let said = rows.iter().filter_map(|row| Some((store_of_status(&row.row)?, row)));
    said.map(|(store, row)| (store, (row.fingerprint.clone(), row.waited))).collect()
}
