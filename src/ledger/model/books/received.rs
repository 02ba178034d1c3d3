//! What a buying group says of a parcel.

pub(crate) mod currencies;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::Evidence;
use crate::sheet::{Amount, Moment, ReceivedRow, Row};

const MORE_THAN_PAID: &str = "its commission is a part of the payout, and cannot be more than that";
const MORE_THAN_PAID_LATER: &str = "its commission is more than the payout that the group has stated later, and would be a part of that";
const LESS_THAN_COMMISSION: &str =
    "it pays less than the commission that the group has stated, and that is a part of the payout";

/// What the group says of a parcel under one of its own numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Facts {
    /// The group's own number; absent: it names none.
    pub(crate) number: Option<String>,
    pub(crate) units: Option<i64>,
    pub(crate) payout: Option<Amount>,
    pub(crate) commission: Option<Amount>,
    /// In capitals.
    pub(crate) status: Option<String>,
    pub(crate) created: Option<DateTime<Utc>>,
    pub(crate) modified: Option<DateTime<Utc>>,
}

impl Facts {
    /// A blank cell erases nothing.
    fn take(&mut self, row: &ReceivedRow) {
        let at = |moment: Option<Moment>| moment.map(|moment| moment.utc(Tz::UTC));
        self.units = row.units.or(self.units);
        self.payout = row.payout.or(self.payout);
        self.commission = row.commission.or(self.commission);
        self.status = row.status.clone().or_else(|| self.status.take());
        self.created = at(row.created).or(self.created);
        self.modified = at(row.modified).or(self.modified);
    }
}

/// What the rows of one parcel come to, by the group's numbers. Of one number the row that was modified last
/// counts, then the later one; one that does not say when says what holds when it is brought. A row without a number belongs to the number that was brought first, whatever
/// numbers come after it: its money must not be counted beside it.
pub(crate) fn facts<'a>(rows: impl IntoIterator<Item = &'a Evidence>) -> Vec<Facts> {
    let of_number = |(number, rows): (Option<&String>, Vec<Said<'_>>)| Facts {
        number: number.cloned(),
        ..facts_of(rows.into_iter())
    };
    by_number(rows).into_iter().map(of_number).collect()
}

/// Of these rows of a parcel, by their ids, the ones whose payout counts: one for each of the group's numbers.
pub(crate) fn paying(rows: &[Evidence], of_these: &BTreeSet<i64>) -> BTreeSet<i64> {
    let pays = |(row, said): &&Said<'_>| of_these.contains(&row.id) && said.payout.is_some();
    let last = |rows: Vec<Said<'_>>| rows.iter().rfind(pays).map(|(row, _)| row.id);
    by_number(rows).into_values().filter_map(last).collect()
}

/// Whether a row of a parcel states a value beside which another one counts, by all that is said of the parcel, the
/// row with it: it was modified later.
pub(crate) fn is_outdated(row: &Evidence, rows: &[Evidence]) -> bool {
    fn differs<T: PartialEq>(stated: Option<&T>, counts: Option<&T>) -> bool {
        stated.is_some() && stated != counts
    }
    let Some((facts, said)) = facts_beside(row, rows) else { return false };
    differs(said.units.as_ref(), facts.units.as_ref())
        || differs(said.payout.as_ref(), facts.payout.as_ref())
        || differs(said.commission.as_ref(), facts.commission.as_ref())
        || differs(said.status.as_ref(), facts.status.as_ref())
}

/// Why a row's commission or payout cannot be, by all that is said of its parcel, the row with it: a commission is a
/// part of what the group pays. `rows`: those that hold already.
pub(crate) fn exceeds_payout(row: &Evidence, rows: &[Evidence]) -> Option<&'static str> {
    let (facts, said) = facts_beside(row, rows)?;
    if let Some(why) = more_than_paid(said.commission, said.payout) {
        return Some(why);
    }
    let before = facts_of(number_of(row, rows).filter(|(other, _)| other.id != row.id));
    let is_news =
        is_more(facts.commission, facts.payout) && !is_more(before.commission, before.payout);
    is_news.then(|| match said.payout {
        Some(paid) if facts.payout == Some(paid) => LESS_THAN_COMMISSION,
        Some(_) => MORE_THAN_PAID_LATER,
        None => MORE_THAN_PAID,
    })
}

/// Why a row cannot state both: a commission is a part of the payout.
pub(crate) fn more_than_paid(
    commission: Option<Amount>,
    payout: Option<Amount>,
) -> Option<&'static str> {
    is_more(commission, payout).then_some(MORE_THAN_PAID)
}

/// Whether a commission is no part of a payout. Where that is 0 the group has not paid yet.
fn is_more(commission: Option<Amount>, payout: Option<Amount>) -> bool {
    let (Some(commission), Some(payout)) = (commission, payout) else { return false };
    if commission.currency != payout.currency {
        return false;
    }
    let minor = |amount: Amount| amount.money(None).map(|money| money.minor);
    let (Some(commission), Some(payout)) = (minor(commission), minor(payout)) else { return false };
    let is_against = commission.saturating_mul(payout.signum()) < 0;
    payout != 0 && (is_against || commission.abs() > payout.abs())
}

/// What holds of the number that a row names, and the row.
fn facts_beside<'a>(row: &'a Evidence, rows: &'a [Evidence]) -> Option<(Facts, &'a ReceivedRow)> {
    let mut of_number = number_of(row, rows);
    let (_, said) = of_number.find(|(said, _)| said.id == row.id)?;
    Some((facts_of(number_of(row, rows)), said))
}

/// The rows of the number that a row names, itself with them.
fn number_of<'a>(row: &'a Evidence, rows: &'a [Evidence]) -> impl Iterator<Item = Said<'a>> {
    let mut numbers = by_number(rows.iter().chain([row])).into_values();
    let rows = numbers.find(|rows| rows.iter().any(|(said, _)| said.id == row.id));
    rows.unwrap_or_default().into_iter()
}

fn facts_of<'a>(rows: impl Iterator<Item = Said<'a>>) -> Facts {
    let mut facts = Facts::default();
    for (_, row) in rows {
        facts.take(row);
    }
    facts
}

type Said<'a> = (&'a Evidence, &'a ReceivedRow);

/// The rows of each number, the one that counts last.
fn by_number<'a>(
    rows: impl IntoIterator<Item = &'a Evidence>,
) -> BTreeMap<Option<&'a String>, Vec<Said<'a>>> {
    let mut said: Vec<Said<'a>> = rows
        .into_iter()
        .filter_map(|row| match &row.row {
            Row::Received(received) => Some((row, received.as_ref())),
            _ => None,
        })
        .collect();
    said.sort_by_key(|(row, _)| row.id);
    let first = said.iter().find_map(|(_, row)| row.group_order_number.as_ref());
    let times = times(&said);
    said.sort_by_key(|(row, _)| (times.get(&row.id).copied(), row.id));
    let mut numbers: BTreeMap<Option<&String>, Vec<Said<'a>>> = BTreeMap::new();
    for (evidence, row) in said {
        let number = row.group_order_number.as_ref().or(first);
        numbers.entry(number).or_default().push((evidence, row));
    }
    numbers
}

/// By their ids, since when rows hold that stand in the order in which they were brought. One that does not say so is
/// of the time of its batch, and not older than what was brought before; the batch of one without a time is not kept yet.
fn times(said: &[Said<'_>]) -> HashMap<i64, DateTime<Utc>> {
    let mut newest = DateTime::<Utc>::MIN_UTC;
    let mut of = |(row, said): &Said<'_>| {
        let brought = || row.applied_at.parse().unwrap_or(DateTime::<Utc>::MAX_UTC).max(newest);
        let at = said.modified.map_or_else(brought, |moment| moment.utc(Tz::UTC));
        newest = newest.max(at);
        (row.id, at)
    };
    said.iter().map(&mut of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, number: &str, units: Option<i64>, payout: &str, modified: &str) -> Evidence {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let row = ReceivedRow {
            parcel: "P1".to_owned(),
            units,
            payout: some(payout).map(|text| text.parse().unwrap()),
            group_order_number: some(number),
            modified: some(modified).map(|text| text.parse().unwrap()),
            ..ReceivedRow::default()
        };
        Evidence::of(id, Row::Received(Box::new(row)))
    }

    fn said(rows: &[Evidence]) -> Vec<(Option<String>, Option<i64>, Option<String>)> {
        let payout = |facts: &Facts| facts.payout.map(|amount| amount.to_string());
        facts(rows).iter().map(|facts| (facts.number.clone(), facts.units, payout(facts))).collect()
    }

    #[test]
    fn a_commission_is_a_part_of_the_payout_that_it_is_of() {
        let row = |id, payout, commission: &str, modified| {
            let Evidence { row: Row::Received(mut said), .. } =
                row(id, "G-1", Some(1), payout, modified)
            else {
                panic!("it is of a group")
            };
            said.commission = commission.parse().ok();
            Evidence::of(id, Row::Received(said))
        };
        let newer = row(1, "4", "2", "2026-01-05");
        let held = std::slice::from_ref(&newer);
        let why = |rows: &[Evidence], row: &Evidence| exceeds_payout(row, rows);
        for (rows, row, refused) in [
            // An older row is no part of what counts.
            (held, row(2, "10", "5", "2026-01-02"), None),
            (held, row(2, "10", "11", "2026-01-02"), Some(MORE_THAN_PAID)),
            (held, row(2, "1", "", "2026-01-06"), Some(LESS_THAN_COMMISSION)),
            (held, row(2, "1", "", "2026-01-02"), None),
            (held, row(2, "1", "0.50", "2026-01-06"), None),
            (held, row(2, "", "5", "2026-01-06"), Some(MORE_THAN_PAID)),
            (
                &[row(1, "4", "", "2026-01-05")],
                row(2, "10", "5", "2026-01-02"),
                Some(MORE_THAN_PAID_LATER),
            ),
            // What is not paid yet is no payout; what was taken back is one.
            (&[], row(1, "0.00", "2", ""), None),
            (held, row(2, "0.00", "", "2026-01-06"), None),
            (&[], row(1, "-4", "2", ""), Some(MORE_THAN_PAID)),
            (&[], row(1, "-4", "-2", ""), None),
            // What was wrong before is no fault of a row that only repeats it.
            (&[row(1, "4", "5", "2026-01-05")], row(2, "4", "", "2026-01-06"), None),
        ] {
            assert_eq!(why(rows, &row), refused, "{row:?} beside {rows:?}");
        }
    }

    #[test]
    fn the_row_that_was_modified_last_counts_and_a_blank_erases_nothing() {
        let older = row(2, "7", Some(1), "10.00", "2026-01-02");
        let newer = row(1, "7", Some(2), "", "2026-01-03");
        let both = said(&[older.clone(), newer.clone()]);
        assert_eq!(both, [(Some("7".to_owned()), Some(2), Some("10".to_owned()))]);
        let tied = said(&[row(1, "7", Some(2), "", "2026-01-02"), older]);
        assert_eq!(tied[0].1, Some(1), "the later row");
        // One that does not say when says what holds when it is brought, and a later word counts again.
        let brought = |row: Evidence, at: &str| Evidence { applied_at: at.to_owned(), ..row };
        let rows = [
            row(1, "7", Some(1), "10.00", "2026-01-02"),
            brought(row(2, "7", Some(2), "", ""), "2026-01-05T00:00:00Z"),
            row(3, "7", Some(3), "", "2026-01-04"),
            row(4, "7", Some(4), "", "2026-01-06"),
        ];
        let units = |rows: &[Evidence]| said(rows)[0].1;
        assert_eq!([2, 3, 4].map(|many| units(&rows[..many])), [Some(2), Some(2), Some(4)]);
        assert!(is_outdated(&rows[2], &rows[..2]) && !is_outdated(&rows[3], &rows[..3]));
        let early = brought(row(2, "7", Some(2), "", ""), "2026-01-01T00:00:00Z");
        assert_eq!(units(&[rows[0].clone(), early]), Some(2), "not older than what it corrects");
        // Without a number it is of the only one; two numbers are two.
        assert_eq!(said(&[newer.clone(), row(3, "", Some(5), "", "2026-01-04")]).len(), 1);
        assert_eq!(said(&[newer, row(3, "8", Some(5), "", "")]).len(), 2);
        // The second number does not part the first from the row that came without one.
        let payouts = said(&[
            row(1, "", Some(1), "50.00", ""),
            row(2, "7", Some(1), "50.00", ""),
            row(3, "8", Some(1), "10.00", ""),
        ]);
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(payouts, [(some("7"), Some(1), some("50")), (some("8"), Some(1), some("10"))]);
    }
}
