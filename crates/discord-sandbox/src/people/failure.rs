//! What a person gets in the place of an answer.

use std::fmt;

/// Why a person got no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Discord's client does not offer it: no such command, no right to it, a value that does not fit.
    Refused(String),
    /// "The application did not respond": nothing came in time.
    NoAnswer,
    /// "... is thinking", and it went on thinking.
    StillThinking,
}

impl Failure {
    pub(super) fn refused(why: impl Into<String>) -> Self {
        Self::Refused(why.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "Discord does not offer that: {why}"),
            Self::NoAnswer => f.write_str("The application did not respond"),
            Self::StillThinking => f.write_str("The application is still thinking"),
        }
    }
}

impl std::error::Error for Failure {}
