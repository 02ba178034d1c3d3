//! What the bot posts without being asked: alerts, the board, the feed.

pub(crate) mod alerts;
pub(crate) mod board;
pub(crate) mod feed;
pub(crate) mod late;
