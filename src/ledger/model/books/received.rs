//! What a buying group says of a parcel.

pub(crate) mod currencies;
pub(crate) mod numbers;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::Evidence;
use crate::sheet::{Amount, Moment, ReceivedRow, Row};
use numbers::{Of, of_nameless};

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

/// What the rows of one parcel come to, by the group's numbers. Of one number the row that was modified last counts,
/// then the later one; one that does not say when says what holds when it is brought. A row without a number is of
/// the only one that is known, whatever numbers come after it: its money must not be counted beside it. Where several
/// are, it takes the place of nothing that another row says.
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

/// The ids of the rows, these and those that are `brought`, of the numbers of which the latter together say something
/// new.
pub(crate) fn news(brought: &[Evidence], rows: &[Evidence]) -> BTreeSet<i64> {
    let before = facts(rows);
    let of_number = |(number, said): (Option<&String>, Vec<Said<'_>>)| {
        let ids: Vec<i64> = said.iter().map(|(row, _)| row.id).collect();
        let facts = Facts { number: number.cloned(), ..facts_of(said.into_iter()) };
        if before.contains(&facts) { Vec::new() } else { ids }
    };
    by_number(rows.iter().chain(brought)).into_iter().flat_map(of_number).collect()
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
    let of_nameless = of_nameless(&said);
    let of = |(row, said): &Said<'a>| match &said.group_order_number {
        Some(number) => Of { number: Some(number), is_guess: false },
        None => of_nameless.get(&row.id).copied().unwrap_or_default(),
    };
    let times = times(said.iter().filter(|row| !of(row).is_guess));
    // A guess has none, and comes before all that is known.
    said.sort_by_key(|(row, _)| (times.get(&row.id).copied(), row.id));
    let mut numbers: BTreeMap<Option<&String>, Vec<Said<'a>>> = BTreeMap::new();
    for row in said {
        numbers.entry(of(&row).number).or_default().push(row);
    }
    numbers
}

/// By their ids, since when rows hold that stand in the order in which they were brought. One that does not say so is
/// of the time of its batch, and not older than what was brought before; the batch of one without a time is not kept
/// yet.
fn times<'s, 'a: 's>(said: impl Iterator<Item = &'s Said<'a>>) -> HashMap<i64, DateTime<Utc>> {
    let mut newest = DateTime::<Utc>::MIN_UTC;
    let mut of = |(row, said): &Said<'_>| {
        let brought = || row.applied_at.parse().unwrap_or(DateTime::<Utc>::MAX_UTC).max(newest);
        let at = said.modified.map_or_else(brought, |moment| moment.utc(Tz::UTC));
        newest = newest.max(at);
        (row.id, at)
    };
    said.map(&mut of).collect()
}

#[cfg(test)]
mod tests;
