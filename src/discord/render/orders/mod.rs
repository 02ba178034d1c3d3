//! What people see of orders: a card, a list, a history, a change.

pub(crate) mod by_hand;
pub(crate) mod card;
pub(crate) mod changes;
pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod list_query;
pub(crate) mod masked;
mod sheets;
