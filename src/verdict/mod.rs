//! What a reading is worth: whose messages make orders, what becomes of a message, and what of it is
//! kept. Pure: ingest asks for it, and the ledger writes it down.

mod decide;
mod incoming;
mod outcome;
pub(crate) mod payload;
mod prepared;
mod receipt;
pub mod trust;
mod via;

pub(crate) use decide::{Decision, decide};
pub(crate) use payload::Packer;
pub(crate) use prepared::{MessageFacts, Prepared, prepare};

pub use decide::{EMPTY_REASON, FILE_FAILED_REASON};
pub use incoming::Incoming;
pub use outcome::Outcome;
pub use receipt::Receipt;
pub use via::Via;
