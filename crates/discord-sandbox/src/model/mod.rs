//! What exists in Discord, as data.

mod channel;
mod guild;
pub(crate) mod interaction;
mod message;
pub mod permission;
mod reaction;
mod webhook;

pub use channel::Channel;
pub use guild::{Guild, Member, Role, User};
pub(crate) use interaction::{Interaction, Stage};
pub use message::{File, Message};
pub(crate) use permission::Grant;
pub use permission::{Overwrite, Whom};
pub use reaction::{Emoji, Reaction};
pub use webhook::Webhook;
