//! Plain lists of order numbers, without headings: one a line, or several between commas and spaces.

use csv::StringRecord;

use crate::reading::{is_blank, order_number};
use crate::sheet::cells::{MAX_CELL, shown};
use crate::sheet::grid::Grid;
use crate::sheet::line::{Ignored, Line, Refusal, What};
use crate::sheet::rows::{Row, StatusRow};

/// How many rows stand above a list of numbers: at most one with a title. `None`: it is no such list.
pub(in crate::sheet) fn list_begins(grid: &Grid) -> Option<usize> {
    let (mut rows, mut record) = (grid.rows(), StringRecord::new());
    let (mut above, mut titles) = (0, 0);
    while titles <= 1 && rows.next_into(&mut record).is_some() {
        let mut words = words(&record).peekable();
        let is_filled = words.peek().is_some();
        if is_filled && words.all(|word| is_number(&word)) {
            return Some(if titles == 0 { 0 } else { above });
        }
        above += 1;
        titles += usize::from(is_filled);
    }
    None
}

/// The lines of one row: one for each number in it.
pub(in crate::sheet) fn numbers(record: &StringRecord, line: u64) -> Vec<Line> {
    if let Some(cell) = record.iter().find(|cell| cell.len() > MAX_CELL) {
        return vec![Line::new(line, What::Refused(Refusal::LongCell(cell.len())))];
    }
    let mut lines: Vec<Line> = words(record).map(|word| Line::new(line, what(&word))).collect();
    if lines.is_empty() {
        lines.push(Line::new(line, What::Ignored(Ignored::Blank)));
    }
    lines
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
    if crate::sheet::cells::is_rounded(word) {
        return What::Refused(Refusal::Rounded(shown(word)));
    }
    match order_number::normal(word) {
        Some(order_number) => {
            What::Says(Row::Status(StatusRow { order_number, ..StatusRow::default() }))
        }
        None => What::Refused(Refusal::NotAnOrderNumber(shown(word))),
    }
}
