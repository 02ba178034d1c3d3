//! What a buying group says of a parcel.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::Evidence;
use crate::sheet::{Amount, Moment, ReceivedRow, Row};

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
/// counts, then the later one; a row without a number belongs to the number that was brought first, whatever
/// numbers come after it: its money must not be counted beside it.
pub(crate) fn facts<'a>(rows: impl IntoIterator<Item = &'a Evidence>) -> Vec<Facts> {
    let of_number = |(number, rows): (Option<&String>, Vec<Said<'_>>)| {
        let mut facts = Facts { number: number.cloned(), ..Facts::default() };
        for (_, row) in rows {
            facts.take(row);
        }
        facts
    };
    by_number(rows).into_iter().map(of_number).collect()
}

/// Of these rows of a parcel, by their ids, the ones whose payout counts: one for each of the group's numbers.
pub(crate) fn paying(rows: &[Evidence], of_these: &BTreeSet<i64>) -> BTreeSet<i64> {
    let pays = |(row, said): &&Said<'_>| of_these.contains(&row.id) && said.payout.is_some();
    let last = |rows: Vec<Said<'_>>| rows.iter().rfind(pays).map(|(row, _)| row.id);
    by_number(rows).into_values().filter_map(last).collect()
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
    let at = |row: &ReceivedRow| row.modified.map(|moment| moment.utc(Tz::UTC));
    said.sort_by_key(|(row, received)| (at(received), row.id));
    let named = said.iter().filter(|(_, row)| row.group_order_number.is_some());
    let first = named.min_by_key(|(row, _)| row.id);
    let first = first.and_then(|(_, row)| row.group_order_number.as_ref());
    let mut numbers: BTreeMap<Option<&String>, Vec<Said<'a>>> = BTreeMap::new();
    for (evidence, row) in said {
        let number = row.group_order_number.as_ref().or(first);
        numbers.entry(number).or_default().push((evidence, row));
    }
    numbers
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
        let (fingerprint, applied_at) = (String::new(), String::new());
        let row = Row::Received(Box::new(row));
        let (by_hand, stays) = (false, false);
        Evidence { id, rank: id, batch: id, file: 0, fingerprint, applied_at, by_hand, stays, row }
    }

    fn said(rows: &[Evidence]) -> Vec<(Option<String>, Option<i64>, Option<String>)> {
        let payout = |facts: &Facts| facts.payout.map(|amount| amount.to_string());
        facts(rows).iter().map(|facts| (facts.number.clone(), facts.units, payout(facts))).collect()
    }

    #[test]
    fn the_row_that_was_modified_last_counts_and_a_blank_erases_nothing() {
        let older = row(2, "7", Some(1), "10.00", "2026-01-02");
        let newer = row(1, "7", Some(2), "", "2026-01-03");
        let both = said(&[older.clone(), newer.clone()]);
        assert_eq!(both, [(Some("7".to_owned()), Some(2), Some("10".to_owned()))]);
        let tied = said(&[row(1, "7", Some(2), "", "2026-01-02"), older]);
        assert_eq!(tied[0].1, Some(1), "the later row");
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
