//! Holds what a bot and a Discord say to each other against Discord's own description of its HTTP interface.
//!
//! The description is the `OpenAPI` document that Discord publishes (`discord-openapi.json`). Each route's
//! schemas are compiled when the route is first used. For tests alone.
//!
//! - [`Description::check_request`] says what Discord would not understand of a request;
//! - [`Description::check_answer`] says what Discord would never answer like that;
//! - [`Description::published`] finds the file, and [`Findings`] fail the test that found something.
//!
//! Where the description is narrower than practice, `quirks` widens it, each with its reason.

mod description;
mod exchange;
mod findings;
mod published;
mod quirks;
mod reasons;
mod routes;
mod schemas;
#[cfg(test)]
mod tests;

pub use description::{Description, Unreadable};
pub use exchange::Exchange;
pub use findings::{Findings, Verdict};
