//! What exists in Discord, as data.

mod channel;
mod exchange;
mod guild;
pub(crate) mod interaction;
mod message;
pub mod permission;
mod reaction;
mod thread;
mod webhook;

pub use channel::Channel;
pub use exchange::Exchange;
pub use guild::{Guild, Member, Role, User};
pub(crate) use interaction::{Interaction, Stage};
pub use message::{File, Message};
pub(crate) use permission::Grant;
pub use permission::{Overwrite, Whom};
pub use reaction::{Emoji, Reaction};
pub use thread::Thread;
pub(crate) use thread::{ANNOUNCEMENT_THREAD, PRIVATE_THREAD, PUBLIC_THREAD};
pub use webhook::Webhook;
