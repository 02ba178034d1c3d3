//! Rows of sums, which spreadsheets put below the others.

use crate::sheet::cells::{Cells, is_empty};
use crate::sheet::field::Field;
use crate::sheet::headings::fold;
use crate::sheet::line::Refusal;
use crate::sheet::options::Kind;

use Field as F;

const WORDS: [&str; 9] =
    ["total", "totals", "sum", "sums", "grandtotal", "subtotal", "summe", "gesamt", "gesamtsumme"];
/// What can be summed up.
const SUMMED: [Field; 12] = [
    F::Payout,
    F::Commission,
    F::Received,
    F::Quantity,
    F::Amount,
    F::NegativeAmount,
    F::Price,
    F::Total,
    F::Charged,
    F::Refunded,
    F::SoldPrice,
    F::Fees,
];

/// Digits of the longest number that counts rows below a column of numbers of orders; those are longer.
const MAX_COUNT: usize = 5;

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
    // `TOTAL-1001` is somebody's number, `Total: 1001` is none.
    let is_label = is_word(key_cell) && (key_cell.contains([' ', ':']) || names_nothing(cells));
    if !is_empty(key_cell) && !is_label {
        return is_headed(cells, key) && (is_count(key_cell) || names_nothing(cells));
    }
    cells.record.iter().any(is_word) || holds_only_sums(cells) || is_headed(cells, key)
}

/// Whether the first cell with something in it says that sums follow: `Total`, `Total orders`, `Total: 3 parcels`. A
/// text that a row states may begin so, too: `Total War` is a product.
fn is_headed(cells: &Cells<'_>, key: Option<usize>) -> bool {
    let mut filled = cells.record.iter().enumerate().filter(|(_, cell)| !is_empty(cell));
    let Some((place, cell)) = filled.next() else { return false };
    let field = cells.columns.list.get(place).and_then(|column| column.field);
    let is_free = Some(place) == key || field.is_none_or(|field| field == F::Date);
    is_word(cell) || (is_free && begins_with_word(cell))
}

fn begins_with_word(cell: &str) -> bool {
    let words = cell.split(|letter: char| !letter.is_alphabetic());
    let mut words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
    let first = words.next().unwrap_or_default();
    let both = format!("{first}{}", words.next().unwrap_or_default());
    [first, both].iter().any(|word| WORDS.contains(&word.as_str()))
}

/// How many rows there are, below the numbers of orders.
fn is_count(key_cell: &str) -> bool {
    let digits = key_cell.trim();
    (1..=MAX_COUNT).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether what stands where the order, the parcel or the day should be is none.
fn names_nothing(cells: &Cells<'_>) -> bool {
    match cells.columns.kind {
        Kind::Track | Kind::Status | Kind::Orders => {
            matches!(cells.order_number(), Err(Refusal::NotAnOrderNumber(_)))
        }
        Kind::Received => matches!(cells.parcels(F::Tracking), Err(Refusal::NotAParcel(_))),
        Kind::Charges => matches!(cells.moment(F::Date), Err(Refusal::NotADate(..))),
    }
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
