//! Sheets: what they would do and did, what is asked about them, lists of them.

pub(crate) mod ask;
pub(crate) mod file;
pub(crate) mod lists;
pub(crate) mod open;
pub(crate) mod parcels;
pub(crate) mod preview;
pub(crate) mod stats;

use super::text::{code, cut, whole_lines};
use crate::order::Money;
use crate::sheet::Kind;

/// What sheets of a kind are called.
const fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Track => "Tracking numbers",
        Kind::Received => "Received goods",
        Kind::Status => "Statuses",
        Kind::Charges => "Card charges",
        Kind::Orders => "Orders",
    }
}

/// Names of files, as many as have room.
const NAMES: usize = 200;

fn files(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| code(&cut(name, 60))).collect();
    whole_lines(&names, 5, NAMES).replace('\n', ", ")
}

/// The sums of all currencies, so many at the most, in so many characters; empty of none.
fn joined(sums: &[Money], most: usize, limit: usize) -> String {
    let sums: Vec<String> = sums.iter().map(ToString::to_string).collect();
    whole_lines(&sums, most, limit).replace("\nand ", " and ").replace('\n', " + ")
}
