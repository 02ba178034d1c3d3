//! Discord: everything that knows serenity and poise.
//!
//! Events come in through `gateway`, named as Discord names them. `inbound` takes messages and reactions, and what
//! was missed from the history, on to [`crate::ingest`]; `interactions` answers commands, buttons, menus and forms.
//! What the bot puts on messages and posts by itself (reactions, board, feed, alerts) goes through `outbound`, every
//! request through `rest`. `setup` is how a channel comes to be watched, and `check`; `bot` holds what all of these
//! share. `render` makes every text that people see.

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
