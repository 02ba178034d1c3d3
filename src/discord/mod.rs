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
mod client;
mod commands;
mod components;
mod convert;
mod error;
mod events;
mod feed;
mod history;
mod messages;
mod notices;
mod pace;
mod reactions;
mod registration;
mod render;
mod rest;
mod retry;
mod salvage;
mod trouble;
mod watching;

pub use client::{Connection, Stopped, run};
