//! The bot's token: a secret that no `Debug`, log or error may show.

use std::fmt;
use std::io::Write;
use std::path::Path;

use super::ConfigError;
use crate::atomic_file::{AtomicFile, Refused};

mod found;
mod sharing;

pub use found::{Found, TokenSource};

/// What people put around a token, in pairs.
const QUOTES: [(char, char); 6] =
    [('"', '"'), ('\'', '\''), ('`', '`'), ('“', '”'), ('‘', '’'), ('<', '>')];
/// What is copied along with a token: a line of a `.env` file, the header of a request.
const PREFIXES: [&str; 4] = ["export ", "DISCORD_TOKEN=", "Authorization:", "Bot "];

/// The bot's token.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token itself, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// A token from a text. White space, invisible letters and quotes around it are dropped, and the word
    /// `Bot` before it.
    ///
    /// # Errors
    /// When nothing is left, or something that no token can be.
    pub fn new(text: &str) -> Result<Self, ConfigError> {
        let token = bare(text);
        let wrong = |what: &str| {
            let how = "copy it again from the developer portal (Bot → Reset Token)";
            Err(ConfigError(format!("the Discord token {what}; {how}")))
        };
        if token.is_empty() {
            wrong("is empty")
        } else if token.contains(char::is_whitespace) {
            wrong("has spaces or several lines in it")
        } else if !token.chars().all(is_of_tokens) {
            wrong("has a character in it that no token has")
        } else {
            Ok(Self(token.to_owned()))
        }
    }

    /// Whether it has the three parts of every token of a bot. Client secrets and public keys have not.
    pub fn has_three_parts(&self) -> bool {
        self.0.split('.').filter(|part| !part.is_empty()).count() == 3
    }

    /// Writes it to a file that only its owner may read. Says whether it is so: not every file system keeps
    /// permissions.
    ///
    /// # Errors
    /// When the file cannot be written; then what was there is left.
    pub fn keep(&self, path: &Path) -> Result<bool, Refused> {
        let mut file = AtomicFile::create(path)?;
        writeln!(file, "{}", self.0)?;
        Ok(file.commit()?)
    }
}

/// Letters of base64, with and without its signs for URLs, and the dots between the parts.
fn is_of_tokens(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || "._-+/=".contains(letter)
}

/// Without what is not the token itself.
fn bare(text: &str) -> &str {
    let mut token = text;
    loop {
        let before = token;
        token = token.trim_matches(is_invisible);
        for prefix in PREFIXES {
            token = token.strip_prefix(prefix).unwrap_or(token);
        }
        for (open, close) in QUOTES {
            let inside = token.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
            token = inside.unwrap_or(token);
        }
        if token == before {
            return token;
        }
    }
}

/// Marks of encodings and of the direction of writing come with what is copied.
fn is_invisible(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}')
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_along_with_a_token_is_dropped() {
        for text in [
            "MTI5.Gx_y-z.abc",
            " MTI5.Gx_y-z.abc\r\n",
            "\u{feff}MTI5.Gx_y-z.abc\r\n",
            "\"MTI5.Gx_y-z.abc\"",
            "'MTI5.Gx_y-z.abc' ",
            "“MTI5.Gx_y-z.abc”",
            "Bot MTI5.Gx_y-z.abc",
            "\"Bot MTI5.Gx_y-z.abc\"",
            "DISCORD_TOKEN=\"MTI5.Gx_y-z.abc\"\n",
            "export DISCORD_TOKEN=MTI5.Gx_y-z.abc",
            "Authorization: Bot MTI5.Gx_y-z.abc",
            "<MTI5.Gx_y-z.abc>",
            "\u{200b}MTI5.Gx_y-z.abc\u{200b}\0",
        ] {
            assert_eq!(
                Token::new(text).map(|token| token.0),
                Ok("MTI5.Gx_y-z.abc".to_owned()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_no_token_can_be_is_named_without_showing_it() {
        for (text, what) in [
            ("", "is empty"),
            (" \"\" ", "is empty"),
            ("paste the token here", "has spaces"),
            ("MTI5.a.b\nMTI5.c.d", "several lines"),
            ("MTI5…abc", "a character"),
            ("\"MTI5.a.b", "a character"),
            ("M\0T\0I\0", "a character"),
            ("ï»¿MTI5.a.b", "a character"),
        ] {
            let error = Token::new(text).unwrap_err().to_string();
            assert!(error.contains(what) && error.contains("Reset Token"), "{text:?}: {error}");
            assert!(!error.contains("MTI5"), "{error}");
        }
        let whole = |text: &str| Token::new(text).unwrap().has_three_parts();
        assert!(whole("MTI5.Gx.abc") && !whole("0a1b2c3d") && !whole("a..b"));
    }
}
