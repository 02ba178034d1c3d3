//! Tracking lists without headings, whose lines name an order and its parcels: each line is parted by
//! what parts it, and which of its numbers is the order's is told by the line, else by the list.

mod written;

use csv::StringRecord;

use crate::sheet::cells::MAX_CELL;
use crate::sheet::grid::Grid;
use crate::sheet::headings::SaidOfTwo;
use crate::sheet::line::{Ignored, Line, Named, Refusal, What};
use crate::sheet::options::Known;
use crate::sheet::rows::{Row, TrackRow};
use written::{Numbers, Side, Written, written};

/// What a tracking list comes to.
pub(in crate::sheet) enum List {
    /// A line for each row.
    Lines(Vec<Line>),
    /// Nothing tells which numbers are the orders'.
    Asks {
        /// The numbers of the first line.
        columns: [String; 2],
        /// Those that may be orders', where nobody has looked yet.
        numbers: Vec<String>,
    },
}

/// Reads a list. `None`: no row names two numbers, or the first may be headings.
pub(in crate::sheet) fn read(grid: &Grid, known: &Known, said: SaidOfTwo) -> Option<List> {
    let rows = rows(grid)?;
    let numbers = || rows.iter().filter_map(|(_, row)| row.numbers());
    let columns = numbers().next()?.columns();
    let told = |numbers: &Numbers| match said {
        SaidOfTwo::OrderFirst => Some(Side::Front),
        SaidOfTwo::OrderLast => Some(Side::Back),
        SaidOfTwo::Nothing => numbers.told(|number| known.has(number)),
    };
    let (mut fronts, mut backs, mut doubtful) = (0_usize, 0_usize, Vec::new());
    for numbers in numbers() {
        match told(numbers) {
            Some(Side::Front) => {
                fronts += 1;
                doubtful.extend(numbers.other_orders(Side::Front));
            }
            Some(Side::Back) => {
                backs += 1;
                doubtful.extend(numbers.other_orders(Side::Back));
            }
            None => {
                let both = [Side::Front, Side::Back];
                doubtful.extend(both.into_iter().filter_map(|side| numbers.order(side)));
            }
        }
    }
    if said == SaidOfTwo::Nothing && !doubtful.is_empty() && known.is_unasked() {
        return Some(List::Asks { columns, numbers: doubtful });
    }
    let of_list = match (fronts, backs) {
        (0, 0) => match checked(numbers()) {
            None => return Some(List::Asks { columns, numbers: Vec::new() }),
            side => side,
        },
        (_, 0) => Some(Side::Front),
        (0, _) => Some(Side::Back),
        _ => None,
    };
    let side = |numbers: &Numbers| told(numbers).or(of_list);
    let lines = rows.iter().map(|(line, row)| row.line(*line, known, side));
    Some(List::Lines(lines.collect()))
}

/// The rows with where they stand, behind a title at the most. `None`: they may have headings.
fn rows(grid: &Grid) -> Option<Vec<(u64, Read)>> {
    let (mut rows, mut record, mut all) = (grid.rows(), StringRecord::new(), Vec::new());
    while let Some(line) = rows.next_into(&mut record) {
        let row = match record.iter().find(|cell| cell.len() > MAX_CELL) {
            Some(cell) => Read::Long(cell.len()),
            None => Read::Written(written(&record)),
        };
        all.push((line, row));
    }
    let title = all.iter().position(|(_, row)| !matches!(row, Read::Written(Written::Blank)));
    match title.and_then(|at| all.get(at)) {
        Some((_, Read::Written(Written::Words(_, true)))) => None,
        Some((_, Read::Written(Written::Words(_, false)))) => {
            all.drain(..=title.unwrap_or_default());
            Some(all)
        }
        _ => Some(all),
    }
}

/// The side on which the order's numbers stand by the check digits of carriers: those of most lines
/// fit on the other one, and on this one no more than chance makes them.
fn checked<'n>(numbers: impl Iterator<Item = &'n Numbers>) -> Option<Side> {
    let (mut lines, mut fronts, mut backs) = (0_usize, 0_usize, 0_usize);
    for numbers in numbers {
        lines += 1;
        fronts += usize::from(numbers.is_checked(Side::Front));
        backs += usize::from(numbers.is_checked(Side::Back));
    }
    let tells = |many: usize, others: usize| many * 2 > lines && many > others * 2;
    match (tells(fronts, backs), tells(backs, fronts)) {
        (true, _) => Some(Side::Front),
        (_, true) => Some(Side::Back),
        _ => None,
    }
}

enum Read {
    Written(Written),
    /// Bytes of a cell.
    Long(usize),
}

impl Read {
    const fn numbers(&self) -> Option<&Numbers> {
        match self {
            Self::Written(Written::Numbers(numbers)) => Some(numbers),
            _ => None,
        }
    }

    fn line(&self, line: u64, known: &Known, side: impl Fn(&Numbers) -> Option<Side>) -> Line {
        let refused = |refusal| Line::new(line, What::Refused(refusal));
        match self {
            Self::Long(bytes) => refused(Refusal::LongCell(*bytes)),
            Self::Written(Written::Blank) => Line::new(line, What::Ignored(Ignored::Blank)),
            Self::Written(Written::Rounded(word)) => refused(Refusal::Rounded(word.clone())),
            Self::Written(Written::Words(whole, _) | Written::Other(whole)) => {
                refused(Refusal::NoPair(whole.clone()))
            }
            Self::Written(Written::Numbers(numbers)) => {
                of_numbers(line, numbers, known, side(numbers))
            }
        }
    }
}

fn of_numbers(line: u64, numbers: &Numbers, known: &Known, side: Option<Side>) -> Line {
    let Some(side) = side else {
        let refusal = Refusal::WhichIsTheOrder(numbers.shown.clone());
        return Line::new(line, What::Refused(refusal));
    };
    let names_orders = numbers.other_orders(side).iter().any(|number| known.has(number));
    if names_orders {
        let refusal = Refusal::SeveralOrders(numbers.shown.clone());
        return Line::new(line, What::Refused(refusal));
    }
    match (numbers.order(side), numbers.parcels(side)) {
        (Some(order_number), Some(parcels)) => {
            let row = TrackRow { order_number, parcels, ..TrackRow::default() };
            Line::new(line, What::Says(Row::Track(row)))
        }
        (order_number, parcels) => {
            let tracking_number = parcels.map(|parcels| parcels.join(", "));
            let named = Named { order_number, tracking_number };
            let refusal = Refusal::NoPair(numbers.shown.clone());
            Line { named, ..Line::new(line, What::Refused(refusal)) }
        }
    }
}
