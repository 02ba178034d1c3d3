//! refract-ledger: a Discord bot that turns Refract's checkout webhooks into an order ledger.
//!
//! # Bird's eye
//!
//! ```text
//! Refract ──webhook──▶ channel ──gateway──▶ discord::events ──┐
//!                              ──history──▶ discord::backfill ┤
//!                     saved files ────────▶ import ───────────┤
//!                                                             ▼
//!                                      ingest: one queue, one writer, group commit
//!                                                             ▼
//!                                ledger (SQLite) ──▶ discord::acknowledge, commands, export
//! ```
//!
//! # Where what is
//!
//! | module | what it knows |
//! | --- | --- |
//! | [`reading`] | pure: a message goes in, what it says comes out; no I/O, no clock |
//! | [`order`] | pure: status, money, carriers, the emoji of a status, spans of time |
//! | [`trust`] | pure: whose messages make orders |
//! | [`ledger`] | SQLite: the only place with `sqlx`; one file for each concern |
//! | [`ingest`] | the one door: queue, reading, the writer, what became of each message |
//! | [`discord`] | the only place with serenity and poise: events in, reactions and replies out; the board, the feed, what has to be said |
//! | [`files`], [`parse`], [`import`], [`export`] | messages and orders as files |
//! | [`reparse`], [`retention`] | kept messages: read again, and dropped when they are old |
//! | [`figures`], [`chart`] | pure: what orders come to, and as a picture |
//! | [`refract`], [`post`] | what Refract posts, made up |
//! | [`sandbox`], [`demo`] | a small Discord on 127.0.0.1, and a story told in it |
//! | [`config`], [`ids`] | settings; Discord's ids as types |
//!
//! # What always holds
//!
//! 1. **One door.** Live events, edits, history and files all go through [`ingest`].
//! 2. **Kept with what it says.** A message and what is derived from it are written in one
//!    transaction. Orders are a projection: a fold over the messages in the order of their ids.
//! 3. **Idempotent.** Twice is once; an older edit never replaces a newer one; any order of arrival
//!    gives the same rows.
//! 4. **The cursor never passes a hole.** Only reading the history moves it, after the commit.
//! 5. **Acknowledged means on disk.** The bot's reactions are an outbox in the database, worked off
//!    after the commit (WAL, `synchronous=FULL`).
//! 6. **An order's status is a pure function**: the latest standing mark of a person, else what the
//!    messages said.
//! 7. **Nothing crosses guilds**, and only trusted webhooks make orders.
//! 8. **Secrets are stripped** before anything is stored or logged, and who was forgotten (`/forget`)
//!    stays forgotten: the writer withholds it from whatever names it later.
//!
//! # Four walks
//!
//! **A checkout.** Refract's webhook posts; the gateway sends `MESSAGE_CREATE`; `discord::events` takes
//! it if the channel is watched; `discord::convert` makes a [`reading::Message`] of it; [`trust`]
//! judges its source; [`ingest`] queues it, reads it with [`reading::read()`], strips it with
//! [`reading::redact()`] and hands it to the writer, which commits message, order, lines and event
//! together with up to 255 others. The commit leaves a wanted reaction in the outbox and wakes
//! `discord::acknowledge`, which puts ✅ on the message at Discord's pace.
//!
//! **A set-up.** Somebody types `/setup watch`; `discord::needs` names the permissions that are missing,
//! `discord::webhooks` makes the webhook or finds it again, `discord::set_up` trusts it in the `watches`
//! and wakes `discord::backfill`. Its first message is announced by `discord::first_message` when it is
//! on disk; `discord::webhook_changes` notices when it is deleted or moved.
//!
//! **A reaction.** A member adds 📦; `discord::events` asks `discord::access` whether the member may;
//! `discord::reactions` makes sure that the message is known and, if a removal of the same reaction
//! was seen a moment ago, asks Discord which of the two stands; [`ledger`] notes the mark, computes the
//! status anew, appends an event, and wants 📦 on every message of the order: the outbox again.
//!
//! **An absence.** The gateway's `READY` is followed by the guilds; `discord::events` asks
//! `discord::backfill` to read each watched channel from its cursor on, page by page through
//! [`ingest`], and the cursor follows each commit. Then the recent part is compared: newer edits go
//! through [`ingest`] like any copy, vanished messages are noted, and where the number of people
//! behind an emoji is not the known one `discord::reactions` asks who they are. `/health` tells how
//! far it is and what is in the way.

pub mod chart;
pub mod config;
#[cfg(feature = "sandbox")]
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
pub mod post;
pub mod reading;
pub mod refract;
pub mod reparse;
pub mod retention;
#[cfg(feature = "sandbox")]
pub mod sandbox;
pub mod trust;
