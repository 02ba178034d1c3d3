//! Pure reading of the sheets that people bring: tracking lists, files of buying groups, lists of numbers,
//! statements of cards, orders of the past. A file goes in, what each of its rows says comes out. No I/O, no
//! clock, no panics.
//!
//! [`read()`] understands the headings and settles what is the same for the whole file (separator, order of
//! dates, decimal mark); [`Sheet::lines`] hands out the rows one by one, so that a long file takes no more
//! memory than its bytes. A [`Row`] is kept as evidence by [`Row::to_json`], without what is secret or not
//! needed, and read again by [`Row::from_json`].

mod amount;
mod cells;
mod field;
mod format;
mod grid;
mod headings;
mod limits;
mod line;
mod moment;
mod not_understood;
mod options;
mod read;
mod roms;
mod rows;
mod says;
#[cfg(test)]
mod tests;

pub use amount::Amount;
pub(crate) use cells::{typed_amount, typed_time};
pub use field::{Column, Field};
pub(crate) use grid::WRITTEN_BY;
pub(crate) use headings::fold;
pub use limits::{MAX_BYTES, MAX_ROWS};
pub use line::{Ignored, Line, Named, Refusal, What};
pub use moment::Moment;
pub use not_understood::{NotUnderstood, Why};
pub use options::{DateOrder, Kind, Known, Options};
pub use read::{Sheet, read};
pub use roms::RomsRows;
pub use rows::{ChargeRow, ItemRow, OrderRow, ReceivedRow, Row, StatusRow, TrackRow};
