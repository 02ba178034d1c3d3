//! From a message to its sections, each what may be one checkout, and what each of them is.

mod context;
pub(super) mod heading;
pub(super) mod kind;
pub(super) mod lines;
pub(super) mod phrases;
pub(super) mod section;
pub(super) mod signals;
pub(super) mod split;
pub(super) mod stated_status;
pub(super) mod store;
mod tally;
pub(super) mod view;
