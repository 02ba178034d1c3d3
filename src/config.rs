//! `config.toml` and the environment: read once, validated once, every key with a default.
//!
//! `REFRACT_LEDGER_<SECTION>_<KEY>` overrides the file; the token comes from `DISCORD_TOKEN` or
//! `DISCORD_TOKEN_FILE` alone, and never stands in a file that is shared.

use std::collections::BTreeMap;
use std::fmt;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;

use crate::order::Status;
use crate::order::status_emoji::{StatusEmoji, plain_emoji};
use crate::reading::Labels;

mod alerts;
mod board;
mod environment;
mod feed;
mod sections;
mod token;

pub use alerts::Alerts;
pub use board::Board;
pub use feed::{Feed, FeedStyle};
pub use sections::{Access, Backfill, Database, Discord, History, Privacy, Replies, Stats, Watch};
pub use token::Token;

/// The file that is read when no `--config` is given.
pub const DEFAULT_PATH: &str = "config.toml";

/// Everything that can be set.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
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
    /// Emoji and the status that each stands for, added to the built-in ones; an empty status
    /// takes a built-in emoji away.
    pub reactions: BTreeMap<String, String>,
    /// Own labels, added to the built-in ones.
    pub labels: BTreeMap<String, String>,
    /// Who sees what, and for how long it is kept.
    pub privacy: Privacy,
    /// How figures are counted.
    pub stats: Stats,
    /// What the bot posts when it notices something, and where.
    pub alerts: Alerts,
    /// The message that the bot keeps up to date.
    pub board: Board,
    /// Every new order, posted in a channel.
    pub feed: Feed,
}

/// What is wrong with the configuration, and how to mend it: one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(pub String);

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

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
        let from_file: Self = toml::from_str(text).map_err(|error| in_file(name, text, &error))?;
        let table: toml::Table = text.parse().map_err(|error| in_file(name, text, &error))?;
        let config = environment::apply(table, environment)?.unwrap_or(from_file);
        config.validate().map_err(|why| ConfigError(format!("{name}: {why}")))?;
        Ok(config)
    }

    /// The emoji of `[reactions]`, added to the built-in ones.
    ///
    /// # Errors
    /// When a status is none.
    pub fn emoji(&self) -> Result<StatusEmoji, ConfigError> {
        let mut pairs = Vec::new();
        for (emoji, status) in self.reactions.iter().filter(|(_, status)| !status.is_empty()) {
            let status: Status = status
                .parse()
                .map_err(|error| ConfigError(format!("[reactions] \"{emoji}\": {error}")))?;
            pairs.push((emoji.clone(), status));
        }
        // One's own come first: of several emoji for a status the bot shows the first.
        let set: Vec<String> = self.reactions.keys().map(|emoji| plain_emoji(emoji)).collect();
        let built_in = StatusEmoji::BUILT_IN
            .into_iter()
            .filter(|(emoji, _)| !set.contains(&plain_emoji(emoji)))
            .map(|(emoji, status)| (emoji.to_owned(), status));
        Ok(StatusEmoji::new(pairs.into_iter().chain(built_in)))
    }

    /// The labels that are read: the built-in ones and those of `[labels]`.
    ///
    /// # Errors
    /// When a label names a field that there is not.
    pub fn labels(&self) -> Result<Labels, ConfigError> {
        Labels::with(self.labels.iter().map(|(label, field)| (label.as_str(), field.as_str())))
            .map_err(|error| ConfigError(format!("[labels] {error}")))
    }

    fn validate(&self) -> Result<(), String> {
        self.emoji().map_err(|error| error.0)?;
        self.labels().map_err(|error| error.0)?;
        self.stats.zone().map_err(|error| error.0)?;
        let url = &self.discord.api_url;
        if !url.starts_with("https://") && !url.starts_with("http://") {
            return Err(format!(
                "[discord] api_url is \"{url}\"; it must begin with https:// or http://"
            ));
        }
        if self.database.path.as_os_str().is_empty() {
            return Err("[database] path is empty; write the name of a file".to_owned());
        }
        if self.feed.summary_hour > 23 {
            return Err(format!(
                "[feed] summary_hour is {}; it must be an hour from 0 to 23",
                self.feed.summary_hour
            ));
        }
        for (index, watch) in self.watch.iter().enumerate() {
            if watch.channel_id.0 <= 0 {
                return Err(format!(
                    "[[watch]] channel_id {} is not a Discord id; right-click the channel and choose \
                     Copy Channel ID",
                    watch.channel_id
                ));
            }
            if self.watch.iter().take(index).any(|other| other.channel_id == watch.channel_id) {
                return Err(format!(
                    "[[watch]] lists channel {} twice; keep one entry",
                    watch.channel_id
                ));
            }
        }
        Ok(())
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> String {
    let path = path.display();
    match error.kind() {
        ErrorKind::NotFound => format!(
            "the configuration file {path} does not exist; check the path, or leave --config out to \
             use the defaults"
        ),
        ErrorKind::InvalidData => {
            format!("the configuration file {path} is not UTF-8 text; save it again as UTF-8")
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
        "the token does not belong here; set the environment variable DISCORD_TOKEN",
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
