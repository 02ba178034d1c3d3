//! What groups are to have said of parcels, by what was brought.

use std::collections::{BTreeMap, BTreeSet};

use super::NAMELESS;

/// Parcel, group's number, units, cents, day of the change.
pub(super) type Row = (usize, u8, i64, i64, u8);

/// Day of the change, units and cents by the group's numbers.
pub(super) type Facts = BTreeMap<u8, (Option<u8>, i64, i64)>;

/// A place among all rows: of the batch, and in it.
type Place = (usize, usize);

/// A row that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) place: Place,
    /// Of the row that it only repeats, else its own.
    since: Place,
    pub(super) row: Row,
}

/// The rows of a sheet that are kept. `before`: those that hold.
pub(super) fn kept(rows: &[Row], before: &[Kept], batch: usize) -> Vec<Kept> {
    let mut kept = Vec::new();
    for parcel in 0..3 {
        let before: Vec<Kept> = before.iter().copied().filter(|it| it.row.0 == parcel).collect();
        let rows = rows.iter().enumerate().filter(|(_, row)| row.0 == parcel);
        kept.extend(of_parcel(rows.map(|(at, row)| ((batch, at), *row)).collect(), &before));
    }
    kept
}

fn of_parcel(rows: Vec<(Place, Row)>, before: &[Kept]) -> Vec<Kept> {
    let same = |row: Row| before.iter().filter(move |it| it.row == row).map(|it| it.since).max();
    let new = rows.into_iter().map(|(place, row)| {
        let repeats = same(row).filter(|_| row.1 == NAMELESS);
        Kept { place, since: repeats.unwrap_or(place), row }
    });
    let new: Vec<Kept> = new.collect();
    let all = [before, &new].concat();
    let numbers: BTreeSet<u8> =
        all.iter().map(|it| it.row.1).filter(|number| *number != NAMELESS).collect();
    let (was, is) = (facts(before), facts(&all));
    let (mut held, mut kept) = (before.to_vec(), Vec::new());
    for one in new {
        let number = of(&one, &all).0;
        let with = [held.as_slice(), &[one]].concat();
        let is_new = was.get(&number) != is.get(&number) && facts(&with) != facts(&held);
        let known = same(one.row);
        if one.row.1 == NAMELESS && numbers.len() > 1 && (is_new || known.is_none()) {
            continue;
        }
        held = with;
        let since = if is_new { one.place } else { known.unwrap_or(one.place) };
        kept.push(Kept { since, ..one });
    }
    kept
}

/// What rows of one parcel come to.
pub(super) fn facts(rows: &[Kept]) -> Facts {
    // What does not say when is as of now, and all days are long past; a guess comes before all.
    let time = |it: &&Kept| match (of(it, rows).1, it.row.4) {
        (true, _) => (0, it.place),
        (false, 0) => (u8::MAX, it.place),
        (false, day) => (day, it.place),
    };
    let mut sorted: Vec<&Kept> = rows.iter().collect();
    sorted.sort_by_key(time);
    let mut facts = Facts::new();
    for it in sorted {
        let (_, _, units, cents, day) = it.row;
        let known = facts.entry(of(it, rows).0).or_insert((None, units, cents));
        *known = (Some(day).filter(|day| *day > 0).or(known.0), units, cents);
    }
    facts
}

/// The number of a row, and whether it may be of another one.
fn of(one: &Kept, rows: &[Kept]) -> (u8, bool) {
    if one.row.1 != NAMELESS {
        return (one.row.1, false);
    }
    let mut named: Vec<&Kept> = rows.iter().filter(|it| it.row.1 != NAMELESS).collect();
    named.sort_by_key(|it| (it.since, it.place));
    let own = Some(one.place.0).filter(|_| one.since == one.place);
    let is_known = |it: &&&Kept| it.since < one.since;
    let mut known: Vec<u8> = named.iter().filter(is_known).map(|it| it.row.1).collect();
    known.extend(named.iter().filter(|it| own == Some(it.place.0)).map(|it| it.row.1));
    if known.is_empty()
        && let Some(next) = named.first()
    {
        let of_sheet = named.iter().filter(|it| it.place.0 == next.place.0);
        known.extend(of_sheet.map(|it| it.row.1));
    }
    let first = known.first().copied().unwrap_or(NAMELESS);
    (first, known.iter().any(|number| *number != first))
}
