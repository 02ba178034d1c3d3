//! `config.toml` and the environment: read once, validated once, every key with a default.
//!
//! `REFRACT_LEDGER_<SECTION>_<KEY>` overrides the file; the token comes from `DISCORD_TOKEN` or
//! `DISCORD_TOKEN_FILE` alone, and never stands in a file that is shared.

use std::path::Path;

use chrono_tz::Tz;

use crate::order::StatusEmoji;
use crate::reading::Labels;

mod alerts;
mod board;
mod environment;
mod feed;
mod sections;
mod token;
mod written;

pub use alerts::Alerts;
pub use board::Board;
pub use feed::{Feed, FeedStyle};
pub use sections::{Access, Backfill, Database, Discord, History, Privacy, Replies, Watch};
pub use token::Token;

use sections::Stats;
use written::Written;

/// The file that is read when no `--config` is given.
pub const DEFAULT_PATH: &str = "config.toml";

/// Everything that can be set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Config {
    /// Where the orders are kept.
    pub database: Database,
    /// How Discord is reached.
    pub discord: Discord,
    /// The channels that are read.
    pub watch: Vec<Watch>,
    /// What of a channel's past is compared again.
    pub history: History,
    /// Who may do what.
    pub access: Access,
    /// The emoji of each status: those of `[reactions]`, then the built-in ones.
    pub emoji: StatusEmoji,
    /// The labels that are read: those of `[labels]` and the built-in ones.
    pub labels: Labels,
    /// Who sees what, and for how long it is kept.
    pub privacy: Privacy,
    /// Where days and months begin: `time_zone` of `[stats]`.
    pub zone: Tz,
    /// What the bot says of its own accord, and where.
    pub alerts: Alerts,
    /// The message that the bot keeps right.
    pub board: Board,
    /// Every new order told in a channel.
    pub feed: Feed,
}

/// What is wrong with the configuration, and how to mend it: one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

impl Config {
    /// Reads the file (the default one may be missing, a named one may not) and the environment.
    ///
    /// # Errors
    /// One sentence that names the key or variable and the fix.
    pub fn load(
        path: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let (path, required) = match path {
            Some(path) => (path, true),
            None => (Path::new(DEFAULT_PATH), false),
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !required => {
                String::new()
            }
            Err(error) => {
                return Err(ConfigError(format!(
                    "the configuration {} cannot be read ({error}); give the path of an existing \
                     file with --config, or leave it out to use the defaults",
                    path.display()
                )));
            }
        };
        Self::from_text(&text, &path.display().to_string(), environment)
    }

    /// The configuration that a text and an environment say.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn from_text(
        text: &str,
        name: &str,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let from_file: Written =
            toml::from_str(text).map_err(|error| in_file(name, text, &error))?;
        let table: toml::Table = text.parse().map_err(|error| in_file(name, text, &error))?;
        let written = environment::apply(table, environment)?.unwrap_or(from_file);
        written.read().map_err(|why| ConfigError(format!("{name}: {why}")))
    }
}

/// What is wrong with a value, without the words of the language that the bot is written in.
fn in_words(message: &str) -> String {
    let number = message.strip_prefix("invalid value: integer `").and_then(|rest| {
        let (number, expected) = rest.split_once("`, expected ")?;
        expected.starts_with('u').then_some(number)
    });
    match number {
        Some(number) => format!("{number} does not fit here: write a whole number from 0 on"),
        None => message.trim_end().replace('\n', " "),
    }
}

fn in_file(name: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let line = error
        .span()
        .map(|span| 1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
    let place = line.map_or_else(|| name.to_owned(), |line| format!("{name}, line {line}"));
    let what = in_words(error.message());
    ConfigError(format!("{place}: {what}; config.toml in the project lists every key"))
}
