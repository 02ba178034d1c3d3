//! Plain lists of order numbers, without headings: one a line, or several between commas and spaces.

use csv::StringRecord;

use crate::reading::{is_blank, order_number};
use crate::sheet::cells::{MAX_CELL, shown};
use crate::sheet::grid::Grid;
use crate::sheet::line::{Ignored, Line, Named, Refusal, What};
use crate::sheet::rows::{Row, StatusRow};

/// What stands around a number and is no part of it.
const AROUND: [char; 14] =
    ['"', '\'', '`', '*', '>', '<', '(', ')', '[', ']', '“', '”', '\u{200b}', '\u{feff}'];

/// How many rows stand above a list of numbers: at most one with a title, which holds no number. `None`: it is no
/// such list.
pub(in crate::sheet) fn list_begins(grid: &Grid) -> Option<usize> {
    let (mut rows, mut record) = (grid.rows(), StringRecord::new());
    let (mut passed, mut above, mut others) = (0, 0, 0);
    while others <= 1 && rows.next_into(&mut record).is_some() {
        let words: Vec<String> = words(&record).collect();
        if orders(&words).is_some() {
            return Some(above);
        }
        passed += 1;
        if !words.is_empty() {
            others += 1;
            // A number with words beside it, or one that is too short, is a row of the list, though none that can be
            // taken.
            let is_row = words.iter().any(|word| word.contains(char::is_numeric));
            above = if is_row { passed - 1 } else { passed };
        }
    }
    None
}

/// The lines of one row: one for each number in it. Words beside a number may forbid what the list is brought for:
/// then the row is one line, which is refused.
pub(in crate::sheet) fn numbers(record: &StringRecord, line: u64) -> Vec<Line> {
    if let Some(cell) = record.iter().find(|cell| cell.len() > MAX_CELL) {
        return vec![Line::new(line, What::Refused(Refusal::LongCell(cell.len())))];
    }
    let words: Vec<String> = words(record).collect();
    if words.is_empty() {
        return vec![Line::new(line, What::Ignored(Ignored::Blank))];
    }
    if let Some(orders) = orders(&words) {
        let row = |(word, units)| Line::new(line, what(word, units));
        return orders.into_iter().map(row).collect();
    }
    let whole = shown(&record.iter().collect::<Vec<_>>().join(" "));
    let order_number = words.iter().find_map(|word| order_number::normal(word));
    let refusal = match &order_number {
        Some(_) => Refusal::WordsBeside(whole),
        None => Refusal::NotAnOrderNumber(whole),
    };
    let named = Named { order_number, ..Named::default() };
    vec![Line { named, ..Line::new(line, What::Refused(refusal)) }]
}

fn words(record: &StringRecord) -> impl Iterator<Item = String> + '_ {
    let splits = |letter: char| is_blank(letter) || ",;|:：#".contains(letter);
    let words = record.iter().flat_map(move |cell| cell.split(splits));
    let bare = |word: &str| {
        let word = word.strip_prefix('=').unwrap_or(word);
        word.trim_matches(AROUND).to_owned()
    };
    let mut has_begun = false;
    // `(2)` behind a number may be its units.
    let is_said = move |word: &&str| {
        let is_mark = is_marker(word) && !(has_begun && word.starts_with('(') && word.len() > 1);
        has_begun |= !is_mark;
        !is_mark
    };
    words.filter(is_said).map(bare).filter(|word| !word.is_empty() && !is_marker(word))
}

/// The orders that the words of a row name, each with its units where these stand behind each or in front of each.
/// `None`: it names none, or says more than that.
fn orders(words: &[String]) -> Option<Vec<(&str, Option<i64>)>> {
    let said: Vec<&str> = without_labels(words).collect();
    if said.iter().all(|word| is_number(word)) {
        let orders: Vec<_> = said.into_iter().map(|word| (word, None)).collect();
        return Some(orders).filter(|orders| !orders.is_empty());
    }
    with_units(&said, |[number, units]| (number, units))
        .or_else(|| with_units(&said, |[units, number]| (number, units)))
}

/// `parts`: which of two words is the number, and which says how many.
fn with_units<'w>(
    said: &[&'w str],
    parts: fn([&'w str; 2]) -> (&'w str, &'w str),
) -> Option<Vec<(&'w str, Option<i64>)>> {
    let (pairs, rest) = said.as_chunks::<2>();
    let order = |pair: &[&'w str; 2]| {
        let (number, many) = parts(*pair);
        is_number(number).then_some((number, Some(units(many)?)))
    };
    pairs.iter().map(order).collect::<Option<Vec<_>>>().filter(|_| rest.is_empty())
}

/// Units as people write them beside a number: `x2`, `2x`, `×2`.
fn units(word: &str) -> Option<i64> {
    let signs = ['x', 'X', '×'];
    let digits = word.strip_prefix(signs).or_else(|| word.strip_suffix(signs))?;
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !is_number(word);
    digits.parse().ok().filter(|units| *units > 0 && is_plain)
}

/// Without the words that only say that a number follows, or another one. A mere `no` forbids.
fn without_labels(words: &[String]) -> impl Iterator<Item = &str> {
    let mut is_of_label = false;
    words.iter().map(String::as_str).filter(move |word| {
        let folded = word.to_lowercase();
        let is_label = match folded.as_str() {
            "order" | "orders" | "no." | "nos." | "nr." => true,
            "no" | "nos" | "nr" | "num" | "number" | "numbers" | "id" | "ids" => is_of_label,
            _ => false,
        };
        is_of_label = is_label;
        !is_label && !matches!(folded.as_str(), "and")
    })
}

/// What a list puts in front of its lines or around them: `-`, `•`, `1.`, `(2)`, ```` ```text ````.
pub(super) fn is_marker(word: &str) -> bool {
    let count = word.strip_prefix('(').unwrap_or(word).strip_suffix(['.', ')']);
    let is_count = |count: &str| {
        (1..=3).contains(&count.len()) && count.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_fence = word.starts_with("```") && !word.contains(char::is_numeric);
    is_fence || !word.contains(char::is_alphanumeric) || count.is_some_and(is_count)
}

fn is_number(word: &str) -> bool {
    crate::sheet::cells::is_rounded(word) || order_number::normal(word).is_some()
}

fn what(word: &str, units: Option<i64>) -> What {
    match order_number::normal(word) {
        Some(order_number) if !crate::sheet::cells::is_rounded(word) => {
            What::Says(Row::Status(StatusRow { order_number, units, ..StatusRow::default() }))
        }
        _ => What::Refused(Refusal::Rounded(shown(word))),
    }
}
