//! Of which of the group's numbers a row is that names none.

use std::collections::{BTreeSet, HashMap};

use super::Said;
use crate::ledger::model::books::Evidence;
use crate::sheet::Row;

/// As many numbers are named to people.
const MOST_NAMED: usize = 5;

/// The number that a row is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Of<'a> {
    /// Absent: no row names one.
    pub(super) number: Option<&'a String>,
    /// Whether the row may be of another number as well: then it says only what no other row does.
    pub(super) is_guess: bool,
}

/// The first of some numbers, and whether there are several.
#[derive(Debug, Clone, Copy, Default)]
struct Numbers<'a> {
    first: Option<&'a String>,
    are_several: bool,
}

impl<'a> Numbers<'a> {
    fn add(&mut self, number: &'a String) {
        self.are_several |= self.first.is_some_and(|first| first != number);
        self.first = self.first.or(Some(number));
    }

    fn with(mut self, other: Self) -> Self {
        if let Some(first) = other.first {
            self.add(first);
        }
        Self { are_several: self.are_several || other.are_several, ..self }
    }
}

/// By the ids of the rows without a number that of each: the one that was known when it was brought, also by its own
/// sheet, else the one of the next sheet that names any. Several of these leave it a guess.
pub(super) fn of_nameless<'a>(rows: &[Said<'a>]) -> HashMap<i64, Of<'a>> {
    let mut rows: Vec<&Said<'a>> = rows.iter().collect();
    rows.sort_by_key(|(row, _)| (row.rank, row.id));
    let mut of_batch: HashMap<i64, Numbers<'a>> = HashMap::new();
    for (row, said) in &rows {
        if let Some(number) = &said.group_order_number {
            of_batch.entry(row.batch).or_default().add(number);
        }
    }
    let of_sheet = |batch: i64| of_batch.get(&batch).copied().unwrap_or_default();
    let (mut before, mut earlier, mut of) = (Numbers::default(), Vec::new(), HashMap::new());
    for (row, said) in rows {
        if let Some(number) = &said.group_order_number {
            before.add(number);
            let next = of_sheet(row.batch);
            of.extend(earlier.drain(..).map(|id| (id, next)));
            continue;
        }
        // A row that repeats another one is as old as that, and so are the numbers that it knew.
        let own = if row.rank == row.id { of_sheet(row.batch) } else { Numbers::default() };
        let known = before.with(own);
        if known.first.is_some() {
            of.insert(row.id, known);
        } else {
            earlier.push(row.id);
        }
    }
    let of = of.into_iter();
    of.map(|(id, it)| (id, Of { number: it.first, is_guess: it.are_several })).collect()
}

/// Why a row that names no number cannot be kept beside rows that name several. `None`: it can.
pub(crate) fn names_none_of_several<'a>(
    row: &Evidence,
    rows: impl IntoIterator<Item = &'a Evidence>,
) -> Option<String> {
    let number = |row: &'a Evidence| match &row.row {
        Row::Received(said) => said.group_order_number.as_ref(),
        _ => None,
    };
    if !is_nameless(row) {
        return None;
    }
    let numbers: BTreeSet<&String> = rows.into_iter().filter_map(number).collect();
    if numbers.len() < 2 {
        return None;
    }
    let named: Vec<&str> = numbers.iter().take(MOST_NAMED).map(|it| it.as_str()).collect();
    let more = if numbers.len() > MOST_NAMED { ", …" } else { "" };
    Some(format!(
        "its parcel has several numbers of the group ({}{more}) and the row names none: write the one that it is of into it",
        named.join(", ")
    ))
}

/// Whether a row of a group names no number of its own.
pub(crate) fn is_nameless(row: &Evidence) -> bool {
    matches!(&row.row, Row::Received(said) if said.group_order_number.is_none())
}
