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

/// The text without its `%XX`; what is no such sequence stays.
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.as_bytes();
    while let Some((&first, rest)) = left.split_first() {
        let code = rest
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        bytes.push(code.unwrap_or(first));
        left = rest.get(if code.is_some() { 2 } else { 0 }..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
