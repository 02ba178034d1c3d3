//! Plain lists of order numbers, without headings: one a line, or several between commas and spaces.

use csv::StringRecord;

use crate::reading::{is_blank, order_number};
use crate::sheet::cells::{MAX_CELL, shown};
use crate::sheet::grid::Grid;
use crate::sheet::line::{Ignored, Line, Named, Refusal, What};
use crate::sheet::rows::{Row, StatusRow};

/// How many rows stand above a list of numbers: at most one with a title, which holds no number. `None`: it is no
/// such list.
pub(in crate::sheet) fn list_begins(grid: &Grid) -> Option<usize> {
    let (mut rows, mut record) = (grid.rows(), StringRecord::new());
    let (mut passed, mut above, mut others) = (0, 0, 0);
    while others <= 1 && rows.next_into(&mut record).is_some() {
        let words: Vec<String> = words(&record).collect();
        if !words.is_empty() && words.iter().all(|word| is_number(word)) {
            return Some(above);
        }
        passed += 1;
        if !words.is_empty() {
            others += 1;
            // A number with words beside it is a row of the list, though none that can be taken.
            above = if words.iter().any(|word| is_number(word)) { passed - 1 } else { passed };
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
    if words.iter().all(|word| is_number(word)) {
        return words.iter().map(|word| Line::new(line, what(word))).collect();
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
    let splits = |letter: char| is_blank(letter) || ",;|".contains(letter);
    let words = record.iter().flat_map(move |cell| cell.split(splits));
    let bare = |word: &str| {
        let word = word.strip_prefix('=').unwrap_or(word);
        word.trim_matches(['"', '\'', '\u{200b}', '\u{feff}']).to_owned()
    };
    words.map(bare).filter(|word| !is_marker(word))
}

/// What a list puts in front of its lines: `-`, `*`, `•`, `1.`, `(2)`.
fn is_marker(word: &str) -> bool {
    let count = word.strip_prefix('(').unwrap_or(word).strip_suffix(['.', ')']);
    let is_count = |count: &str| {
        (1..=3).contains(&count.len()) && count.bytes().all(|byte| byte.is_ascii_digit())
    };
    !word.contains(char::is_alphanumeric) || count.is_some_and(is_count)
}

fn is_number(word: &str) -> bool {
    crate::sheet::cells::is_rounded(word) || order_number::normal(word).is_some()
}

fn what(word: &str) -> What {
    match order_number::normal(word) {
        Some(order_number) if !crate::sheet::cells::is_rounded(word) => {
            What::Says(Row::Status(StatusRow { order_number, ..StatusRow::default() }))
        }
        _ => What::Refused(Refusal::Rounded(shown(word))),
    }
}
