//! The state of Discord. Everything that exists is in [`World`], and each answer and each event is derived
//! from it. One file for each kind of thing that changes; `objects/` writes them as Discord does.

mod channels;
mod commands;
mod emit;
mod guilds;
mod interactions;
mod members;
mod messages;
mod objects;
mod permissions;
mod reactions;
mod state;
mod threads;
mod uploads;
mod webhooks;

pub(crate) use interactions::Click;
pub(crate) use messages::Draft;
pub use state::World;
