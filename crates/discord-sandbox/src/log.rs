//! What was asked of the sandbox, and what would have annoyed Discord.

use std::time::Instant;

/// One request over HTTP.
#[derive(Debug, Clone)]
pub struct Request {
    /// In capitals: `GET`, `PUT` ...
    pub method: String,
    /// The path as it was asked for, without the query.
    pub path: String,
    /// What follows the `?`; empty if nothing does.
    pub query: String,
    /// The status of the answer.
    pub status: u16,
    /// Whether it came with a token, or to an address that only the bot knows.
    pub by_bot: bool,
    /// The moment at which it came.
    pub at: Instant,
}

/// The requests and the violations since the start, or since they were last taken.
#[derive(Debug, Default)]
pub(crate) struct Log {
    pub(crate) requests: Vec<Request>,
    pub(crate) violations: Vec<String>,
}

/// The most violations that are kept: a bot that floods must not eat the memory of the test.
const VIOLATIONS_MAX: usize = 10_000;

impl Log {
    /// Notes that the bot broke a rule.
    pub(crate) fn violation(&mut self, sentence: String) {
        if self.violations.len() < VIOLATIONS_MAX {
            self.violations.push(sentence);
        }
    }
}
