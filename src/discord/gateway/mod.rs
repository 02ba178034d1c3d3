//! The socket and its events.

pub(super) mod catch_panic;
pub(super) mod client;
pub(super) mod convert;
pub(super) mod events;
pub(super) mod pulse;
pub(super) mod refused;
pub(super) mod shards;
