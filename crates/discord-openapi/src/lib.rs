//! Holds what a bot and a Discord say to each other against Discord's own description of its HTTP interface.
//!
//! The description is the `OpenAPI` document that Discord publishes (`discord-openapi.json`). Each route's
//! schemas are compiled when the route is first used. For tests alone.
//!
//! - [`Description::check_request`] says what Discord would not understand of a request;
//! - [`Description::check_answer`] says what Discord would never answer like that;
//! - [`observed()`] does both with every exchange of a sandbox, and fails the test that found something.
//!
//! Where the description is narrower than practice, `quirks` widens it, each with its reason.

mod description;
mod findings;
mod observed;
mod published;
mod quirks;
mod reasons;
mod routes;
mod schemas;
#[cfg(test)]
mod tests;

pub use description::{Description, Unreadable};
pub use findings::{Findings, Verdict};
pub use observed::observed;
