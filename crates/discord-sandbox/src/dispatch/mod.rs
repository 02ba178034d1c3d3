//! What Discord tells its bots, on its way to them.

mod event;
mod hidden;
mod sessions;

pub(crate) use event::{Event, intent};
pub(crate) use hidden::hide_content;
pub use sessions::HALF_LETTER;
pub(crate) use sessions::{Connections, Outgoing};
