//! Rows of one call that say all of an order, as our own files do: of several files the later one counts.

use std::collections::BTreeSet;

use super::columns::with;
use super::{AS_IT_SAYS, NEW, Seen};
use crate::ledger::books::judge::rows::{NOT_KEPT, line_total};
use crate::ledger::books::judge::{Becomes, Judging};
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::orders::{lay_orders, says_all};
use crate::ledger::model::fold::OrderState;
use crate::ledger::orders::row::BookColumns;
use crate::sheet::Row;

const REPLACED: &str = "a later file says all of this order";

impl Judging<'_> {
    /// Lets rows that change nothing beside the later files be as these say, and adds up what counts.
    pub(super) fn leave_out_earlier_files(&mut self, seen: &Seen<'_>) {
        let place = |row: &Evidence| usize::try_from(row.id - NOT_KEPT).unwrap_or(usize::MAX);
        let is_changed = |row: &&Evidence| {
            self.lines.get(place(row)).is_some_and(|line| line.becomes == Becomes::Changed)
        };
        let changed: Vec<Evidence> = seen.brought.iter().filter(is_changed).cloned().collect();
        let replaced = seen.replaced(&changed);
        let mut is_new = false;
        for row in &changed {
            let Some(line) = self.lines.get_mut(place(row)) else { continue };
            if replaced.contains(&row.id) {
                is_new |= line.reason == NEW;
                let is_later = |other: &Evidence| other.file > row.file;
                let why = if changed.iter().any(is_later) { REPLACED } else { AS_IT_SAYS };
                (line.becomes, line.reason) = (Becomes::Already, why.into());
                continue;
            }
            if std::mem::take(&mut is_new) {
                line.reason = NEW.into();
            }
            if !states_total_later(row, &changed) {
                self.add(line_total(&row.row, seen.after.0.currency));
            }
        }
    }
}

impl Seen<'_> {
    /// Whether an earlier file of the call says anything else, which a row has to set right.
    pub(super) fn says_otherwise_before(&self, row: &Evidence) -> bool {
        let is_earlier = |other: &Evidence| other.file < row.file && says_all(other);
        says_all(row) && self.brought.iter().any(is_earlier)
    }

    /// Those of the rows that change it without which it is the same, by their ids.
    fn replaced(&self, changed: &[Evidence]) -> BTreeSet<i64> {
        let all = |row: &&Evidence| says_all(row);
        let files: BTreeSet<i64> = changed.iter().filter(all).map(|row| row.file).collect();
        let mut replaced = BTreeSet::new();
        if files.len() < 2 || self.only_stays() {
            return replaced;
        }
        let mut left = changed.to_vec();
        let said = self.made_by(&left);
        for row in changed.iter().filter(all) {
            let without: Vec<Evidence> =
                left.iter().filter(|other| other.id != row.id).cloned().collect();
            if self.made_by(&without) == said {
                replaced.insert(row.id);
                left = without;
            }
        }
        replaced
    }

    /// What rows make of it, and the parcels that they name.
    fn made_by(&self, rows: &[Evidence]) -> (OrderState, BookColumns, BTreeSet<String>) {
        let mut state = self.before.clone();
        let books = lay_orders(&mut state, rows);
        let columns = with(self.columns.clone(), books, &state);
        let parcels = rows.iter().filter_map(|row| match &row.row {
            Row::Orders(row) => Some(row.parcels.clone()),
            _ => None,
        });
        let parcels: BTreeSet<String> = parcels.flatten().collect();
        (state, columns, parcels)
    }
}

/// Whether another of these rows states the total that counts instead.
fn states_total_later(row: &Evidence, rows: &[Evidence]) -> bool {
    let is_later = |other: &Evidence| {
        other.file > row.file && says_all(other) && line_total(&other.row, None).is_some()
    };
    says_all(row) && rows.iter().any(is_later)
}
