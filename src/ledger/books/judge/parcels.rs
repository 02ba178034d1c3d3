//! What the rows of a group's file make of a parcel. They are compared with what was said before all together: of two
//! rows of one number the later one counts, whatever the earlier one says.

mod currencies;

use std::collections::BTreeSet;

use super::known::Known;
use super::rows::{PARCEL_WAITS, WAITS_ALREADY};
use super::{Becomes, Judging};
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::decide::says_more_of_parcel;
use crate::ledger::model::books::received::{exceeds_payout, is_outdated, paying};

const OUTDATED: &str = "what the group has said later counts";

impl Judging<'_> {
    /// `rows`: what groups have said of the parcel. `held`: the orders that it holds.
    pub(super) fn of_parcel(
        &mut self,
        places: &[usize],
        held: &[&Known],
        mut rows: Vec<Evidence>,
    ) -> sqlx::Result<()> {
        let mut brought: Vec<(usize, Evidence)> = Vec::new();
        for &place in self.not_too_many(places) {
            let Some((row, said)) = self.brought(place) else { continue };
            if said.row.says_nothing() {
                self.say_nothing(place, held);
            } else {
                brought.push((place, self.evidence(place, row, said)));
            }
        }
        let all: Vec<Evidence> = brought.iter().map(|(_, row)| row.clone()).collect();
        let is_new = says_more_of_parcel(&all, &rows);
        let mut changed = BTreeSet::new();
        for (place, row) in &brought {
            self.name_all(*place, held);
            if is_new && says_more_of_parcel(std::slice::from_ref(row), &rows) {
                let why = match exceeds_payout(row, &rows) {
                    Some(why) => Some(why.to_owned()),
                    None => self.in_other_currency(row, held, &rows)?,
                };
                if let Some(why) = why {
                    self.set(*place, Becomes::Refused, why);
                    continue;
                }
                changed.insert(row.id);
                let (becomes, why) = match held.is_empty() {
                    true => (Becomes::Waiting, PARCEL_WAITS),
                    // Of such a row the time alone is new.
                    false if is_outdated(row, &rows) => (Becomes::Changed, OUTDATED),
                    false => (Becomes::Changed, ""),
                };
                self.set(*place, becomes, why);
            } else {
                self.repeat(*place, &rows, &row.fingerprint);
                let why = match is_outdated(row, &rows) {
                    true => OUTDATED,
                    false if held.is_empty() => WAITS_ALREADY,
                    false => "the group has said so before",
                };
                self.set(*place, Becomes::Already, why);
            }
            rows.push(row.clone());
        }
        if held.is_empty() {
            return Ok(());
        }
        let paying = paying(&rows, &changed);
        for (_, row) in brought.iter().filter(|(_, row)| paying.contains(&row.id)) {
            self.sum_divided(&row.row, held)?;
        }
        Ok(())
    }

    fn say_nothing(&mut self, place: usize, held: &[&Known]) {
        self.name_all(place, held);
        self.set(place, Becomes::Already, "it says nothing of the parcel");
    }

    /// The first of the orders is the one that the row shows.
    fn name_all(&mut self, place: usize, held: &[&Known]) {
        for order in held.iter().rev() {
            self.name(place, order.named());
        }
    }
}
