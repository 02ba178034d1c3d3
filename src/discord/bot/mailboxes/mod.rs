//! The entrances of the workers: who wants something of one of them leaves it here. None of them is known
//! here; each worker takes the other end when it starts.

mod backfill;
mod boards;
mod first_messages;
mod reactions;
mod threads;

pub(crate) use backfill::{BackfillRequests, Request, Sweep};
pub(crate) use boards::Boards;
pub(crate) use first_messages::{First, FirstMessages};
pub(crate) use reactions::{Comparison, ReactionChange, ReactionChanges, ReactionQueues};
pub(crate) use threads::{Listing, ThreadRequest, ThreadRequests};
