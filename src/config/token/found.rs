//! Where the token comes from: `DISCORD_TOKEN`, `DISCORD_TOKEN_FILE`, a credential of systemd, or the file beside
//! the configuration.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::Token;
use super::sharing::{Sharing, sharing};
use crate::config::file::TOKEN_FILE;
use crate::config::{ConfigError, ConfigFile};
use crate::files::text_of;

/// A token, and where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The secret.
    pub token: Token,
    /// Where it was.
    pub source: TokenSource,
    /// What whoever runs the bot should know about that.
    pub warning: Option<String>,
}

/// Where a token was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenSource {
    /// In `DISCORD_TOKEN`.
    Variable,
    /// In the file that `DISCORD_TOKEN_FILE` names.
    NamedFile,
    /// In the file of that name that systemd hands over, in `$CREDENTIALS_DIRECTORY`.
    Credential,
    /// In `refract-ledger.token` beside the configuration.
    OwnFile,
}

impl Token {
    /// Looks for the token; the first of the four sources that says something counts. `None`: there is
    /// none.
    ///
    /// # Errors
    /// When a source holds something else, cannot be read, or is a file that everybody may read.
    pub fn find(
        file: &ConfigFile,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Found>, ConfigError> {
        let set = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        if let Some(text) = set("DISCORD_TOKEN") {
            let found = |token| Found { token, source: TokenSource::Variable, warning: None };
            return Self::new(&text)
                .map(found)
                .map(Some)
                .map_err(|why| named("DISCORD_TOKEN", &why));
        }
        if let Some(path) = set("DISCORD_TOKEN_FILE") {
            let path = PathBuf::from(path.trim());
            let found = from_file(&path, TokenSource::NamedFile);
            return found.map(Some).map_err(|why| named("DISCORD_TOKEN_FILE", &why));
        }
        if let Some(folder) = set("CREDENTIALS_DIRECTORY") {
            let path = Path::new(folder.trim()).join(TOKEN_FILE);
            if path.exists() {
                return from_file(&path, TokenSource::Credential).map(Some);
            }
        }
        let path = file.token_file();
        if path.exists() && !is_blank(&path) {
            from_file(&path, TokenSource::OwnFile).map(Some)
        } else {
            Ok(None)
        }
    }

    /// The same from this process's environment.
    ///
    /// # Errors
    /// As [`Token::find`].
    pub fn find_here(file: &ConfigFile) -> Result<Option<Found>, ConfigError> {
        Self::find(file, |name| Some(std::env::var_os(name)?.to_string_lossy().into_owned()))
    }

    /// The same, where the bot cannot do without.
    ///
    /// # Errors
    /// As [`Token::find`], and when there is none.
    pub fn required(file: &ConfigFile) -> Result<Found, ConfigError> {
        Self::find_here(file)?.ok_or_else(|| {
            ConfigError(
                "there is no Discord token; start `refract-ledger` without a command in a terminal, which asks for it, \
                 or set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to the path of a file that holds it (README, \
                 \"Set it up\")"
                    .to_owned(),
            )
        })
    }
}

fn named(source: &str, why: &ConfigError) -> ConfigError {
    ConfigError(format!("{source}: {why}"))
}

/// Whether nothing was written into a file: somebody pressed Enter where a token was asked for.
fn is_blank(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.iter().all(u8::is_ascii_whitespace))
}

fn from_file(path: &Path, source: TokenSource) -> Result<Found, ConfigError> {
    let shown = path.display();
    let warning = match sharing(path) {
        Sharing::Fine => None,
        Sharing::Unavoidable => Some(format!(
            "every user of this machine may be able to read {shown}, which holds the token; its file \
             system does not let that be changed"
        )),
        Sharing::Careless => {
            return Err(ConfigError(format!(
                "every user of this machine can read {shown}; run chmod 600 on it"
            )));
        }
    };
    let bytes = std::fs::read(path).map_err(|error| {
        let why = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::IsADirectory => "this is a folder; name the file in it".to_owned(),
            _ => format!("it cannot be read: {error}"),
        };
        ConfigError(format!("{shown}: {why}"))
    })?;
    // Windows writes UTF-16 where a command's output goes into a file.
    let token = Token::new(&text_of(&bytes));
    let token = token.map_err(|why| ConfigError(format!("{shown}: {why}")))?;
    Ok(Found { token, source, warning })
}
