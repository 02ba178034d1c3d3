//! What the rows of a group's file make of a parcel. They are compared with what was said before all together: of two
//! rows of one number the later one counts, whatever the earlier one says.

mod currencies;

use std::collections::BTreeSet;

use super::known::Known;
use super::rows::{PARCEL_WAITS, WAITS_ALREADY};
use super::{Becomes, Judging};
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::decide::{NOTHING_OF_PARCEL, says_more_of_parcel};
use crate::ledger::model::books::received::numbers::{is_nameless, names_none_of_several};
use crate::ledger::model::books::received::{exceeds_payout, facts, is_outdated, news, paying};

const OUTDATED: &str = "what the group has said later counts";
const SAID_BEFORE: &str = "the group has said so before";
const SAID_BELOW: &str = "other rows of the sheet say so, too";

impl Judging<'_> {
    /// `rows`: what groups have said of the parcel. `held`: the orders that it holds.
    pub(super) fn of_parcel(
        &mut self,
        places: &[usize],
        held: &[&Known],
        mut rows: Vec<Evidence>,
    ) -> sqlx::Result<()> {
        let brought = self.of_group(places, held, &rows);
        let all: Vec<Evidence> = brought.iter().map(|(_, row)| row.clone()).collect();
        let news = news(&all, &rows);
        let (before, mut changed) = (rows.clone(), Vec::new());
        for (place, row) in &brought {
            self.name_all(*place, held);
            let one = std::slice::from_ref(row);
            let is_new = news.contains(&row.id) && says_more_of_parcel(one, &rows);
            let refused = match names_none_of_several(row, before.iter().chain(&all)) {
                Some(why) if is_new || !says_the_same(row, &before) => Some(why),
                _ if !is_new => None,
                _ => match exceeds_payout(row, &rows) {
                    Some(why) => Some(why.to_owned()),
                    None => self.in_other_currency(row, held, &rows)?,
                },
            };
            if let Some(why) = refused {
                self.set(*place, Becomes::Refused, why);
                continue;
            }
            if is_new {
                changed.push((*place, row.clone()));
            } else {
                self.says_nothing_new(*place, row, (&rows, held));
            }
            rows.push(row.clone());
        }
        self.leave_out_replaced(&mut changed, &before, held);
        if held.is_empty() {
            return Ok(());
        }
        let changed: BTreeSet<i64> = changed.iter().map(|(_, row)| row.id).collect();
        let paying = paying(&rows, &changed);
        for (_, row) in brought.iter().filter(|(_, row)| paying.contains(&row.id)) {
            self.sum_divided(&row.row, held)?;
        }
        Ok(())
    }

    /// The rows that say something, by their places.
    fn of_group(
        &mut self,
        places: &[usize],
        held: &[&Known],
        rows: &[Evidence],
    ) -> Vec<(usize, Evidence)> {
        let mut brought = Vec::new();
        for &place in self.not_too_many(places) {
            let Some((row, said)) = self.brought(place) else { continue };
            if said.row.says_nothing() {
                self.say_nothing(place, held);
                continue;
            }
            let mut row = self.evidence(place, row, said);
            // It is of the number that it was of.
            let same = rows.iter().filter(|known| known.fingerprint == row.fingerprint);
            row.rank = same
                .filter(|_| is_nameless(&row))
                .map(|known| known.rank)
                .max()
                .unwrap_or(row.rank);
            brought.push((place, row));
        }
        brought
    }

    fn says_nothing_new(
        &mut self,
        place: usize,
        row: &Evidence,
        (rows, held): (&[Evidence], &[&Known]),
    ) {
        self.repeat(place, rows, &row.fingerprint);
        let why = match is_outdated(row, rows) {
            true => OUTDATED,
            false if held.is_empty() => WAITS_ALREADY,
            false => SAID_BEFORE,
        };
        self.set(place, Becomes::Already, why);
    }

    /// Decides about rows that change something where they stand, and leaves those out that change nothing beside the
    /// others. `before`: what was said before all of them.
    fn leave_out_replaced(
        &mut self,
        changed: &mut Vec<(usize, Evidence)>,
        before: &[Evidence],
        held: &[&Known],
    ) {
        let mut rows: Vec<Evidence> = before.to_vec();
        rows.extend(changed.iter().map(|(_, row)| row.clone()));
        let said = facts(&rows);
        changed.retain(|(place, row)| {
            let is_outdated = is_outdated(row, &rows);
            let (becomes, why) = match held.is_empty() {
                true => (Becomes::Waiting, PARCEL_WAITS),
                false if facts(rows.iter().filter(|other| other.id != row.id)) == said => {
                    (Becomes::Already, if is_outdated { OUTDATED } else { SAID_BELOW })
                }
                // Of such a row the time alone is new.
                false if is_outdated => (Becomes::Changed, OUTDATED),
                false => (Becomes::Changed, ""),
            };
            self.set(*place, becomes, why);
            if becomes == Becomes::Already {
                rows.retain(|other| other.id != row.id);
            }
            becomes == Becomes::Changed
        });
    }

    fn say_nothing(&mut self, place: usize, held: &[&Known]) {
        self.name_all(place, held);
        self.set(place, Becomes::Already, NOTHING_OF_PARCEL);
    }

    /// The first of the orders is the one that the row shows.
    fn name_all(&mut self, place: usize, held: &[&Known]) {
        for order in held.iter().rev() {
            self.name(place, order.named());
        }
    }
}

fn says_the_same(row: &Evidence, rows: &[Evidence]) -> bool {
    rows.iter().any(|known| known.fingerprint == row.fingerprint)
}
