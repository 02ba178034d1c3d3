//! What the ledger makes of messages and marks, without a database. Pure.

pub(super) mod additions;
pub(crate) mod books;
pub(super) mod effective_status;
pub(crate) mod fold;
pub(super) mod folded;
pub(super) mod lines;
pub(super) mod mark_request;
pub(super) mod same_number;
pub(super) mod search_words;
pub(super) mod split;
pub(super) mod store_key;
pub(super) mod typed;
