//! A request over HTTP and its answer, as an observer sees them.

use serde_json::Value;

/// A request over HTTP and its answer. See [`Options::observe`](crate::Options::observe).
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    /// In capitals: `GET`, `PUT` ...
    pub method: String,
    /// Below `/api` and its version, percent-encoded as it was sent.
    pub path: String,
    /// What follows the `?`; empty if nothing does.
    pub query: String,
    /// Whether it came with a token, or to an address that only the bot knows.
    pub by_bot: bool,
    /// The body, of a form its part `payload_json`; `None` for a request without one, or without JSON.
    pub sent: Option<Value>,
    /// The status of the answer.
    pub status: u16,
    /// The body of the answer; `None` for an answer without one, or without JSON.
    pub answered: Option<Value>,
    /// Whether the answer is none of the sandbox's own: a test has asked for it, which leaves it without a
    /// body here, or has made up messages of the channel that is shown.
    pub made_up: bool,
}
