//! `config.toml` and the environment: read once, validated once, every key with a default.
//!
//! `REFRACT_LEDGER_<SECTION>_<KEY>` overrides the file; the token comes from `DISCORD_TOKEN`,
//! `DISCORD_TOKEN_FILE` or a file of its own beside it, and is never in a file that is shared.

use std::io::ErrorKind;
use std::path::Path;

use chrono_tz::Tz;

use crate::files::text_of;
use crate::order::StatusEmoji;
use crate::reading::Labels;

mod alerts;
mod board;
mod books;
mod environment;
mod feed;
mod file;
mod sections;
mod token;
mod written;

pub use alerts::Alerts;
pub use board::Board;
pub use books::Books;
pub use feed::{Feed, FeedStyle};
pub use file::ConfigFile;
pub use sections::{Access, Backfill, Database, Discord, History, Privacy, Replies, Watch};
pub use token::{Found, Token, TokenSource};

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
    /// Where the bot posts what stopped, and summaries.
    pub alerts: Alerts,
    /// The message that the bot keeps up to date.
    pub board: Board,
    /// The channel in which the bot posts every new order.
    pub feed: Feed,
    /// When something about sheets is late, and what is a loss.
    pub books: Books,
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
        // An editor of Windows may have written UTF-16, or a mark in front.
        let text = match std::fs::read(path) {
            Ok(bytes) => text_of(&bytes),
            Err(error) if error.kind() == ErrorKind::NotFound && !required => String::new(),
            Err(error) => return Err(ConfigError(unreadable(path, &error))),
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

fn unreadable(path: &Path, error: &std::io::Error) -> String {
    let path = path.display();
    match error.kind() {
        ErrorKind::NotFound => format!(
            "the configuration file {path} does not exist; check the path, or leave --config out to \
             use the defaults"
        ),
        ErrorKind::IsADirectory => {
            format!("the configuration file {path} is a folder; name the file in it")
        }
        _ => format!("the configuration file {path} cannot be read: {error}"),
    }
}

const WHOLE_NUMBER: &str = "expected a whole number";

/// What is often wrong in the file: a part of TOML's words for it, and what to do.
const OFTEN: [(&str, &str); 4] = [
    ("map, expected a sequence", "write this section with two brackets, as [[watch]]"),
    (
        "unknown field `token`",
        "the token does not belong here; put it into the file refract-ledger.token beside this one, or set \
         the environment variable DISCORD_TOKEN",
    ),
    (
        "unicode value digits",
        "a backslash has a special meaning in \"double quotes\"; use / in paths, or 'single quotes'",
    ),
    ("/webhooks/", "this is a URL; write the webhook's id, the long number in it"),
];

/// What is wrong with a value, without the words of the language that the bot is written in.
fn in_words(message: &str) -> String {
    let number = message.strip_prefix("invalid value: integer `").and_then(|rest| {
        let (number, expected) = rest.split_once("`, expected ")?;
        expected.starts_with('u').then_some(number)
    });
    match number {
        Some(number) => format!("{number} is not allowed here; write a whole number, 0 or more"),
        None => match OFTEN.iter().find(|(words, _)| message.contains(words)) {
            Some((_, advice)) => (*advice).to_owned(),
            None => message.trim_end().replace('\n', " ").replace("expected u32", WHOLE_NUMBER),
        },
    }
}

fn in_file(name: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let line = error
        .span()
        .map(|span| 1 + text.bytes().take(span.start).filter(|byte| *byte == b'\n').count());
    let place = line.map_or_else(|| name.to_owned(), |line| format!("{name}, line {line}"));
    let what = in_words(error.message());
    ConfigError(format!("{place}: {what}; the example config.toml lists every key"))
}
