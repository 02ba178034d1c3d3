//! What became of each message, what is kept of it, and the reactions it is owed.

pub(super) mod channel_history;
pub(super) mod deliveries;
pub(super) mod outbox;
pub(super) mod stored_messages;
pub(super) mod uncompared;
