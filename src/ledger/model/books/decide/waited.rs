//! What becomes of rows that waited for their order, once it is there: the same as if it had been there before them.

use super::{Decision, Side, decide};
use crate::ledger::model::books::overlay::is_mark;
use crate::ledger::model::books::parcel_key::key_of_parcel;
use crate::ledger::model::books::{Evidence, Waited};
use crate::order::Status;
use crate::sheet::Row;

/// A row that waited and that cannot take effect by what its order is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) row: i64,
    /// What it would set.
    pub(crate) status: Status,
    /// Why not, for people.
    pub(crate) why: String,
}

/// Whether it is decided now what becomes of a row of an order that is there.
pub(crate) fn is_undecided(row: &Evidence) -> bool {
    row.waited != Waited::No && status_of(row).is_some()
}

/// The rows of an order that take effect, the oldest first, and those that cannot. One that sets the status which the
/// order has is neither: it would hide what messages say later. `side`: what the order was before a row, by the rows
/// before it.
pub(crate) fn take_effect(
    mut rows: Vec<Evidence>,
    mut side: impl FnMut(&Evidence, &[Evidence]) -> Side,
) -> (Vec<Evidence>, Vec<Refusal>) {
    rows.sort_by_key(|row| (row.rank, row.id));
    let (mut taken, mut refused): (Vec<Evidence>, Vec<Refusal>) = (Vec::new(), Vec::new());
    for row in rows {
        if let Some(status) = status_of(&row).filter(|_| is_undecided(&row)) {
            let is_forced = row.waited == Waited::Anyway;
            let decision =
                decide(&row, &mut side(&row, &taken), &taken, (is_forced, key_of_parcel));
            match decision {
                Decision::Refused(why) => {
                    refused.push(Refusal { row: row.id, status, why });
                    continue;
                }
                Decision::Already(_) if is_mark(&row.row) && row.rank == row.id => continue,
                Decision::Already(_) | Decision::Changed => {}
            }
        }
        taken.push(row);
    }
    taken.sort_by_key(|row| row.id);
    (taken, refused)
}

fn status_of(row: &Evidence) -> Option<Status> {
    match &row.row {
        Row::Status(said) => said.status,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::StatusRow;

    fn row(id: i64, status: Status, waited: Waited) -> Evidence {
        let said = StatusRow { status: Some(status), ..StatusRow::default() };
        Evidence { waited, ..Evidence::of(id, Row::Status(said)) }
    }

    /// Which of these rows take effect on an order whose status is that of the last row before.
    fn taken(rows: &[Evidence]) -> (Vec<i64>, Vec<i64>) {
        let side = |_: &Evidence, before: &[Evidence]| Side {
            status: before.last().and_then(status_of),
            units: 1,
            ..Side::default()
        };
        let (taken, refused) = take_effect(rows.to_vec(), side);
        let ids = taken.iter().map(|row| row.id).collect();
        (ids, refused.iter().map(|refusal| refusal.row).collect())
    }

    #[test]
    fn what_is_on_its_way_is_not_cancelled_by_a_row_that_waited_unless_anyway() {
        let shipped = row(1, Status::Shipped, Waited::Yes);
        let cancelled = |id, waited| row(id, Status::Cancelled, waited);
        assert_eq!(taken(&[shipped.clone(), cancelled(2, Waited::Yes)]), (vec![1], vec![2]));
        assert_eq!(taken(&[shipped.clone(), cancelled(2, Waited::Anyway)]), (vec![1, 2], vec![]));
        assert_eq!(taken(&[shipped.clone(), cancelled(2, Waited::No)]), (vec![1, 2], vec![]));
        let before = [cancelled(0, Waited::Yes), shipped];
        assert_eq!(taken(&before), (vec![0, 1], vec![]), "it was cancelled before it shipped");
    }
}
