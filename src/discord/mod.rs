//! Discord: everything that knows serenity and poise.
//!
//! Events come in through `events`, named as the gateway names them; messages go on to
//! [`crate::ingest`], reactions to `reactions`, interactions to `commands`. What the bot itself
//! puts on messages goes out through `acknowledge`; what it says of its own accord, `board`, `feed` and
//! `alerts`, through `notices`. `render` makes every text that people see.

mod access;
mod acknowledge;
mod alarm;
mod alerts;
mod backfill;
mod board;
mod bot;
mod check;
mod client;
mod clock;
mod commands;
mod components;
mod convert;
mod error;
mod events;
mod feed;
mod first_message;
mod history;
mod invitation;
mod looks;
mod messages;
mod needs;
mod notices;
mod pace;
mod permissions;
mod reactions;
mod registration;
mod render;
mod rest;
mod retry;
mod salvage;
mod set_up;
mod shards;
mod survive;
mod trouble;
mod watching;
mod webhook_changes;
mod webhooks;

pub use check::{Checked, Finding, Level, Place, check};
pub use client::{Connection, Stopped, run};
