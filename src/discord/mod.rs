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

/// Sources of log lines that are told from a warning on: below it there are requests, and these hold tokens
/// of interactions.
pub const QUIET: [&str; 2] = ["serenity", "poise"];
/// Sources of log lines that are told from an error on: they ask for the gateway's address, although it is
/// given to them, and complain of slow goodbyes.
pub const SILENT: [&str; 2] = ["serenity::client", "serenity::gateway::bridge"];
