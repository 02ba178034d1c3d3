//! A small Discord on 127.0.0.1, for the tests of bots.
//!
//! It speaks what Discord speaks: REST, the gateway with identify, heartbeat and resume, webhooks,
//! interactions. A bot with any library runs against it as it is; only its base URL and its token are
//! other ones. The test is everybody else: it makes servers and channels, posts, reacts, types commands,
//! presses buttons, and sees what a person would see.
//!
//! - It is **stateful**: people, webhooks and the bot change a [`World`], and every answer and every event
//!   is derived from that.
//! - It is **strict** where Discord is: limits of embeds, components and commands, intents, permissions,
//!   rate limits, three seconds for an answer. What the bot does wrong is refused as Discord refuses it, and
//!   listed in [`Sandbox::violations`].
//! - It **fails on demand**: errors, answers that get lost, cut connections, events that come late, twice or
//!   never ([`Sandbox::fail`], [`Sandbox::cut`], [`Sandbox::hold`] and their neighbours).
//! - It **shows everything**: an observer sees each request with its answer ([`Options::observe`]), to hold
//!   both against whatever else knows what Discord says.
//!
//! # Where what is
//!
//! Each room imports only from those below it in this list; `tests/sandbox/rooms.rs` holds that.
//!
//! | room | what it knows |
//! | --- | --- |
//! | `view` | how a channel and a reply look, as text and as a picture |
//! | `people` | what people do (post, react, type, press) and what they see of it |
//! | `sandbox` | the handle of a running Discord, and its faults |
//! | `http` | the routes, and the gate that every request passes |
//! | `gateway` | the WebSocket: identify, heartbeat, resume |
//! | `discord` | the world behind a lock, and who waits for a change |
//! | `world` | everything that exists, how it changes, and whom it is told |
//! | `log`, `faults` | what was asked; what goes wrong on demand |
//! | `dispatch` | events and sessions: what is on its way to the bots |
//! | `options` | how a sandbox behaves, chosen before it starts |
//! | `model` | servers, channels, messages, reactions, webhooks, interactions as data |
//! | `limits` | what Discord accepts and how often, and how it refuses the rest |
//! | `snowflake`, `json` | ids and times as Discord makes them; JSON without panics |

mod discord;
mod dispatch;
mod faults;
mod gateway;
mod http;
mod json;
mod limits;
mod log;
mod model;
mod options;
mod people;
mod sandbox;
mod snowflake;
mod view;
mod world;

/// Compiles the README's example.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use discord_ids as ids;

pub use dispatch::HALF_LETTER;
pub use faults::Answer;
pub use limits::Refusal;
pub use log::Request;
pub use model::{
    Channel, Emoji, Exchange, File, Guild, Member, Message, Overwrite, Reaction, Role, Thread,
    User, Webhook, Whom, permission,
};
pub use options::{Content, Options};
pub use people::{Choice, Failure, Reply};
pub use sandbox::Sandbox;
pub use view::picture;
pub use world::World;
