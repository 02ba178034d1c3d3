//! What is held against the description.

use serde_json::Value;

/// One request over HTTP with its answer.
#[derive(Debug, Clone, Copy)]
pub struct Exchange<'a> {
    /// In capitals: `GET`, `PUT` ...
    pub method: &'a str,
    /// Below `/api` and its version, percent-encoded as it was sent.
    pub path: &'a str,
    /// What follows the `?`; empty if nothing does.
    pub query: &'a str,
    /// The body, of a form its part `payload_json`; `None` for a request without.
    pub sent: Option<&'a Value>,
    /// The status of the answer.
    pub status: u16,
    /// The body of the answer; `None` for an answer without.
    pub answered: Option<&'a Value>,
}
