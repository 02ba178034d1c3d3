//! refract-ledger: a Discord bot that turns Refract's checkout webhooks into an order ledger.
//!
//! `docs/architecture.md` walks through the code: the way of a checkout to its row, of a commit to the
//! bot's reaction, of a question to its reply, of a reaction to a status; what always holds; and where to
//! look for what. `docs/glossary.md` explains the words.
//!
//! ```text
//! Refract ──webhook──▶ channel ──gateway──▶ discord::gateway ──┐
//!                              ──history──▶ discord::inbound ──┤
//!                     saved files ────────▶ import ────────────┤
//!                                                              ▼
//!                                       ingest: one queue, one writer, group commit
//!                                                              ▼
//!                                 ledger (SQLite) ──▶ discord::outbound, replies, export
//! ```
//!
//! | module | what it knows |
//! | --- | --- |
//! | [`reading`] | pure: a message goes in, what it says comes out; no I/O, no clock |
//! | [`order`] | pure: status, money, carriers, the emoji of a status, periods |
//! | [`sheet`] | pure: what the rows of a sheet say that somebody brings: tracking lists, statements, old orders |
//! | [`verdict`] | pure: whose messages make orders, what becomes of a message, what is kept of it |
//! | [`ledger`] | SQLite: the only place with `sqlx` |
//! | [`ingest`] | the one way in: queue, reader, writer |
//! | [`discord`] | the only place with serenity and poise: events in, reactions, posts and replies out |
//! | [`files`], [`parse`], [`import`], [`export`] | messages and orders as files |
//! | [`reparse`], [`retention`] | kept messages: read again, and dropped when they are old |
//! | [`cleaning`] | what is stored is read again by the present rules for secrets |
//! | [`figures`], [`chart`] | pure: what orders add up to, and as a picture |
//! | [`refract`], [`post`] | what Refract posts, made up |
//! | [`demo`] | a story told in a small Discord on 127.0.0.1, the crate `discord-sandbox` |
//! | [`platform`] | what differs between operating systems: signals, permissions, the terminal |
//! | [`terminal`] | how wide a terminal is, and lines that break between words |
//! | `cli` | the command line: hands over to all of the above |
//! | [`config`], [`ids`], [`count`] | settings; Discord's ids as types; numbers as people read them |

// The command line names the library as everybody outside does.
extern crate self as refract_ledger;

use std::process::ExitCode;

pub mod atomic_file;
mod backoff;
pub mod bytes;
pub mod chart;
pub mod cleaning;
mod cli;
pub mod config;
pub mod count;
#[cfg(feature = "demo")]
pub mod demo;
pub mod discord;
pub mod export;
pub mod figures;
pub mod files;
pub mod ids;
pub mod import;
pub mod ingest;
pub mod ledger;
pub mod order;
pub mod parse;
pub mod platform;
pub mod post;
pub mod reading;
pub mod refract;
pub mod reparse;
pub mod retention;
pub mod sheet;
pub mod terminal;
pub mod verdict;
mod wakeups;

/// The whole program: reads the arguments, does what was asked, and says by the code how it ended.
///
/// It is part of the library so that each asynchronous function is compiled once: the code of one is made where
/// it is called, and a program beside the library would make all of them a second time.
pub fn run_command_line() -> ExitCode {
    let arguments = cli::Arguments::read();
    cli::output::logging::start(arguments.log_format, arguments.log_level());
    match cli::run(arguments) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
