//! Replies about sheets, what is open and parcels: their sentences, and that they fit.

mod fit;
mod open;
mod shown;

pub(super) use open::some_open;

use crate::ledger::Ranged;

/// A list of which this is all.
fn of<T>(rows: Vec<T>) -> Ranged<T> {
    let all = rows.len();
    Ranged { rows, all }
}
