//! What is known of the set-up: the token, and what Discord says of it.

use std::path::Path;

use refract_ledger::config::{Found, Token, TokenSource};
use refract_ledger::discord::Onlooker;

use super::step::Seen;
use crate::cli::failure::Failure;

/// What became of a token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It was there before; what should be known about its place.
    Before(Option<String>),
    /// It is in its file now, which only its owner may read.
    Now,
    /// It is in its file now, which others may read.
    Readable,
    /// It could not be written.
    Failed(String),
}

/// What is known.
#[derive(Default)]
pub(super) struct Known {
    found: Option<Found>,
    pub(super) seen: Seen,
    onlooker: Option<Onlooker>,
    /// It was typed, and is in no file yet.
    is_typed: bool,
    /// It was said that Discord accepts it.
    is_accepted: bool,
}

impl Known {
    /// With the token that is there, if one is.
    pub(super) fn found(found: Option<Found>) -> Self {
        Self { found, ..Self::default() }
    }

    /// A token that was just typed.
    pub(super) fn typed(token: Token) -> Self {
        let found = Found { token, source: TokenSource::OwnFile, warning: None };
        Self { found: Some(found), is_typed: true, ..Self::default() }
    }

    /// Where the token is, and whether it looks like one.
    pub(super) fn source(&self) -> Option<(TokenSource, bool)> {
        self.found.as_ref().map(|found| (found.source, found.token.has_three_parts()))
    }

    /// Asks Discord, as far as the answers lead.
    pub(super) async fn look(&mut self, api_url: &str) -> Result<(), Failure> {
        let Some(found) = &self.found else { return Ok(()) };
        let onlooker = match self.onlooker.take() {
            Some(onlooker) => onlooker,
            None => Onlooker::new(&found.token, api_url)?,
        };
        let application = onlooker.application().await;
        self.seen.servers = match &application {
            Ok(application) if application.reads_content != Some(false) => {
                Some(onlooker.servers().await)
            }
            _ => None,
        };
        self.seen.application = Some(application);
        self.onlooker = Some(onlooker);
        Ok(())
    }

    /// The application's name, the first time that Discord says it.
    pub(super) fn newly_accepted(&mut self) -> Option<String> {
        let Some(Ok(application)) = &self.seen.application else { return None };
        let is_new = !std::mem::replace(&mut self.is_accepted, true);
        is_new.then(|| application.name.clone())
    }

    /// Writes a token that was typed to its file.
    pub(super) fn keep(&mut self, path: &Path) -> Kept {
        let found = match &self.found {
            Some(found) if std::mem::take(&mut self.is_typed) => found,
            found => {
                return Kept::Before(found.as_ref().and_then(|found| found.warning.clone()));
            }
        };
        match found.token.keep(path) {
            Ok(true) => Kept::Now,
            Ok(false) => Kept::Readable,
            Err(error) => Kept::Failed(error.to_string()),
        }
    }

    /// With what the bot is run.
    pub(super) fn ready(self) -> Option<(Token, Onlooker)> {
        Some((self.found?.token, self.onlooker?))
    }
}
