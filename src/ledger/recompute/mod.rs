//! Bringing orders and deliveries in line with their marks, additions and messages, after either changed.

mod additions;
pub(super) mod books;
pub(super) mod by_hand;
mod corrections;
mod delivery;
pub(super) mod ended;
pub(super) mod merged;
mod state;
mod status;
mod summary;
mod tallies;

pub(super) use additions::{keep_said_row, last_note, reapply, reapply_at, said_anew};
pub(super) use corrections::corrections_of;
pub(super) use delivery::{Refused, messages_of, order_ids_json, recompute_deliveries};
pub(super) use state::write_state;
pub(super) use status::Cause;
pub(super) use summary::{Base, Part, Summary, sum_up};
pub(super) use tallies::uncount;

pub use summary::NO_NUMBER;
