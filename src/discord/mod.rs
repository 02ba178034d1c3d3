//! Discord: everything that knows serenity and poise.
//!
//! Events come in through `events`, named as the gateway names them; messages go on to
//! [`crate::ingest`], reactions to `reactions`, interactions to `commands`. What the bot itself
//! puts on messages goes out through `acknowledge`; what it posts by itself, `board`, `feed` and
//! `alerts`, through `notices`. `render` makes every text that people see.

mod bot;
mod gateway;
mod inbound;
mod interactions;
mod outbound;
mod render;
mod rest;
mod setup;

pub use gateway::client::{Connection, Stopped, run};
pub use gateway::pulse::Pulse;
pub use gateway::refused::RefusedFrames;
pub use setup::application::{Application, NoAnswer, Onlooker};
pub use setup::check::{Checked, Finding, Level, Place, check};
