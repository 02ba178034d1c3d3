//! Interactions: a person asks; the bot has to answer in time, once, and may add to it for a while.

mod answering;
mod asking;
mod follow_ups;
mod offer;

pub(crate) use asking::Click;
