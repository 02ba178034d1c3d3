//! Which rows of a sheet hold once it is applied. A status that its order has already is no mark of the sheet, or it
//! would hide what messages say later, and outlive the mark of a person.

use std::borrow::Cow;

use super::{Becomes, Judged};
use crate::ledger::books::request::{Brought, Bulk, Said};
use crate::ledger::model::books::overlay::is_mark;
use crate::sheet::Row;

/// A row that is kept.
pub(in crate::ledger::books) struct Held<'r> {
    /// What it says.
    pub(in crate::ledger::books) row: Cow<'r, Brought>,
    /// The one that it only repeats: then it is as old as that one.
    pub(in crate::ledger::books) repeats: Option<i64>,
    /// Its order is not there yet.
    pub(in crate::ledger::books) waits: bool,
}

impl Judged {
    /// The same as people see it.
    pub(in crate::ledger::books) fn into_bulk(self) -> Bulk {
        let Self { lines, sums, refunded, .. } = self;
        Bulk { sums, refunded, lines, ..Bulk::default() }
    }

    /// The rows to keep, as they hold.
    pub(in crate::ledger::books) fn held<'r>(
        &'r self,
        rows: &'r [Brought],
    ) -> impl Iterator<Item = Held<'r>> {
        let judged = self.lines.iter().map(|line| line.becomes).zip(&self.repeats);
        let held = rows.iter().zip(judged).enumerate();
        held.filter_map(|(place, (row, (becomes, repeats)))| {
            let held = held_row(row, becomes, *repeats)?;
            let instead = self.instead.get(&place).map(|row| Said::of(row.clone()));
            let held = match instead {
                Some(said) => Cow::Owned(Brought { said: Ok(said), ..row.clone() }),
                None => held,
            };
            Some(Held { row: held, repeats: *repeats, waits: becomes == Becomes::Waiting })
        })
    }
}

fn held_row(row: &Brought, becomes: Becomes, repeats: Option<i64>) -> Option<Cow<'_, Brought>> {
    let said = row.said.as_ref().ok().filter(|said| !said.row.says_nothing())?;
    match becomes {
        Becomes::Changed | Becomes::Waiting => Some(Cow::Borrowed(row)),
        Becomes::Already if repeats.is_some() || !is_mark(&said.row) => Some(Cow::Borrowed(row)),
        Becomes::Already => without_mark(row, said).map(Cow::Owned),
        Becomes::Unclear | Becomes::Refused | Becomes::Ignored => None,
    }
}

/// Its parcels hold all the same. `None`: nothing else is said.
fn without_mark(row: &Brought, said: &Said) -> Option<Brought> {
    let Row::Track(track) = &said.row else { return None };
    let mut track = track.clone();
    track.status = None;
    Some(Brought { said: Ok(Said::of(Row::Track(track))), ..row.clone() })
}
