//! The bot's token: a secret that no `Debug`, log or error may show.

use std::fmt;

use super::ConfigError;

/// The bot's token.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token itself, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A token from a text; white space and the word `Bot` before it are dropped.
    ///
    /// # Errors
    /// When nothing is left.
    pub fn new(text: &str) -> Result<Self, ConfigError> {
        let token = text.trim();
        let token = token.strip_prefix("Bot ").unwrap_or(token).trim();
        if token.is_empty() || token.contains(char::is_whitespace) {
            return Err(ConfigError(
                "the Discord token is empty or has spaces in it; copy it again from the developer \
                 portal (Bot → Reset Token)"
                    .to_owned(),
            ));
        }
        Ok(Self(token.to_owned()))
    }

    /// The token of `DISCORD_TOKEN`, or of the file that `DISCORD_TOKEN_FILE` names.
    ///
    /// # Errors
    /// When there is none, or the file cannot be read or is open to other users.
    pub fn from_environment(
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        if let Some(token) = variable("DISCORD_TOKEN").filter(|token| !token.trim().is_empty()) {
            return Self::new(&token);
        }
        let Some(path) = variable("DISCORD_TOKEN_FILE").filter(|path| !path.is_empty()) else {
            return Err(ConfigError(
                "there is no Discord token; set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to the path of \
                 a file that holds it (README, \"Set it up\")"
                    .to_owned(),
            ));
        };
        refuse_if_shared(&path)?;
        let text = std::fs::read_to_string(&path).map_err(|error| {
            ConfigError(format!("DISCORD_TOKEN_FILE: {path} cannot be read: {error}"))
        })?;
        Self::new(&text)
    }
}

#[cfg(unix)]
fn refuse_if_shared(path: &str) -> Result<(), ConfigError> {
    use std::os::unix::fs::PermissionsExt;
    let open_to_others = std::fs::metadata(path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o004 != 0);
    if open_to_others {
        return Err(ConfigError(format!(
            "DISCORD_TOKEN_FILE: every user of this machine can read {path}; run chmod 600 on it"
        )));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_if_shared(_path: &str) -> Result<(), ConfigError> {
    Ok(())
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}
