//! Rows of sums, which spreadsheets put below the others.

use crate::sheet::cells::{Cells, is_empty};
use crate::sheet::field::Field;
use crate::sheet::headings::fold;
use crate::sheet::options::Kind;

use Field as F;

const WORDS: [&str; 9] =
    ["total", "totals", "sum", "sums", "grandtotal", "subtotal", "summe", "gesamt", "gesamtsumme"];
/// What can be summed up.
const SUMMED: [Field; 11] = [
    F::Payout,
    F::Commission,
    F::Received,
    F::Quantity,
    F::Amount,
    F::Price,
    F::Total,
    F::Charged,
    F::Refunded,
    F::SoldPrice,
    F::Fees,
];

/// Whether a row holds sums: it names no order, parcel or day, and either says so or holds nothing but numbers
/// that can be summed up.
pub(super) fn are(cells: &Cells<'_>) -> bool {
    let key = match cells.columns.kind {
        Kind::Track | Kind::Status | Kind::Orders => F::OrderNumber,
        Kind::Received => F::Tracking,
        Kind::Charges => F::Date,
    };
    let key = cells.columns.place(key);
    let key_cell = key.and_then(|place| cells.record.get(place)).unwrap_or_default();
    if !is_empty(key_cell) && !is_word(key_cell) {
        return false;
    }
    cells.record.iter().any(is_word) || holds_only_sums(cells)
}

fn holds_only_sums(cells: &Cells<'_>) -> bool {
    let is_summed =
        |place: usize| SUMMED.iter().any(|field| cells.columns.place(*field) == Some(place));
    let filled = cells.record.iter().enumerate().filter(|(_, cell)| !is_empty(cell));
    let mut places = filled.map(|(place, _)| place);
    places.all(is_summed)
}

fn is_word(cell: &str) -> bool {
    if cell.len() > 64 {
        return false;
    }
    let folded = fold(cell);
    let word = folded.trim_matches(|letter: char| !letter.is_alphabetic());
    WORDS.contains(&word)
}
