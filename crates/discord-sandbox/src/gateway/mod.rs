//! The gateway: a WebSocket on which Discord tells a bot what happens.

mod session;
mod socket;

pub(crate) use socket::connect;
