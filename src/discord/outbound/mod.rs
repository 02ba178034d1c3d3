//! From the ledger to Discord.

pub(super) mod acknowledge;
pub(super) mod alerts;
pub(super) mod board;
pub(super) mod channel_posts;
pub(super) mod feed;
pub(super) mod first_message;
pub(super) mod forgotten;
pub(super) mod late;
